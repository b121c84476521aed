"""Whether a word beside a number is a verb that takes or follows it: "340k show up", "and expect 1,200"."""

from typing import Final

from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.quantity import Quantity
from archsmith.elicit.reading import Sentence
from archsmith.elicit.words import Token

_ONLY_VERBS: Final = frozenset("comes goes gets makes takes says gives wants becomes does has keeps knows".split())
_DEEDS: Final = frozenset("come go become arrive attend belong exist remain participate happen".split())
"""Verbs that are no nouns, so that a number of many before them has left its noun out: "roughly 40 come"."""
_UNCOUNTED: Final = frozenset("staff people crew read write stock aircraft fish sheep series data mail traffic".split())
_MANY: Final = 10


def acting(sentence: Sentence, quantity: Quantity) -> bool:
    """ "After a storm 900 came in", "on a bad day 40 arrive": the number itself does what the verb says."""
    tokens, n = sentence.tokens, quantity.mid
    if n >= len(tokens) or quantity.value < _MANY:
        return False
    deed = tokens[n].low in _DEEDS or (tokens[n].tag == "VERB" and tokens[n].lemma in _DEEDS)
    return deed or tokens[n].low in ("are", "were")


def acts(tokens: list[Token], k: int, lex: Lexicon) -> bool:
    """Whether the word after a number of many is a verb: a count noun would be plural ("340k show up", "3 buy")."""
    token = tokens[k]
    form = lex.forms.get(token.low)
    follows = tokens[k + 1].tag if k + 1 < len(tokens) else "END"
    if token.low.endswith("ing") and follows in ("PREP", "TO"):
        return True
    if token.low in _DEEDS and follows != "NOUN":
        return True
    if form is None or token.low in _UNCOUNTED or any(token.low in lex.groups[g] for g in ("person", "device")):
        return False
    if "s" in form.forms and token.low != token.lemma:
        return follows in ("NOUN", "POSS", "PRON") or token.low in _ONLY_VERBS
    return "base" in form.forms and token.low == token.lemma and follows not in ("NOUN", "END", "MARK")


def governs(tokens: list[Token], k: int, lex: Lexicon) -> bool:
    """Whether a word left of a number is rather the verb that takes it: "going to 5,000", "and expect 1,200"."""
    token = tokens[k]
    form = lex.forms.get(token.low)
    before, follows = tokens[k - 1] if k else None, tokens[k + 1] if k + 1 < len(tokens) else None
    if token.low.endswith("ing") and follows is not None and follows.tag in ("PREP", "TO", "NUM", "ADV"):
        return before is None or before.tag not in ("DET", "POSS", "ADJ")
    if form is None or not form.forms & {"base", "past"} or token.low != token.lemma:
        return False
    subject = before is None or before.tag in ("CONJ", "PRON", "MODAL", "SUB", "ADV", "MARK") or before.low[-2:] == "ly"
    return subject and follows is not None and follows.tag in ("NUM", "PREP", "ADV", "TO") and k > 0
