"""What the headings and lead-ins above a text say of it: wanted, wished, later, or not at all."""

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from archsmith.elicit.cues import any_of, words_of
from archsmith.elicit.structure import Block
from archsmith.elicit.words import Token
from archsmith.model.requirements import Priority

_NOT: Final = frozenset("not no won't wont don't doesn't never excluded without non".split())
_TOLD: Final = frozenset({"may", "can", "has", "had", "cannot"})
"""Verbs of a sentence of its own: "No money may disappear: ..." is no heading."""
_BRACKET: Final = re.compile(r"\s*\([^()]*\)\s*$")
_QUANTITY: Final = frozenset(
    "growth number numbers load scale figures users volume volumes traffic size capacity data".split()
)


class Scope(Struct, frozen=True):
    """`excluded`: the heading rules the items out. `priority`: what it gives them, or None. `story`: it tells
    the past.
    """

    excluded: bool = False
    priority: Priority | None = None
    story: bool = False
    heading: str = ""


def scope_of(block: Block, cues: Mapping[str, frozenset[str]]) -> Scope:
    """The scope of a block; the innermost heading that says something decides."""
    if block.after_list:
        return Scope()
    titles = [*block.headings, block.lead, block.row if block.column else "", block.column if block.column else ""]
    for place, title in reversed(list(enumerate(titles))):
        if title and (place > 0 or len(block.headings) <= 1):
            found = heading_scope(title, cues)
            if found is not None:
                return found
    return Scope()


def heading_scope(title: str, cues: Mapping[str, frozenset[str]]) -> Scope | None:
    """What one heading says, or None where it is only a topic.

    "Out of scope", "WON'T (this year)", "Nice to have", "Phase 2", "MUST".
    """
    title = _BRACKET.sub("", title) or title
    words = [w for w in words_of(title) if not w.isdigit() or len(words_of(title)) > 1]
    bare = [
        w for w in words if w not in ("the", "a", "of", "we", "features", "feature", "requirements", "have", "this")
    ]
    if not words or len(words) > 9 or not _TOLD.isdisjoint(words[1:]) or words[-1] == "be":
        return None
    if (
        words == ["avoid"]
        or any_of(words, cues["scope_out"])
        or (len(words) <= 6 and words[0] in _NOT)
        or _what_not(words)
    ):
        later = any_of(words, cues["scope_later"]) and not any_of(words, cues["scope_out"])
        return Scope(excluded=True, priority=Priority.LATER if later else None, heading=title)
    if len(words) <= 7 and "not" in words and any_of(words, cues["scope_later"]):
        return Scope(excluded=True, priority=Priority.LATER, heading=title)
    if len(words) <= 6 and any_of(words, cues["scope_could"]):
        return Scope(priority=Priority.COULD, heading=title)
    if len(words) <= 5 and any_of(words, cues["scope_later"]) and not _QUANTITY & set(words):
        return Scope(priority=Priority.LATER, heading=title)
    if len(words) <= 4 and any_of(words, cues["scope_should"]):
        return Scope(priority=Priority.SHOULD, heading=title)
    if len(words) <= 4 and any_of(words, cues["scope_must"]):
        return Scope(priority=Priority.MUST, heading=title)
    if len(bare) <= 3 and any_of(words, cues["scope_story"]):
        return Scope(story=True, heading=title)
    return None


def _what_not(words: list[str]) -> bool:
    """ "What we do not want", "Things it should not do"."""
    return len(words) <= 8 and words[0] in ("what", "things", "features") and bool(_NOT & set(words))


def label_scope(tokens: list[Token], text: str, start: int, cues: Mapping[str, frozenset[str]]) -> Scope | None:
    """The scope that a label at the start of a sentence gives: "Out of scope: X, Y", "Should: Z"."""
    for n, token in enumerate(tokens[:9]):
        if token.low == ":" and n:
            label = text[: token.start - start].strip()
            found = heading_scope(label, cues)
            return None if found is None or found.story else found
    return None
