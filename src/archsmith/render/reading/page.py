"""The brief as one page with everything that was read marked in it. Values only: the template places them.

The page carries no script and loads nothing; a content security policy allows its own style sheet and nothing else.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from archsmith.kernel.phrases import counted
from archsmith.kernel.provenance import Assumed, Given, Span, Stated
from archsmith.model.brief import Brief
from archsmith.render.markdown import clean
from archsmith.render.reading.arithmetic import groups, headline
from archsmith.render.reading.document import Reading
from archsmith.render.reading.items import Item, items
from archsmith.render.reading.kinds import TITLES, Kind
from archsmith.render.reading.lines import pieces
from archsmith.render.reading.marks import Mark, marks, unmarked
from archsmith.render.reading.words import origin

if TYPE_CHECKING:
    from jinja2 import Template

MOST: Final = 8
"""References on one card; a sentence with more readings inside is read better in the brief itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A link to another card."""

    id: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One reading: what it is, its words, where it stands in the brief, and the readings around and inside it."""

    id: str
    kind: Kind
    sort: str
    text: str
    notes: tuple[str, ...]
    parts: tuple[str, ...]
    mark: str
    where: str
    quote: str
    reason: str
    inner: tuple["Card", ...]
    around: tuple[Ref, ...]
    inside: tuple[Ref, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The cards of a kind, in the order of the brief; those that rest on no words of it last."""

    kind: Kind
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A conflict with its places."""

    what: str
    resolution: str
    places: tuple[Card, ...]


def page(brief: Brief, read: Reading) -> bytes:
    """The page as UTF-8."""
    found = items(read)
    placed = marks(brief.text, brief.name, found)
    cards = _Cards(brief.name, found, placed)
    needs = read.requirements
    style = _style()
    shown = _template().render(
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        generator=f"{read.generator} ({read.schema})",
        title=clean(needs.title) or clean(brief.name),
        source=clean(brief.name),
        summary=clean(needs.summary),
        counts=_counts(read),
        findings=[(str(f.severity), clean(f.fact), clean(f.fix)) for f in needs.findings],
        pieces=pieces(brief, placed),
        panels=(panels := tuple(cards.panels())),
        legend=_legend(panels, len(needs.conflicts)),
        limits=[cards.card(i) for i in found if i.sort == "limit"],
        clashes=tuple(cards.clashes(read)),
        headline=tuple(headline(read.derivation.workload)),
        groups=groups(read.derivation),
        assumptions=read.assumptions,
        added=[(i, origin(i.why).removeprefix("assumed: ")) for i in found if _is_added(i)],
        unread=unmarked(brief, placed),
        questions=needs.questions,
    )
    return shown.encode("utf-8", "replace")


def _legend(panels: Sequence[Panel], clashes: int) -> list[tuple[Kind, str, int]]:
    """The kinds that the page shows, each with the number of its cards."""
    shown = [(p.kind, p.title, len(p.cards)) for p in panels]
    return [*shown, (Kind.CONFLICT, TITLES[Kind.CONFLICT], clashes)] if clashes else shown


def _is_added(item: Item) -> bool:
    return isinstance(item.why, Assumed) and not item.under


def _counts(read: Reading) -> list[str]:
    r, domain = read.requirements, read.derivation.domain
    counts = ((r.requirements, "requirement"), (r.numbers, "figure"), (domain.operations, "operation"))
    return [counted(len(those), noun) for those, noun in (*counts, (domain.entities, "entity"))]


class _Cards:
    """Knows for each item its mark, and for each mark what stands around and inside it."""

    def __init__(self, name: str, found: Sequence[Item], placed: Sequence[Mark]) -> None:
        self._name = name
        self._found = found
        self._mark_of = {item.id: mark for mark in placed for item in mark.items}
        self._by_id = {mark.id: mark for mark in placed}
        self._inside: dict[str, list[Mark]] = {}
        for mark in placed:
            if mark.inside:
                self._inside.setdefault(mark.inside, []).append(mark)
        self._inner: dict[str, list[Item]] = {}
        for item in found:
            if item.under:
                self._inner.setdefault(item.under, []).append(item)

    def panels(self) -> Iterator[Panel]:
        """The kinds that have cards, but for the conflicts, which stand by themselves."""
        for kind in Kind:
            those = [i for i in self._found if i.kind is kind and not i.under and i.sort not in ("limit", "conflict")]
            cards = tuple(self.card(i) for i in sorted(those, key=self._order))
            if cards:
                yield Panel(kind=kind, title=TITLES[kind], cards=cards)

    def _order(self, item: Item) -> tuple[bool, bool, int, int]:
        mark = self._mark_of.get(item.id)
        stated = isinstance(item.why, Stated | Given)
        return (not stated, isinstance(item.why, Assumed), mark.start if mark else 0, -mark.end if mark else 0)

    def card(self, item: Item) -> Card:
        """The card of an item."""
        mark = self._mark_of.get(item.id)
        at: Span | None = item.why.at if isinstance(item.why, Stated) else None
        quote = clean(at.quote) if at else ""
        return Card(
            id=item.id,
            kind=item.kind,
            sort=item.sort,
            text=clean(item.text),
            notes=tuple(clean(n) for n in item.notes),
            parts=tuple(clean(p) for p in item.parts),
            mark=mark.id if mark else "",
            where=self._where(item, at),
            quote="" if quote in clean(item.text) else quote,
            reason="" if at or isinstance(item.why, Given) else origin(item.why),
            inner=tuple(self.card(i) for i in self._inner.get(item.id, ())),
            around=self._around(item, mark),
            inside=self._within(mark) if item.sort == "requirement" else (),
        )

    def _where(self, item: Item, at: Span | None) -> str:
        """The line, with the file where it is another than the one on the page; or the key that was set."""
        if isinstance(item.why, Given):
            return clean(item.why.key)
        if at is None:
            return ""
        return f"line {at.line}" if at.file == self._name else f"{clean(at.file)}:{at.line}"

    def _around(self, item: Item, mark: Mark | None) -> tuple[Ref, ...]:
        """What else rests on the same words, and what on more."""
        if mark is None or item.under:
            return ()
        others = [i for i in mark.items if i.id != item.id]
        outer = self._by_id.get(mark.inside)
        return (*self._refs(others, item), *self._refs(outer.items if outer else (), item)[:MOST])

    def _within(self, mark: Mark | None) -> tuple[Ref, ...]:
        those = self._inside.get(mark.id, []) if mark else []
        return self._refs([i for m in those[:MOST] for i in m.items], None)[:MOST]

    def _refs(self, those: Sequence[Item], item: Item | None) -> tuple[Ref, ...]:
        kept = [i for i in those if not i.under and (item is None or i.text != item.text or i.sort != item.sort)]
        return tuple(Ref(id=i.id, kind=i.kind, text=_short(i)) for i in kept)

    def clashes(self, read: Reading) -> Iterator[Clash]:
        """Each conflict with a card for each of its places."""
        places = iter([self.card(i) for i in self._found if i.sort == "conflict"])
        for conflict in read.requirements.conflicts:
            mine = tuple(replace(next(places), quote=clean(at.quote)) for at in conflict.spans)
            yield Clash(what=clean(conflict.what), resolution=clean(conflict.resolution), places=mine)


def _short(item: Item) -> str:
    return clean(item.notes[0]) if item.sort == "requirement" and item.notes else clean(item.text)


@cache
def _style() -> str:
    return (resources.files(__package__) / "page.css").read_text(encoding="utf-8")


@cache
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    env = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return env.from_string((resources.files(__package__) / "page.html.j2").read_text(encoding="utf-8"))
