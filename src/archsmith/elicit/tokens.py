"""Words, numbers and marks of a sentence, each with its part of speech by lexicon, ending and neighbours."""

import re
from typing import Final

from archsmith.elicit.agreement import agree
from archsmith.elicit.guess import first_guess
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.tagging import decide
from archsmith.elicit.words import Token
from archsmith.kernel.inflect import singular

_TOKEN: Final = re.compile(
    r"(?P<url>https?://\S{1,200})"
    r"|(?P<mail>[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64})"
    r"|(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?!\d))"
    r"|(?P<phone>\+\d{1,3}(?:[ .()/-]{1,2}\d{2,4}){2,5}(?!\d)|\(\d{3}\) ?\d{3}[- ]\d{4}(?!\d))"
    r"|(?P<date>\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{2,4}(?!\d))"
    r"|(?P<ordinal>\d{1,3}(?:st|nd|rd|th)\b)"
    r"|(?P<version>[vV]\d+(?:\.\d+){0,3}(?!\w)|\d+\.\d+\.\d+(?:\.\d+){0,3})"
    r"|(?P<num>(?<![\d,.])\d{1,2}(?:,\d{2}){1,3},\d{3}(?![\d,])|\d{1,9}(?:\.\d{1,6})?[eE]\d{1,2}(?!\w)"
    r"|10[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\d{1,3}(?:[,'’_\u202f\u2009\u00a0]\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?!\d)"
    r"|(?<!\d )(?<![\d.,+/-])[1-9]\d{0,2}(?: \d{3})+(?![\d ]\d|[\d/-]|[.,]\d|\w)"
    r"|\d{0,9}[½¼¾⅓⅔]|\d{1,30}(?:[.,]\d{1,12})?)"
    r"|(?P<code>[^\W\d_]{1,8}\d{1,6}(?:\.\d{1,6}){1,3})"
    r"|(?P<word>[^\W\d_](?:\w|['’-](?=[^\W\d_])|-(?=\d)){0,79}|['’](?:s|re|ve|ll|d|m)\b)"
    r"|(?P<mark>[^\s\w]|_)"
)


_PROVIDED: Final = frozenset("provided providing given assuming granted".split())
"""Before "that" these open a condition."""
_SCALES: Final = frozenset("k m bn mn mio mln mrd tn b tsd lakh crore".split())


def tokenize(text: str, start: int, end: int, lex: Lexicon) -> list[Token]:
    """The tokens of `text[start:end]` with their parts of speech; offsets are those of `text`."""
    out: list[Token] = []
    for found in _TOKEN.finditer(text, start, end):
        kind = found.lastgroup or "mark"
        word = found.group()
        low = word.lower().replace("’", "'")
        owned = False
        if kind == "word" and len(low) > 2 and low.endswith("'s") and low not in ("it's", "that's", "let's", "there's"):
            low, owned = low[:-2], True
        if kind == "code":
            kind = "word"
        tag = {"num": "NUM", "word": "", "mark": "MARK", "ordinal": "ADJ"}.get(kind, "NOUN")
        out.append(Token(word, low, tag, found.start(), found.end(), lemma=low, owned=owned, kind=kind))
    for n, token in enumerate(out):
        if not token.tag:
            first_guess(token, lex, n == 0)
            if token.low in _SCALES and n and out[n - 1].kind == "num":
                token.tag = "NUM"
    for n in range(len(out)):
        if out[n].low in _PROVIDED and n + 1 < len(out) and out[n + 1].low == "that":
            out[n].tag = "SUB"
        if out[n].tag == "?":
            decide(out, n, lex)
        elif out[n].low == "like" and n and out[n - 1].tag in ("MODAL", "TO", "PRON"):
            out[n].tag, out[n].form = "VERB", "base"
        elif out[n].tag in ("NOUN", "ADJ") and out[n].kind == "word":
            _unknown_verb(out, n, lex)
    agree(out, lex)
    for n in range(len(out)):
        if out[n].tag == "AUX":
            _main_verb(out, n)
        elif out[n].tag == "ADV" and out[n].low in lex.groups["adj"] and n + 1 < len(out) and out[n + 1].tag == "NOUN":
            before = out[n - 1].tag if n else "MARK"
            if before in ("DET", "POSS", "PREP", "ADJ", "MARK", "VERB", "CONJ") and out[n + 1].kind == "word":
                out[n].tag = "ADJ"
        elif out[n].low == "to" and 0 < n < len(out) - 1 and out[n - 1].low == out[n + 1].low:
            out[n - 1].tag = out[n].tag = out[n + 1].tag = "ADJ"
        elif _counted(out, n):
            out[n].tag, out[n].form, out[n].lemma = "NOUN", "", singular(out[n].low)
        elif out[n].low == "right" and n + 1 < len(out) and out[n + 1].low in ("now", "away"):
            out[n].tag = "ADV"
        elif _much(out, n):
            out[n].tag = out[n + 1].tag = "DET"
    return out


