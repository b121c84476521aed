"""What the brief names and does not want, now or ever: by heading, or by the words of a sentence."""

import re
from typing import Final

from archsmith.elicit.excluded_items import items
from archsmith.elicit.members import members
from archsmith.elicit.names import NameIndex
from archsmith.elicit.outside import ruled_out
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.technologies import TechName
from archsmith.elicit.words import Token
from archsmith.kernel.provenance import Stated
from archsmith.model.requirements import Excluded, Priority

_OUT: Final = re.compile(
    r"\b(?:out of (?:the question|scope)|not (?:in|part of) (?:the |this |our )?(?:scope|first|project|version"
    r"|release|mvp|phase)\b"
    r"|(?:is|are|stays?|remains?) (?:an)?other (?:team|department|project|group)(?:'s|s')?"
    r"|(?:is|are) (?:another|a different|someone else's|somebody else's) (?:team|department|project|company"
    r"|supplier)?(?:'s|’s)?"
    r"|forget (?:this|that|it|about)|do(?:es)? not (?:need|want|include)|don[’']t (?:need|want|include|build)"
    r"|doesn[’']t need"
    r"|not (?:now|yet|needed|required|wanted|planned|necessary)\b|next (?:year|phase|version|release)|(?:in"
    r"|for) (?:phase|version|release|v) ?(?:2|3|two|three)\b"
    r"|(?:stays?|remains?|kept) (?:with|at) (?:our|the|its|their) [^,.;]{0,40}(?:vendor|provider|supplier|partner"
    r"|agency|system)"
    r"|(?:we|it|there) (?:will|shall|do|does) not (?:build|offer|support|have|provide|include|cover|do)\b|(?:we"
    r"|it) won[’']t (?:build|offer|support|have|provide|include|do)\b"
    r"|can wait|some ?day|one day|let[’']s not|will not be (?:built|part)|won[’']t (?:be|do|build|need)"
    r"|handled elsewhere|not our (?:job|concern|problem)"
    r"|we (?:will )?skip|leave (?:it |this |that )?out|off the table|no plans? (?:for|to)|later\.?$|maybe later"
    r"|not before)",
    re.I,
)
_LEGEND: Final = re.compile(
    r"\b(?P<letter>[A-Z])\s*(?:=|:|–|-|means)\s*(?:excluded|out of scope|not (?:in|part|required|needed|wanted)"
    r"|won't)\b"
)
_MARKED: Final = re.compile(r"(?:[A-Z]{1,5}-?\d{1,4}\S*\s+)?\((?P<letter>[A-Z])\)\s+")
"""A letter that marks what is left out: "M = mandatory, X = excluded"."""
_HEADER: Final = re.compile(r"\W*(?:from|to|cc|date|sent|subject)\b\s*:|[^.?!]{3,40} \d{1,2}:\d\d\W*$", re.I)
_WISH: Final = re.compile(r"\b(?:would be (?:nice|great|good)|nice to have)\b", re.I)
_HOLDS: Final = frozenset("contain show hold keep store have include carry name reveal mention take accept see".split())
"""After these, "no X" is a rule for what a thing may have in it."""
_NO: Final = frozenset({"no"})
_STOP: Final = frozenset(
    "problem matter idea longer more way time need access connection internet one interruption loss limit public_cloud"
    " cloud exception doubt change"
    " name ip public_ip screen keyboard difference reason rush hurry account downtime data later duplicate error"
    " mistake discussion excuse compromise"
    " surprise question drama nonsense".split()
)
_DESCRIBES: Final = frozenset("is are was were has have had with we're i'm it's there's they're".split())
_LEADS: Final = frozenset({",", ";", "and", "or", "but", "please", "also", ":", ".", "("})
_TARGETS: Final = frozenset(
    "first version release phase mvp now start beginning v1 launch year app application store native".split()
)


def find_exclusions(reading: Reading, technical: NameIndex[TechName] | None = None) -> list[Excluded]:
    """The exclusions in reading order, each once. Forbidden technologies are not exclusions but wishes."""
    out: dict[str, Excluded] = {}
    previous: Sentence | None = None
    legend = _LEGEND.search(reading.source.text)
    letter = legend["letter"] if legend else ""
    for sentence in reading.sentences:
        mark = _MARKED.match(sentence.text) if letter else None
        if mark and mark["letter"] == letter:
            for name in members(re.sub(r"\([^()]*\)", "", sentence.text[mark.end() :]), 7):
                out.setdefault(name.lower(), Excluded(what=name, why=sentence.stated()))
        for what, why in _of(sentence, previous, reading, technical):
            key = what.lower()
            if what and key not in out:
                out[key] = Excluded(what=what, why=why)
        previous = previous if _HEADER.match(sentence.text) else sentence
    return list(out.values())


