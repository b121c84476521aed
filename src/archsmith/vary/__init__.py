"""What if: another figure, a technology out or in, put on what a brief says."""

from archsmith.vary.levers import LEVERS, Lever
from archsmith.vary.run import Move, Refused, asked, vary
from archsmith.vary.scale import scaled

__all__ = ["LEVERS", "Lever", "Move", "Refused", "asked", "scaled", "vary"]
