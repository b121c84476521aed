"""What answers each requirement: operations, things that are kept, decisions, systems and figures that rest on it."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from archsmith.evaluate.view import View
from archsmith.kernel.ids import ElementId, RequirementId, element
from archsmith.kernel.provenance import Fact, Span, Stated
from archsmith.model.report import Coverage
from archsmith.model.requirements import NumberStatus, Requirement

Found = tuple[ElementId, Span]


def coverage(view: View) -> tuple[Coverage, ...]:
    """One row for each requirement, in their order: what names it, and what was read in its words."""
    read = [*_read(view)]
    bound = _bound(view)
    return tuple(
        Coverage(requirement=r.id, by=tuple(dict.fromkeys([*bound.get(r.id, ()), *_inside(r, read)])))
        for r in view.requirements.requirements
    )


def _bound(view: View) -> dict[RequirementId, list[ElementId]]:
    """What names the requirements that it rests on."""
    found: dict[RequirementId, list[ElementId]] = {}
    named: list[tuple[ElementId, Iterable[RequirementId]]] = [
        *((element("operation", o.id), o.requirements) for o in view.domain.operations),
        *((element("decision", d.id), (b.requirement for b in d.binding)) for d in view.decisions.decisions),
        *((element("slo", s.id), s.requirements) for s in view.architecture.slos),
        *((element("entity", t.entity), t.holds) for t in view.architecture.tables if t.entity),
    ]
    for answer, requirements in named:
        for requirement in requirements:
            found.setdefault(requirement, []).append(answer)
    return found


def _read(view: View) -> Iterator[Found]:
    """Elements and figures with the words in which they were read."""
    needs, domain = view.requirements, view.domain
    kinds: tuple[tuple[str, Iterable[Any]], ...] = (
        ("entity", domain.entities),
        ("system", domain.systems),
        ("regime", needs.regimes),
    )
    yield from (
        (element(kind, item.id), item.why.at) for kind, items in kinds for item in items if isinstance(item.why, Stated)
    )
    for entity in domain.entities:
        whys = [*(a.why for a in entity.attributes), *(r.why for r in entity.relations)]
        yield from ((element("entity", entity.id), why.at) for why in whys if isinstance(why, Stated))
    for number in needs.numbers:
        if number.status is not NumberStatus.SUPERSEDED and isinstance(number.why, Stated):
            yield element("figure", number.id), number.why.at
    yield from (
        (element("excluded", str(n)), x.why.at) for n, x in enumerate(needs.excluded) if isinstance(x.why, Stated)
    )
    yield from ((element("conflict", str(n)), at) for n, c in enumerate(needs.conflicts) for at in c.spans)
    for n, wish in enumerate((*needs.must_use, *needs.must_not_use, *needs.technologies)):
        if isinstance(wish.why, Stated):
            yield element("technology", wish.tech or str(n)), wish.why.at
    for name in needs.needs.__struct_fields__:
        for fact in _facts(getattr(needs.needs, name)):
            if isinstance(fact.why, Stated):
                yield element("need", name), fact.why.at


def _facts(value: object) -> Iterator[Fact[Any]]:
    if isinstance(value, Fact):
        yield value
    elif isinstance(value, tuple):
        yield from (v for v in value if isinstance(v, msgspec.Struct) and isinstance(v, Fact))


def _inside(requirement: Requirement, read: list[Found]) -> Iterator[ElementId]:
    if isinstance(requirement.why, Stated):
        around = requirement.why.at
        yield from (answer for answer, span in read if _meet(span, around))


def _meet(one: Span, two: Span) -> bool:
    """Whether two places have a character in common."""
    return (
        one.file == two.file
        and (one.line, one.column) < (two.end_line, two.end_column)
        and (two.line, two.column) < (one.end_line, one.end_column)
    )
