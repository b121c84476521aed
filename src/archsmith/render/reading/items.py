"""A reading as a flat list of items: what each one is, in words, and where it comes from. All views show these."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from archsmith.kernel.provenance import Fact, Provenance, Stated
from archsmith.model.requirements import Needs, Stance
from archsmith.render import show
from archsmith.render.reading import words
from archsmith.render.reading.document import Reading
from archsmith.render.reading.kinds import OF_CLASS, OF_ROLE, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that was read. `sort` says what it is, `text` the reading itself, `notes` what else is known of it.

    `id` is ours, never a word of the brief, and safe as an anchor. `under`: the id of the item that it is a part of.
    """

    id: str
    kind: Kind
    sort: str
    text: str
    notes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    why: Provenance
    under: str = ""


def items(read: Reading) -> tuple[Item, ...]:
    """Everything that was read, the sorts in a fixed order and each in the order of the model."""
    made: list[Item] = []
    for sort, build in _BUILDERS:
        for number, (row, inner) in enumerate(build(read), 1):
            ident = f"{sort.replace(' ', '-')}-{number}"
            made.append(Item(id=ident, sort=sort, **row))
            made += [
                Item(id=f"{ident}-{n}", kind=made[-1].kind, sort=s, text=text, why=why, under=ident)
                for n, (s, text, why) in enumerate(inner, 1)
            ]
    return tuple(made)


_Inner = tuple[tuple[str, str, Provenance], ...]
_Row = tuple[dict[str, Any], _Inner]


def _row(kind: Kind, text: str, why: Provenance, *notes: str, parts: tuple[str, ...] = (), inner: _Inner = ()) -> _Row:
    said = {"kind": kind, "text": text, "why": why, "notes": tuple(n for n in notes if n), "parts": parts}
    return said, inner


def _requirements(read: Reading) -> Iterator[_Row]:
    for r in read.requirements.requirements:
        kind = OF_CLASS[r.kind]
        told = "" if str(r.kind) == str(kind) else str(r.kind)
        yield _row(kind, r.statement, r.why, str(r.id), str(r.priority), told)


def _figures(read: Reading) -> Iterator[_Row]:
    for n in read.requirements.numbers:
        yield _row(OF_ROLE[n.role], words.number(n), n.why, *words.number_notes(n))


def _operations(read: Reading) -> Iterator[_Row]:
    domain = read.derivation.domain
    for o in domain.operations:
        yield _row(Kind.FUNCTIONAL, words.operation(o, domain), o.why, *words.operation_notes(o, domain))


def _entities(read: Reading) -> Iterator[_Row]:
    domain = read.derivation.domain
    for e in domain.entities:
        said: list[tuple[str, str, Provenance]] = [
            ("attribute", words.attribute(a), a.why) for a in e.attributes if isinstance(a.why, Stated)
        ]
        said += [("relation", words.relation(r, domain), r.why) for r in e.relations if isinstance(r.why, Stated)]
        for what, fact in (("retention", e.retention), ("file size", e.blob_bytes), ("count", e.rows)):
            if fact is not None and isinstance(fact.why, Stated):
                said.append((what, words.ENTITY_FACTS[what](fact.value), fact.why))
        notes, parts = words.entity_notes(e, domain), words.entity_parts(e, domain)
        yield _row(Kind.DOMAIN, words.name(e.name), e.why, *notes, parts=parts, inner=tuple(said))


def _actors(read: Reading) -> Iterator[_Row]:
    for a in read.derivation.domain.actors:
        yield _row(Kind.DOMAIN, words.name(a.name), a.why, "staff" if a.internal else "")


def _systems(read: Reading) -> Iterator[_Row]:
    for s in read.derivation.domain.systems:
        masters = f"master of {', '.join(s.masters)}" if s.masters else ""
        yield _row(Kind.INTEGRATION, s.name, s.why, "" if s.kind == "other" else s.kind, s.protocol, masters)


_STANCES: Final = {
    Stance.MUST_USE: "must be used",
    Stance.PREFER: "preferred",
    Stance.EXISTING: "there today",
    Stance.MUST_NOT_USE: "must not be used",
}


def _technologies(read: Reading) -> Iterator[_Row]:
    r = read.requirements
    for t in (*r.must_use, *r.must_not_use, *r.technologies):
        known = "" if t.tech else "not in the catalogue"
        yield _row(Kind.CONSTRAINT, t.name, t.why, _STANCES[t.stance], known)


def _decisions(read: Reading) -> Iterator[_Row]:
    for d in read.requirements.fixed:
        yield _row(Kind.CONSTRAINT, f"{d.dimension}: {d.option}", d.why, "fixed by a person")


