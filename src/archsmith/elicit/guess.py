"""The part of speech of a word where the word alone decides it, by lexicon and by ending."""

from typing import Final

from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.words import Token
from archsmith.kernel.inflect import singular


def first_guess(token: Token, lex: Lexicon, first: bool) -> None:
    """Sets the tag where the word alone decides it, else `?`."""
    low = token.low
    groups = lex.groups
    if low == "to":
        token.tag = "TO"
    elif low in groups["modal"] and not (
        low in ("will", "may", "can", "might") and token.text[0].isupper() and not token.text.isupper() and not first
    ):
        token.tag = "MODAL"
    elif low in groups["aux"]:
        token.tag = "AUX"
        token.lemma = _AUX_LEMMA.get(low, "be")
    elif "'" in low[1:] and low.split("'")[0] in _CONTRACTED:
        token.tag = "PRON"
    elif low in groups["poss"] or token.owned:
        token.tag = "POSS"
        token.lemma = singular(low)
    elif low in groups["sub"]:
        token.tag = "SUB"
    elif low in groups["conj"]:
        token.tag = "CONJ"
    elif low in groups["number"]:
        token.tag = "NUM"
    elif low in groups["det"]:
        token.tag = "DET"
    elif low in groups["pron"] and not (low == "us" and token.text.isupper()):
        token.tag = "PRON"
    elif low in groups["prep"] and low not in groups["adv"]:
        token.tag = "PREP"
    elif low == "not":
        token.tag = "NEG"
    else:
        _open_class(token, lex, first)


_CONTRACTED: Final = frozenset("i we you he she it they that there here what who let".split())


_AUX_LEMMA: Final = {
    **dict.fromkeys(("have", "has", "had", "having", "haven't", "hasn't", "hadn't", "'ve"), "have"),
    **dict.fromkeys(("do", "does", "did", "doing", "don't", "doesn't", "didn't"), "do"),
    **dict.fromkeys(("get", "gets", "got", "getting"), "get"),
}


def _open_class(token: Token, lex: Lexicon, first: bool) -> None:
    low = token.low
    verb = lex.forms.get(low)
    noun = singular(low)
    known_noun = low not in lex.groups["adj"] and any(
        noun in lex.groups[g] for g in ("person", "event", "device", "site", "abstract", "company")
    )
    if low in lex.groups["ing_noun"] or low in lex.groups["not_verb"]:
        token.tag = "?" if verb and low in lex.groups["ing_noun"] else "NOUN"
    elif verb:
        token.tag = "?"
    elif low.endswith("ed") and len(low) > 5 and low not in lex.groups["not_verb"] and not known_noun:
        token.tag = "ADJ" if token.text[0].islower() else "NOUN"
    elif low in lex.groups["prep"] or low in lex.groups["adv"]:
        token.tag = "PREP" if low in lex.groups["prep"] else "ADV"
    elif token.text in lex.groups["adj"] or low in lex.groups["adj"]:
        token.tag = "ADJ"
    elif (
        low.endswith("ly")
        and len(low) > 4
        and low not in ("family", "supply", "reply", "assembly", "anomaly", "monopoly")
    ):
        token.tag = "ADV"
    elif (
        not known_noun
        and len(low) > 5
        and low.endswith(("able", "ible", "ous", "ful", "less", "ical", "ional", "ish", "ary", "ive"))
        and low
        not in (
            "library",
            "dictionary",
            "summary",
            "salary",
            "diary",
            "representative",
            "executive",
            "glossary",
            "archive",
            "dish",
            "fish",
            "table",
            "timetable",
            "cable",
            "itinerary",
            "beneficiary",
            "secretary",
            "incentive",
            "objective",
            "initiative",
            "variable",
            "drive",
            "boundary",
            "inventory",
            "anniversary",
            "missionary",
            "subsidiary",
            "intermediary",
            "percentage",
            "preventive",
            "derivative",
            "detective",
            "alternative",
        )
    ):
        token.tag = "ADJ"
    else:
        token.tag = "NOUN"
    token.lemma = noun if token.tag == "NOUN" else low
