"""Figures under "Corrections", in an edit, a postscript or a later mail, and what each of them replaces."""

import re
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.conflicts.book import TURNED, Book, Replacement, comparable, content, moved, repeats
from archsmith.elicit.numbers import Found
from archsmith.elicit.quantity import Quantity
from archsmith.elicit.reading import Sentence

_REFERENCE: Final = re.compile(
    r"\b(?:[A-Z]{1,4}-?\d{1,3}|(?:paragraph|section|clause|point|item|§) ?\d{1,2}(?:\.\d{1,2})*"
    r"|\d{1,2}\.\d{1,2}(?=[,: ]))"
)
_RIGHT: Final = re.compile(
    r"\b(?:the )?(?P<name>[\w.]+)(?: [A-Z\d])? (?:is (?:right|correct|the right one|binding|valid)|prevails"
    r"|holds|wins|counts|applies)\b",
    re.I,
)
_SAYS: Final = re.compile(r"(?P<name>[\w.]+(?: [A-Z\d])?) (?:says|say|states|has|gives|mentions|reads)\s*$", re.I)
_EXCEPT: Final = re.compile(r"\b(?:except (?:on|for|that|in)|apart from|has to be|have to be|must rather)\b", re.I)
"""In a later mail: one figure of an earlier one is taken back."""
_NUMBERED: Final = frozenset(
    "question paragraph section item point annex page clause no no. nr number story ticket".split()
)


def corrected(sentence: Sentence, book: Book, struck: frozenset[str] = frozenset()) -> Iterator[Replacement]:
    """What a figure under "Corrections" replaces: the one that it repeats beside a new one, or the nearest by words.

    `struck`: kinds of figures that the sentence denies in words, which say enough.
    """
    own = book.by_sentence.get(sentence.number, [])
    marked = book.corrects(sentence)
    if not marked and book.ages.single:
        return
    repeated = {n: book.told(sentence, book.found[n].context.quantity) for n in own} if marked else {}
    fresh = [n for n in own if repeated.get(n) is None]
    for n, where in repeated.items():
        if where is None:
            continue
        mine = book.found[n]
        new = next((k for k in fresh if book.found[k].context.quantity.unit == mine.context.quantity.unit), None)
        turned = sentence.number - where.number == 1 and TURNED.match(sentence.text)
        new = _next(sentence, mine, book) if new is None and not turned else new
        if new is not None:
            yield Replacement(n, new, sentence, where=where)
        for m in book.by_sentence.get(where.number, []):
            if repeats(mine, book.found[m]):
                yield Replacement(m, n if new is None else new, sentence)
    if len(fresh) == len(own):
        places = [" ".join(m.group().split()).rpartition(" ")[2] for m in _REFERENCE.finditer(sentence.text)]
        for q in sentence.quantities:
            said = q.kind in struck or _names(sentence, q)
            nearest = None if said else _nearest(sentence, q, book, places, marked)
            if nearest is not None:
                new = next((k for k in own if book.found[k].context.quantity is q), None)
                added = None if new is not None else moved(book, nearest, sentence, q)
                yield Replacement(nearest, new, sentence, added)


def _next(sentence: Sentence, old: Found, book: Book) -> int | None:
    """ "It said 20 seconds. This has been relaxed to 30 seconds.": the figure of the next sentence."""
    for n in book.by_sentence.get(sentence.number + 1, []):
        f = book.found[n]
        if f.context.sentence.block is sentence.block and comparable(f.context.quantity, old.context.quantity):
            return n
    return None


def _names(sentence: Sentence, q: Quantity) -> bool:
    """Whether a number names a place of a text: "question 14", "paragraph 2.2"."""
    return q.core > 0 and sentence.tokens[q.core - 1].low in _NUMBERED


def _nearest(sentence: Sentence, q: Quantity, book: Book, places: list[str], marked: bool) -> int | None:
    """The earlier figure that shares most with the correcting sentence: its place by name, its noun, its words."""
    best: tuple[int, int] | None = None
    mine, nouns = content(sentence), _nouns(sentence)
    earlier = [
        n for n in book.by_kind.get((q.kind, q.unit), []) if book.found[n].context.sentence.number < sentence.number
    ]
    rows = [n for n in earlier if comparable(q, book.found[n].context.quantity)]
    bound = bool({"limit", "maximum", "most", "max"} & sentence.words)
    for n in rows:
        f = book.found[n]
        other = f.context.sentence
        if not marked and not book.ages.older_than(other, sentence):
            continue
        named = _stands_at(other, places)
        score = len(mine & content(other)) + 4 * named
        score += bound and f.context.quantity.hedge in ("up to", "at most")
        score += 2 * (sentence.number - other.number == 1)
        turned = sentence.number - other.number == 1 and TURNED.match(sentence.text) is not None and _bare(sentence, q)
        score += 3 * turned
        head = f.context.attached.noun.rpartition(" ")[2]
        if q.kind == "count" and not named and not turned and (not head or head not in nouns):
            continue
        if not marked and q.kind == "count":
            continue
        if score < 3 and not (_EXCEPT.search(sentence.text) and len(rows) == 1):
            continue
        if best is None or score > best[0]:
            best = (score, n)
    if best is None and marked and q.kind in ("size", "time", "money", "percent"):
        alike = [n for n in rows if mine & content(book.found[n].context.sentence)]
        return alike[0] if len(alike) == 1 else None
    return best[1] if best is not None else None


def _bare(sentence: Sentence, q: Quantity) -> bool:
    """Whether a number stands without a noun, as in "No, sorry, so six"."""
    return q.end >= len(sentence.tokens) or sentence.tokens[q.end].tag == "MARK"


def _nouns(sentence: Sentence) -> frozenset[str]:
    return frozenset(t.lemma or t.low for t in sentence.tokens if t.tag == "NOUN")


def _stands_at(sentence: Sentence, places: list[str]) -> bool:
    """Whether the block, its row or a heading begins with one of the names ("US-06", "4.2")."""
    if not places:
        return False
    piece = sentence.block.piece
    at = piece.at[0] if piece.at else 0
    text = piece.source.text
    line = text[text.rfind("\n", 0, at) + 1 : at + 1]
    titles = [line, piece.text[:20], sentence.block.row, *sentence.block.headings]
    return any(re.search(rf"(?<![\w.]){re.escape(p)}(?![\w]|\.\d)", t) for p in places for t in titles)


def judged(sentence: Sentence, book: Book) -> Iterator[Replacement]:
    """ "4.3 says 3 years and Annex C says 5 years. The Annex is right.": the figure of the other source falls."""
    own, found = book.by_sentence.get(sentence.number, []), book.found
    named = {n: m["name"].lower() for n in own for m in [_SAYS.search(_before(found[n]))] if m}
    if len(named) != 2:
        return
    for other in book.reading.sentences[sentence.number : sentence.number + 4]:
        hit = _RIGHT.search(other.text)
        right = [n for n, name in named.items() if hit and name.split()[0] == hit["name"].lower()]
        if len(right) == 1:
            old = next(n for n in named if n not in right)
            yield Replacement(old, right[0], sentence)
            where = book.told(sentence, found[old].context.quantity)
            for m in book.by_sentence.get(where.number, []) if where is not None else []:
                if repeats(found[old], found[m]):
                    yield Replacement(m, right[0], sentence)
            return


def _before(f: Found) -> str:
    sentence = f.context.sentence
    start = sentence.tokens[f.context.quantity.start].start
    return sentence.block.piece.text[sentence.start : start]


_EMPTY: Final = frozenset("year month figure please number per not any all day have make get see".split())
