"""Whether a kind of organisation that a sentence names can be who runs or uses the service, or is merely mentioned."""

import itertools
from typing import Final

from archsmith.elicit.reading import Sentence

_UNITS: Final = frozenset(
    "department dept council district office authority administration board registrar registry hall group trust service"
    " services agency system systems network staff team employee employees teacher teachers librarian hospital clinic"
    " university school archive archives library institute body sector library's court police branch campus".split()
)
"""Nouns behind the kind that still name the organisation, a part of it, or those who work there."""
_EXAMPLES: Final = frozenset({"like", "e.g.", "e.g", "eg"})
_LEADS: Final = frozenset({("such", "as"), ("for", "example"), ("for", "instance"), ("next", "to"), ("near", "the")})
_JOINTS: Final = frozenset({",", "and", "or", "/"})
_BACK: Final = 8
"""Words that are looked back for a lead of examples."""


def mentioned_aside(sentence: Sentence, first: int, last: int) -> bool:
    """Whether tokens `first` to `last` tell of no operator: "(libraries, town halls, a bakery)", "the county grant"."""
    tokens = sentence.tokens
    last = min(last, len(tokens))
    following = tokens[last] if last < len(tokens) and tokens[last - 1].tag != "PREP" else None
    if following is not None and following.tag == "NOUN" and following.low not in _UNITS and following.form != "s":
        return True
    before = [t.low for t in tokens[max(0, first - _BACK) : first]]
    if before[-1:] == ["by"] and tokens[last - 1].low != tokens[last - 1].lemma:
        return True  # "verified by universities": many of them, who are others
    if _EXAMPLES & set(before[-4:]) or any(pair in _LEADS for pair in itertools.pairwise(before)):
        return True
    return _listed_in_bracket(sentence, first, last)


def _listed_in_bracket(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the words stand in a bracket that lists several things: kinds of a thing named before it."""
    tokens = sentence.tokens
    start = next((n for n in range(first - 1, max(-1, first - 30), -1) if tokens[n].low in ("(", ")")), -1)
    end = next((n for n in range(last, min(len(tokens), last + 30)) if tokens[n].low in ("(", ")")), -1)
    if start < 0 or end < 0 or tokens[start].low != "(" or tokens[end].low != ")":
        return False
    member = tokens[last].low in _JOINTS or last == end
    return member and any(t.low in _JOINTS for t in tokens[start:end])
