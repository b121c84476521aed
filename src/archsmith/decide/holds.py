"""Whether a design that was decided still stands when only rules change: no solver is needed for that."""

from collections.abc import Iterable

from archsmith.decide.option import Ban, Ceiling, Demands, Option, Rule, rent


def sums_of(chosen: dict[str, Option], counts: tuple[int, int]) -> dict[str, float]:
    """What ceilings are about: USD a month, share of time away, hours a month, seconds of a request."""
    machine = chosen["compute"]
    return {
        "infra": sum(o.infra for o in chosen.values()) + rent(machine, counts),
        "down": sum(o.down for o in chosen.values()),
        "ops": sum(o.ops for o in chosen.values()) + machine.each * counts[0],
        "delay": sum(o.delay for o in chosen.values()),
    }


def broken(chosen: dict[str, Option], counts: tuple[int, int], rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that a design does not keep."""
    sums = sums_of(chosen, counts)
    given = {trait for o in chosen.values() for trait in o.gives}
    return tuple(r for r in rules if _breaks(r, chosen, sums, given))


def _breaks(rule: Rule, chosen: dict[str, Option], sums: dict[str, float], given: set[str]) -> bool:
    match rule:
        case Ban():
            return rule.axis in chosen and chosen[rule.axis].key == rule.key
        case Demands():
            return (not rule.given or rule.given in given) and given.isdisjoint(rule.one_of)
        case Ceiling():
            return sums[rule.what] > rule.most