def _priorities(read: Reading) -> Iterator[_Row]:
    for p in read.requirements.priorities:
        yield _row(Kind.CONSTRAINT, p.quality, p.why, f"weight {show.number(p.weight)}")


def _limits(read: Reading) -> Iterator[_Row]:
    """The limits that bind the whole: the brief's figures, normalised."""
    needs: Needs = read.requirements.needs
    for name, (kind, what, shown) in _NEEDS.items():
        held: Any = getattr(needs, name)
        facts: tuple[Fact[Any], ...] = held if isinstance(held, tuple) else () if held is None else (held,)
        for fact in facts:
            yield _row(kind, f"{what}: {shown(fact.value)}", fact.why)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


_NEEDS: Final[dict[str, tuple[Kind, str, Callable[[Any], str]]]] = {
    "users": (Kind.SCALE, "users", show.number),
    "concurrent": (Kind.SCALE, "users at once", show.number),
    "growth": (Kind.SCALE, "growth", show.factor),
    "growth_months": (Kind.SCALE, "growth within", show.months),
    "peak_factor": (Kind.SCALE, "peak over average", show.factor),
    "latency_p95": (Kind.PERFORMANCE, "answer time, p95", show.duration),
    "availability": (Kind.AVAILABILITY, "availability", show.nines),
    "rpo": (Kind.AVAILABILITY, "data lost at most (RPO)", show.duration),
    "rto": (Kind.AVAILABILITY, "working again within (RTO)", show.duration),
    "offline": (Kind.USE, "works offline", _yes),
    "languages": (Kind.USE, "language", str),
    "multi_tenant": (Kind.SECURITY, "several tenants", _yes),
    "regions": (Kind.SECURITY, "data stays in", str.upper),
    "homes": (Kind.SCALE, "users or operator in", str.upper),
    "on_premises": (Kind.CONSTRAINT, "on premises", _yes),
    "budget": (Kind.CONSTRAINT, "running cost a month, at most", show.money),
    "build_budget": (Kind.CONSTRAINT, "cost of building, at most", show.money),
    "deadline": (Kind.CONSTRAINT, "first release within", show.months),
    "team": (Kind.CONSTRAINT, "engineers", show.number),
    "teams": (Kind.CONSTRAINT, "teams", show.number),
    "skills": (Kind.CONSTRAINT, "the team knows", str),
}


def _regimes(read: Reading) -> Iterator[_Row]:
    for r in read.requirements.regimes:
        sure = f"{show.percent(r.confidence)} sure"
        yield _row(Kind.COMPLIANCE, r.id, r.why, str(r.status), sure, parts=(r.reason,) if r.reason else ())


def _excluded(read: Reading) -> Iterator[_Row]:
    for x in read.requirements.excluded:
        yield _row(Kind.OUT_OF_SCOPE, x.what, x.why)


def _conflicts(read: Reading) -> Iterator[_Row]:
    """One item for each place of a conflict."""
    for c in read.requirements.conflicts:
        for at in c.spans:
            yield _row(Kind.CONFLICT, c.what, Stated(at=at), c.resolution)


def _left_mentions(read: Reading) -> Iterator[_Row]:
    """Things that the brief names and that became neither an entity nor a part of anything else in the domain."""
    domain = read.derivation.domain
    used = {e.why for e in domain.entities} | {a.why for a in domain.actors} | {s.why for s in domain.systems}
    for m in read.requirements.mentions:
        if isinstance(m.why, Stated) and m.why not in used:
            because = f": {'; '.join(m.evidence)}" if m.evidence else ""
            yield _row(Kind.DOMAIN, words.name(m.name), m.why, f"named, not made an entity{because}")


def _left_operations(read: Reading) -> Iterator[_Row]:
    """Deeds that were read and that no operation of the domain rests on."""
    used = {o.why for o in read.derivation.domain.operations}
    for o in read.requirements.operations:
        if isinstance(o.why, Stated) and o.why not in used:
            said = f"{words.name(o.actor)} → {o.verb} {o.object}"
            yield _row(Kind.FUNCTIONAL, said, o.why, "read, not made an operation")


_BUILDERS: Final[tuple[tuple[str, Callable[[Reading], Iterator[_Row]]], ...]] = (
    ("conflict", _conflicts),
    ("requirement", _requirements),
    ("out of scope", _excluded),
    ("regime", _regimes),
    ("figure", _figures),
    ("technology", _technologies),
    ("fixed decision", _decisions),
    ("priority", _priorities),
    ("system", _systems),
    ("operation", _operations),
    ("actor", _actors),
    ("entity", _entities),
    ("limit", _limits),
    ("deed", _left_operations),
    ("mention", _left_mentions),
)
