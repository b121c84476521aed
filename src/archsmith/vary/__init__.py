"""Other values: those that somebody asks for, put on what a brief says; and draws of all that nobody stated."""

from archsmith.model.scaled import scaled
from archsmith.vary.draws import Draws, draws
from archsmith.vary.levers import LEVERS, Lever
from archsmith.vary.run import Move, Refused, asked, vary

__all__ = ["LEVERS", "Draws", "Lever", "Move", "Refused", "asked", "draws", "scaled", "vary"]
