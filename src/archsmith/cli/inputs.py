"""What the commands share: the brief as it comes in, and how input is refused."""

import sys
from pathlib import Path

import click

from archsmith.cli.exits import BAD_INPUT
from archsmith.files.reader import MAX_BRIEF_BYTES, decode_brief, read_brief
from archsmith.kernel.findings import Finding, Severity
from archsmith.kernel.unseen import without
from archsmith.model.brief import Brief


def brief_of(path: Path) -> Brief | Finding:
    """The brief in a file, or on standard input where the path is `-`."""
    if str(path) == "-":
        return decode_brief("stdin.md", sys.stdin.buffer.read(MAX_BRIEF_BYTES + 1))
    return read_brief(path)


def refuse(findings: tuple[Finding, ...]) -> int:
    """Says what is wrong and how to mend it; the exit code."""
    for finding in findings:
        say(f"archsmith: {finding.id} {finding.at or finding.place}: {finding.fact}", err=True)
        say(f"  fix: {finding.fix}", err=True)
    return BAD_INPUT


def say(line: str, *, err: bool = False) -> None:
    """Prints a line that may hold words of strangers: nothing in it moves the cursor or turns the text round."""
    click.echo(without(line), err=err)


def wrong(rule: str, fact: str, fix: str) -> Finding:
    """A finding about the arguments."""
    return Finding(id=rule, severity=Severity.BLOCKER, place="command line", fact=fact, fix=fix)


def bad_catalogue(error: Exception) -> Finding:
    """A finding about a folder of own knowledge."""
    what = f"a row leads to {error}, which is not there" if isinstance(error, KeyError) else str(error)
    return wrong("CAT001", f"the catalogue does not fit: {what}", "mend the row that it names")
