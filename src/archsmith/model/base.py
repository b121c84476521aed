"""What all model values share."""

import msgspec

from archsmith.kernel.provenance import Provenance


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frozen, slotted, keyword-only value that encodes to JSON and back. All model types derive from it."""


class Figure(Value, frozen=True, kw_only=True):
    """A computed, stated or assumed number with its unit, its arithmetic and where it came from.

    `formula` has the figures put in (`240000 * 11 / 86400`); `id` is unique in its collection and names the figure in
    the formulas of others.
    """

    id: str
    what: str
    value: float
    unit: str
    formula: str
    why: Provenance
