"""Verb, noun or adjective, for a word that may be several: decided by its forms and by the words beside it."""

from typing import Final

from archsmith.elicit.finite import counts_over_time, finite_after_noun, noun_too, run_is_plural, verb_at
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.words import Token
from archsmith.kernel.inflect import is_plural, singular


def _form(forms: frozenset[str], order: tuple[str, ...]) -> str:
    return next(f for f in order if f in forms)


def decide(out: list[Token], n: int, lex: Lexicon) -> None:
    """Verb, noun or adjective for a word that may be several, from the words beside it."""
    token = out[n]
    verb = lex.forms[token.low]
    if _is_manner(out, n, lex):
        token.tag, token.lemma = "ADV", token.low
    elif (verb.lemma in lex.kinds or _has_particle(out, n, lex, verb.lemma)) and _as_verb(out, n, lex, verb.forms):
        token.tag, token.lemma = "VERB", verb.lemma
        helper = _helper(out, n)
        order = ("pp", "past", "base", "s", "ing") if helper in ("be", "have") else ("base", "s", "past", "pp", "ing")
        token.form = _form(verb.forms, order)
    elif (verb.forms & {"past", "pp"} and "base" not in verb.forms) or (
        "ing" in verb.forms and token.low not in lex.groups["ing_noun"] and _nounish(out, n + 1)
    ):
        token.tag, token.lemma = "ADJ", token.low
    else:
        token.tag, token.lemma = "NOUN", singular(token.low)


_MANNER: Final = frozenset("double triple cross batch dry".split())


def _is_manner(out: list[Token], n: int, lex: Lexicon) -> bool:
    """Whether a word only says how the verb behind it is done: "must never double book a room", "to cross check"."""
    if out[n].low not in _MANNER or not n or out[n - 1].tag not in ("MODAL", "TO", "ADV", "NEG") or n + 1 >= len(out):
        return False
    form = lex.forms.get(out[n + 1].low)
    return form is not None and "base" in form.forms and not is_plural(out[n + 1].low)


def _has_particle(out: list[Token], n: int, lex: Lexicon, lemma: str) -> bool:
    """Whether a verb that only has a meaning with a particle has it: "back up", "line up"."""
    known = lex.particles.get(lemma, frozenset())
    return any(t.low in known for t in out[n + 1 : n + 4])


def _helper(out: list[Token], n: int) -> str:
    """The lemma of the auxiliary before a verb, over adverbs and negation, or the empty string."""
    k = n - 1
    while k >= 0 and out[k].tag in ("ADV", "NEG"):
        k -= 1
    if k >= 0 and out[k].tag == "AUX":
        lemma = out[k].lemma
        return "be" if lemma == "get" else lemma
    if k >= 0 and out[k].tag in ("CONJ", "MARK") and out[k].low in ("and", "or", ","):
        j = k - 1
        while j >= 0 and j > k - 5 and out[j].tag != "VERB":
            j -= 1
        if j >= 0 and j > k - 5 and out[j].form == "pp":
            return "be"
    return ""


def _nounish(out: list[Token], n: int) -> bool:
    return n < len(out) and out[n].tag in ("NOUN", "?", "ADJ") and out[n].kind == "word"


_OBJECT: Final = frozenset({"DET", "POSS", "NUM", "PRON", "ADJ", "PREP", "ADV", "SUB"})


def _as_verb(out: list[Token], n: int, lex: Lexicon, forms: frozenset[str]) -> bool:
    prev, at = _before(out, n)
    token = out[n]
    nxt = out[n + 1] if n + 1 < len(out) else None
    next_tag = nxt.tag if nxt else "END"
    also_noun = noun_too(token, lex)
    if prev is None or (prev.tag == "MARK" and prev.low in (":", ";", "(", "-", "–", "—", '"', "“", ")", "•", "]")):
        return _starts_clause(out, n, nxt, lex, forms)
    if token.low in lex.groups["adj"] and next_tag in ("NOUN", "ADJ", "?") and prev.tag not in ("TO", "MODAL", "PRON"):
        return False
    if token.text[0].isupper() and prev.kind == "word" and "base" in forms and not token.text.isupper():
        return False
    if prev.tag == "TO":
        plural_next = next_tag == "NOUN" and nxt is not None and is_plural(nxt.low)
        return "base" in forms and not (plural_next and is_plural(token.low))
    if prev.tag == "MODAL":
        return bool(forms & {"base", "pp"})
    if prev.tag == "AUX":
        if prev.lemma == "do":
            return "base" in forms
        return bool(forms & {"pp", "ing"}) and not ("base" in forms and "pp" not in forms)
    if prev.tag in ("DET", "POSS", "ADJ", "NUM"):
        return _after_modifier(out, n, lex, prev, forms, next_tag)
    if prev.tag == "PRON":
        if "s" in forms and at and prev.low in ("us", "them", "you") and out[at - 1].low == "of":
            return True
        if prev.low in ("us", "them", "him", "me", "one"):
            return prev.low != "one" and bool(forms & {"base"}) and next_tag in _OBJECT
        return True
    if prev.tag == "PREP":
        return "ing" in forms and next_tag in ("DET", "POSS", "NUM", "PRON") and token.low not in lex.groups["ing_noun"]
    if prev.tag in ("SUB", "CONJ") or (prev.tag == "MARK" and prev.low in (",", "/", "+", "&")):
        return _after_join(out, n, lex, forms, prev, at)
    if prev.tag == "NOUN":
        return finite_after_noun(out, n, lex, forms, prev, at)
    if prev.tag == "VERB":
        if prev.form == "ing" and "s" in forms and (at == 0 or out[at - 1].tag == "MARK"):
            return True
        if "ing" in forms and prev.lemma in ("keep", "start", "stop", "continue", "finish", "avoid", "begin"):
            return True
        if "base" in forms and at < n - 1 and next_tag in ("DET", "POSS"):
            return True  # "people who travel often book a seat": the verb of the clause around the relative one
        return "base" in forms and prev.lemma in ("let", "help", "make", "go", "please")
    return bool(forms & {"past"}) and "base" not in forms and not also_noun


