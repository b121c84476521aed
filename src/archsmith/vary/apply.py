"""Changes put on the typed requirements, each noted beside what it replaces."""

from typing import Any

from msgspec.structs import replace

from archsmith.kernel.findings import Finding, Severity
from archsmith.kernel.provenance import Assumed, Derived, Fact, Given, Provenance, Stated
from archsmith.kernel.units import Count
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.prices import CURRENCIES
from archsmith.model.changes import Change, ChangeKind, Origin, Replaced, Scale
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Needs, Number, Requirements
from archsmith.vary.amounts import MOST, Amount, Kind
from archsmith.vary.levers import Lever, Reach
from archsmith.vary.reach import reached

FILE = "--set"
"""What stands as the file of a fact that somebody gave this way."""


def put(
    lever: Lever,
    asked: str,
    amount: Amount,
    requirements: Requirements,
    now: Requirements,
    derivation: Derivation,
    catalogue: Catalogue,
) -> tuple[Requirements, Change, Scale | None] | Finding:
    """`now` with one lever moved. `requirements` is what the brief says and `derivation` what follows from it."""
    if lever.kind in (Kind.WORDS, Kind.FLAG):
        return _named(lever, asked, amount, requirements, now, derivation)
    numbers = reached(lever, requirements, derivation, by_factor=amount.factor is not None)
    base = _base(lever, requirements, derivation) or _largest(numbers)
    if base is None and amount.factor is not None:
        fact = f"{lever.name}={asked} is a factor, and the brief has no figure that it could be put on"
        return _finding(fact, f"give a value: {lever.name}=...")
    after = _after(lever, amount, base, numbers, catalogue)
    if isinstance(after, Finding):
        return after
    after = max(1.0, round(after)) if lever.kind is Kind.COUNT else after
    factor = after / base.value if base is not None and base.value else 1.0
    if lever.reach in (Reach.PEOPLE, Reach.THINGS, Reach.LOAD) and not 1 / MOST <= factor <= MOST:
        fact = (
            f"{lever.name}={asked} is {factor:.3g} times the {lever.shown(base.value) if base else 'figure'} there is"
        )
        return _finding(fact, f"stay within {MOST:,.0f} times more or less")
    also = tuple(_replaced(n, factor, after, lever) for n in numbers)
    by_id = dict(zip((n.id for n in numbers), also, strict=True))
    changed = replace(
        now,
        numbers=tuple(_scaled(n, by_id[n.id], factor) if n.id in by_id else n for n in now.numbers),
        needs=_crowd(now.needs, lever, base, after, factor, asked, follows=bool(numbers))
        if lever.reach is Reach.PEOPLE
        else _with(now.needs, lever, after, asked),
    )
    change = _change(lever, asked, base, after, also if lever.reach is not Reach.BEHIND else ())
    scale = Scale(lever=lever.name, factor=factor) if lever.reach is Reach.LOAD else None
    return changed, change, scale


def _after(
    lever: Lever, amount: Amount, base: Fact[Any] | None, numbers: tuple[Number, ...], catalogue: Catalogue
) -> float | Finding:
    if amount.factor is not None:
        return float(base.value) * amount.factor if base is not None else 0.0
    assert amount.value is not None
    if lever.kind is not Kind.MONEY:
        return amount.value
    rates = catalogue.table(CURRENCIES)
    stated = next((n.unit[:3] for n in numbers if n.unit[:3] in rates), "USD")
    written = amount.currency or stated
    if written not in rates:
        return _finding(f"{written[:20]} is no currency of the catalogue", f"one of: {', '.join(rates)}")
    return amount.value * rates[written].usd


def _largest(numbers: tuple[Number, ...]) -> Fact[Any] | None:
    top = max(numbers, key=lambda n: n.value, default=None)
    return Fact(value=top.value, why=top.why) if top is not None and top.value > 0 else None


def _replaced(number: Number, factor: float, after: float, lever: Lever) -> Replaced:
    """A number that changes along; growth that is stated as a percentage becomes the factor itself."""
    at = number.why.at if isinstance(number.why, Stated) else None
    new = after if lever.kind is Kind.RATIO else round(number.value * factor, 9)
    return Replaced(
        what=number.what or lever.name,
        before=number.value,
        after=_whole(new) if lever.kind is Kind.COUNT else new,
        unit="ratio" if lever.kind is Kind.RATIO else number.unit,
        quote=at.quote if at else "",
        line=at.line if at else None,
    )


