"""Decisions of two designs: the same question by its title, whatever number it has."""

from collections.abc import Iterator

from archsmith.compare.matching import pairs
from archsmith.kernel.phrases import money
from archsmith.model.comparison import DecisionChange, Difference
from archsmith.model.decisions import Decision, LossKind
from archsmith.model.design import Design


def choices(before: Design, after: Design) -> Iterator[DecisionChange]:
    """What is decided otherwise, and what is decided in one of the designs only."""
    for old, new in pairs(
        before.decisions.decisions, after.decisions.decisions, lambda d: (d.dimension, d.title), lambda d: d.dimension
    ):
        if old is not None and new is not None:
            if (old.option, old.choice) != (new.option, new.choice):
                yield _changed(old, new)
        elif new is not None:
            yield DecisionChange(
                title=new.title,
                dimension=new.dimension,
                difference=Difference.ADDED,
                id_after=new.id,
                after=new.choice,
                why=new.reason,
                margin_after=new.margin,
            )
        elif old is not None:
            yield DecisionChange(
                title=old.title,
                dimension=old.dimension,
                difference=Difference.REMOVED,
                id_before=old.id,
                before=old.choice,
                why="nothing is left to decide here",
                margin_before=old.margin,
            )


def _changed(old: Decision, new: Decision) -> DecisionChange:
    return DecisionChange(
        title=new.title,
        dimension=new.dimension,
        difference=Difference.CHANGED,
        id_before=old.id,
        id_after=new.id,
        before=old.choice,
        after=new.choice,
        why=_why(old, new),
        margin_before=old.margin,
        margin_after=new.margin,
    )


def _why(old: Decision, new: Decision) -> str:
    """What the second design has against the choice of the first, with its figures; else the reason of the new one."""
    if old.option == new.option:
        return new.reason
    loser = next((x for x in new.losers if x.option == old.option), None)
    if loser is None:
        return new.reason
    name = loser.label if loser.label == old.choice else f"{loser.label}, the same here,"
    if loser.kind is LossKind.VIOLATES or loser.extra is None:
        return f"{name} is not possible: {loser.reason}"
    if loser.extra < 1:
        return f"{name} would cost the same: {loser.reason}. {new.reason}"
    return f"{name} would now cost {money(loser.extra)} more a month: {loser.reason}"
