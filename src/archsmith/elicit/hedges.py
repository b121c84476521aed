"""Hedges that stand behind a number: "180 days at most", "8 seats max", "30 minutes after the upload at the latest"."""

from typing import Final

from archsmith.elicit.words import Token, low_at

_BEHIND: Final = (
    ("at the latest", "at most"),
    ("at the most", "at most"),
    ("at the very most", "at most"),
    ("as a maximum", "at most"),
    ("at maximum", "at most"),
    ("at most", "at most"),
    ("at max", "at most"),
    ("or less", "at most"),
    ("or fewer", "at most"),
    ("or faster", "at most"),
    ("or sooner", "at most"),
    ("or under", "at most"),
    ("or below", "at most"),
    ("and no more", "at most"),
    ("and not more", "at most"),
    ("and no longer", "at most"),
    ("maximum", "at most"),
    ("max", "at most"),
    ("tops", "at most"),
    ("at the least", "at least"),
    ("as a minimum", "at least"),
    ("at minimum", "at least"),
    ("at least", "at least"),
    ("or more", "at least"),
    ("or longer", "at least"),
    ("and more", "at least"),
    ("minimum", "at least"),
    ("give or take", "about"),
    ("or so", "about"),
    ("or thereabouts", "about"),
)
_STEPS: Final = 6


def hedge_behind(tokens: list[Token], n: int) -> str:
    """The hedge after the number whose unit ends at `n`: over its noun and what follows, not over a mark or a verb."""
    for k in range(n, min(len(tokens), n + _STEPS)):
        for words, name in _BEHIND:
            parts = words.split()
            if [t.low for t in tokens[k : k + len(parts)]] == parts and not _of_the_next(tokens, k + len(parts)):
                return name
        if tokens[k].tag in ("VERB", "AUX", "MODAL", "NUM", "SUB", "MARK", "CONJ") or low_at(tokens, k) in (":", "("):
            return ""
    return ""


def _of_the_next(tokens: list[Token], n: int) -> bool:
    """Whether the hedge belongs to a number after it: "5 users at most 3 files"."""
    return n < len(tokens) and (tokens[n].tag == "NUM" or tokens[n].kind == "num")
