"""Countries, states and cities that the brief names, and the languages of its users."""

import functools
from typing import Final

from msgspec import Struct

from archsmith.elicit.names import NameIndex
from archsmith.elicit.reading import Reading, Sentence
from archsmith.kernel.provenance import Fact, Stated
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class PlaceRow(Value, frozen=True, kw_only=True):
    """A country with its names and adjectives; `bloc` is eu, uk, us, ch or other."""

    id: str
    bloc: str
    words: str
    people: str


class LanguageRow(Value, frozen=True, kw_only=True):
    """A language; `bloc` is where it is spoken almost only, `country` where a law asks public bodies for it."""

    id: str
    words: str
    bloc: str
    country: str = ""


PLACES: Final = Table("places", PlaceRow)
LANGUAGES: Final = Table("languages", LanguageRow)
_RESIDENT: Final = frozenset("data store stored hosted hosting residency reside kept records server servers".split())


_SUPPLIERS: Final = frozenset(
    "cloud provider supplier vendor hyperscaler competitor rival consultancy consultant agency brochure slide".split()
)
"""Whose home says nothing of those whom the system serves."""


class Place(Struct, frozen=True):
    """A place named: country, bloc, `strong` for a name (not an adjective), `negated`, and where."""

    country: str
    bloc: str
    strong: bool
    resident: bool
    why: Stated
    word: str


_LANGUAGE_NOUNS: Final = frozenset(
    "language version only texts interface speaking first later test tests lesson lessons course courses"
    " subtitle subtitles"
    " translation translations speaker speakers menu text letter letters word words dictionary edition".split()
)


@functools.lru_cache(maxsize=8)
def _index(catalogue: Catalogue) -> NameIndex[tuple[PlaceRow, bool]]:
    index: NameIndex[tuple[PlaceRow, bool]] = NameIndex()
    for row in catalogue.table(PLACES).values():
        index.add(row.words, (row, True), exact=True)
        index.add(row.people, (row, False), exact=True)
    index.sort()
    return index


def find_places(reading: Reading) -> list[Place]:
    """The places in reading order."""
    index = _index(reading.catalogue)
    out: list[Place] = []
    languages = {w for row in reading.catalogue.table(LANGUAGES).values() for w in row.words.split()}
    for sentence in reading.sentences:
        for first, last, (row, strong) in index.find(sentence):
            token = sentence.tokens[first]
            if not strong and token.text in languages and _language_use(sentence, first):
                continue
            if (
                strong
                and token.text
                in (
                    "Split",
                    "Cork",
                    "Bern",
                    "Phoenix",
                    "Florence",
                    "Virginia",
                    "Chile",
                    "Perth",
                    "Bath",
                    "Turku",
                    "Essen",
                    "Reading",
                    "Nice",
                )
                and first == 0
            ):
                continue
            if _of_supplier(sentence, first, last):
                continue
            resident = strong and bool(_RESIDENT & sentence.words) and not {"customers", "users"} & sentence.words
            out.append(Place(row.id, row.bloc, strong, resident, sentence.at(first, last), token.text))
    return out


def _of_supplier(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a place only tells where somebody else is at home: "an American cloud", "a competitor from Ohio"."""
    tokens = sentence.tokens
    after = [t.lemma for t in tokens[last : last + 3]]
    before = [t.lemma for t in tokens[max(0, first - 3) : first]]
    if tokens[first].text.endswith("n") and not _SUPPLIERS.isdisjoint(after):
        return True
    return before[-1:] in (["from"], ["in"]) and before[-2:-1] != [] and before[-2] in _SUPPLIERS


def _language_use(sentence: Sentence, n: int) -> bool:
    """Whether an adjective names a language: "pages in Dutch", "Spanish and English", "German only"."""
    tokens = sentence.tokens
    nxt = tokens[n + 1] if n + 1 < len(tokens) else None
    if nxt is None or nxt.tag in ("MARK", "CONJ", "ADV", "PREP"):
        return True
    before = tokens[n - 2].text if n > 1 and tokens[n - 1].low in ("and", "or", ",") else ""
    return nxt.low in _LANGUAGE_NOUNS or (before[:1].isupper() and before.endswith(("ish", "ese", "ch", "an", "ian")))


def find_languages(reading: Reading) -> list[Fact[str]]:
    """The languages that the users read, by code."""
    out: dict[str, Fact[str]] = {}
    words = {w: row for row in reading.catalogue.table(LANGUAGES).values() for w in row.words.split()}
    for sentence in reading.sentences:
        for n, token in enumerate(sentence.tokens):
            row = words.get(token.text)
            if row is not None and _language_use(sentence, n) and not sentence.scope.excluded:
                out.setdefault(row.id, Fact(value=row.id, why=sentence.at(n, n + 1)))
    return list(out.values())
