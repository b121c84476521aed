"""Argument checks: each returns the value, or raises ValueError with the argument's name, the value and the range."""

import math


def positive(name: str, value: float) -> float:
    """A finite number above 0."""
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be above 0 and finite, got {value}")
    return value


def not_negative(name: str, value: float) -> float:
    """A finite number of at least 0."""
    if not (math.isfinite(value) and value >= 0):
        raise ValueError(f"{name} must be at least 0 and finite, got {value}")
    return value


def share(name: str, value: float) -> float:
    """A number from 0 to 1, both ends allowed."""
    if not 0 <= value <= 1:
        raise ValueError(f"{name} must be from 0 to 1, got {value}")
    return value


def inside(name: str, value: float) -> float:
    """A number above 0 and below 1."""
    if not 0 < value < 1:
        raise ValueError(f"{name} must be above 0 and below 1, got {value}")
    return value


def at_least(name: str, value: int, least: int) -> int:
    """A whole number of at least `least`."""
    if value != int(value) or value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, got {value}")
    return int(value)
