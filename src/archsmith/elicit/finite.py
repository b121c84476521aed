"""Whether a word after a noun is its finite verb, or the next part of a compound."""

from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.words import Token
from archsmith.kernel.inflect import is_plural, singular


def noun_too(token: Token, lex: Lexicon) -> bool:
    """Whether a verb form may be read as a noun just as well (an order, the searches)."""
    form = lex.forms[token.low]
    if not form.forms & {"base", "s"} and token.low not in lex.groups["ing_noun"]:
        return False
    return form.lemma in lex.groups["also_noun"] or any(
        form.lemma in lex.groups[g] for g in ("person", "event", "device", "site")
    )


def run_is_plural(out: list[Token], n: int, lex: Lexicon) -> bool:
    """Whether the noun phrase that begins at `n` ends in a plural: "courier tours"."""
    last = ""
    while n < len(out) and out[n].kind == "word" and (out[n].tag in ("NOUN", "ADJ") or out[n].tag == "?"):
        last = out[n].low
        n += 1
    return bool(last) and (is_plural(last) or last in lex.groups["plural_only"])


def verb_at(out: list[Token], n: int, lex: Lexicon) -> bool:
    """Whether the word at `n` can be a verb in its base form and is hardly a noun."""
    if n >= len(out):
        return False
    token = out[n]
    if token.tag == "VERB":
        return True
    form = lex.forms.get(token.low)
    if token.tag != "?" or form is None or "base" not in form.forms:
        return False
    follows = out[n + 1].tag if n + 1 < len(out) else "END"
    return not noun_too(token, lex) or follows in ("DET", "POSS", "NUM", "PRON")


def counts_over_time(out: list[Token], n: int, lex: Lexicon) -> bool:
    """Whether "each" or "per" counts over time: "orders each day", but "review each course"."""
    if out[n].low not in ("per", "each"):
        return False
    after = out[n + 1] if n + 1 < len(out) else None
    return out[n].low == "per" or after is None or singular(after.low) in lex.groups["abstract"]


def finite_after_noun(out: list[Token], n: int, lex: Lexicon, forms: frozenset[str], prev: Token, at: int) -> bool:
    """After a noun: a finite verb where number agrees and an object or the end follows; else part of a compound."""
    token = out[n]
    nxt = out[n + 1] if n + 1 < len(out) else None
    tag = nxt.tag if nxt else "END"
    also_noun = noun_too(token, lex)
    if "ing" in forms:
        return token.low not in lex.groups["ing_noun"] and tag in ("DET", "POSS", "NUM", "PRON", "PREP", "ADV")
    if forms & {"past", "pp"} and "base" not in forms:
        return True
    subject = _subject_number(out, at)
    agrees = ("base" in forms and subject == "many") or ("s" in forms and subject == "one")
    mass = prev.low in lex.groups["plural_only"]
    rather = "s" in forms and (subject == "one" or mass) and lex.forms[token.low].lemma in lex.groups["rather_finite"]
    if rather and tag in ("PREP", "ADJ", "NUM") and not _has_verb_near(out, n):
        return True
    if not agrees or _has_verb_near(out, n):
        return False
    if "s" in forms and _single(out, at):
        return True
    after_next = out[n + 2].low if n + 2 < len(out) else ""
    if nxt is not None and nxt.low in ("once", "twice") and after_next in ("a", "an", "per", "every", "each"):
        return True
    if tag in ("DET", "POSS", "NUM", "PRON", "TO") or (nxt is not None and nxt.low in ("until", "that", "how", "what")):
        return nxt is None or not also_noun or not counts_over_time(out, n + 1, lex)
    person = prev.lemma in lex.groups["person"]
    if nxt is not None and (nxt.low in lex.particles.get(lex.forms[token.low].lemma, frozenset()) or tag == "ADV"):
        return True
    if tag == "CONJ" or (nxt is not None and nxt.low == ","):
        return (person and not also_noun) or verb_at(out, n + 2, lex) or ("s" in forms and not also_noun)
    if tag in ("ADJ", "NOUN", "?"):
        if "s" in forms and (tag == "ADJ" or at == 0) and run_is_plural(out, n + 1, lex):
            return True
        return not also_noun or person or (prev.lemma in lex.groups["device"]) or ("base" in forms and tag != "?")
    if tag == "PREP":
        return not also_noun or ("base" in forms and (person or prev.lemma in lex.groups["event"]))
    relative = any(t.tag == "SUB" or t.low in ("which", "who", "that") for t in out[max(0, n - 8) : n])
    return relative or not also_noun or (person and "base" in forms and (at == 0 or out[at - 1].tag != "PREP"))


def _subject_number(out: list[Token], at: int) -> str:
    """`many` or `one` of the noun that a verb would agree with: past "of the shops" and "on the website" to its
    head.
    """
    k = at
    head = out[at]
    while k >= 0 and k > at - 12:
        if out[k].tag in ("DET", "POSS") and k and out[k - 1].tag == "NOUN":
            break
        if out[k].tag == "PREP":
            j = k - 1
            while j >= 0 and out[j].tag in ("ADV",):
                j -= 1
            if j >= 0 and out[j].tag == "NOUN":
                head, k = out[j], j
                continue
            break
        if out[k].tag not in ("NOUN", "ADJ", "DET", "POSS", "NUM", "?"):
            if out[k].tag == "CONJ" and out[k].low == "and" and k and out[k - 1].tag == "NOUN":
                return "many"
            break
        k -= 1
    return "many" if is_plural(head.low) else "one"


def _has_verb_near(out: list[Token], n: int) -> bool:
    """Whether the clause to the left already has its finite verb."""
    for k in range(n - 1, max(-1, n - 9), -1):
        if out[k].tag in ("MARK", "CONJ", "SUB") or out[k].low in ("which", "who", "that"):
            return False
        if out[k].tag in ("DET", "POSS") and k and out[k - 1].tag == "NOUN" and k < n - 1:
            return False
        if out[k].tag in ("VERB", "MODAL", "AUX"):
            return True
    return False


def _single(out: list[Token], at: int) -> bool:
    """Whether the noun at `at` stands under "a", "an" or "every": then a word in -s behind it is no part of its
    phrase.
    """
    k = at
    while k > 0 and out[k].tag in ("NOUN", "ADJ", "?") and k > at - 4:
        k -= 1
    return out[k].low in ("a", "an", "every", "each")
