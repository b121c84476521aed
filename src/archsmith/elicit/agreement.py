"""Verb or noun, corrected by number: inside a compound only the last noun may be plural, and a verb agrees."""

from typing import Final

from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.words import Token
from archsmith.kernel.inflect import is_plural, singular

_PLURAL_INSIDE: Final = frozenset(
    "sales sports claims goods customs savings news operations arms systems accounts awards points rewards settings"
    " parts works benefits rights needs communications services logistics analytics sms series status business access"
    " address process press gas bus class glass pass cross mass loss us plus bonus campus census virus human-resources"
    " orders records payments data media lens canvas basis analysis diagnosis express premises headquarters ms"
    " returns notes events details results tasks reports files users".split()
)
"""Nouns that stand in the plural inside compounds, or only look like a plural."""
_AFTER_VERB: Final = frozenset({"DET", "POSS", "NUM", "PRON", "PREP", "ADV", "MARK", "END", "SUB"})


def agree(out: list[Token], lex: Lexicon) -> None:
    """Corrects the tags of a sentence where number tells a verb from a noun."""
    for n in range(len(out)):
        if out[n].tag == "VERB" and out[n].form == "s":
            _plural_subject(out, n, lex)
        elif out[n].tag == "VERB" and out[n].form == "base" and n == 0:
            _no_imperative(out, lex)
        elif out[n].tag == "NOUN" and n and "s" in _forms(out[n], lex):
            _inner_plural(out, n, lex)
    if len(out) > 2 and out[0].tag == "NOUN" and "s" in _forms(out[0], lex):
        _left_out_subject(out, lex)


def said_of(out: list[Token], title: str, lex: Lexicon) -> None:
    """Under "What a teacher does" or "The teacher:", a sentence that begins with an s-form leaves its subject out."""
    words = [w.strip(".,:()").lower() for w in title.split()]
    person = any(w in lex.groups["person"] for w in words[:5])
    if not words or len(words) > 5 or not (person and ("does" in words or len(words) <= 2)):
        return
    for n in range(len(out)):
        start = n == 0 or (out[n - 1].low in (",", ";", "and") and out[0].tag == "VERB" and out[0].form == "s")
        if start and out[n].tag == "NOUN" and "s" in _forms(out[n], lex):
            follows = _tag(out, n + 1)
            if follows in ("DET", "POSS", "PRON", "SUB") or (
                n == 0 and follows in ("NOUN", "ADJ", "PREP", "NUM", "ADV")
            ):
                _verb(out, n, "s", lex)


def _forms(token: Token, lex: Lexicon) -> frozenset[str]:
    found = lex.forms.get(token.low) if token.kind == "word" else None
    return found.forms if found is not None else frozenset()


def _verb(out: list[Token], n: int, form: str, lex: Lexicon) -> None:
    out[n].tag, out[n].form, out[n].lemma = "VERB", form, lex.forms[out[n].low].lemma


def _noun(out: list[Token], n: int) -> None:
    out[n].tag, out[n].form, out[n].lemma = "NOUN", "", singular(out[n].low)


def _tag(out: list[Token], n: int) -> str:
    return out[n].tag if n < len(out) else "END"


def _plural_subject(out: list[Token], n: int, lex: Lexicon) -> None:
    """ "Holds expire", "student lists come from": what looked like the verb is the plural subject of the next word."""
    if n + 1 >= len(out) or out[n + 1].tag != "NOUN" or "base" not in _forms(out[n + 1], lex):
        return
    also_noun = lex.forms[out[n + 1].low].lemma in lex.groups["also_noun"]
    before = _tag(out, n - 1) if n else "MARK"
    if also_noun or is_plural(out[n + 1].low) or before in ("PRON", "MODAL", "TO"):
        return
    if _tag(out, n + 2) in _AFTER_VERB and is_plural(out[n].low):
        _noun(out, n)
        _verb(out, n + 1, "base", lex)


def _no_imperative(out: list[Token], lex: Lexicon) -> None:
    """ "Repair shops upload estimates", "Stock lives in": a compound subject, and no order to repair or to stock."""
    if len(out) < 3 or out[1].tag != "NOUN" or not is_plural(out[1].low):
        return
    if out[0].lemma not in lex.groups["also_noun"]:
        return
    third = _forms(out[2], lex)
    ends = _tag(out, 3)
    if out[2].tag == "NOUN" and "base" in third and not is_plural(out[2].low):
        if ends in ("DET", "POSS", "NUM", "PRON", "ADJ") or (ends == "NOUN" and is_plural(_last_of_run(out, 3))):
            _noun(out, 0)
            _verb(out, 2, "base", lex)
    elif "s" in _forms(out[1], lex) and out[2].tag == "PREP":
        lemma = lex.forms[out[1].low].lemma
        if lemma not in lex.groups["also_noun"] and lex.kinds.get(lemma, "command") == "none":
            _noun(out, 0)
            _verb(out, 1, "s", lex)


def _last_of_run(out: list[Token], n: int) -> str:
    while n + 1 < len(out) and out[n + 1].tag == "NOUN":
        n += 1
    return out[n].low


def _inner_plural(out: list[Token], n: int, lex: Lexicon) -> None:
    """ "A new hire signs documents": an s-form between a singular noun and another noun phrase is the verb."""
    before, after = out[n - 1], _tag(out, n + 1)
    if before.tag != "NOUN" or is_plural(before.low) or before.owned or out[n].low in _PLURAL_INSIDE:
        return
    if n > 1 and out[n - 2].tag == "NUM" and out[n - 2].low not in ("one", "1"):
        return
    if after not in ("NOUN", "ADJ", "DET", "POSS", "NUM") or out[n + 1].kind == "num" or out[n].text[0].isupper():
        return
    if after in ("NOUN", "ADJ") and not is_plural(_last_of_run(out, n + 1)):
        return
    if _finite_beside(out, n) or (n > 1 and out[n - 2].tag in ("PREP", "VERB", "TO")):
        return
    _verb(out, n, "s", lex)


def _finite_beside(out: list[Token], n: int) -> bool:
    """Whether the clause has its finite verb already, on either side of the token."""
    k = n - 1
    while k >= 0 and out[k].tag not in ("MARK", "CONJ", "SUB"):
        if out[k].tag in ("MODAL", "AUX") or (out[k].tag == "VERB" and out[k].form in ("s", "base", "past")):
            return True
        k -= 1
    k = n + 1
    while k < len(out) and out[k].tag not in ("MARK", "CONJ", "SUB"):
        if out[k].tag in ("MODAL", "AUX") or (out[k].tag == "VERB" and out[k].form in ("s", "base", "past")):
            return True
        k += 1
    return False


def _left_out_subject(out: list[Token], lex: Lexicon) -> None:
    """ "Uploads lessons, orders them in chapters": the heading says who; later verbs of the same form show it."""
    follows = _tag(out, 1)
    if follows not in ("NOUN", "ADJ", "DET", "POSS") or any(t.tag in ("MODAL", "AUX") for t in out):
        return
    joined = [
        n
        for n in range(2, len(out))
        if out[n].tag == "VERB" and out[n].form == "s" and out[n - 1].low in (",", "and", ";")
    ]
    others = any(
        out[n].tag == "VERB" and out[n].form in ("base", "past", "s") and n not in joined for n in range(1, len(out))
    )
    if joined and not others and is_plural(_last_of_run(out, 1)):
        _verb(out, 0, "s", lex)
