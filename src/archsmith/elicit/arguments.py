"""The subject and the objects of a verb: phrases beside it, over brackets, insertions and prepositions."""

from typing import Final

from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.reading import Sentence
from archsmith.elicit.words import Token

_GOVERNED: Final = {
    "at": "look".split(),
    "for": "look ask search wait apply pay vote bid register sign enrol enroll check watch hunt opt qualify subscribe"
    " query browse shop stand".split(),
    "to": "respond reply subscribe listen connect switch upgrade downgrade contribute donate react consent link log"
    " return move migrate refer".split(),
    "into": "look log check drill zoom".split(),
    "about": "ask complain inform".split(),
    "on": "click comment vote bid press report act check return".split(),
    "with": "chat communicate talk".split(),
}
"""Verbs whose object stands behind a preposition."""
PRONOUNS: Final = frozenset("it them this that these those".split())
_WITHIN_VERB: Final = frozenset("able all both each".split())
"""Words that stand inside a verb group: "shall be able to", "have all approved"."""


def verb_group(tokens: list[Token], n: int) -> tuple[int, str, bool, str]:
    """Start of the verb group, its modal, whether it is negated, and the nearest auxiliary's lemma."""
    k = n - 1
    modal = helper = ""
    negated = False
    while k >= 0 and (tokens[k].tag in ("AUX", "MODAL", "NEG", "ADV", "TO") or tokens[k].low in _WITHIN_VERB):
        t = tokens[k]
        if t.low in (
            "not",
            "never",
            "cannot",
            "can't",
            "won't",
            "don't",
            "doesn't",
            "mustn't",
            "shouldn't",
            "isn't",
            "aren't",
            "didn't",
        ):
            negated = True
        if t.tag == "MODAL":
            modal = modal or t.low
        elif t.tag == "TO":
            modal = modal or "to"
        elif t.tag == "AUX" and not helper:
            helper = {"get": "be"}.get(t.lemma, t.lemma)
        if t.tag == "AUX" and t.lemma == "have" and modal == "to":
            modal = "must"
        k -= 1
    return k + 1, modal, negated, helper


def subject_of(sentence: Sentence, start: int, n: int, modal: str) -> tuple[Phrase | None, str]:
    """The noun phrase or pronoun before the verb group."""
    tokens = sentence.tokens
    k = start - 1
    while k >= 0 and (tokens[k].tag == "ADV" or tokens[k].low in (")",)):
        if tokens[k].low == ")":
            depth = k
            while depth >= 0 and tokens[depth].low != "(":
                depth -= 1
            if depth < 0:
                break
            k = depth
        k -= 1
    if k < 0:
        return None, ""
    token = tokens[k]
    if modal == "to" and token.tag == "VERB" and start > 0:
        return subject_of(sentence, verb_group(tokens, k)[0], k, "")
    if token.low == "," and k > 1:
        return _appositive(sentence, k)
    if token.tag == "PRON":
        if token.low in ("who", "which", "whom"):
            return (next((p for p in reversed(sentence.phrases) if p.end <= k), None), "")
        return _outside_relative(sentence, k, None, token.low.partition("'")[0])
    if token.low == "that" and token.tag in ("SUB", "DET"):
        return (next((p for p in reversed(sentence.phrases) if p.end == k), None), "")
    if token.tag == "NUM" and modal != "to":
        k = _before_amount(tokens, k)
        token = tokens[k]
    if token.tag == "NOUN" or (token.tag == "DET" and token.low in ("this", "that")):
        phrase = sentence.phrase_at(k)
        if phrase is None:
            return None, ""
        head = _head_of_chain(sentence, phrase)
        described = _described(sentence, head)
        if described is not None:
            return described, ""
        return _outside_relative(sentence, head.start, head, "")
    if token.tag in ("ADV", "ADJ", "VERB", "PREP") and modal != "to":
        return _outside_relative(sentence, start, None, "")
    return None, ""


def _before_amount(tokens: list[Token], k: int) -> int:
    """From the amount in "an order above Rs 2 lakh requires" back to the order."""
    n = k
    while n > 0 and (tokens[n].tag == "NUM" or (len(tokens[n].low) <= _CURRENCY and tokens[n].tag == "NOUN")):
        n -= 1
    return n - 1 if n > 0 and tokens[n].low in ("above", "over", "below", "under", "beyond") else k


_CURRENCY: Final = 3


