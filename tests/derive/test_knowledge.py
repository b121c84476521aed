"""The data of this stage, cross-checked: every name that a row uses exists, every figure has its reason."""

from collections import Counter

import pytest

from archsmith.derive.attributes import parse_attribute
from archsmith.derive.lore import Lore
from archsmith.derive.words import phrase
from archsmith.kernel.provenance import Assumed
from archsmith.knowledge.archetypes import CUES, Archetype, Audience, archetype
from archsmith.knowledge.catalogue import Catalogue, Sourced
from archsmith.knowledge.defaults import ATTRIBUTE_WORDS, DEFAULTS, ENTITY_WORDS, VERBS
from archsmith.model.domain import AttributeType, DataClass

CATALOGUE = Catalogue()
KINDS = list(CATALOGUE.table(CUES))
WHY = Assumed(reason="test", source="test")
ACTORS_WITHOUT_RECORD = {
    "system",
    "staff",
    "volunteer",
    "listener",
    "visitor",
    "sales rep",
    "client",
    "engineer",
    "source",
    "publisher",
    "vehicle",
    "user",
}


ASKED_FOR = (
    "shop marketplace ticketing booking chat social_feed video payments lending insurance health_records telehealth iot"
    " fleet food_delivery ride_hailing saas crm helpdesk lms cms url_shortener file_sharing game analytics ml_serving"
    " government hr jobs advertising subscription_billing"
)


def test_every_kind_that_the_issue_lists_is_there() -> None:
    assert set(ASKED_FOR.split()) <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_archetype_hangs_together(kind: str) -> None:
    row: Archetype = archetype(CATALOGUE, kind)
    names = {e.name for e in row.entities}
    assert any(e.core for e in row.entities), "nothing is essential"
    assert any(o.core for o in row.operations)
    for sketch in row.entities:
        assert sketch.name == phrase(sketch.name), f"{sketch.name} is not in the singular"
        attributes = [parse_attribute(spec, WHY) for spec in sketch.attributes]
        assert len({a.name for a in attributes}) == len(attributes)
        assert not sketch.data_class or DataClass(sketch.data_class)
        assert len(set(sketch.states)) == len(sketch.states) != 1
        assert not sketch.part_of or sketch.part_of in names
        for relation in sketch.relations:
            assert relation.rstrip("?") in names | {"user"}, f"{sketch.name} -> {relation}"
    aliases = Counter(word for e in row.entities for word in e.words)
    assert not [word for word, n in aliases.items() if n > 1], "one word for two entities"
    for operation in row.operations:
        known = next((e for e in row.entities if operation.object in e.words), None)
        assert known is not None, f"{operation.verb} {operation.object}"
        assert not operation.to_state or operation.to_state in known.states, f"{operation.verb} -> {operation.to_state}"
        assert 0 <= operation.share <= 1
        for touched in operation.touches:
            assert touched in names
        actors = names | {a for e in row.entities for a in e.words} | ACTORS_WITHOUT_RECORD
        assert operation.actor in actors, operation.actor
    for event in row.events:
        assert event.name.partition(".")[0].replace("_", " ") in names
        assert event.operation
    for name in ("requests_per_visit", "reads_per_command", "peak_factor", "visits_per_user_day"):
        assert _sound(row.ratios[name]), name


def _sound(figure: Sourced) -> bool:
    inside = figure.low is not None and figure.high is not None and figure.low <= figure.value <= figure.high
    return inside and bool(figure.source) and len(figure.reason) > 20


def test_cues_give_kinds_apart() -> None:
    cues = CATALOGUE.table(CUES)
    for row in cues.values():
        assert all(0 < weight <= 5 for weight in row.cues.values())
        own = [cue for cue, weight in row.cues.items() if weight >= 4]
        assert len(own) >= 3, f"{row.id} has too few strong cues"
        for cue in row.cues:
            assert cue == cue.lower()
    strong = Counter(cue for row in cues.values() for cue, weight in row.cues.items() if weight == 5)
    assert not [cue for cue, n in strong.items() if n > 1]


def test_defaults_have_reason_and_range() -> None:
    for row in CATALOGUE.table(DEFAULTS).values():
        assert row.low is not None and row.high is not None and row.low <= row.value <= row.high, row.id
        assert row.source and len(row.reason) > 15, row.id
    for name in (
        "peak_factor",
        "visits_per_user_day",
        "requests_per_visit",
        "reads_per_command",
        "users",
        "availability",
        "latency_p95",
        "rpo",
        "rto",
        "outage_floor",
    ):
        for audience in Audience:
            assert Lore(CATALOGUE).default(name, audience).id == f"{name}.{audience}"


def test_entity_words_are_unique_and_parse() -> None:
    rows = CATALOGUE.table(ENTITY_WORDS).values()
    words = Counter(phrase(word) for row in rows for word in row.words)
    assert not [word for word, n in words.items() if n > 1]
    for row in rows:
        for spec in row.attributes:
            parse_attribute(spec, WHY)
        assert not row.data_class or DataClass(row.data_class)
    for entry in CATALOGUE.table(ATTRIBUTE_WORDS).values():
        assert AttributeType(entry.type)
        assert not entry.data_class or DataClass(entry.data_class)


def test_a_verb_has_one_meaning() -> None:
    verbs = Counter(verb for row in CATALOGUE.table(VERBS).values() for verb in row.verbs)
    assert not [verb for verb, n in verbs.items() if n > 1]