def _before(out: list[Token], n: int) -> tuple[Token | None, int]:
    """The word that governs this one: adverbs, negation and a parenthesis are stepped over."""
    k = n - 1
    while k >= 0:
        if out[k].tag in ("ADV", "NEG"):
            k -= 1
        elif out[k].low == ")":
            depth = k - 1
            while depth > max(-1, k - 30) and out[depth].low != "(":
                depth -= 1
            if depth < 0 or out[depth].low != "(":
                break
            k = depth - 1
        else:
            break
    if k < 0:
        return (None, -1)
    return out[k], k


def _after_modifier(out: list[Token], n: int, lex: Lexicon, prev: Token, forms: frozenset[str], next_tag: str) -> bool:
    if prev.low in ("that", "all", "each", "both") and prev.tag == "DET" and "base" not in forms:
        return not _nounish(out, n + 1)
    nxt = out[n + 1] if n + 1 < len(out) else None
    if prev.tag == "NUM" and "base" in forms and nxt is not None and nxt.tag == "ADV" and nxt.low.endswith("ly"):
        return True
    alone = not any(t.tag in ("VERB", "AUX", "MODAL") for t in out[:n])
    if prev.tag == "NUM" and nxt is not None and alone and _surely_finite(out[n], lex) and next_tag in _GOES_ON:
        return True
    if prev.tag == "NUM" and not forms & {"base", "s", "ing"}:
        return next_tag in ("PREP", "ADV", "MARK", "END")
    return False


def _starts_clause(out: list[Token], n: int, nxt: Token | None, lex: Lexicon, forms: frozenset[str]) -> bool:
    """At the start: an imperative when an object follows, a noun otherwise."""
    token = out[n]
    if n and out[n - 1].low == "(" and nxt is not None and nxt.low in (")", ","):
        return False
    also_noun = noun_too(token, lex)
    tag = nxt.tag if nxt else "END"
    if n and out[n - 1].low == "(" and also_noun and tag in ("NOUN", "ADJ", "?"):
        return False
    if "base" in forms and tag in ("NOUN", "ADJ", "?") and _is_part_of_subject(out, n + 1):
        return False
    if nxt is None or tag == "END":
        return "base" in forms and not also_noun and n > 0
    if "base" in forms:
        if also_noun and (_surely_finite(nxt, lex) or _acts_on(out, n + 1, lex)):
            return False
        if tag in ("DET", "POSS", "NUM", "PRON"):
            return not counts_over_time(out, n + 1, lex) or not also_noun
        if nxt.low in lex.particles.get(token.low, frozenset()):
            return True
        if tag == "CONJ" or nxt.low in (",", "/"):
            return not also_noun or verb_at(out, n + 2, lex)
        if tag in ("PREP", "TO", "ADV", "MARK"):
            return not also_noun
        return tag == "ADJ" or not also_noun or run_is_plural(out, n + 1, lex)
    if "s" in forms:
        return tag in ("DET", "POSS", "PRON", "NUM") or (not also_noun and tag in ("NOUN", "ADJ", "?", "PREP"))
    if "ing" in forms and token.low not in lex.groups["ing_noun"]:
        return tag in ("DET", "POSS", "PRON", "NUM", "NOUN", "ADJ", "?")
    return "pp" in forms and tag in ("PREP", "TO", "ADV")


def _surely_finite(token: Token, lex: Lexicon) -> bool:
    """Whether a word is an s-form that is no plural: "finance wants", "stock lives in"."""
    form = lex.forms.get(token.low)
    return form is not None and form.forms == {"s"} and not noun_too(token, lex) and not token.low.endswith("ss")


