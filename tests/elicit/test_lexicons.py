"""The reader's data: every file fits its schema and points only at what exists."""

from typing import Any

import pytest
from tests.elicit.reading import CATALOGUE

from archsmith.elicit.acts import ACTS
from archsmith.elicit.adjectives import ABLE
from archsmith.elicit.classes import CLASSES
from archsmith.elicit.cues import CUES
from archsmith.elicit.deeds import DEVERBAL, NOMINALS
from archsmith.elicit.facts import FACTS
from archsmith.elicit.implied import EVENT_VERBS
from archsmith.elicit.lexicon import NOUNS, VERBS, WORDS, lexicon
from archsmith.elicit.objects import VERB_OBJECTS
from archsmith.elicit.places import LANGUAGES, PLACES
from archsmith.elicit.regimes import REGIMES
from archsmith.elicit.systems import KNOWN_SYSTEMS
from archsmith.elicit.technologies import TECH_NAMES
from archsmith.elicit.units import UNITS
from archsmith.knowledge.catalogue import Table
from archsmith.knowledge.prices import CURRENCIES
from archsmith.knowledge.technologies import TECHNOLOGIES
from archsmith.model.domain import Access

ALL: list[Table[Any]] = [
    ACTS, CUES, ABLE, DEVERBAL, EVENT_VERBS, NOMINALS, FACTS, NOUNS, VERBS, WORDS, CLASSES, LANGUAGES, PLACES,
    VERB_OBJECTS, REGIMES, KNOWN_SYSTEMS, TECH_NAMES, CURRENCIES, UNITS,
]  # fmt: skip
COMPUTED = {"eu", "eu_weak", "us_weak", "uk", "us", "ch", "other", "cards", "unknown_place"} | {
    "canada", "brazil", "india", "australia", "south_africa", "kenya", "nigeria",
} | {f"country_{place}" for place in CATALOGUE.table(PLACES)}  # fmt: skip


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_fits_its_schema(table: Table[Any]) -> None:
    assert CATALOGUE.table(table)


def test_regimes_need_only_facts_that_are_found() -> None:
    known = set(CATALOGUE.table(FACTS)) | COMPUTED
    for row in CATALOGUE.table(REGIMES).values():
        for alternative in row.needs:
            assert {n.removeprefix("not ") for n in alternative.split("+")} <= known, row.id
        assert 0 < row.confidence <= 1
        assert row.reason


def test_technologies_named_are_in_the_catalogue() -> None:
    known = set(CATALOGUE.table(TECHNOLOGIES))
    assert {row.tech for row in CATALOGUE.table(TECH_NAMES).values() if row.tech} <= known


def test_money_units_have_a_rate() -> None:
    rates = set(CATALOGUE.table(CURRENCIES))
    assert {row.unit for row in CATALOGUE.table(UNITS).values() if row.kind == "money"} <= rates


def test_verbs_have_a_known_access() -> None:
    for row in CATALOGUE.table(VERBS).values():
        assert row.access == "none" or Access(row.access)


def test_no_verb_form_has_two_lemmas_that_differ_by_mistake() -> None:
    forms = lexicon(CATALOGUE).forms
    assert forms["left"].lemma == "leave"
    assert forms["planned"].lemma == "plan"
    assert forms["bought"].lemma == "buy"
