"""Hedges around a number: "no more than", "shall not exceed" before it; "at most", "max", "or so" behind it."""

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
    ("and up", "at least"),
    ("and upwards", "at least"),
    ("and above", "at least"),
    ("upwards", "at least"),
    ("upward", "at least"),
    ("minimum", "at least"),
    ("give or take", "about"),
    ("or so", "about"),
    ("or thereabouts", "about"),
)
_BEHIND_FROM: Final = {
    first: tuple((words.split(), name) for words, name in _BEHIND if words.split()[0] == first)
    for first in {words.split()[0] for words, _ in _BEHIND}
}
"""The same by their first word."""
_STEPS: Final = 6
_BETWEEN: Final = (
    ("or so", "about"),
    ("or thereabouts", "about"),
    ("give or take", "about"),
    ("- odd", "about"),
    ("odd", "about"),
    ("or more", "at least"),
    ("and more", "at least"),
    ("plus", "at least"),
    ("+", "at least"),
    ("nos .", ""),
    ("nos", ""),
    ("pcs", ""),
)
"""Between a number and its noun or unit: "140 or so owners", "300+ shops", "60 nos. managers"."""
_BEFORE: Final = {
    "about": "about around roughly approximately approx ca circa some perhaps maybe nearly almost ~ ≈ c say",
    "over": "over above > beyond upwards_of upward_of north_of in_excess_of more_than greater_than longer_than"
    " larger_than bigger_than higher_than later_than older_than exceed exceeds exceeding exceeded well_over just_over",
    "at least": "at_least ≥ min minimum a_minimum_of minimum_of not_under a_good from",
    "under": "under below < less_than fewer_than lower_than better_than faster_than quicker_than smaller_than"
    " shorter_than south_of just_under well_under",
    "at most": "at_most ≤ max maximum a_maximum_of maximum_of limited_to restricted_to capped_at cap_of limit_of"
    " limit_to cap_at the_limit_is",
    "up to": "up_to as_many_as as_much_as",
    "within": "within inside",
    "every": "every each",
    "after": "after upon_reaching on_reaching after_reaching when_reaching once_it_reaches when_it_reaches"
    " once_there_are as_soon_as_there_are",
    "in": "in",
    "for": "for",
}
_LOOSE: Final = (
    "in_the_region_of", "in_the_order_of", "on_the_order_of", "something_like", "close_to", "on_average", "as_many",
    "an_estimated", "in_the_neighbourhood_of", "an_average_of", "average_of", "a_total_of", "total_of", "or_about",
)  # fmt: skip
_PHRASES: Final[dict[tuple[str, ...], str]] = {
    tuple(words.split("_")): name
    for name, listed in (*_BEFORE.items(), ("about", " ".join(_LOOSE)))
    for words in listed.split()
}
_LONGEST: Final = max(map(len, _PHRASES))
_NEGATED: Final = {"over": "at most", "under": "at least"}
_NOT: Final = frozenset("no not never nor cannot can't mustn't shouldn't won't don't doesn't without none".split())
_REACH: Final = 4
_TIME: Final = frozenset({"in", "within", "after"})


def hedge_before(tokens: list[Token], n: int) -> tuple[str, int]:
    """The hedge before the number at `n` and where it begins: the longest that stands there, with its negation.

    "No more than" is at most, "not fewer than" is at least; "within about" is within.
    """
    low = [tokens[k].low for k in range(max(0, n - _LONGEST), n)]
    if low[-1:] == ["."] and low[-2:-1] and low[-2] in ("max", "min", "approx", "ca", "c"):
        return _PHRASES[(low[-2],)], n - 2
    size = next((k for k in range(min(_LONGEST, len(low)), 0, -1) if tuple(low[-k:]) in _PHRASES), 0)
    if not size or (low[-size:] in (["c"], ["say"], ["from"], ["a", "good"]) and not _alone(tokens, n - size)):
        return "", n
    name, start = _PHRASES[tuple(low[-size:])], n - size
    outer = low[-size - 1] if len(low) > size else ""
    if name == "after" and start and tokens[start - 1].lemma in ("look", "ask"):
        return "", n
    if name == "about" and outer in _TIME:
        return outer, start
    if name == "up to" and outer == "for":
        return "for", start - 1
    if name in _NEGATED and _negated(tokens, start):
        return _NEGATED[name], start - (outer in _NOT)
    return name, start


def _alone(tokens: list[Token], n: int) -> bool:
    """Whether a short word is a hedge here: "c 300" in figures, "say 300" after a mark, "from 20 euros upward"."""
    return n == 0 or tokens[n - 1].tag == "MARK"


def _negated(tokens: list[Token], n: int) -> bool:
    """Whether a comparison is negated in its own clause: "must not take longer than", "none larger than"."""
    wider = [t.low for t in tokens[max(0, n - _REACH) : n]]
    if "," in wider:
        wider = wider[len(wider) - wider[::-1].index(",") :]
    return bool(_NOT & set(wider)) and wider[-1:] != ["for"]


def hedge_behind(tokens: list[Token], n: int) -> str:
    """The hedge after the number whose unit ends at `n`: over its noun and what follows, not over a mark or a verb."""
    for k in range(n, min(len(tokens), n + _STEPS)):
        for parts, name in _BEHIND_FROM.get(tokens[k].low, ()):
            if [t.low for t in tokens[k : k + len(parts)]] == parts and not _of_the_next(tokens, k + len(parts)):
                return name
        if tokens[k].tag in ("VERB", "AUX", "MODAL", "NUM", "SUB", "MARK", "CONJ") or low_at(tokens, k) in (":", "("):
            return ""
    return ""


def _of_the_next(tokens: list[Token], n: int) -> bool:
    """Whether the hedge belongs to a number after it: "5 users at most 3 files"."""
    return n < len(tokens) and (tokens[n].tag == "NUM" or tokens[n].kind == "num")


def hedge_between(tokens: list[Token], n: int) -> tuple[str, int]:
    """The hedge between the number that ends at `n` and its noun, and the index after it; none before a number."""
    for words, name in _BETWEEN:
        parts = words.split()
        end = n + len(parts)
        if [t.low for t in tokens[n:end]] != parts or _of_the_next(tokens, end):
            continue
        bare = end >= len(tokens) or tokens[end].tag not in ("NOUN", "ADJ", "NUM")
        if bare and parts != ["+"]:
            return "", n
        if parts == ["+"] and tokens[n].start != tokens[n - 1].end:
            return "", n
        return name, end
    return "", n
