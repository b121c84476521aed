"""Statements of a brief that can't both hold: two figures for one thing, and figures that the text itself corrects."""

import itertools
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from archsmith.elicit.inflect import phrase_singular
from archsmith.elicit.numbers import Found
from archsmith.elicit.places import Place
from archsmith.elicit.reading import Reading
from archsmith.kernel.provenance import Span, Stated
from archsmith.model.requirements import Conflict, Number, NumberRole, NumberStatus, TechnologyWish

_CORRECTED: Final = re.compile(
    r"\b(?:in the slides|the slides|slide deck|it says|says|said|the (?:old|earlier|previous) (?:figure|number"
    r"|plan|version|paper|offer)|used to"
    r"|previously|formerly|earlier we|outdated|out of date|wrong|incorrect|typo|that includes|which includes"
    r"|including inactive|no longer"
    r"|instead of|not counting|correction|the brochure|marketing (?:says|claims)|original(?:ly)?|was (?:meant"
    r"|planned)|forget)\b",
    re.I,
)
_COMPARED: Final = frozenset({NumberRole.POPULATION, NumberRole.AVAILABILITY, NumberRole.BUDGET, NumberRole.DEADLINE})
_PARTIAL: Final = frozenset(
    "active new paying free premium of inactive concurrent first initial later now today peak additional more"
    " extra another other each per"
    " at least most by after until".split()
)
_US_ONLY: Final = frozenset({"heroku"})


def settle(found: list[Found], reading: Reading) -> tuple[list[Found], list[Conflict]]:
    """The numbers with their status corrected, and the conflicts with the figure that the design uses."""
    conflicts: list[Conflict] = []
    changed: dict[int, NumberStatus] = {}
    for one, two in _pairs(found):
        a, b = found[one], found[two]
        old = _corrected(a, b)
        if old is not None:
            keep, drop = (b, a) if old is a else (a, b)
            changed[one if old is a else two] = NumberStatus.SUPERSEDED
            text = f"uses {_say(keep.number)}: the brief itself corrects {_say(drop.number)}"
        elif _comparable(a, b):
            larger = a if (a.number.high or a.number.value) >= (b.number.high or b.number.value) else b
            smaller = b if larger is a else a
            strict = smaller if a.number.role in (NumberRole.BUDGET, NumberRole.DEADLINE) else larger
            changed[two if strict is a else one] = NumberStatus.CONFLICT
            text = f"uses {_say(strict.number)}, the safer one to plan with, until somebody says which one holds"
        else:
            continue
        conflicts.append(Conflict(what=a.number.what, spans=tuple(_spans(a, b)), resolution=text))
    out = [
        Found(number=msgspec.structs.replace(f.number, status=changed[n]), context=f.context, said=f.said)
        if n in changed
        else f
        for n, f in enumerate(found)
    ]
    return out, conflicts


def _pairs(found: list[Found]) -> Iterator[tuple[int, int]]:
    by_key: dict[tuple[str, str, str], list[int]] = {}
    for n, f in enumerate(found):
        if f.number.role in _COMPARED and f.number.status is NumberStatus.TARGET:
            key = (phrase_singular(f.number.what.lower()), f.number.unit, f.number.role.value)
            if f.number.role in (NumberRole.BUDGET, NumberRole.DEADLINE, NumberRole.AVAILABILITY):
                key = ("", f.number.unit, f.number.role.value)
            by_key.setdefault(key, []).append(n)
    for rows in by_key.values():
        for left, right in itertools.pairwise(rows):
            if found[left].number.value != found[right].number.value:
                yield left, right


def _corrected(a: Found, b: Found) -> Found | None:
    """The figure whose own sentence says that it is not the one to use."""
    marked = [f for f in (a, b) if _CORRECTED.search(f.context.sentence.text)]
    if len(marked) == 1 and a.context.sentence is not b.context.sentence:
        return marked[0]
    return None


def _comparable(a: Found, b: Found) -> bool:
    """Whether two figures speak of the same: different sentences, and no word that makes one a part of the other."""
    if a.context.sentence is b.context.sentence:
        return False
    if a.number.role is NumberRole.AVAILABILITY:
        return not _part(a) and not _part(b)
    if a.number.unit.startswith("percent") or a.number.peak or b.number.peak:
        return False
    return not (_qualified(a) or _qualified(b))


def _part(f: Found) -> bool:
    """Whether an availability is that of a part: "99.9 for the API"."""
    return bool({"for", "of", "during", "api", "in", "on"} & set(f.context.lows))


def _qualified(f: Found) -> bool:
    q = f.context.quantity
    tokens = f.context.sentence.tokens
    near = {t.low for t in tokens[max(f.context.first, q.start - 3) : f.context.attached.end + 3]}
    return bool(near & _PARTIAL)


def _say(number: Number) -> str:
    return number.why.at.quote if isinstance(number.why, Stated) else f"{number.value:g} {number.unit}"


def _spans(a: Found, b: Found) -> Iterator[Span]:
    for f in (a, b):
        yield f.context.sentence.span()


def find_clashes(
    found: list[Found], reading: Reading, places: list[Place], wishes: list[TechnologyWish]
) -> list[Conflict]:
    """Wishes that can't be met together: many nines on one server, instant figures out of a nightly run."""
    out: list[Conflict] = []
    high = next(
        (
            f
            for f in found
            if f.number.role is NumberRole.AVAILABILITY and f.number.unit == "percent" and f.number.value >= 99.95
        ),
        None,
    )
    single = next((s for s in reading.sentences if _one_server(s.text) and not s.scope.excluded), None)
    if high is not None and single is not None:
        out.append(
            Conflict(
                what="availability on one server",
                spans=(high.context.sentence.span(), single.span()),
                resolution=f"keeps {high.number.value:g} percent and plans a second server: one alone can't reach it",
            )
        )
    resident = next((p for p in places if p.resident and p.bloc == "eu"), None)
    american = next(
        (w for w in wishes if w.name.lower() in _US_ONLY and w.stance.value in ("must_use", "existing")), None
    )
    if resident is not None and american is not None and isinstance(american.why, Stated):
        out.append(
            Conflict(
                what="place of the data",
                spans=(resident.why.at, american.why.at),
                resolution=f"keeps the data in the EU; {american.name} only where it offers a European region",
            )
        )
    return out


def _one_server(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:on|one|a) (?:a )?single (?:server|machine|vm|box)\b|\bone (?:server|machine|vm) (?:only"
            r"|is enough|must)\b|\bon one (?:server|machine|vm)\b",
            text,
            re.I,
        )
    )