def _counted(out: list[Token], n: int) -> bool:
    """The "views" of "14 page views": after a number of many, a singular noun only begins a name."""
    if n < 2 or out[n].tag != "VERB" or out[n].form != "s" or out[n - 1].tag != "NOUN" or out[n - 2].kind != "num":
        return False
    return out[n - 1].low == out[n - 1].lemma and out[n - 2].text != "1" and singular(out[n - 1].low) == out[n - 1].low


def _much(out: list[Token], n: int) -> bool:
    """ "a lot of", "lots of"."""
    if n + 1 >= len(out) or out[n + 1].low != "of":
        return False
    return out[n].low == "lots" or (out[n].low == "lot" and n > 0 and out[n - 1].low == "a")


def _main_verb(out: list[Token], n: int) -> None:
    """Have, get and do with an object and no verb after them are main verbs: "every publisher has subscribers"."""
    token = out[n]
    form = {"has": "s", "gets": "s", "does": "s", "had": "past", "got": "past", "did": "past"}.get(token.low, "base")
    if token.low not in ("has", "have", "had", "get", "gets", "got", "do", "does"):
        return
    k = n + 1
    while k < len(out) and out[k].tag in ("ADV", "NEG"):
        k += 1
    if k >= len(out) or out[k].tag not in ("DET", "POSS", "NUM", "NOUN", "ADJ"):
        return
    if (
        out[k].low in ("all", "both", "each")
        and k + 1 < len(out)
        and out[k + 1].tag == "VERB"
        and token.lemma == "have"
    ):
        out[k + 1].form = "pp" if out[k + 1].form == "past" else out[k + 1].form
        return
    end = k
    while end < len(out) and out[end].tag in ("DET", "POSS", "NUM", "ADJ", "NOUN"):
        end += 1
    if token.lemma == "do" and (end >= len(out) or out[k].tag == "NOUN"):
        return
    if end < len(out) and out[end].tag == "VERB" and out[end].form == "pp" and token.lemma == "have" and end == k:
        return
    token.tag, token.form = "VERB", form
    token.lemma = {"has": "have", "had": "have", "gets": "get", "got": "get", "does": "do", "did": "do"}.get(
        token.low, token.low
    )


def _unknown_verb(out: list[Token], n: int, lex: Lexicon) -> None:
    """A word that the lexicon lacks, where only a verb can stand: "to airlift crates", "an address that bounced"."""
    token = out[n]
    prev = out[n - 1] if n else None
    nxt = out[n + 1] if n + 1 < len(out) else None
    if prev is None and nxt is not None and token.low not in lex.forms and len(token.low) > 5:
        plain = nxt.tag in ("DET", "NUM") or nxt.low in lex.groups["poss"]
        coined = token.low.endswith(("ify", "ise", "ize")) and nxt.tag in ("NOUN", "ADJ")
        if coined or (plain and token.low.endswith(("ify", "ise", "ize", "ate"))):
            token.tag, token.form, token.lemma = "VERB", "base", token.low
        return
    if prev is None or token.low in lex.forms or not token.text[0].islower():
        return
    if token.low in lex.groups["abstract"] or token.low in lex.groups["not_verb"]:
        return
    next_tag = nxt.tag if nxt else "END"
    ed = token.low.endswith("ed") and len(token.low) > 4 and not token.low.endswith("eed")
    if ed and (
        prev.tag == "AUX"
        or prev.low in ("that", "who", "which")
        or (prev.tag == "NOUN" and next_tag in ("PREP", "ADV"))
    ):
        token.tag, token.form = "VERB", "pp" if prev.tag == "AUX" else "past"
        token.lemma = _strip_ed(token.low)
    elif token.tag == "ADJ":
        return
    elif (prev.tag == "MODAL" and prev.low != "will") or (
        prev.tag == "TO" and next_tag in ("DET", "POSS", "NUM", "PRON")
    ):
        token.tag, token.form, token.lemma = "VERB", "base", token.low


def _strip_ed(word: str) -> str:
    stem = word[:-2]
    if stem.endswith("ss"):
        return stem
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl":
        return stem[:-1]
    return word[:-1] if stem[-1] in "cgsuvz" or stem.endswith(("at", "ir", "ur", "bl", "lud", "rud", "ad")) else stem
