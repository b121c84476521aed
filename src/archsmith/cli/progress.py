"""Shows the pipeline's events as they come, on standard error: a line a stage, what it found and how long it took."""

import sys
import time
from typing import TYPE_CHECKING

import click

from archsmith.pipeline import Event, Listener, Started

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status


class Progress:
    """A listener. On a terminal (that is: with a console) the running stage is shown live."""

    def __init__(self, console: "Console | None") -> None:
        self._console = console
        self._since = time.perf_counter()
        self._status: Status | None = None

    def __call__(self, event: Event) -> None:
        """Shows one event."""
        label = f"{event.stage:<9}" + (f" round {event.round}" if event.round > 1 else "")
        if isinstance(event, Started):
            self._since = time.perf_counter()
            self._status = self._console.status(label) if self._console else None
            if self._status:
                self._status.start()
            return
        self.stop()
        elapsed = (time.perf_counter() - self._since) * 1000
        if self._console:
            self._console.print(f"{label} {event.found} [dim]{elapsed:,.0f} ms[/dim]", highlight=False)
        else:
            click.echo(f"{label} {event.found} {elapsed:,.0f} ms", err=True)

    def stop(self) -> None:
        """Takes the live line away."""
        if self._status:
            self._status.stop()
            self._status = None


def silent(_: Event) -> None:
    """A listener that shows nothing."""


def listener(quiet: bool) -> Listener:
    """The listener for the command line."""
    if quiet:
        return silent
    if not sys.stderr.isatty():
        return Progress(None)  # without rich, whose import takes as long as a stage
    from rich.console import Console

    return Progress(Console(stderr=True, soft_wrap=True))
