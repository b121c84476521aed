"""How long a request takes in a design at the peak: the mean over services and store, to compare designs with.

M/M/c for the machines of the services and for the primary store. Not a percentile and not the paths of single
operations: those are what `evaluate` computes, for the chosen design.
"""

import math

from archsmith.decide.dimensions import store
from archsmith.decide.evaluator import Chosen
from archsmith.decide.ground import Ground
from archsmith.decide.option import Cores
from archsmith.formulas.queueing import mmc
from archsmith.kernel.units import PerSecond, Seconds

_FULL = 0.99
"""Utilisation beyond which the linear model's rounding would have no steady state."""


def response(ground: Ground, chosen: Chosen, counts: tuple[int, int], cores: Cores) -> float:
    """Mean seconds of a request at the peak: its work and its wait in the services, and its queries in the store."""
    free = 1 - ground.demand.headroom
    machine = chosen["compute"]
    each = 1 / ground.capacity(ground.tech(chosen["framework"].tech or "").capacity) / min(1.0, machine.cores)
    work = (
        cores.peak
        - cores.peak_answers * sum(o.saves for o in chosen.values())
        + sum(o.compute for o in chosen.values())
    )
    asked = max(0.0, store.load(ground) + sum(o.store for o in chosen.values()))
    local = "hosting:local" in chosen["hosting"].gives
    busy = (work + (asked if local else 0.0)) * free / min(1.0, machine.cores)
    servers = max(1, counts[0] * math.floor(max(1.0, machine.cores)))
    found = each + _wait(busy, each, servers)
    if not ground.demand.web:
        return found
    query = 1 / ground.capacity("sql.read")
    queries = asked * free / query / ground.demand.web
    sized = "sized" in chosen["hosting"].gives
    wait = _wait(asked * free, query, max(1, math.floor(chosen["size"].supply))) if sized else 0.0
    return found + queries * (query + wait)


def _wait(busy: float, each: float, servers: int) -> float:
    """Mean seconds before one of the servers is free; `busy` of them are at work on average."""
    load = min(busy, _FULL * servers)
    return float(mmc(PerSecond(load / each), Seconds(each), servers).wait)