def _whole(count: float) -> float:
    """People and things are whole; less than one stays what it is, since none would be another statement."""
    return float(round(count)) if count >= 1 else count


def _scaled(number: Number, new: Replaced, factor: float) -> Number:
    """The number with another value. It keeps its place in the brief, since its words there say what it is of."""
    return replace(number, value=new.after, high=None if number.high is None else number.high * factor)


def _base(lever: Lever, requirements: Requirements, derivation: Derivation) -> Fact[Any] | None:
    """What the brief says, else what is used meanwhile; of people all those who are planned for.

    The largest group that a brief counts may be its clerks, whose customers follow from other figures.
    """
    stated: Fact[Any] | None = getattr(requirements.needs, lever.field) if lever.field else None
    used = lever.silent(derivation)
    if lever.reach is Reach.PEOPLE and stated is not None and used is not None and stated.value != used.value:
        return used
    return stated or used


def _with(needs: Needs, lever: Lever, after: float, asked: str) -> Needs:
    """The needs with the new value, as somebody gave it."""
    if not lever.field:
        return needs
    return replace(needs, **{lever.field: Fact(value=after, why=_given(lever, asked))})


def _crowd(
    needs: Needs, lever: Lever, base: Fact[Any] | None, after: float, factor: float, asked: str, *, follows: bool
) -> Needs:
    """The needs with more people, and with them more at the same moment.

    People who follow from other figures go on to follow from them: nothing is given then, for it would hide those.
    """
    why = _given(lever, asked)
    if needs.concurrent is not None:
        needs = replace(needs, concurrent=Fact(value=Count(needs.concurrent.value * factor), why=why))
    if needs.users is not None:
        return replace(needs, users=Fact(value=Count(_whole(needs.users.value * factor)), why=why))
    if follows and base is not None and isinstance(base.why, Derived):
        return needs
    return replace(needs, users=Fact(value=Count(after), why=why))


def _given(lever: Lever, asked: str) -> Given:
    return Given(file=FILE, key=f"{lever.name}={asked}")


def _named(
    lever: Lever, asked: str, amount: Amount, requirements: Requirements, now: Requirements, derivation: Derivation
) -> tuple[Requirements, Change, None]:
    """Lists of words and flags: the new ones take the place of the old ones."""
    stated = getattr(requirements.needs, lever.field)
    why = _given(lever, asked)
    if lever.kind is Kind.FLAG:
        base = stated or lever.silent(derivation)
        new: Any = Fact(value=amount.flag, why=why)
        before = lever.shown(base.value) if base else ""
        after = lever.shown(amount.flag)
    else:
        base = stated[0] if stated else None
        new = tuple(Fact(value=w, why=why) for w in amount.words)
        before, after = lever.shown(tuple(f.value for f in stated)), lever.shown(amount.words)
    changed = replace(now, needs=replace(now.needs, **{lever.field: new}))
    return changed, _noted(lever, asked, before, after, base), None


def _change(lever: Lever, asked: str, base: Fact[Any] | None, after: float, also: tuple[Replaced, ...]) -> Change:
    before = lever.shown(base.value) if base is not None else ""
    noted = _noted(lever, asked, before, lever.shown(after), base)
    return replace(
        noted,
        value_before=float(base.value) if base is not None else None,
        value_after=after,
        unit=lever.unit,
        also=also,
    )


def _noted(lever: Lever, asked: str, before: str, after: str, base: Fact[Any] | None) -> Change:
    origin, reason = origin_of(base.why if base is not None else None)
    at = base.why.at if base is not None and isinstance(base.why, Stated) else None
    return Change(
        kind=ChangeKind.SET,
        name=lever.name,
        asked=asked,
        what=lever.what,
        before=before,
        after=after,
        origin=origin,
        quote=at.quote if at else "",
        line=at.line if at else None,
        reason=reason,
    )


def origin_of(why: Provenance | None) -> tuple[Origin, str]:
    """Where a replaced value came from, and the reason or the formula of what nobody said."""
    if why is None:
        return Origin.SILENT, ""
    if isinstance(why, Stated):
        return Origin.STATED, ""
    if isinstance(why, Given):
        return Origin.GIVEN, f"{why.file}, {why.key}"
    if isinstance(why, Assumed):
        return Origin.ASSUMED, why.reason
    assert isinstance(why, Derived)
    return Origin.DERIVED, f"{why.rule}: {why.formula}" if why.formula else why.rule


def _finding(fact: str, fix: str) -> Finding:
    return Finding(id="SET002", severity=Severity.BLOCKER, place="--set", fact=fact, fix=fix)
