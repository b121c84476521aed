"""A head that several compounds share is the thing that they are kinds of: curated, streaming and custom rules."""

from typing import Final

from archsmith.elicit.evidence import Candidate, Use
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.referents import is_person
from archsmith.knowledge.noun_kinds import Nouns, Standing

_KINDS: Final = 2
"""Different names that end in one head, from which on the head itself is spoken of."""
_OPEN: Final = frozenset({Standing.OPEN, Standing.RECORD, Standing.MEANS})


def share_heads(found: dict[str, Candidate], nouns: Nouns, lex: Lexicon) -> None:
    """Gives the head of several compounds what is said of each, where none of them is a term of its own.

    `volunteer brigade`, `right brigade` and `neighbour brigade` are brigades: three sentences speak of one thing.
    """
    by_head: dict[str, list[str]] = {}
    for name in found:
        head = name.rpartition(" ")[2]
        if head != name and nouns.whole(name) is None and nouns.standing(head) in _OPEN:
            by_head.setdefault(head, []).append(name)
    for head, names in sorted(by_head.items()):
        if len(names) + (head in found and not is_person(head, lex)) < _KINDS:
            continue
        first = min((found[n] for n in names), key=lambda c: c.first)
        shared = found.setdefault(head, Candidate(first=first.first, why=first.why))
        for name in sorted(names):
            _give(found[name], shared)


def _give(kind: Candidate, shared: Candidate) -> None:
    """What is said of a kind is said of the thing, except what tells the words from a noun."""
    for use, words in kind.uses.items():
        if use not in (Use.CLASHES, Use.PROPER, Use.DENIED):
            shared.uses.setdefault(use, {}).update(words)
    shared.sentences |= kind.sentences
    shared.told |= kind.told
