"""What if: another figure, a technology out or in, put on what a brief says."""

from archsmith.model.scaled import scaled
from archsmith.vary.levers import LEVERS, Lever
from archsmith.vary.run import Move, Refused, asked, vary

__all__ = ["LEVERS", "Lever", "Move", "Refused", "asked", "scaled", "vary"]
