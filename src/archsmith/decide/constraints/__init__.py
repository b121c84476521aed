"""Constraints: one file each, registered here in the order of their ids."""

from archsmith.decide.constraints import (
    associates,
    availability,
    budget,
    bursts,
    cold_starts,
    demanded_by_findings,
    fixed,
    masses,
    on_premises,
    paths_apart,
    people,
    recovery_point,
    recovery_time,
    redundancy,
    residency,
    sign_in,
    slow_masters,
    streams,
    two_way,
    wishes,
)
from archsmith.decide.constraints.constraint import Constraint

CONSTRAINTS: tuple[Constraint, ...] = (
    associates.CONSTRAINT,
    availability.CONSTRAINT,
    budget.CONSTRAINT,
    bursts.CONSTRAINT,
    cold_starts.CONSTRAINT,
    demanded_by_findings.CONSTRAINT,
    fixed.CONSTRAINT,
    masses.CONSTRAINT,
    on_premises.CONSTRAINT,
    paths_apart.CONSTRAINT,
    people.CONSTRAINT,
    recovery_point.CONSTRAINT,
    recovery_time.CONSTRAINT,
    redundancy.CONSTRAINT,
    residency.CONSTRAINT,
    sign_in.CONSTRAINT,
    slow_masters.CONSTRAINT,
    streams.CONSTRAINT,
    two_way.CONSTRAINT,
    wishes.CONSTRAINT,
)
"""Sorted by id; a test holds ids unique and every one documented."""