def _of(
    sentence: Sentence, previous: Sentence | None, reading: Reading, technical: NameIndex[TechName] | None
) -> list[tuple[str, Stated]]:
    if sentence.block.kind == "heading":
        return []
    if sentence.scope.excluded or (sentence.scope.priority is Priority.LATER and sentence.scope.heading):
        first = sentence.start == 0 or sentence.block.kind == "paragraph"
        banned = {sentence.at(a, b).at.quote.lower() for a, b, _ in technical.find(sentence)} if technical else set()
        names = items(sentence) if first else ruled_out(sentence, previous)
        return [(n, sentence.stated()) for n in names if n.lower() not in banned]
    if previous is not None and _goes_on(sentence, previous):
        return [(name, sentence.stated()) for name in items(sentence)]
    text = sentence.text
    named = ruled_out(sentence, previous)
    if named:
        return [*((name, sentence.stated()) for name in named), *_by_no(sentence, reading, technical)]
    found = _OUT.search(text)
    aside = found is not None and "(" in text[: found.start()].rpartition(")")[2]
    if found and not (aside and found.group().lower().startswith("not")):
        return _by_cue(sentence, previous, found.start(), found.end())
    return _by_no(sentence, reading, technical)


def _goes_on(sentence: Sentence, previous: Sentence) -> bool:
    """ "not: UI polish. mobile SDK.": a bare noun phrase in the same block, after a label that rules out."""
    label = previous.block is sentence.block and previous.start == 0 and previous.scope.excluded
    bare = len(sentence.phrases) == 1 and len(sentence.tokens) <= 5
    return label and bare and not any(t.tag in ("VERB", "AUX", "MODAL", "PRON") for t in sentence.tokens)


def _by_cue(sentence: Sentence, previous: Sentence | None, start: int, end: int) -> list[tuple[str, Stated]]:
    cue = sentence.text[start:end].lower()
    subject = _before(sentence, start)
    words = sentence.text[:start].lower().split()
    if cue.startswith(("don", "do ", "does")):
        wish = re.match(r"\s*(?:to|so much as|a single)\b", sentence.text[end:], re.I) is not None
        if wish or not {"we", "i", "it"} & set(words[-1:]) or {"so", "that", "if", "when"} & set(words[-3:-1]):
            return []
        if "anywhere" in sentence.words:
            return []
        subject = None
    if cue.startswith(("let", "forget", "we ", "it ", "there ", "can wait")) or subject is None:
        if cue.startswith(("don", "do ", "does", "no plan", "we ", "it ", "there ")):
            following = next(
                (p for p in sentence.phrases if sentence.tokens[p.start].start - sentence.start >= end), None
            )
            return (
                [(name, sentence.stated()) for name in _coordinated(sentence, following)]
                if following is not None and _fits(following)
                else []
            )
        earlier = _pronoun_target(sentence, previous, start)
        return [(name, sentence.stated()) for name in earlier]
    if cue in ("next year", "later", "later.", "one day", "some day") and not _future(sentence):
        return []
    names = _coordinated(sentence, subject)
    return [(name, sentence.stated()) for name in names]


def _future(sentence: Sentence) -> bool:
    """ "Gift cards come next year", "Machine learning later": a fragment or a verb of coming, not a figure or a
    duty.
    """
    if sentence.quantities or {"must", "expect", "grow", "type", "until", "or", "up"} & sentence.words:
        return False
    verbs = [t.lemma for t in sentence.tokens if t.tag == "VERB"]
    return not verbs or any(v in ("come", "follow", "add", "plan", "wait", "want") for v in verbs)


def _before(sentence: Sentence, offset: int) -> Phrase | None:
    """The first noun phrase of the clause before the cue."""
    at = sentence.start + offset
    first = 0
    for n, t in enumerate(sentence.tokens):
        if t.start >= at:
            break
        if t.low in (";", "(") or (t.low == "," and (_clause_follows(sentence, n) or _alone(sentence, n, at))):
            first = n + 1
    for p in sentence.phrases:
        if p.start >= first and sentence.tokens[p.start].start < at and _fits(p):
            return p
    return None


def _alone(sentence: Sentence, comma: int, at: int) -> bool:
    """Whether between a comma and the cue stands just one noun phrase: "..., Mombasa maybe next year"."""
    inner = [t for t in sentence.tokens[comma + 1 :] if t.start < at]
    phrases = [p for p in sentence.phrases if p.start > comma and sentence.tokens[p.start].start < at]
    return len(phrases) == 1 and len(inner) <= 5 and not any(t.low == "," for t in inner)


def _clause_follows(sentence: Sentence, comma: int) -> bool:
    return any(t.tag in ("AUX", "MODAL", "VERB") for t in sentence.tokens[comma + 1 : comma + 6])


