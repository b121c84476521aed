"""Choices by a constraint solver over options from the catalogue, each with its argument in money a month."""

from archsmith.decide.run import decide, weigh

__all__ = ["decide", "weigh"]
