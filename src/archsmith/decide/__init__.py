"""Choices by a constraint solver over options from the catalogue, each with its argument in money a month."""

from archsmith.decide.robust import doubt
from archsmith.decide.run import decide
from archsmith.decide.sharpen import sharpen

__all__ = ["decide", "doubt", "sharpen"]
