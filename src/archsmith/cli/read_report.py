"""What was understood of a brief, as a report for a terminal: quotes beside readings, by kind; questions last."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from archsmith.cli import read_tables as tables
from archsmith.cli.console import columns, printed, titled
from archsmith.kernel.phrases import counted
from archsmith.kernel.provenance import Assumed
from archsmith.model.brief import Brief
from archsmith.render.markdown import clean
from archsmith.render.reading import Reading
from archsmith.render.reading.arithmetic import groups
from archsmith.render.reading.items import Item, items
from archsmith.render.reading.kinds import TITLES, Kind
from archsmith.render.reading.marks import marks, unmarked
from archsmith.render.reading.sections import sections


def report(brief: Brief, read: Reading, *, terminal: bool) -> bytes:
    """The report as UTF-8, styled for a terminal only."""
    return printed(_blocks(brief, read), styled=terminal)


def _blocks(brief: Brief, read: Reading) -> Iterator[RenderableType]:
    found = items(read)
    wide = columns() >= tables.NARROW
    yield _head(read)
    for finding in read.requirements.findings:
        yield Padding(Text(clean(str(finding)), style="yellow"), (1, 0, 0, 0))
    limits = tables.limits(found)
    if limits:
        yield from titled("The whole is held to", limits)
    for section in sections(found):
        if section.kind in (Kind.DOMAIN, Kind.CONFLICT):
            continue
        shown = tables.quotes(section, wide)
        if shown:
            yield from titled(TITLES[section.kind], shown)
    domain = read.derivation.domain
    parts = (tables.actors(found), tables.entities(found, wide), tables.left(found))
    yield from titled("Domain", *(part for part in parts if part is not None))
    if domain.operations:
        yield from titled("Operations", tables.operations(read, found, wide))
    yield from titled("Workload", tables.headline(read.derivation.workload))
    for group in groups(read.derivation):
        yield from titled(f"Arithmetic of {group.title}", tables.steps(group.steps, wide))
    yield from titled("Assumptions", *_assumptions(read, found, wide))
    unread = unmarked(brief, marks(brief.text, brief.name, found))
    if unread:
        yield from titled("Lines that nothing was taken from", tables.lines(unread))
    if read.requirements.conflicts:
        yield from titled("Conflicts", *tables.conflicts(read.requirements.conflicts))
    if read.requirements.questions:
        yield from titled("Open questions, the one worth most first", *tables.questions(read.requirements.questions))


def _head(read: Reading) -> RenderableType:
    r, domain = read.requirements, read.derivation.domain
    counts = (
        (r.requirements, "requirement"),
        (r.numbers, "figure"),
        (domain.operations, "operation"),
        (domain.entities, "entity"),
        (r.regimes, "regime"),
        (read.assumptions, "assumption"),
        (r.conflicts, "conflict"),
        (r.questions, "open question"),
    )
    lines = [Text(clean(r.title), style="bold"), Text(clean(r.source), style="dim")]
    if r.summary:
        lines.append(Text(clean(r.summary)))
    lines.append(Text(", ".join(counted(len(those), noun) for those, noun in counts), style="dim"))
    return Group(*lines)


def _assumptions(read: Reading, found: tuple[Item, ...], wide: bool) -> Iterator[RenderableType]:
    yield tables.assumptions(read.assumptions, wide)
    added = [i for i in found if isinstance(i.why, Assumed) and i.sort in ("operation", "entity", "regime")]
    if added:
        yield Text("Added, since systems of this kind have it:", style="dim")
        yield tables.added(added)
