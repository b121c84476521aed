"""What the brief says of how its things hang together: what has what, how many of it, and what belongs to what."""

from collections.abc import Iterator
from typing import Final

from archsmith.elicit.kept import kept_phrase
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.reading import Reading, Sentence
from archsmith.knowledge.noun_kinds import Nouns, nouns
from archsmith.model.requirements import Mention, RelationMention

_HAVE: Final = frozenset(
    "has have contains contain includes include comprises comprise holds hold owns own consists consist carries carry"
    " keeps groups".split()
)
_BELONG: Final = frozenset({"belongs", "belong"})
_RELATIVE: Final = frozenset({"that", "which", "who"})
_NOT: Final = frozenset("not never no cannot".split())
_UP_TO: Final = frozenset({"to", "or", "and"})
_LIMITS: Final = frozenset({"up to", "at most"})
_ONE: Final = frozenset({"one", "single", "1"})
_JOINTS: Final = frozenset({",", "and", "&"})
_MANY: Final = 1e6


def find_relations(reading: Reading, mentions: list[Mention]) -> list[RelationMention]:
    """The relations that sentences state between things that the brief names, in its order."""
    names, known = {m.name for m in mentions if not m.doubtful}, nouns(reading.catalogue)
    out: dict[tuple[str, str], RelationMention] = {}
    for sentence in reading.sentences:
        if sentence.scope.excluded or sentence.block.kind == "heading":
            continue
        for n, token in enumerate(sentence.tokens):
            if token.low in _HAVE or token.low in _BELONG:
                for found in _at(sentence, n, names, known):
                    out.setdefault((found.whole, found.part), found)
    return list(out.values())


def _at(sentence: Sentence, n: int, names: set[str], known: Nouns) -> Iterator[RelationMention]:
    """The relations that the verb at `n` states between the phrase before it and those behind it."""
    tokens = sentence.tokens
    begin, end = n, n + 1
    while begin and tokens[begin - 1].tag in ("ADV", "MODAL", "AUX"):
        begin -= 1
    while end < len(tokens) and (
        tokens[end].tag == "ADV" or tokens[end].low in ("of", "to", "up", "at", "least", "most")
    ):
        end += 1
    while [t.tag for t in tokens[end : end + 3 : 2]] == ["NUM", "NUM"] and tokens[end + 1].low in _UP_TO:
        end += 2  # "two to ten desks"
    if any(t.low in _NOT for t in tokens[begin : end + 1]):
        return
    subject = _subject(sentence, begin, names, known)
    first = next((p for p in sentence.phrases if p.start == end), None)
    one = _named(subject, sentence, names, known) if subject is not None else ""
    if subject is None or first is None or not one:
        return
    if tokens[n].low in _BELONG:
        whole = _named(first, sentence, names, known)
        if whole and whole != one:
            yield RelationMention(whole=whole, part=one, why=sentence.at(subject.start, first.end))
        return
    for phrase in _members(sentence, first):
        part = _named(phrase, sentence, names, known)
        if part and part != one:
            yield _relation(sentence, one, part, phrase)


def _subject(sentence: Sentence, begin: int, names: set[str], known: Nouns) -> Phrase | None:
    """What stands before the verb; for "90 places in Hesse (libraries, a bakery) that have desks", the thing that the
    relative clause is about: the nearest one that the brief keeps, past what stands in brackets."""
    tokens = sentence.tokens
    if begin == 0 or tokens[begin - 1].low not in _RELATIVE:
        return next((p for p in sentence.phrases if p.end == begin), None)
    depth, outside = 0, set[int]()
    for n in range(begin - 2, -1, -1):
        depth += (tokens[n].low == ")") - (tokens[n].low == "(")
        if not depth:
            outside.add(n)
    before = [p for p in sentence.phrases if p.end < begin and p.head in outside]
    return next((p for p in reversed(before) if _named(p, sentence, names, known)), None)


def _named(phrase: Phrase, sentence: Sentence, names: set[str], known: Nouns) -> str:
    """The thing that a phrase means: by its name, or as the one compound that ends in it (`owner` for a pet owner)."""
    name = kept_phrase(phrase, sentence, known).name
    if name in names:
        return name
    longer = [n for n in names if n.endswith(f" {name}")]
    return longer[0] if len(longer) == 1 else ""


def _relation(sentence: Sentence, whole: str, part: str, phrase: Phrase) -> RelationMention:
    """With how many there may be ("up to 40 rooms"), and whether it is just one: "one", "a single"."""
    counted = [q for q in sentence.quantities if phrase.start < q.end <= phrase.end and q.kind == "count"]
    most = next((q.value for q in counted if q.hedge in _LIMITS), None)
    one = any(q.value == 1 and q.high is None for q in counted)
    words = {t.low for t in sentence.tokens[phrase.start : phrase.head]}
    return RelationMention(
        whole=whole,
        part=part,
        most=most if most is not None and most < _MANY else None,
        single=bool(words & _ONE) or one,
        why=sentence.at(phrase.start, phrase.end),
    )


def _members(sentence: Sentence, first: Phrase) -> list[Phrase]:
    """A phrase and what is joined to it: "subscribers, templates and campaigns"."""
    out = [first]
    for phrase in sentence.phrases:
        if phrase.start >= out[-1].end:
            between = [t.low for t in sentence.tokens[out[-1].end : phrase.start]]
            if not between or not set(between) <= _JOINTS:
                break
            out.append(phrase)
    return out
