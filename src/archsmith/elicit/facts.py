"""Facts of a brief that laws depend on: what data it holds, of whom, where, and what is paid how."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from archsmith.elicit.operators import mentioned_aside
from archsmith.elicit.places import LANGUAGES, Place
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.stance import negated_at
from archsmith.kernel.provenance import Fact, Stated
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class FactRow(Value, frozen=True, kw_only=True):
    """Words that show a fact. `operator`: they show it only where they can name who runs or uses the service."""

    id: str
    words: str
    operator: bool = False


FACTS: Final = Table("facts", FactRow)
_BY_LAW: Final = frozenset({"eu", "uk", "us", "india", "brazil", "country_de"})
"""Places that a brief names by their laws and their money, unless it says that they do not apply."""
_PAYING: Final = frozenset(
    "pay paid pays paying payment payments charge charged donate checkout one-off invoice deposit advance buy"
    " buys bought"
    " buying purchase purchases order debited".split()
)
_OTHER_WAYS: Final = frozenset(
    "cash paypal ideal bancontact giropay sofort swish vipps mobilepay twint blik multibanco klarna sepa upi pix boleto"
    " m-pesa mpesa mobile_money netbanking cheque cheques check eps przelewy24 oxxo alipay wechat interac".split()
)
"""Ways to pay beside which a card is one, too."""
_HOSTED: Final = frozenset("hosting host hosted server region data_centre datacenter".split())
_GENERIC: Final = frozenset({"personal", "consumer", "large"})
_PLACES: Final = frozenset(
    "eu uk us ch other eu_weak us_weak unknown_place india brazil canada australia south_africa kenya nigeria"
    " illinois california texas".split()
)
_COUNTRIES: Final = {
    "ca": "canada",
    "br": "brazil",
    "in": "india",
    "au": "australia",
    "za": "south_africa",
    "ke": "kenya",
    "ng": "nigeria",
}


class Facts(Struct):
    """Facts by name, each with the words that show it."""

    held: dict[str, Stated] = field(default_factory=dict)

    def add(self, name: str, why: Stated) -> None:
        """Notes a fact; the first words that show it are kept."""
        self.held.setdefault(name, why)

    def why(self, names: str) -> Stated | None:
        """The words behind the most telling fact of "a+b+not c", or None where one of them does not hold."""
        told: list[tuple[int, Stated]] = []
        for name in names.split("+"):
            if name.startswith("not "):
                if name[4:] in self.held:
                    return None
                continue
            why = self.held.get(name)
            if why is None:
                return None
            told.append((_weight(name), why))
        return min(told, key=lambda row: row[0])[1] if told else None


def _weight(name: str) -> int:
    """How little a fact tells: what is done before where, and where before that there are people at all."""
    if name in _GENERIC:
        return 2
    return 1 if name in _PLACES or name.startswith("country_") else 0


def find_facts(reading: Reading, places: list[Place], languages: list[Fact[str]], catalogue: Catalogue) -> Facts:
    """The facts of a brief."""
    facts = Facts()
    rows = catalogue.table(FACTS).values()
    words = {r.id: frozenset(w.replace("_", " ") for w in r.words.split()) for r in rows}
    _singles(reading, words, frozenset(r.id for r in rows if r.operator), facts)
    _where(places, languages, reading, facts)
    _payments(reading, words, facts)
    if "animal" in facts.held:
        facts.held.pop("health", None)
    if "us" not in facts.held and "eu" not in facts.held and "uk" not in facts.held and "other" not in facts.held:
        why = facts.held.get("personal")
        if why is not None:
            facts.add("unknown_place", why)
    return facts


def _singles(reading: Reading, words: Mapping[str, frozenset[str]], operators: frozenset[str], facts: Facts) -> None:
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
            if name in operators and not _operates(sentence, group):
                continue
            if name not in _BY_LAW or not {"not", "no", "without"} & sentence.words:
                facts.add(name, sentence.stated())


def _operates(sentence: Sentence, group: frozenset[str]) -> bool:
    """Whether one of the words names an organisation that can be who runs or uses the service."""
    low = [t.low for t in sentence.tokens]
    for n, token in enumerate(sentence.tokens):
        for length in (3, 2, 1):
            named = " ".join(low[n : n + length]) in group or (length == 1 and token.lemma in group)
            if named and not mentioned_aside(sentence, n, n + length):
                return True
    return False


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
        if row.country and isinstance(language.why, Stated):
            facts.add(f"country_{row.country}", language.why)
        if row.bloc == "eu" and isinstance(language.why, Stated) and not {"us", "uk", "other"} & facts.held.keys():
            facts.add("eu", language.why)
    for sentence in reading.sentences:
        for quantity in sentence.quantities:
            why = sentence.at(quantity.start, quantity.end)
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
    return not _PAYING.isdisjoint(sentence.words) or not _OTHER_WAYS.isdisjoint(sentence.words)


def _ruled_out(sentence: Sentence, n: int) -> bool:
    return negated_at(sentence, n, n + 1)
