"""Countries, states and cities that the brief names, and the languages of its users."""

import functools
from dataclasses import dataclass
from typing import Final

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
    """A language; `bloc` is where it is spoken almost only."""

    id: str
    words: str
    bloc: str


PLACES: Final = Table("places", PlaceRow)
LANGUAGES: Final = Table("languages", LanguageRow)
_RESIDENT: Final = frozenset("data store stored hosted hosting residency reside kept records server servers".split())


@dataclass(frozen=True, slots=True)
class Place:
    """A place named: country, bloc, `strong` for a name (not an adjective), `negated`, and where."""

    country: str
    bloc: str
    strong: bool
    resident: bool
    why: Stated
    word: str


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
                in ("Split", "Cork", "Bern", "Phoenix", "Florence", "Virginia", "Chile", "Perth", "Bath", "Turku")
                and first == 0
            ):
                continue
            resident = strong and bool(_RESIDENT & sentence.words) and not {"customers", "users"} & sentence.words
            out.append(Place(row.id, row.bloc, strong, resident, sentence.at(first, last), token.text))
    return out


def _language_use(sentence: Sentence, n: int) -> bool:
    """Whether an adjective names a language: "pages in Dutch", "Spanish and English", "German only"."""
    tokens = sentence.tokens
    nxt = tokens[n + 1] if n + 1 < len(tokens) else None
    if nxt is None or nxt.tag in ("MARK", "CONJ", "ADV", "PREP"):
        return True
    return nxt.low in ("language", "version", "only", "texts", "interface", "speaking", "first", "later")


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
