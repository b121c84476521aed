"""How long to wait, how often to try again, when to stop asking: computed, never picked.

A caller's timeout is never shorter than what its callee may take (attempts x try + waits), and only calls that may
safely be repeated are, at one layer only: where the design meets a system that is not ours.
"""

import math
from collections.abc import Sequence

from archsmith.compose.actors import has_endpoint
from archsmith.compose.context import Context
from archsmith.kernel.ids import element
from archsmith.kernel.units import PerSecond, Probability, Seconds
from archsmith.model.architecture import Breaker, Retry
from archsmith.model.domain import Operation


def deadline(ctx: Context, operations: Sequence[Operation], hops: int = 0) -> Seconds:
    """How long the outermost caller waits, less a reserve for each hop: clamp(tail_factor * largest p95 target).

    `hops` counts from the outside: 0 is the caller itself. Only operations with a caller count; where one waits for
    a system outside, at least as long as that may take.
    """
    p = ctx.parameter
    operations = [o for o in operations if has_endpoint(ctx, o)]
    target = max((o.latency_p95.value for o in operations), default=ctx.targets.latency_p95.value)
    floor = p("timeout.external_floor" if any(waits(ctx, o) for o in operations) else "timeout.floor")
    outermost = min(max(p("timeout.tail_factor") * target, floor), p("timeout.cap"))
    return rounded(outermost * (1.0 - p("timeout.reserve")) ** hops)


def waits(ctx: Context, operation: Operation) -> bool:
    """Whether somebody waits while the operation asks a system outside."""
    return any(ctx.waits(operation, element("system", system)) for system in operation.calls)


def statement_timeout(ctx: Context, budget: Seconds) -> Seconds:
    """A statement gets a share of what is left, at most the usual limit: the caller must still answer."""
    p = ctx.parameter
    share = min(p("timeout.statement"), budget * p("timeout.store_share"))
    return rounded(max(share, min(budget / 2.0, p("timeout.floor"))))


def tries(ctx: Context, budget: Seconds, idempotent: bool) -> tuple[Seconds, Retry | None]:
    """Timeout of one try, and the retries that fit in `budget`: budget >= attempts * try + waits, try >= floor."""
    p = ctx.parameter
    first, factor, cap = p("retry.first"), p("retry.factor"), p("retry.cap")
    for attempts in range(p.whole("retry.attempts") if idempotent else 1, 1, -1):
        waits = math.fsum(min(cap, first * factor**n) for n in range(attempts - 1))
        one = (budget - waits) / attempts
        if one >= p("timeout.floor"):
            return rounded(one), Retry(attempts=attempts, first=Seconds(first), factor=factor, cap=Seconds(cap))
    return budget, None


def background_retry(ctx: Context) -> Retry:
    """Retries of work that nobody waits for; after the last one the message is parked and raises an alarm."""
    p = ctx.parameter
    return Retry(
        attempts=p.whole("retry.background_attempts"),
        first=Seconds(p("retry.background_first")),
        factor=p("retry.factor"),
        cap=Seconds(p("retry.background_cap")),
    )


def breaker(ctx: Context, peak: PerSecond) -> Breaker:
    """A circuit breaker; with few calls a smaller window, so that it does not look back for hours."""
    p = ctx.parameter
    window = p.whole("breaker.low_window" if peak < p("breaker.low_rate") else "breaker.window")
    return Breaker(
        failures=Probability(p("breaker.failures")), window=window, cool_down=Seconds(p("breaker.cool_down"))
    )


def rounded(value: float) -> Seconds:
    """Down to whole tens of milliseconds: a configuration file says 2.1 s, not 2.0999999."""
    return Seconds(math.floor(value * 100.0 + 1e-9) / 100.0)
