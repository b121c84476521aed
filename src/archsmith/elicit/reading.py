"""The brief as sentences, each with its tokens, phrases, quantities and scope: what all readers below work on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from archsmith.elicit.agreement import said_of
from archsmith.elicit.cues import cue_sets
from archsmith.elicit.lexicon import Lexicon, lexicon
from archsmith.elicit.phrases import Phrase, noun_phrases
from archsmith.elicit.quantities import quantities
from archsmith.elicit.quantity import Quantity
from archsmith.elicit.restated import restated
from archsmith.elicit.scope import Scope, label_scope, scope_of
from archsmith.elicit.sentences import sentences
from archsmith.elicit.source import Source
from archsmith.elicit.structure import Block, blocks
from archsmith.elicit.tokens import tokenize
from archsmith.elicit.units import UnitRow, unit_words
from archsmith.elicit.words import Token
from archsmith.kernel.provenance import Span, Stated
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.noun_kinds import nouns


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: `start` and `end` are offsets into the block's clean text; `number` counts sentences of the
    brief.
    """

    number: int
    block: Block
    start: int
    end: int
    tokens: list[Token]
    phrases: list[Phrase]
    quantities: list[Quantity]
    scope: Scope
    words: frozenset[str]
    noted: dict[str, list[tuple[int, str]]] = field(default_factory=dict, compare=False, repr=False)
    """Marks with their places that a reader of numbers looks for once, not for every number."""

    @property
    def text(self) -> str:
        """The clean words of the sentence."""
        return self.block.piece.text[self.start : self.end]

    def stated(self) -> Stated:
        """The provenance of the whole sentence."""
        return self.block.piece.stated(self.start, self.end)

    def at(self, first: int, last: int) -> Stated:
        """The provenance of the tokens from index `first` up to, not with, `last`."""
        last = max(first + 1, last)
        return self.block.piece.stated(self.tokens[first].start, self.tokens[last - 1].end)

    def span(self) -> Span:
        """The place of the whole sentence."""
        return self.block.piece.span(self.start, self.end)

    def phrase_at(self, token: int) -> Phrase | None:
        """The noun phrase that covers a token, or None."""
        return next((p for p in self.phrases if p.start <= token < p.end), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All sentences of a brief, and the knowledge to read them with."""

    source: Source
    blocks: list[Block]
    sentences: list[Sentence]
    lex: Lexicon
    units: Mapping[str, UnitRow]
    cues: Mapping[str, frozenset[str]]
    catalogue: Catalogue

    @property
    def applies(self) -> bool:
        """Whether somebody applies for something: an application is then a thing of the business, not a program."""
        cues = {"applicant", "apply", "submit", "applicants", "applies"}
        return any(s.words & cues for s in self.sentences)


_COLOPHON: Final = frozenset("version draft revision rev date author authors status prepared issued".split())


def _colophon(block: Block, tokens: list[Token]) -> bool:
    """Whether a line tells of the document itself: "Version 0.4, product management, for review"."""
    return (
        block.kind == "paragraph"
        and len(block.headings) < 2
        and tokens[0].low in _COLOPHON
        and not any(t.tag in ("AUX", "MODAL") for t in tokens)
        and any(t.kind == "num" or t.low == ":" for t in tokens[1:3])
    )


def read(name: str, text: str, catalogue: Catalogue, *, keyed: bool = False) -> Reading:
    """Splits a brief into sentences and reads their words. `keyed`: it is a YAML file in words of its own."""
    lex, units, cues = lexicon(catalogue), unit_words(catalogue), cue_sets(catalogue)
    known = nouns(catalogue)
    source = Source(name, text)
    parts = blocks(source, keyed=keyed)
    out: list[Sentence] = []
    for block in parts:
        scope = scope_of(block, cues)
        for start, end in sentences(block.piece.text):
            tokens = tokenize(block.piece.text, start, end, lex)
            if not tokens or _colophon(block, tokens):
                continue
            if block.headings and block.kind != "heading":
                said_of(tokens, block.headings[-1], lex)
            own = label_scope(tokens, block.piece.text[start:end], start, cues) or scope
            out.append(
                Sentence(
                    number=len(out),
                    block=block,
                    start=start,
                    end=end,
                    tokens=tokens,
                    phrases=noun_phrases(tokens, lex, known),
                    quantities=quantities(tokens, units),
                    scope=own,
                    words=frozenset(w for t in tokens for w in (t.low, t.lemma)),
                )
            )
    out = restated(out, text, cues)
    return Reading(source=source, blocks=parts, sentences=out, lex=lex, units=units, cues=cues, catalogue=catalogue)
