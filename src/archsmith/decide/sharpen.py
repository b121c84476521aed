"""Flip points of single decisions to within a twentieth, for the reader who asks about one of them."""

from collections.abc import Container

from msgspec.structs import replace

from archsmith.decide.flip_words import said
from archsmith.decide.flips import flips
from archsmith.decide.run import stand
from archsmith.kernel.ids import DecisionId
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import Decisions
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Requirements


def sharpen(
    requirements: Requirements,
    derivation: Derivation,
    decisions: Decisions,
    catalogue: Catalogue,
    ids: Container[DecisionId],
) -> Decisions:
    """The decisions with the gaps around the flip points of those asked for narrowed: a second or two of solving.

    The same requirements, derivation and catalogue that the decisions were made from.
    """
    weighed = decisions.weighed
    open_ones = {d.id for d in decisions.decisions if d.id in ids and any(f.factor or f.limit for f in d.flips)}
    axes = {i: axis for axis, i in weighed.decisions.items() if i in open_ones} if weighed else {}
    if not axes:
        return decisions
    here, _ = stand(requirements, derivation, catalogue, decisions.cuts)
    found = flips(here, only=frozenset(axes.values()))
    rows = tuple(
        replace(d, flips=found[axes[d.id]], flips_at=said(found[axes[d.id]])) if d.id in axes else d
        for d in decisions.decisions
    )
    return replace(decisions, decisions=rows)
