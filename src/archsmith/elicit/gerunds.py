"""Operations that a list names by gerunds without an object: "amending or cancelling after lodging"."""

from collections.abc import Iterator
from typing import Final

from archsmith.elicit.agents import ANYBODY
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.objects import usual_objects
from archsmith.elicit.priority import heading_actor, priority_of
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.referents import Memory, context_noun, thing_name
from archsmith.elicit.words import Token
from archsmith.model.requirements import OperationKind, OperationMention

_JOINS: Final = frozenset(", and or / &".split())
_ASKED: Final = frozenset("create update transition delete export import".split())
"""Classes of verbs that ask for a deed."""
_POSSIBLE: Final = frozenset("possible supported available allowed offered".split())


def from_gerunds(sentence: Sentence, reading: Reading, memory: Memory) -> Iterator[OperationMention]:
    """The deeds of a fragment that begins with gerunds, done to what follows "of" or was spoken of before."""
    tokens, lex = sentence.tokens, reading.lex
    found, end = _run(tokens, lex)
    if not found or not _stands_alone(tokens, end):
        return
    thing = _of(sentence, end, lex)
    for n in found:
        verb = lex.forms[tokens[n].low].lemma
        usual = next((d for d in usual_objects(verb, reading.catalogue) if d in memory.named), "")
        name = thing or context_noun(sentence, lex) or memory.last or memory.mentioned or usual
        if name:
            yield OperationMention(
                actor=heading_actor(sentence, lex) or ANYBODY,
                verb=verb,
                object=name,
                kind=OperationKind(lex.kind(verb)),
                priority=priority_of(sentence),
                why=sentence.at(n, n + 1),
            )


def _after_mark(tokens: list[Token]) -> int:
    """The index after a number and a priority in brackets: "EXD-13 (M) Amending or cancelling"."""
    closing = next((n for n, t in enumerate(tokens[:5]) if t.low == ")"), None)
    return closing + 1 if closing is not None and "(" in (tokens[0].low, tokens[1].low) else 0


def _run(tokens: list[Token], lex: Lexicon) -> tuple[list[int], int]:
    """The gerunds at the start, and the index after the last of them."""
    found: list[int] = []
    n = _after_mark(tokens)
    while n < len(tokens):
        form = lex.forms.get(tokens[n].low)
        if form is None or form.forms != {"ing"} or tokens[n].low in lex.groups["ing_noun"]:
            break
        if tokens[n].tag == "VERB" or lex.classes.get(form.lemma) not in _ASKED:
            return [], 0
        found.append(n)
        n += 1
        if n + 1 < len(tokens) and tokens[n].low in _JOINS:
            n += 1
    return found, found[-1] + 1 if found else 0


def _stands_alone(tokens: list[Token], end: int) -> bool:
    """Whether no noun and no verb goes on: a preposition, a mark, the end, or "shall be possible"."""
    if end >= len(tokens):
        return True
    if tokens[end].tag == "MODAL":
        return bool(_POSSIBLE & {t.low for t in tokens[end : end + 5]})
    finite = any(t.tag in ("AUX", "MODAL") or (t.tag == "VERB" and t.form in ("s", "base")) for t in tokens[end:])
    return not finite and (tokens[end].tag in ("PREP", "MARK", "SUB") or tokens[end].low == "of")


def _of(sentence: Sentence, end: int, lex: Lexicon) -> str:
    if end >= len(sentence.tokens) or sentence.tokens[end].low != "of":
        return ""
    inner = next((p for p in sentence.phrases if p.start == end + 1), None)
    return thing_name(inner, lex) if inner is not None else ""