def _fits(phrase: Phrase) -> bool:
    return phrase.head_word not in (
        "answer",
        "question",
        "thing",
        "everything",
        "part",
        "rest",
        "day",
        "team",
        "job",
        "that",
        "none",
    )


def _coordinated(sentence: Sentence, first: Phrase) -> list[str]:
    """The phrase and those joined to it: "Restaurant tables and spa"."""
    names = [_full(sentence, first)]
    end = first.end
    while end + 1 < len(sentence.tokens) and sentence.tokens[end].low in ("and", "or", ",", "/"):
        more = next((p for p in sentence.phrases if p.start == end + 1), None)
        if more is None:
            break
        names.append(_full(sentence, more))
        end = more.end
    return names


def _full(sentence: Sentence, phrase: Phrase) -> str:
    """The words of the phrase as written, without articles, with an "of" phrase behind it."""
    tokens = sentence.tokens
    start = phrase.start
    while start < phrase.head and tokens[start].tag in ("DET", "POSS", "NUM"):
        start += 1
    end = phrase.end
    if end < len(tokens) and tokens[end].low in ("of", "for") and any(p.start == end + 1 for p in sentence.phrases):
        end = next(p.end for p in sentence.phrases if p.start == end + 1)
    return " ".join(t.low for t in tokens[start:end])


def _pronoun_target(sentence: Sentence, previous: Sentence | None, offset: int) -> list[str]:
    """ "... Let's not start with them.": what the sentence before spoke of."""
    own = _before(sentence, offset)
    if own is not None:
        return _coordinated(sentence, own)
    first = sentence.tokens[0].low
    back = {"out", "it", "this", "that", "they", "these", "those", "both", "let's", "forget", "we", "can"}
    if previous is None or previous.block is not sentence.block or first not in back or previous.text.endswith("?"):
        return []
    subjects = [p for p in previous.phrases if _fits(p)]
    if not subjects:
        return []
    best = subjects[0]
    return _coordinated(previous, best)


def _by_no(sentence: Sentence, reading: Reading, technical: NameIndex[TechName] | None) -> list[tuple[str, Stated]]:
    """ "No payments in the first version", "no native app": a thing denied, and not a limit or a technology."""
    tokens = sentence.tokens
    out: list[tuple[str, Stated]] = []
    if any(t.low in _NO and n > 1 and tokens[n - 1].lemma in _HOLDS for n, t in enumerate(tokens)):
        return out
    banned = [(a, b) for a, b, _ in technical.find(sentence)] if technical is not None else []
    for n, token in enumerate(tokens):
        after_verb = n > 1 and tokens[n - 1].tag in ("VERB", "AUX") and not _there_will_be(sentence, n)
        if token.low not in _NO or after_verb:
            continue
        phrase = next((p for p in sentence.phrases if p.start == n), None)
        if phrase is None or any(a < phrase.end and b > phrase.start for a, b in banned):
            continue
        end = phrase.end
        if end < len(tokens) and tokens[end].low == "of":
            end = next((p.end for p in sentence.phrases if p.start == end + 1), end)
        words = set(phrase.name.split()) | {phrase.head_word, phrase.name.replace(" ", "_")}
        if words & _STOP or any(t.tag in ("MODAL",) for t in tokens[phrase.end : phrase.end + 2]):
            continue
        tail = {t.low for t in tokens[phrase.end : phrase.end + 6]}
        lead = n == 0 or _there_will_be(sentence, n) or (tokens[n - 1].low in _LEADS and _starts(tokens, n, tail, out))
        deed = (
            phrase.head_word.endswith("ing") and phrase.end < len(tokens) and tokens[phrase.end].tag in ("POSS", "DET")
        )
        if "anywhere" in tail or deed:
            continue
        if lead and (
            tail & _TARGETS
            or end >= len(tokens) - 2
            or words & _TARGETS
            or tokens[end].low in (",", ";", ".", "!")
            or (out and tokens[end].low in ("in", "for", "and", "or", "yet", "please"))
            or _there_will_be(sentence, n)
        ):
            out.append((_full(sentence, phrase), sentence.stated()))
    return out


def _starts(tokens: list[Token], n: int, tail: set[str], out: list[tuple[str, Stated]]) -> bool:
    """Whether a denied thing after a mark stands for itself, and does not end a description of what there is."""
    if out or tail & _TARGETS or tokens[n - 1].low in (";", ":", "please", ".", "("):
        return True
    told = {t.low for t in tokens[:n]}
    return tokens[0].low in ("no", "and", "but") or not (told & _DESCRIBES)


def _there_will_be(sentence: Sentence, n: int) -> bool:
    """ "There will be no auctions": what will not be there, and not what must not happen."""
    words = [t.low for t in sentence.tokens[max(0, n - 4) : n]]
    return words[-2:] == ["will", "be"] and "there" in words
