"""Compares two designs by what they mean."""

from archsmith.compare.run import compare
from archsmith.compare.wishes import unheeded

__all__ = ["compare", "unheeded"]
