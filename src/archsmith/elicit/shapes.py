"""What the words right beside a noun phrase show of it: denied, cited, bare, called otherwise, or no noun at all."""

from typing import Final

from archsmith.elicit.phrases import Phrase
from archsmith.elicit.reading import Reading, Sentence
from archsmith.kernel.inflect import is_plural
from archsmith.knowledge.noun_kinds import Nouns

_QUOTES: Final = frozenset("\" ' “ ” ‘ ’ « »".split())
_DOUBLE: Final = frozenset('" “ ” « » „'.split())
_SHORT: Final = 4
"""Tokens with the mark before them that a name in quotation marks may have."""
_IDIOMS: Final = frozenset(
    [("at", noun, "of") for noun in "expense cost mercy request behest risk discretion instigation hand".split()]
    + [("on", noun, "of") for noun in "behalf account basis part ground strength top side request".split()]
    + [("in", noun, "of") for noun in "case event course favour favor lieu spite view light front place".split()]
    + [("in", noun, "with") for noun in "line accordance connection contact touch agreement keeping".split()]
    + [("with", noun, "to") for noun in "regard respect reference view".split()]
    + [("by", noun, "of") for noun in "means way virtue reason dint".split()]
    + [("for", noun, "of") for noun in "sake want lack fear purpose".split()]
    + [("in", noun, "to") for noun in "relation addition response order regard reference reply".split()]
)
"""Prepositions of three words: the noun in them names nothing."""
_ANY: Final = frozenset("a an each every any one".split())
_HAS: Final = frozenset("has contains owns includes holds".split())


def shows_another(sentence: Sentence, phrase: Phrase, reading: Reading) -> bool:
    """ "A plan of rooms", "the list of arrivals": the thing stands behind "of"."""
    after = sentence.tokens[phrase.end].low if phrase.end < len(sentence.tokens) else ""
    return after == "of" and phrase.head_word in reading.lex.groups["light"] and " " not in phrase.name


def has_others(sentence: Sentence, phrase: Phrase) -> bool:
    """ "A clinic has up to 40 rooms", "every school has its teachers": any of it has things of its own."""
    after = sentence.tokens[phrase.end].low if phrase.end < len(sentence.tokens) else ""
    further = sentence.tokens[phrase.end + 1].tag if phrase.end + 1 < len(sentence.tokens) else ""
    whose = sentence.tokens[phrase.start].low in _ANY
    return whose and after in _HAS and further in ("DET", "NUM", "POSS", "ADJ", "NOUN", "ADV", "PREP")


def is_label(sentence: Sentence, phrase: Phrase) -> bool:
    """ "Flags: on or off for each environment": a thing that the rest of the line explains."""
    after = sentence.tokens[phrase.end].low if phrase.end < len(sentence.tokens) else ""
    return phrase.start == 0 and after == ":" and phrase.end + 1 < len(sentence.tokens)


def in_quotes(sentence: Sentence) -> frozenset[int]:
    """The tokens of a quotation of several words: an example, and not what the brief itself says."""
    out: set[int] = set()
    opened = -1
    for n, token in enumerate(sentence.tokens):
        if token.low in _DOUBLE and opened < 0:
            opened = n
        elif token.low in _DOUBLE:
            out.update(range(opened, n) if n - opened > _SHORT else ())
            opened = -1
    return frozenset(out)


def is_cited(sentence: Sentence, phrase: Phrase) -> bool:
    """ "Question 14", "paragraph 2.2": a place in a document."""
    after = sentence.tokens[phrase.end] if phrase.end < len(sentence.tokens) else None
    one = phrase.head == phrase.start and not is_plural(sentence.tokens[phrase.head].low)
    return one and after is not None and after.kind == "num" and sentence.block.kind != "cell"


def also_called(sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """The other name that a bracket right behind a phrase gives it: in quotation marks, or an abbreviation."""
    tokens = sentence.tokens
    at = phrase.end
    if at + 2 >= len(tokens) or tokens[at].low != "(":
        return None
    quoted = tokens[at + 1].low in _QUOTES
    other = sentence.phrase_at(at + 1 + quoted)
    if other is None or other.end >= len(tokens):
        return None
    last = other.end + (quoted and tokens[other.end].low in _QUOTES)
    closed = last < len(tokens) and tokens[last].low == ")"
    short = other.end - other.start == 1 and _abbreviates(tokens[other.head].text, phrase.name)
    return other if closed and (quoted or short) else None


def _abbreviates(short: str, name: str) -> bool:
    """Whether a word in capitals stands for a name of several words: it begins or ends with their first letters."""
    letters = "".join(part[0] for word in name.split(" ") for part in word.split("-") if part)
    low = short.removesuffix("s")
    return len(letters) > 1 and low.isupper() and (low.lower().startswith(letters) or low.lower().endswith(letters))


def in_idiom(sentence: Sentence, phrase: Phrase) -> bool:
    """ "At the expense of", "on behalf of", "in case of": a preposition of several words, and no noun."""
    tokens = sentence.tokens
    before = tokens[phrase.start - 1].low if phrase.start else ""
    after = tokens[phrase.end].low if phrase.end < len(tokens) else ""
    joined = after in ("of", "to", "with") and before in ("at", "in", "on", "by", "for", "with", "to")
    return joined and (before, phrase.head_word, after) in _IDIOMS


def is_bare(sentence: Sentence, phrase: Phrase) -> bool:
    """ "By invoice", "in order", "before departure": a way of doing, and no thing."""
    before = sentence.tokens[phrase.start - 1].tag if phrase.start else ""
    one = phrase.head == phrase.start and not is_plural(sentence.tokens[phrase.head].low)
    return one and before == "PREP"


def is_denied(sentence: Sentence, phrase: Phrase) -> bool:
    """ "No card numbers", "without an account"; "no vectors to another country" says where they may not go."""
    first = sentence.tokens[phrase.start].low
    before = sentence.tokens[phrase.start - 1].low if phrase.start else ""
    after = sentence.tokens[phrase.end].low if phrase.end < len(sentence.tokens) else ""
    if after in ("to", "outside", "beyond", "across"):
        return False
    return first in ("no", "neither") or before in ("no", "without", "neither", "nor", "not")


def reads_as_verb(sentence: Sentence, phrase: Phrase, reading: Reading, known: Nouns) -> bool:
    """Whether the head may be the verb of its sentence: "data stays", "a consent lasts"."""
    token = sentence.tokens[phrase.head]
    form = reading.lex.forms.get(token.low)
    return (
        form is not None
        and "s" in form.forms
        and phrase.end - phrase.start > 1
        and known.whole(phrase.head_word) is None
        and form.lemma not in reading.lex.groups["also_noun"]
    )


def bracketed(sentence: Sentence) -> frozenset[int]:
    """The tokens inside brackets: details, not things of their own."""
    out: set[int] = set()
    depth = 0
    for n, token in enumerate(sentence.tokens):
        if token.low == "(":
            depth += 1
        elif token.low == ")":
            depth = max(0, depth - 1)
        elif depth:
            out.add(n)
    return frozenset(out)
