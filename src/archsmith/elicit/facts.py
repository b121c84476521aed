"""Facts of a brief that laws depend on: what data it holds, of whom, where, and what is paid how."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from archsmith.elicit.lexicon import WordClass
from archsmith.elicit.names import NameIndex
from archsmith.elicit.places import LANGUAGES, Place
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.stance import negated_at
from archsmith.kernel.provenance import Fact, Stated
from archsmith.knowledge.catalogue import Catalogue, Table

FACTS: Final = Table("facts", WordClass)
_BY_LAW: Final = frozenset({"eu", "uk", "us", "india", "brazil", "country_de"})
"""Places that a brief names by their laws and their money, unless it says that they do not apply."""
_HOSTED: Final = frozenset("hosting host hosted server region data_centre datacenter".split())
_COUNTRIES: Final = {
    "ca": "canada",
    "br": "brazil",
    "in": "india",
    "au": "australia",
    "za": "south_africa",
    "ke": "kenya",
    "ng": "nigeria",
}


@dataclass(slots=True)
class Facts:
    """Facts by name, each with the words that show it."""

    held: dict[str, Stated] = field(default_factory=dict)

    def add(self, name: str, why: Stated) -> None:
        """Notes a fact; the first words that show it are kept."""
        self.held.setdefault(name, why)

    def why(self, names: str) -> Stated | None:
        """The words behind all facts of "a+b+not c", or None where one of them does not hold."""
        first: Stated | None = None
        for name in names.split("+"):
            if name.startswith("not "):
                if name[4:] in self.held:
                    return None
                continue
            why = self.held.get(name)
            if why is None:
                return None
            first = first or why
        return first


def find_facts(reading: Reading, places: list[Place], languages: list[Fact[str]], catalogue: Catalogue) -> Facts:
    """The facts of a brief."""
    facts = Facts()
    words = {r.id: frozenset(w.replace("_", " ") for w in r.words.split()) for r in catalogue.table(FACTS).values()}
    index: NameIndex[str] = NameIndex()
    for name, group in words.items():
        for word in sorted(group):
            index.add(word.replace(" ", "_"), name)
    _singles(reading, words, facts)
    _where(places, languages, reading, facts)
    _payments(reading, words, facts)
    if "animal" in facts.held:
        facts.held.pop("health", None)
    if "us" not in facts.held and "eu" not in facts.held and "uk" not in facts.held and "other" not in facts.held:
        why = facts.held.get("personal")
        if why is not None:
            facts.add("unknown_place", why)
    return facts


def _singles(reading: Reading, words: Mapping[str, frozenset[str]], facts: Facts) -> None:
    """Facts that a word or a run of up to three words shows."""
    for sentence in reading.sentences:
        if sentence.scope.excluded:
            continue
        low = [t.low for t in sentence.tokens]
        grams = {*low, *(t.lemma for t in sentence.tokens)}
        grams.update(" ".join(low[n : n + 2]) for n in range(len(low) - 1))
        grams.update(" ".join(low[n : n + 3]) for n in range(len(low) - 2))
        for name, group in words.items():
            if name in facts.held or name in ("card_words", "online_payment") or group.isdisjoint(grams):
                continue
            if name not in _BY_LAW or not {"not", "no", "without"} & sentence.words:
                facts.add(name, sentence.stated())


def _where(places: list[Place], languages: list[Fact[str]], reading: Reading, facts: Facts) -> None:
    rows = {r.id: r for r in reading.catalogue.table(LANGUAGES).values()}
    hosts = [s.span() for s in reading.sentences if _HOSTED & s.words]
    for place in places:
        if place.bloc == "other" and any(h.line <= place.why.at.line <= h.end_line for h in hosts[:50]):
            continue
        if place.bloc in ("eu", "uk", "us", "ch") and (place.strong or place.bloc in ("eu", "uk")):
            facts.add(place.bloc, place.why)
        elif place.bloc == "other":
            facts.add("other", place.why)
        if place.country in _COUNTRIES and place.strong:
            facts.add(_COUNTRIES[place.country], place.why)
        if place.country and (place.strong or place.bloc in ("eu", "uk")):
            facts.add(f"country_{place.country}", place.why)
    for language in languages:
        row = rows[language.value]
        if row.bloc == "eu" and isinstance(language.why, Stated) and not {"us", "uk", "other"} & facts.held.keys():
            facts.add("eu", language.why)
    for sentence in reading.sentences:
        for quantity in sentence.quantities:
            why = sentence.at(quantity.core, quantity.end)
            if quantity.unit == "EUR" and not {"us", "uk", "other"} & facts.held.keys():
                facts.add("eu_weak", why)
                if facts.held.get("community") is None:
                    facts.add("eu", why)
            if quantity.unit == "USD" and not {"eu", "uk", "us", "ch", "other"} & facts.held.keys():
                facts.add("us_weak", why)
            if quantity.unit == "GBP" and "uk" not in facts.held:
                facts.add("uk", why)


def _payments(reading: Reading, words: Mapping[str, frozenset[str]], facts: Facts) -> None:
    """Cards are taken where a card is named as a way to pay and not ruled out; a provider alone is weaker."""
    for sentence in reading.sentences:
        if sentence.scope.excluded:
            continue
        low = [t.low for t in sentence.tokens]
        for n, word in enumerate(low):
            pair = " ".join(low[n : n + 2])
            card = word in ("card", "cards") and _pays(sentence, n)
            if (card or pair in words["card_words"] or word in words["card_words"]) and not _ruled_out(sentence, n):
                facts.add("cards", sentence.stated())
            if (word in words["online_payment"] or pair in words["online_payment"]) and not _ruled_out(sentence, n):
                facts.add("online_payment", sentence.stated())


def _pays(sentence: Sentence, n: int) -> bool:
    """Whether a card is one to pay with: not an insurance card, a gift card, a business card, a SIM card."""
    tokens = sentence.tokens
    before = tokens[n - 1].low if n else ""
    if tokens[n - 1].tag == "NOUN" and n and before not in ("credit", "debit", "bank", "payment"):
        return False
    if before in ("credit", "debit", "bank"):
        return True
    return bool(
        {
            "pay",
            "paid",
            "pays",
            "payment",
            "payments",
            "charge",
            "charged",
            "donate",
            "checkout",
            "one-off",
            "cash",
            "paypal",
            "invoice",
            "deposit",
            "advance",
        }
        & sentence.words
    )


def _ruled_out(sentence: Sentence, n: int) -> bool:
    return negated_at(sentence, n, n + 1)
