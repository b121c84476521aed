"""Clauses of a sentence: who does what to what, in which mood; coordination and passive voice resolved."""

from dataclasses import dataclass, replace
from typing import Final

from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.reading import Sentence
from archsmith.elicit.tokens import Token

_OBJECT_PREPS: Final = frozenset("at for to into about on".split())
_RECIPIENT: Final = frozenset(
    "send deliver export report ship pay transfer forward write hand give publish charge".split()
)
_PRONOUNS: Final = frozenset("it them this that these those".split())
_WILL: Final = frozenset("want need like wish expect ask allow let enable help require".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """`verb`: token index; `lemma` with its particle. `subject` and `objects` are phrases; `pronoun` stands for an
    object.

    `modal`: the modal's word, `to` for an infinitive, or empty. `end`: one past the last token that belongs to it.
    """

    sentence: Sentence
    verb: int
    lemma: str
    subject: Phrase | None
    subject_word: str
    objects: tuple[Phrase, ...]
    pronoun: str
    passive: bool
    agent: Phrase | None
    modal: str
    negated: bool
    past: bool
    conditional: bool
    wish: bool
    start: int
    end: int


def clauses(sentence: Sentence, lex: Lexicon) -> list[Clause]:
    """The clauses from left to right. A verb without an object takes that of the verb it is joined with."""
    tokens = sentence.tokens
    verbs = [n for n, t in enumerate(tokens) if t.tag == "VERB"]
    out: list[Clause] = []
    for n in verbs:
        out.append(_clause(sentence, n, lex, out))
    return _share_objects(out)


def _clause(sentence: Sentence, n: int, lex: Lexicon, earlier: list[Clause]) -> Clause:
    tokens = sentence.tokens
    lemma, after = _with_particle(tokens, n, lex)
    start, modal, negated, helper = _group(tokens, n)
    joined = _joined(tokens, start, earlier)
    joins_passive = joined is not None and joined.passive and helper == "" and tokens[n].form in ("pp", "past")
    passive = (tokens[n].form == "pp" and helper == "be") or joins_passive
    if tokens[n].form in ("pp", "past") and helper == "" and joined is None and _reduced(tokens, n, start):
        passive = True
    subject, word = _subject(sentence, start, n, modal)
    if joined is not None and (word == "" or subject is None):
        subject, word = joined.subject, joined.subject_word
        modal = modal or joined.modal
    objects, pronoun, end = _objects(sentence, after, lex)
    agent = None
    if not objects and not pronoun and subject is not None and not passive:
        objects = _gap(sentence, subject)
    gap = bool(objects) and objects[0].end <= start
    if passive:
        gap = False
        agent = _agent(sentence, n)
        shared = joined is not None and joined.passive and subject in (None, joined.subject)
        objects, pronoun = (
            joined.objects if joined is not None and shared else ((subject,) if subject is not None else ()),
            (word if word in _PRONOUNS else ""),
        )
        subject, word = agent, ""
    wish = joined.wish if joined is not None else _wished(tokens, start, modal)
    return Clause(
        sentence=sentence,
        verb=n,
        lemma=lemma,
        subject=subject,
        subject_word=word,
        objects=objects,
        pronoun=pronoun,
        passive=passive,
        agent=agent,
        modal=modal,
        negated=negated,
        past=_past(tokens, n, start, subject is not None or word != "") and not passive and modal == "",
        conditional=not gap and _conditional(tokens, start),
        wish=wish,
        start=start,
        end=max(end, after),
    )


def _past(tokens: list[Token], n: int, start: int, has_subject: bool) -> bool:
    """A finite past tense: with a subject, and not a participle that describes ("once billed", "updated hourly")."""
    if tokens[n].form != "past" or not has_subject:
        return False
    return not (start and tokens[start - 1].low in (",", ";", ":", "once", "when", "if", "until", "("))


def _with_particle(tokens: list[Token], n: int, lex: Lexicon) -> tuple[str, int]:
    """The verb's lemma with its particle, and the index after it: "hand in", "tick it off"."""
    lemma = tokens[n].lemma
    known = lex.particles.get(lemma, frozenset())
    if n + 1 < len(tokens) and tokens[n + 1].low in known:
        return f"{lemma} {tokens[n + 1].low}", n + 2
    if n + 2 < len(tokens) and tokens[n + 1].low in ("it", "them") and tokens[n + 2].low in known:
        return f"{lemma} {tokens[n + 2].low}", n + 1
    return lemma, n + 1


def _group(tokens: list[Token], n: int) -> tuple[int, str, bool, str]:
    """Start of the verb group, its modal, whether it is negated, and the nearest auxiliary's lemma."""
    k = n - 1
    modal = helper = ""
    negated = False
    while k >= 0 and (tokens[k].tag in ("AUX", "MODAL", "NEG", "ADV", "TO") or tokens[k].low == "able"):
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


def _joined(tokens: list[Token], start: int, earlier: list[Clause]) -> Clause | None:
    """The clause that this one is coordinated with: only "and", "or" or a comma stands before its verb group."""
    if not earlier or start == 0:
        return None
    k = start - 1
    if tokens[k].low not in ("and", "or", ",", "/", "then", "&"):
        return None
    while k > 0 and tokens[k - 1].low in ("and", "or", ",", "then", "&"):
        k -= 1
    form = tokens[start].form if tokens[start].tag == "VERB" else ""
    for last in reversed(earlier[-3:]):
        same = not form or tokens[last.verb].form == form or {tokens[last.verb].form, form} <= {"pp", "past"}
        if same and last.end <= start and k - last.verb < 25:
            return last
    return None


def _reduced(tokens: list[Token], n: int, start: int) -> bool:
    """A participle with no helper that describes: "photo uploaded by the patient", "exported to Banner"."""
    following = tokens[n + 1] if n + 1 < len(tokens) else None
    if start == 0:
        return True
    return following is None or following.tag in ("PREP", "TO", "ADV", "MARK") or following.low in ("by", "to")


def _subject(sentence: Sentence, start: int, n: int, modal: str) -> tuple[Phrase | None, str]:
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
        return _subject(sentence, _group(tokens, k)[0], k, "")
    if token.low == "," and k > 1:
        opened = _appositive(sentence, k)
        if opened is not None:
            return opened, ""
        return None, ""
    if token.tag == "PRON":
        if token.low in ("who", "which", "whom"):
            return (next((p for p in reversed(sentence.phrases) if p.end <= k), None), "")
        return None, token.low
    if token.low == "that" and token.tag in ("SUB", "DET"):
        return (next((p for p in reversed(sentence.phrases) if p.end == k), None), "")
    if token.tag == "NOUN" or (token.tag == "DET" and token.low in ("this", "that")):
        phrase = sentence.phrase_at(k)
        return (_head_of_chain(sentence, phrase) if phrase is not None else None), ""
    return None, ""


def _appositive(sentence: Sentence, comma: int) -> Phrase | None:
    """ "The receptionists, perhaps 70 people, need": the phrase before the inserted one."""
    tokens = sentence.tokens
    for k in range(comma - 1, max(0, comma - 9), -1):
        if tokens[k].tag in ("VERB", "AUX", "MODAL"):
            return None
        if tokens[k].low == ",":
            return next((p for p in sentence.phrases if p.end == k), None)
    return None


def _head_of_chain(sentence: Sentence, phrase: Phrase) -> Phrase:
    """From "the website" in "Guests on the website look" back to the guests."""
    tokens = sentence.tokens
    current = phrase
    for _ in range(4):
        k = current.start - 1
        if k <= 0 or tokens[k].tag != "PREP" or tokens[k].low in ("by",):
            break
        before = next((p for p in sentence.phrases if p.end == k), None)
        if before is None:
            break
        current = before
    return current


def _objects(sentence: Sentence, after: int, lex: Lexicon) -> tuple[tuple[Phrase, ...], str, int]:
    tokens = sentence.tokens
    k = after
    while k < len(tokens) and tokens[k].tag in ("ADV", "NEG") and not _starts_phrase(sentence, k):
        k += 1
    if k + 1 < len(tokens) and tokens[k].low in ("at", "up") and tokens[k + 1].low in ("least", "most", "to"):
        least = next((p for p in sentence.phrases if p.start in (k + 1, k + 2)), None)
        k = least.start if least is not None else k
    if k < len(tokens) and tokens[k].low in _PRONOUNS and sentence.phrase_at(k) is None:
        return (), tokens[k].low, k + 1
    if k < len(tokens) and tokens[k].low in ("where", "how", "what", "which", "when", "whether"):
        k += 1
        while k < len(tokens) and tokens[k].tag == "ADJ":
            k += 1
    if k < len(tokens) and tokens[k].low in ("us", "him", "her", "me", "you", "everyone", "anyone"):
        k += 1
    phrase = next((p for p in sentence.phrases if p.start == k), None)
    if phrase is None and k + 1 < len(tokens) and tokens[k].tag in ("PREP", "TO") and tokens[k].low in _OBJECT_PREPS:
        inner = next((p for p in sentence.phrases if p.start == k + 1), None)
        if tokens[k].low == "to" and tokens[after - 1].lemma in _RECIPIENT:
            return (), "", k
        if inner is not None and tokens[inner.head].kind == "word" and inner.head_word not in lex.groups["abstract"]:
            return (inner,), "", inner.end
        return (), "", k
    if phrase is None:
        return (), "", k
    found = [phrase]
    end = phrase.end
    while True:
        nxt = end
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


def _gap(sentence: Sentence, subject: Phrase) -> tuple[Phrase, ...]:
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


def _agent(sentence: Sentence, n: int) -> Phrase | None:
    tokens = sentence.tokens
    for k in range(n + 1, min(len(tokens), n + 8)):
        if tokens[k].low == "by":
            return next((p for p in sentence.phrases if p.start == k + 1), None)
        if tokens[k].low in (",", ";", "and", "but") or tokens[k].tag in ("VERB", "MODAL"):
            return None
    return None


def _conditional(tokens: list[Token], start: int) -> bool:
    """Whether the clause stands under if, when, until and the like."""
    for k in range(start - 1, max(-1, start - 10), -1):
        if tokens[k].low in (
            "if",
            "when",
            "while",
            "until",
            "unless",
            "because",
            "since",
            "although",
            "once",
            "whether",
        ):
            return True
        if tokens[k].low in (",", ";", ":", "and") or tokens[k].tag in ("MODAL",):
            return False
    return False


def _wished(tokens: list[Token], start: int, modal: str) -> bool:
    if modal != "to":
        return False
    return any(t.tag == "VERB" and t.lemma in _WILL for t in tokens[max(0, start - 8) : start])


def _share_objects(found: list[Clause]) -> list[Clause]:
    out: list[Clause] = []
    for n, clause in enumerate(found):
        if not clause.objects and not clause.pronoun and not clause.passive:
            donor = _donor(found, n)
            if donor is not None and _ends_in_and(found, n):
                clause = replace(clause, objects=donor.objects, pronoun=donor.pronoun, end=max(clause.end, donor.end))
        out.append(clause)
    return out


def _donor(found: list[Clause], n: int) -> Clause | None:
    """The next verb of the same list that has an object."""
    for k in range(n + 1, len(found)):
        between = found[k].sentence.tokens[found[k - 1].verb + 1 : found[k].verb]
        if not between or not all(t.low in (",", "and", "or", "/", "&") or t.tag == "ADV" for t in between):
            return None
        if found[k].objects or found[k].pronoun:
            return found[k]
    return None


def _ends_in_and(found: list[Clause], n: int) -> bool:
    """Whether the list of verbs that begins at `n` has its "and": "book, move and cancel", not "hand in, grade,
    give".
    """
    tokens = found[n].sentence.tokens
    for k in range(n + 1, len(found)):
        between = [t.low for t in tokens[found[k - 1].verb + 1 : found[k].verb]]
        if {"and", "or", "/", "&"} & set(between):
            return True
        if "," not in between:
            return False
    return False
