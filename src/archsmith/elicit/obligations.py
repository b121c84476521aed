"""Requirements: each sentence or list item that obliges something, with its class and priority; stories are left
out.
"""

import itertools
import re
from typing import Final

from archsmith.elicit.bearing import Evidence, matters
from archsmith.elicit.classes import ROLE_CLASS, requirement_class
from archsmith.elicit.clauses import Clause, clauses
from archsmith.elicit.numbers import Found
from archsmith.elicit.priority import priority_of
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.words import Token
from archsmith.kernel.ids import RequirementId
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.requirements import NumberRole, NumberStatus, Requirement, RequirementClass

_DUTY: Final = frozenset(
    "must shall should need needs required require requires mandatory cannot can't never want wants wish wishes"
    " may can has have only"
    " nobody allowed forbidden applies falls fall tolerable worst without always every no not".split()
)
_STRONG: Final = frozenset(
    "must shall should need needs required requires mandatory cannot want wants may can nobody only never would".split()
)
_GREETING: Final = re.compile(
    r"^(?:dear|hello|hi|best|regards|thanks|thank you|cheers|kind regards|yours|sincerely|good morning)\b[^.]{0,40}$",
    re.I,
)
_MATTERS: Final = frozenset({*ROLE_CLASS, NumberRole.RETENTION, NumberRole.LIMIT})


def find_requirements(
    reading: Reading, found: list[Found], told: Evidence, things: frozenset[str]
) -> list[Requirement]:
    """The requirements in reading order. What a heading rules out is none, nor is talk that no fact stands in.

    `told`: where the other readers found something; `things`: the names of what the business is about.
    """
    by_sentence: dict[int, list[Found]] = {}
    for f in found:
        by_sentence.setdefault(f.context.sentence.number, []).append(f)
    out: list[Requirement] = []
    for sentence in reading.sentences:
        numbers = by_sentence.get(sentence.number, [])
        if not (_obliges(sentence, reading, numbers) and matters(sentence, told, things)):
            continue
        speaks_for = [kind for kind in told.get(sentence.number, ()) if kind is not None]
        for first, last, kind in _parts(sentence, reading.catalogue, numbers, speaks_for):
            out.append(
                Requirement(
                    id=RequirementId(f"R-{len(out) + 1:03d}"),
                    kind=kind,
                    priority=priority_of(sentence),
                    statement=_statement(sentence, first, last),
                    why=sentence.at(first, last),
                )
            )
    return out


def _parts(
    sentence: Sentence, catalogue: Catalogue, numbers: list[Found], speaks_for: list[RequirementClass]
) -> list[tuple[int, int, RequirementClass]]:
    """The segments of a sentence with their classes; neighbours of one class are one requirement."""
    out: list[tuple[int, int, RequirementClass]] = []
    for first, last in segments(sentence.tokens):
        own = [f for f in numbers if first <= f.context.quantity.core < last]
        kind = requirement_class(sentence, first, last, catalogue, own, speaks_for)
        if out and out[-1][2] is kind:
            out[-1] = (out[-1][0], last, kind)
        else:
            out.append((first, last, kind))
    return out


def segments(tokens: list[Token]) -> list[tuple[int, int]]:
    """The parts of a sentence that could stand alone: cut at semicolons, and before "and", "but" or "so" with a
    duty after it.
    """
    cuts = [0]
    depth = 0
    for n, token in enumerate(tokens):
        depth += (token.low == "(") - (token.low == ")")
        if depth:
            continue
        if token.low == ";" or (
            token.low in ("and", "but", "so") and n and _duty(tokens, n + 1) and _finite(tokens, cuts[-1], n)
        ):
            cuts.append(n + 1)
    bounds = [*cuts, len(tokens)]
    parts = [(a, b) for a, b in itertools.pairwise(bounds) if b - a >= 5]
    if len(parts) != len(bounds) - 1 or len(parts) == 1:
        return [(0, len(tokens))]
    return [(a, _trimmed(tokens, a, b)) for a, b in parts]


def _trimmed(tokens: list[Token], first: int, last: int) -> int:
    """Without the comma, semicolon or joining word at the end."""
    while last - 1 > first and tokens[last - 1].low in (",", ";", "and", "but", "so"):
        last -= 1
    return last


def _duty(tokens: list[Token], n: int) -> bool:
    """Whether a subject of its own and a modal follow: "... and nobody may be charged twice"."""
    for k in range(n, min(len(tokens), n + 6)):
        if tokens[k].tag == "MODAL":
            return k > n
        if tokens[k].tag not in ("DET", "POSS", "ADJ", "NOUN", "PRON", "ADV", "NUM"):
            return False
    return False


def _finite(tokens: list[Token], first: int, last: int) -> bool:
    return any(t.tag in ("VERB", "MODAL", "AUX") for t in tokens[first:last])


def _obliges(sentence: Sentence, reading: Reading, numbers: list[Found]) -> bool:
    """Whether a sentence asks something of the system: a duty, a list item that names a thing, a figure that binds."""
    if sentence.scope.excluded or sentence.block.kind == "heading" or len(sentence.tokens) < 2:
        return False
    text = sentence.text.strip()
    if _GREETING.match(text) or text.endswith("?"):
        return False
    words = sentence.words
    binding = any(f.number.role in _MATTERS and f.number.status is NumberStatus.TARGET for f in numbers)
    if sentence.scope.story:
        return binding or bool(words & {"must", "shall", "required"})
    if sentence.block.kind in ("item", "cell"):
        return sentence.block.kind == "item" or (sentence.block.column != "" and len(sentence.tokens) > 2) or binding
    found = clauses(sentence, reading.lex)
    past = [c for c in found if c.past and not c.conditional]
    if past and not words & _STRONG and not binding:
        return False
    finite = any(t.tag in ("VERB", "AUX", "MODAL") for t in sentence.tokens)
    if words & _STRONG or binding:
        return True
    if not finite:
        return len(sentence.tokens) <= 25 and len(sentence.phrases) > 0
    return _declares(sentence, found, reading) or bool(
        words & _DUTY and words & {"no", "not", "always", "without", "worst"}
    )


def _declares(sentence: Sentence, found: list[Clause], reading: Reading) -> bool:
    """A statement in the present about the system or its users: "Employee sees his claims only"."""
    tokens = sentence.tokens
    if tokens[0].low in ("we", "i", "our", "my") and not sentence.words & {"keep", "need", "want"}:
        operations = [t for t in tokens if t.tag == "VERB" and reading.lex.kinds.get(t.lemma, "command") != "none"]
        return (
            bool(operations)
            and tokens[0].low == "we"
            and not sentence.words & {"build", "sell", "run", "make", "are", "outgrow"}
        )
    verbs = [t for t in tokens if t.tag == "VERB"]
    past = [c for c in found if c.past]
    if any(t.low in ("if", "when", "after", "once") for t in tokens[:1]):
        return True
    if past and len(past) == len(verbs):
        return False
    if any(t.lemma in ("work", "stay", "remain", "survive", "run", "last", "hold", "apply", "expire") for t in verbs):
        return True
    return any(reading.lex.kinds.get(t.lemma, "command") != "none" for t in verbs) or any(
        t.low in ("is", "are") for t in tokens
    )


def _statement(sentence: Sentence, first: int, last: int) -> str:
    """The words in one line; a cell is led by its row."""
    start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
    text = " ".join(sentence.block.piece.text[start:end].split()).strip(" -•")
    if sentence.block.kind == "cell" and sentence.block.row and sentence.block.row != sentence.block.piece.text.strip():
        return f"{sentence.block.row}: {text}"
    return text
