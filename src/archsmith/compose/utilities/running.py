"""Rules for what keeps the design running: watching it, and adding instances."""

from archsmith.compose.context import Context, ident_of, kind_of
from archsmith.compose.draft import Draft
from archsmith.compose.utilities.build import utility
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import duration, listed, number, percent
from archsmith.model.architecture import Utility
from archsmith.model.decisions import Dimension


def observability(ctx: Context, draft: Draft) -> list[Utility]:
    """Every design is watched, by what was decided, for what this one is held to."""
    chosen = ctx.decision(Dimension.OBSERVABILITY)
    tech = ctx.chosen(Dimension.OBSERVABILITY)
    names = listed((s.name for s in draft.services), 5)
    traces = tech is not None and "traces" in tech.traits
    deeper = f"; traces follow a request into {listed(f'the {s.name}' for s in draft.stores)}" if traces else ""
    said = (
        f"Watches {names} against {percent(ctx.targets.availability.value)} availability and p95 "
        f"{duration(ctx.targets.latency_p95.value)}{deeper}"
    )
    product = tech.product if tech else chosen.choice if chosen else ""
    return [utility(ctx, "observability", said, ctx.because(Dimension.OBSERVABILITY), product=product)]


def autoscaling(ctx: Context, draft: Draft) -> list[Utility]:
    """Where the number of instances varies."""
    varying = [
        s for s in ctx.decisions.sizings if s.role is None and s.count > s.minimum and kind_of(s.subject) == "service"
    ]
    if not varying:
        return []
    names = {element("service", s.id): s.name for s in draft.services}
    said = listed(f"{names.get(s.subject, ident_of(s.subject))} between {s.minimum} and {s.count}" for s in varying)
    return [
        utility(
            ctx,
            "autoscaling",
            f"Holds {said} instances, for a peak of {number(ctx.workload.peak_factor.value)} times the mean",
            ctx.because(Dimension.SIZING, Dimension.PLATFORM),
            host=varying[0].subject,
        )
    ]
