"""Clauses of a sentence: who does what to what, in which mood; coordination and passive voice resolved."""

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from archsmith.elicit.arguments import PRONOUNS, agent_after, gap_object, objects_after, subject_of, verb_group
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.reading import Sentence
from archsmith.elicit.words import Token, low_at

_WILL: Final = frozenset("want need like wish expect ask allow let enable help require".split())


class Clause(Struct, frozen=True, kw_only=True):
    """`verb`: token index; `lemma` with its particle. `subject` and `objects` are phrases; `pronoun` stands for an
    object. `bygone`: a passive of the past.

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
    bygone: bool
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
    start, modal, negated, helper = verb_group(tokens, n)
    joined = _joined(tokens, start, earlier)
    joins_passive = joined is not None and joined.passive and helper == "" and tokens[n].form in ("pp", "past")
    if joins_passive and joined is not None and verb_group(tokens, joined.verb)[3] != "be":
        joins_passive = _reduced(tokens, n, start)
    passive = (tokens[n].form == "pp" and helper == "be") or joins_passive
    told = sentence.block.kind == "paragraph" and _tells_past(tokens, n, start)
    if tokens[n].form in ("pp", "past") and helper == "" and joined is None and not told and _reduced(tokens, n, start):
        passive = True
    subject, word = subject_of(sentence, start, n, modal)
    if joined is not None and (word == "" or subject is None):
        subject, word = joined.subject, joined.subject_word
        modal = modal or joined.modal
    objects, pronoun, end = objects_after(sentence, after, lex)
    agent = None
    if not objects and not pronoun and subject is not None and not passive:
        objects = gap_object(sentence, subject)
    gap = bool(objects) and objects[0].end <= start
    negated = negated or _denied(tokens, start, modal, subject, word, joined, earlier)
    if passive:
        gap = False
        agent = agent_after(sentence, n, lex)
        shared = joined is not None and joined.passive and subject in (None, joined.subject)
        objects, pronoun = (
            joined.objects if joined is not None and shared else ((subject,) if subject is not None else ()),
            (word if word in PRONOUNS else ""),
        )
        subject, word = agent, word if word in ("they", "he", "she", "whoever", "it") and agent is None else ""
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
        past=(
            joined is not None
            and (joined.passive or joined.past)
            and not passive
            and helper == ""
            and tokens[n].form in ("pp", "past")
        )
        or (_past(tokens, n, start, subject is not None or word != "") and not passive and modal == ""),
        bygone=passive and (_was(tokens, start, n, modal) or (joins_passive and joined is not None and joined.bygone)),
        conditional=not gap and _conditional(tokens, start),
        wish=wish,
        start=start,
        end=max(end, after),
    )


_WANTING: Final = frozenset("want need like wish intend plan tell allow expect ask have go permit let".split())


def _denied(
    tokens: list[Token],
    start: int,
    modal: str,
    subject: Phrase | None,
    word: str,
    joined: Clause | None,
    earlier: list[Clause],
) -> bool:
    """A negation that stands elsewhere: "nobody may", "no customer sees", "do not want to see", "must not X or Y"."""
    if word in ("nobody", "none", "nothing") or (
        subject is not None and tokens[subject.start].low in ("no", "neither")
    ):
        return True
    if joined is not None and any(t.low in ("only", "but") for t in tokens[joined.end : start + 2]):
        return False
    if joined is not None:
        return (joined.negated and tokens[start - 1].low in ("or", "nor", ",")) or (
            joined.negated and modal == joined.modal
        )
    governor = earlier[-1] if earlier else None
    return (
        modal == "to"
        and governor is not None
        and governor.negated
        and governor.lemma in _WANTING
        and not any(t.low in (",", ";", "but") for t in tokens[governor.verb : start])
    )


def _was(tokens: list[Token], start: int, n: int, modal: str) -> bool:
    """ "Was replaced", "were told": the passive voice of the past."""
    return modal == "" and any(t.low in ("was", "were", "been", "got") for t in tokens[start:n])


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
        return following is None or following.tag != "MARK"
    if tokens[start - 1].low in _ELLIPTIC or _wanted_done(tokens, start):
        return True
    return following is None or following.tag in ("PREP", "TO", "ADV") or following.low in ("by", "to")


def _wanted_done(tokens: list[Token], start: int) -> bool:
    """ "The bank wants the statements printed": what somebody wants done to a thing."""
    k = start - 1
    while k > 0 and tokens[k].tag in ("NOUN", "ADJ", "DET", "POSS", "NUM"):
        k -= 1
    return k < start - 1 and tokens[k].tag == "VERB" and tokens[k].lemma in ("want", "need", "like")


_ELLIPTIC: Final = frozenset("if unless once when until while".split())
"""Words that need no verb of being behind them: "links live forever unless expired"."""


def _tells_past(tokens: list[Token], n: int, start: int) -> bool:
    """Whether a past form behind a noun is the finite verb of its part of the sentence: "the page answered slowly"."""
    if start == 0 or tokens[start - 1].tag != "NOUN" or low_at(tokens, n + 1) == "by":
        return False
    first = last = n
    while first > max(0, n - _REACH) and tokens[first - 1].low not in _PARTS:
        first -= 1
    while last < min(len(tokens), n + _REACH) and tokens[last].low not in _PARTS:
        last += 1
    return not any(
        t.tag in ("AUX", "MODAL") or (t.tag == "VERB" and t.form in ("base", "s"))
        for k, t in enumerate(tokens[first:last], first)
        if k != n
    )


_REACH: Final = 40
_PARTS: Final = frozenset(", ; : ( ) . and but".split())


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
            if donor is not None and donor.lemma not in ("have", "be", "get") and _ends_in_and(found, n):
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