def _described(sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """The order in "an order once accepted by the supplier cannot": a participle with its agent describes it."""
    tokens = sentence.tokens
    by = phrase.start - 1
    if by < 2 or tokens[by].low != "by" or tokens[by - 1].tag != "VERB" or tokens[by - 1].form not in ("pp", "past"):
        return None
    k = by - 2
    while k > 0 and (tokens[k].tag == "ADV" or tokens[k].low in ("once", "when")):
        k -= 1
    return next((p for p in sentence.phrases if p.end == k + 1), None) if tokens[k].tag == "NOUN" else None


_RELATIVE: Final = frozenset({"who", "which", "that", "whoever"})
_INSERTED: Final = frozenset("who which whose including".split())
_CLAUSE_ENDS: Final = frozenset(", ; : ( ) and but or if when while because as so".split())
_LONGEST_RELATIVE: Final = 16


def _outside_relative(sentence: Sentence, start: int, found: Phrase | None, word: str) -> tuple[Phrase | None, str]:
    """From the last words of a relative clause to what it describes: "the rider who has a seat may", "whoever found
    nothing puts": there the relative clause has its own verb.
    """
    tokens = sentence.tokens
    finite = False
    for k in range(start - 1, max(-1, start - _LONGEST_RELATIVE), -1):
        token = tokens[k]
        if token.low in _RELATIVE and token.tag in ("PRON", "SUB", "DET"):
            if not finite or token.low == "whoever":
                return (None, token.low) if finite else (found, word)
            before = next((p for p in sentence.phrases if p.end == k), None)
            return (_head_of_chain(sentence, before), "") if before is not None else (found, word)
        if token.low in _CLAUSE_ENDS:
            return found, word
        finite = finite or token.tag in ("VERB", "AUX", "MODAL")
    return found, word


def _appositive(sentence: Sentence, comma: int) -> tuple[Phrase | None, str]:
    """ "The receptionists, perhaps 70 people, need": the phrase (or the "nobody") before the inserted one."""
    tokens = sentence.tokens
    told = False
    for k in range(comma - 1, max(0, comma - _LONGEST_RELATIVE), -1):
        if tokens[k].low == ",":
            relative = tokens[k + 1].low in _INSERTED
            if told and not relative:
                return None, ""
            if tokens[k - 1].tag == "PRON":
                return None, tokens[k - 1].low
            return next((p for p in sentence.phrases if p.end == k), None), ""
        told = told or (tokens[k].tag in ("VERB", "AUX", "MODAL") and tokens[k].form not in ("pp", "past"))
    return None, ""


def _head_of_chain(sentence: Sentence, phrase: Phrase) -> Phrase:
    """From "the website" in "Guests on the website look" back to the guests."""
    tokens = sentence.tokens
    current = phrase
    for _ in range(4):
        k = current.start - 1
        if k <= 0 or tokens[k].tag != "PREP":
            break
        before = next((p for p in sentence.phrases if p.end == k), None)
        if before is None:
            break
        current = before
    return current


def objects_after(sentence: Sentence, after: int, lex: Lexicon) -> tuple[tuple[Phrase, ...], str, int]:
    """The objects that begin at token `after`, a pronoun that stands for one, and the index after them."""
    tokens = sentence.tokens
    k = after
    while k < len(tokens) and tokens[k].tag in ("ADV", "NEG") and not _starts_phrase(sentence, k):
        k += 1
    if k + 1 < len(tokens) and tokens[k].low in ("at", "up") and tokens[k + 1].low in ("least", "most", "to"):
        least = next((p for p in sentence.phrases if p.start in (k + 1, k + 2)), None)
        k = least.start if least is not None else k
    if k + 1 < len(tokens) and tokens[k].low in _HEDGES and _is_count(tokens[k + 1]):
        k += 1
    if k + 1 < len(tokens) and tokens[k].low == "each" and tokens[k + 1].low == "other":
        return (), "each other", k + 2
    if k < len(tokens) and tokens[k].low in PRONOUNS and sentence.phrase_at(k) is None:
        return (), tokens[k].low, k + 1
    stands = _stands_for_one(tokens, k)
    if stands and sentence.phrase_at(k) is None:
        return (), "it", stands
    if k + 1 < len(tokens) and tokens[k].low == "any" and tokens[k + 1].low in ("time", "moment"):
        k += 2
    if k < len(tokens) and tokens[k].low in ("where", "how", "what", "which", "when", "whether"):
        k += 1
        while k < len(tokens) and tokens[k].tag == "ADJ":
            k += 1
    if k < len(tokens) and tokens[k].low in ("us", "him", "her", "me", "you", "everyone", "anyone"):
        k += 1
    phrase = next((p for p in sentence.phrases if p.start == k), None)
    if phrase is None and k + 1 < len(tokens) and tokens[after - 1].lemma in _GOVERNED.get(tokens[k].low, ()):
        inner = next((p for p in sentence.phrases if p.start == k + 1), None)
        if inner is not None and tokens[inner.head].kind == "word" and inner.head_word not in lex.groups["abstract"]:
            return (inner,), "", inner.end
        return (), "", k
    if phrase is None:
        return (), "", k
    phrase = _given(sentence, phrase, tokens[after - 1].lemma, lex)
    found = [phrase]
    end = phrase.end
    while True:
        nxt = end
        while nxt < len(tokens) and tokens[nxt].tag == "ADV" and nxt < end + 2:
            nxt += 1
        if nxt > end and (nxt >= len(tokens) or tokens[nxt].low not in ("and", "or", "&")):
            break
        end = nxt
        while nxt < len(tokens) and (tokens[nxt].low in (",", "and", "or", "/", "&", "+")) and nxt < end + 2:
            nxt += 1
        if nxt == end:
            break
        more = next((p for p in sentence.phrases if p.start == nxt), None)
        if more is None or (more.end < len(tokens) and tokens[more.end].tag in ("AUX", "MODAL", "VERB")):
            break
        found.append(more)
        end = more.end
    return tuple(_of_light(sentence, p, lex) for p in found), "", end


_HEDGES: Final = frozenset("about around over under roughly nearly almost approximately some only".split())
_GIVING: Final = frozenset(
    "give show send offer pay grant assign lend tell issue sell hand charge award mail e-mail email forward owe teach"
    " bring".split()
)


def _stands_for_one(tokens: list[Token], k: int) -> int:
    """The index after "one", "another" or "a new one" that begins at `k`, or 0."""
    n = k
    while n < len(tokens) and n < k + 3 and tokens[n].tag in ("DET", "ADJ") and tokens[n].low != "another":
        n += 1
    alone = n + 1 >= len(tokens) or tokens[n + 1].tag not in ("NOUN", "ADJ", "NUM")
    return n + 1 if n < len(tokens) and tokens[n].low in ("one", "another") and alone else 0


def _is_count(token: Token) -> bool:
    return token.tag == "NUM" or token.kind == "num"


def _given(sentence: Sentence, phrase: Phrase, lemma: str, lex: Lexicon) -> Phrase:
    """What is given, behind the one who gets it: "show the applicant the state", "pay each cook the share"."""
    if lemma not in _GIVING or phrase.end >= len(sentence.tokens):
        return phrase
    groups = lex.groups
    taker = phrase.head_word in groups["person"] or phrase.head_word in groups["company"]
    behind = next((p for p in sentence.phrases if p.start == phrase.end), None)
    return behind if taker and behind is not None else phrase


def gap_object(sentence: Sentence, subject: Phrase) -> tuple[Phrase, ...]:
    """ "the band the grower has set": the phrase right before the subject is what the relative clause acts on."""
    before = next((p for p in sentence.phrases if p.end == subject.start), None)
    if before is None or sentence.tokens[subject.start].tag not in ("DET", "POSS"):
        return ()
    return (before,)


def _of_light(sentence: Sentence, phrase: Phrase, lex: Lexicon) -> Phrase:
    """A list of arrivals is the arrivals: a light head gives way to what follows "of"."""
    tokens = sentence.tokens
    light = phrase.head_word in lex.groups["light"] or phrase.head_word in lex.groups["abstract"]
    if not light or " " in phrase.name or phrase.end >= len(tokens) or tokens[phrase.end].low != "of":
        return phrase
    inner = next((p for p in sentence.phrases if p.start == phrase.end + 1), None)
    return phrase if inner is None or inner.head_word in lex.groups["abstract"] else inner


def _starts_phrase(sentence: Sentence, k: int) -> bool:
    return any(p.start == k for p in sentence.phrases)


def agent_after(sentence: Sentence, n: int, lex: Lexicon) -> Phrase | None:
    """Who does it, in the passive voice: the phrase after "by". Nobody where it says by which means: "by phone"."""
    tokens = sentence.tokens
    for k in range(n + 1, min(len(tokens), n + 8)):
        if tokens[k].low == "by":
            means = k + 1 < len(tokens) and tokens[k + 1].low in lex.groups["means"]
            return None if means else next((p for p in sentence.phrases if p.start == k + 1), None)
        if tokens[k].low in (",", ";", "and", "but") or tokens[k].tag in ("VERB", "MODAL"):
            return None
    return None
