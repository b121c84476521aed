"""Things of the business that the brief names: nouns weighed by what they are and by how the brief speaks of them."""

from collections.abc import Iterator
from typing import Final

from archsmith.elicit.evidence import Candidate, Use
from archsmith.elicit.numbers import Found
from archsmith.elicit.proper import no_things
from archsmith.elicit.reading import Reading
from archsmith.elicit.referents import is_person
from archsmith.elicit.uses import uses_of
from archsmith.kernel.inflect import is_plural
from archsmith.kernel.provenance import Derived, Provenance
from archsmith.knowledge.noun_kinds import NounKind, Nouns, Standing, nouns
from archsmith.model.requirements import ExternalSystem, Mention, OperationMention, TechnologyWish

_PRIOR: Final = {
    Standing.RECORD: 2,
    Standing.MEANS: 1,
    Standing.OPEN: 0,
    Standing.PLACE: 0,
    Standing.VALUE: -2,
    Standing.VIEW: -2,
    Standing.QUALITY: -2,
    Standing.NONE: -9,
}
"""What a noun's sort alone is worth."""
_UNKNOWN: Final = -1
_PERSON: Final = 1
_ENOUGH: Final = 3
"""Points that make a thing of the business."""
_DOUBT: Final = 1
"""Points from which on a noun is one where systems of its kind keep such things."""
_LONGEST: Final = 40
_PEOPLE: Final = frozenset("staff people person guy everybody somebody".split())
"""Words for people of no particular role."""


def find_mentions(
    reading: Reading,
    found: list[Found],
    operations: list[OperationMention],
    technologies: list[TechnologyWish],
    systems: list[ExternalSystem],
    excluded: frozenset[str],
) -> list[Mention]:
    """The things in the order in which the brief names them first."""
    names = {t.name.lower() for t in technologies} | {s.name.lower() for s in systems} | excluded
    none, known = no_things(reading, excluded) | names, nouns(reading.catalogue)
    capital = _always_capital(reading)
    return list(_mentions(uses_of(reading, found, operations), none, capital, reading, known))


def _mentions(
    pool: dict[str, Candidate], none: frozenset[str], capital: frozenset[str], reading: Reading, known: Nouns
) -> Iterator[Mention]:
    for name, candidate in sorted(pool.items(), key=lambda kv: (kv[1].first, kv[0])):
        if not _may_be_a_thing(name, candidate, none, capital, reading, known):
            continue
        row = known.of(name)
        points = candidate.points() + _prior(name, row, reading)
        points += Use.IN_DEED in candidate.uses and row is not None and row.standing is Standing.RECORD
        if (
            points < _DOUBT
            or _is_operator(candidate, row)
            or (Use.PROPER in candidate.uses and points < _ENOUGH)
            or (Use.CLASHES in candidate.uses and points < 2 * _ENOUGH)
        ):
            continue
        why: Provenance = candidate.why or Derived(rule="operation object", inputs=(name,))
        yield Mention(
            name=name,
            attributes=tuple(dict.fromkeys(candidate.attributes)),
            states=tuple(dict.fromkeys(candidate.states)),
            doubtful=points < _ENOUGH,
            evidence=_evidence(candidate, row),
            why=why,
        )


def _prior(name: str, row: NounKind | None, reading: Reading) -> int:
    head = name.rpartition(" ")[2]
    if is_person(head, reading.lex) and (row is None or row.standing in (Standing.OPEN, Standing.PLACE)):
        return _PERSON
    return _PRIOR[row.standing] if row is not None else _UNKNOWN


def _is_operator(candidate: Candidate, row: NounKind | None) -> bool:
    """A site or a company of which the brief never speaks as one of several is whoever runs the system."""
    return row is not None and row.standing is Standing.PLACE and Use.MANY not in candidate.uses


def _may_be_a_thing(
    name: str, candidate: Candidate, none: frozenset[str], capital: frozenset[str], reading: Reading, known: Nouns
) -> bool:
    """Whether the name is a noun at all, and neither a proper name nor a system, tool or law, nor ruled out."""
    head = name.rpartition(" ")[2]
    plain = all(part.replace("-", "").replace("'", "").isalpha() for part in name.split())
    if name in _PEOPLE or not plain or not 1 < len(name) <= _LONGEST or name in none:
        return False
    if head in none and known.of(name) is None:
        return False
    if len(head) < 3 and known.whole(head) is None and head not in ("ad", "cv"):
        return False
    if name == "application" and not reading.applies:
        return False
    if name == "user" and not {Use.ACTED_ON, Use.EACH} & set(candidate.uses):
        return False
    if candidate.why is None and is_person(head, reading.lex):
        return False
    unknown = known.of(name) is None and not is_person(head, reading.lex)
    if unknown and head in capital and Use.ACTED_ON not in candidate.uses:
        return False
    return not any(part in reading.lex.groups["number"] for part in name.split())


def _always_capital(reading: Reading) -> frozenset[str]:
    """Words that are always written with a capital, and never in the plural: proper names where no lexicon has them."""
    capital: set[str] = set()
    plain: set[str] = set()
    for sentence in reading.sentences:
        for token in sentence.tokens:
            if token.kind == "word":
                proper = token.text[:1].isupper() and not is_plural(token.low)
                (capital if proper else plain).update((token.low, token.lemma))
    return frozenset(capital - plain)


def _evidence(candidate: Candidate, row: NounKind | None) -> tuple[str, ...]:
    """What speaks for and against it, in words."""
    out = [row.reason] if row is not None else []
    for use, words in sorted(candidate.uses.items()):
        if use is not Use.NAMED:
            said = ", ".join(sorted(w for w in words if w))
            out.append(f"{use}: {said}" if said else use.value)
    if len(candidate.sentences) > 1:
        out.append(f"named in {len(candidate.sentences)} sentences")
    return tuple(out)
