"""Seconds that each option puts on the way of a request: what a demand for faster answers is a ceiling on.

Means at one request, added up: no waiting, no percentiles. `evaluate` computes those for the design that was chosen; by
how much that was too slow, the sum of this design has to come down. So the scale of the sum does not matter, only what
a choice takes away from it.
"""

import msgspec

from archsmith.decide.ground import Ground
from archsmith.decide.option import Option
from archsmith.knowledge.thirdparty import DELAYS
from archsmith.model.decisions import Cut

FASTER = "faster"
"""Kind of a cut: the sum of the design so far has to come down to the share in `value`."""
AT_MOST = "at_most"
"""The same with the seconds put in."""


_DIGITS = 4
"""Tenths of a millisecond: what is finer decides nothing, and keeps options apart that are alike."""


def asked(cuts: tuple[Cut, ...]) -> bool:
    """Whether a cut is about delays."""
    return any(c.kind in (FASTER, AT_MOST) for c in cuts)


def delayed(options: tuple[Option, ...], ground: Ground) -> tuple[Option, ...]:
    """The options with their `delay`."""
    works = [_work(ground, o) for o in options if o.axis == "framework"]
    usual = sum(works) / len(works)
    return tuple(msgspec.structs.replace(o, delay=round(_delay(ground, o, usual), _DIGITS)) for o in options)


def _delay(ground: Ground, option: Option, usual: float) -> float:
    rows = ground.catalogue.table(DELAYS)
    queries = ground.capacity("queries.per_request")
    if option.axis == "framework":
        return _work(ground, option)
    if option.axis == "compute":
        return usual * (1 / min(1.0, option.cores) - 1)
    if option.axis == "size" and option.needs:
        return queries / ground.capacity("sql.read") * (1 / min(1.0, max(0.01, option.supply)) - 1)
    if option.axis == "hosting":
        if "hosting:use" in option.gives:
            return queries * rows["store.key_value"].p50
        return 0.0 if "hosting:local" in option.gives else queries * rows["hop.zone"].p50
    if option.axis == "zones":
        return queries * (rows["hop.zones"].p50 - rows["hop.zone"].p50) if "redundant" in option.gives else 0.0
    if option.axis in ("edge", "cdn") and option.tech:
        return sum(rows[key].p50 for kind in ground.tech(option.tech).kinds if (key := f"edge.{kind}") in rows)
    return 0.0


def _work(ground: Ground, option: Option) -> float:
    """Seconds of a core for a request."""
    return 1 / ground.capacity(ground.tech(option.key).capacity)