def _is_part_of_subject(out: list[Token], n: int) -> bool:
    """Whether the nouns from `n` on have their own verb, and the word before is one of them: "earn messages are"."""
    while n < len(out) and out[n].kind == "word" and out[n].tag in ("NOUN", "ADJ", "?"):
        n += 1
    return n < len(out) and out[n].tag in ("AUX", "MODAL")


def _acts_on(out: list[Token], n: int, lex: Lexicon) -> bool:
    """Whether a word in -s has an article behind it and so is the verb: "register places a hold"."""
    form = lex.forms.get(out[n].low)
    return form is not None and form.forms == {"s"} and n + 1 < len(out) and out[n + 1].low in ("a", "an", "the")


def _is_imperative(out: list[Token], verb: Token) -> bool:
    """Whether a verb opens its sentence or follows a modal, so that the list after it is one of verbs."""
    if out[0] is verb:
        return True
    k = next(n for n, t in enumerate(out) if t is verb)
    return out[k - 1].tag in ("MODAL", "TO") or (out[k - 1].low in (",", "and", ";") and out[0].tag == "VERB")


def _goes_on(out: list[Token], n: int, prev: Token, lex: Lexicon) -> bool:
    """Whether the sentence goes on with a verb of the same subject: "is published and remains open"."""
    if prev.tag == "CONJ":
        return True
    return prev.low == "," and (out[n + 1].tag != "NOUN" or run_is_plural(out, n + 1, lex))


_GOES_ON: Final = frozenset({"DET", "POSS", "NUM", "PRON", "ADJ", "PREP", "ADV", "SUB", "TO", "NOUN", "?"})


def _after_join(out: list[Token], n: int, lex: Lexicon, forms: frozenset[str], prev: Token, at: int) -> bool:
    """After a comma, "and" or "or": a verb where the member before it is one of the same form, or an object follows."""
    token = out[n]
    nxt = out[n + 1] if n + 1 < len(out) else None
    tag = nxt.tag if nxt else "END"
    also_noun = noun_too(token, lex)
    if prev.low == "that" and also_noun and at and out[at - 1].tag in ("PREP", "VERB"):
        return False
    if at and tag in _GOES_ON and _surely_finite(token, lex) and _goes_on(out, n, prev, lex):
        return True
    if "base" in forms and not also_noun and out[n - 1].low in ("then", "please"):
        return True
    if "s" in forms and out[n - 1].low == "then" and any(t.tag == "VERB" and t.form == "s" for t in out[:at]):
        return True
    following = lex.particles.get(lex.forms[token.low].lemma, frozenset())
    if nxt is not None and nxt.low in following and any(t.form in forms for t in out[max(0, at - 9) : at] if t.form):
        return True
    if prev.tag == "SUB" and prev.low in ("that", "who", "where", "which"):
        return "base" not in forms or tag in _OBJECT
    if prev.tag == "SUB":
        return bool(forms & {"pp", "ing"}) and "base" not in forms
    last = next((out[k] for k in range(at - 1, max(-1, at - 24), -1) if out[k].tag == "VERB"), None)
    if last is not None and (last.form in forms or (last.form in ("past", "pp") and forms & {"past", "pp"})):
        if (at > 0 and out[at - 1] is last) or not also_noun or tag in ("DET", "POSS", "NUM", "PRON"):
            return True
        if nxt is None:
            return False
        if prev.tag == "CONJ" and nxt.low == "," and out[at - 1].tag == "NOUN" and also_noun:
            return False
        listed = last.form == "base" and token.low in lex.groups["rather_verb"] and _is_imperative(out, last)
        if listed and tag in ("NOUN", "ADJ", "?"):
            return True
        if tag in ("NOUN", "ADJ", "?"):
            return (last.form == "s" and "s" in forms) or ("base" in forms and run_is_plural(out, n + 1, lex))
        if tag == "CONJ" or nxt.low == ",":
            return verb_at(out, n + 2, lex)
        return tag == "PREP" and nxt.low in ("within", "until", "from", "at", "for") and last is not out[0]
    if "base" in forms or "s" in forms:
        if tag in ("DET", "POSS", "PRON"):
            return token.low not in lex.groups["abstract"]
        first = 2 if len(out) > 1 and out[1].low == ":" else 0
        fragment = not any(t.tag in ("VERB", "AUX", "MODAL") for t in out[first:n])
        return (
            fragment
            and prev.low == ","
            and not also_noun
            and "base" in forms
            and tag in ("PREP", "NOUN", "ADJ", "?", "ADV")
        )
    if "ing" in forms:
        return tag in ("DET", "POSS", "NUM", "PRON") and token.low not in lex.groups["ing_noun"]
    return not _nounish(out, n + 1)
