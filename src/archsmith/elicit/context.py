"""The words around a quantity that decide what it says: its clause, its verbs, its headings."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from archsmith.elicit.attach import Attached
from archsmith.elicit.cues import any_of, words_of
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.quantity import Quantity
from archsmith.elicit.reading import Sentence
from archsmith.elicit.words import Token, low_at
from archsmith.model.requirements import NumberRole

_WAS: Final = frozenset("was were had did didn't wasn't weren't".split())
_STATES: Final = frozenset(
    "sustain plan expect estimate forecast require register connect install store contract support need project"
    " budget schedule target intend recognise recognize".split()
)
"""Deeds whose participle behind a number tells how it stands: "60,000 planned", "1,200 a second sustained"."""
_IS: Final = frozenset("is are am has have do does".split())


class Said(Struct, frozen=True, kw_only=True):
    """What a quantity says: its role and unit; `value` and `what` where they differ from those of the quantity."""

    role: NumberRole
    unit: str
    value: float | None = None
    what: str = ""
    peak: bool = False


class Context(Struct, frozen=True, kw_only=True):
    """A quantity in its sentence. `first` and `last` bound its clause."""

    sentence: Sentence
    quantity: Quantity
    attached: Attached
    lex: Lexicon
    cues: Mapping[str, frozenset[str]]
    first: int
    last: int
    clause: tuple[str, ...]
    lows: tuple[str, ...]
    headings: tuple[str, ...]

    def here(self, cue: str) -> bool:
        """Whether a cue of the class stands in the clause."""
        return any_of(self.lows, self.cues[cue]) or bool(self.cues[cue].intersection(self.clause))

    def anywhere(self, cue: str) -> bool:
        """Whether a cue of the class stands in the sentence."""
        return any_of([t.low for t in self.sentence.tokens], self.cues[cue])

    def heading(self, cue: str) -> bool:
        """Whether a heading above has a cue of the class."""
        return any_of(self.headings, self.cues[cue])

    def near(self, cue: str, before: int = 4, after: int = 4) -> bool:
        """Whether a cue of the class stands within so many words of the number, in its clause."""
        q = self.quantity
        tokens = self.sentence.tokens[max(self.first, q.start - before) : min(self.last, q.end + after)]
        words: list[str] = []
        for t in tokens:
            words.append(t.low)
            if t.lemma != t.low:
                words.append(t.lemma)
        return any_of([t.low for t in tokens], self.cues[cue]) or bool(self.cues[cue] & set(words))

    def has(self, *words: str) -> bool:
        """Whether one of the words stands in the clause."""
        return bool(set(words) & set(self.clause))

    @property
    def in_table(self) -> bool:
        """Whether the number stands in a cell."""
        return self.sentence.block.kind == "cell"

    def low(self, n: int) -> str:
        """The token at `n` in lower case, or the empty string where there is none."""
        return low_at(self.sentence.tokens, n)

    def verb(self) -> Token | None:
        """The verb of the clause nearest to the left of the number, or the first to its right."""
        tokens = self.sentence.tokens
        left = [t for t in tokens[self.first : self.quantity.start] if t.tag == "VERB"]
        if left:
            return left[-1]
        return next((t for t in tokens[self.quantity.end : self.last] if t.tag == "VERB"), None)

    def past(self) -> bool:
        """Whether the clause is told in the past tense."""
        tokens = self.sentence.tokens[self.first : self.last]
        if any(t.tag == "MODAL" or t.low in ("if", "whoever") for t in tokens):
            return False
        simple = any(
            t.tag == "VERB"
            and t.form == "past"
            and t.low not in (t.lemma, "got")
            and n > 0
            and tokens[n - 1].tag not in ("MARK", "SUB", "CONJ")
            and not (t.lemma in _STATES and tokens[n - 1].tag in ("NOUN", "NUM"))
            for n, t in enumerate(tokens)
        )
        helper = any(t.low in _WAS for t in tokens)
        return helper or (simple and not self._present())

    def _present(self) -> bool:
        """Whether the verb that takes the number is one of the present: "belongs to 140 owners ... rent collected"."""
        left = self.sentence.tokens[self.first : self.quantity.start]
        verb = next((t for t in reversed(left) if t.tag in ("VERB", "AUX")), None)
        return verb is not None and (verb.form == "s" or (verb.tag == "AUX" and verb.low in _IS))


def context_of(
    sentence: Sentence, quantity: Quantity, attached: Attached, lex: Lexicon, cues: Mapping[str, frozenset[str]]
) -> Context:
    """The context of a quantity."""
    first, last = clause_of(sentence.tokens, quantity.start, quantity.end)
    clause = []
    for t in sentence.tokens[first:last]:
        clause.append(t.low)
        if t.lemma and t.lemma != t.low:
            clause.append(t.lemma)
    headings = [w for h in sentence.block.headings[-1:] for w in words_of(h)]
    headings += words_of(sentence.block.lead) + words_of(sentence.block.row) + words_of(sentence.block.column)
    return Context(
        sentence=sentence,
        quantity=quantity,
        attached=attached,
        lex=lex,
        cues=cues,
        first=first,
        last=last,
        clause=tuple(clause),
        lows=tuple(t.low for t in sentence.tokens[first:last]),
        headings=tuple(headings),
    )


_LONGEST: Final = 80
"""Words of a clause on each side of a number: sentences of hostile input have no end."""


def clause_of(tokens: list[Token], start: int, end: int) -> tuple[int, int]:
    """The bounds of the clause around the tokens `start` to `end`."""
    first = start
    least, most = max(0, start - _LONGEST), min(len(tokens), end + _LONGEST)
    while first > least:
        low = tokens[first - 1].low
        if low in (";", "•", "|") or (low == "." and tokens[first - 1].tag == "MARK"):
            break
        if low == "," and _stands_alone(tokens, first - 2, -1):
            break
        if low == ":" and first >= 5 and any(t.tag in ("VERB", "AUX") for t in tokens[: first - 1]):
            break
        if (
            low in ("and", "but", "so", "or")
            and _stands_alone(tokens, first - 2, -1)
            and _stands_alone(tokens, first, 1)
        ):
            break
        first -= 1
    last = end
    while last < most:
        low = tokens[last].low
        if low in (";", ")", "•", "|") or (low == "(" and last > end):
            break
        if low == "," and _stands_alone(tokens, last + 1, 1):
            break
        if low in ("and", "but", "so", "or") and _stands_alone(tokens, last + 1, 1):
            break
        last += 1
    return first, last


def _stands_alone(tokens: list[Token], n: int, step: int) -> bool:
    """Whether the words from `n` up to the next mark have a number or a finite verb of their own."""
    seen_noun = False
    while 0 <= n < len(tokens) and tokens[n].low not in (",", ";", "(", ")", "and", "but"):
        t = tokens[n]
        if t.tag == "NUM" or t.kind == "num":
            return True
        if t.tag in ("AUX", "MODAL") or (t.tag == "VERB" and t.form in ("s", "base", "past")):
            return True
        seen_noun = seen_noun or t.tag in ("NOUN", "PRON")
        n += step
    return False
