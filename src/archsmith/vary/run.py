"""All changes that are asked for, one after the other; or the findings that say which can't be made."""

import difflib
from collections.abc import Iterator, Mapping

from msgspec import Struct

from archsmith.kernel.findings import Finding, Severity
from archsmith.kernel.ids import TechId
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.changes import Change, Scale, Varied
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Requirements, Stance
from archsmith.vary.amounts import Amount, Unfit, amount
from archsmith.vary.apply import put
from archsmith.vary.levers import BY_NAME, LEVERS, Lever
from archsmith.vary.technologies import known_as, names, wish

MOST = 50
"""Changes at once."""


class Move(Struct, frozen=True):
    """One thing that is asked for: an amount for a lever, or a stance towards a technology; `of` is its name or id."""

    of: str
    asked: str
    how: Amount | Stance


class Refused(Struct, frozen=True):
    """Why it can't be done."""

    findings: tuple[Finding, ...]


def asked(
    catalogue: Catalogue,
    *,
    sets: tuple[str, ...] = (),
    forbid: tuple[str, ...] = (),
    require: tuple[str, ...] = (),
    words: Mapping[str, TechId | None] | None = None,
) -> tuple[Move, ...] | Refused:
    """What is asked for, understood. `sets` are `name=value`; `words` are names of technologies as briefs use them."""
    known = names(catalogue, words or {})
    moves = list(_moves(sets, forbid, require, known, catalogue))
    faults = tuple(m for m in moves if isinstance(m, Finding))
    return Refused(faults) if faults else tuple(m for m in moves if not isinstance(m, Finding))


def vary(
    requirements: Requirements, derivation: Derivation, catalogue: Catalogue, moves: tuple[Move, ...]
) -> Varied | Refused:
    """The changed requirements. `derivation` is what follows from the brief as it is.

    A change is measured against the brief, not against the changes before it.
    """
    changes: list[Change] = []
    scales: list[Scale] = []
    faults: list[Finding] = []
    now = requirements
    for move in moves:
        if isinstance(move.how, Stance):
            now, change = wish(move.asked, TechId(move.of), move.how, now, catalogue)
            changes.append(change)
            continue
        done = put(BY_NAME[move.of], move.asked, move.how, requirements, now, derivation, catalogue)
        if isinstance(done, Finding):
            faults.append(done)
            continue
        now, change, scale = done
        changes.append(change)
        scales += [scale] if scale else []
    if faults:
        return Refused(tuple(faults))
    return Varied(requirements=now, changes=tuple(changes), scaled=tuple(scales))


def _moves(
    sets: tuple[str, ...],
    forbid: tuple[str, ...],
    require: tuple[str, ...],
    known: Mapping[str, TechId],
    catalogue: Catalogue,
) -> Iterator[Move | Finding]:
    if len(sets) + len(forbid) + len(require) > MOST:
        yield _finding("SET004", f"more than {MOST} changes at once", "ask for fewer")
        return
    seen: set[str] = set()
    for text in sets:
        name, sign, value = text.partition("=")
        name = name.strip().lower().replace("-", "_")
        lever = BY_NAME.get(name)
        if lever is None or not sign:
            yield _unknown(text, name, bool(sign))
        elif name in seen:
            yield _finding("SET004", f"{name} is set twice", "say which value it is")
        else:
            seen.add(name)
            yield _move(lever, value.strip())
    stances = ((forbid, Stance.MUST_NOT_USE), (require, Stance.MUST_USE))
    wanted = [(found, stance) for those, stance in stances for found in those]
    ids: dict[TechId, Stance] = {}
    for name, stance in wanted:
        tech = known_as(name, known, catalogue)
        if isinstance(tech, Finding):
            yield tech
        elif ids.setdefault(tech, stance) is not stance:
            yield _finding("SET004", f"{name[:80]!r} is both forbidden and required", "say which")
        else:
            yield Move(of=tech, asked=name, how=stance)


def _move(lever: Lever, value: str) -> Move | Finding:
    try:
        return Move(of=lever.name, asked=value, how=amount(value, lever.kind))
    except Unfit as error:
        return _finding("SET002", f"{lever.name}={value[:80]!r} is no value for {lever.what}", f"give {error}")


def _unknown(text: str, name: str, signed: bool) -> Finding:
    listed = ", ".join(lever.name for lever in LEVERS)
    if not signed and name in BY_NAME:
        return _finding("SET001", f"{text[:80]!r} has no value", f"write {name}=VALUE")
    close = difflib.get_close_matches(name[:80], BY_NAME, n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    return _finding("SET001", f"there is no {name[:80]!r} to set", f"{hint}known names: {listed}")


def _finding(rule: str, fact: str, fix: str) -> Finding:
    return Finding(id=rule, severity=Severity.BLOCKER, place="--set", fact=fact, fix=fix)
