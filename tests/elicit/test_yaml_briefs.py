"""Briefs that people write in YAML with keys of their own, beside the published requirements.yaml."""

import pytest
from tests.elicit.reading import CATALOGUE

from archsmith.elicit import elicit
from archsmith.elicit.keyed import split_unit
from archsmith.elicit.yaml_form import is_requirements
from archsmith.kernel.units import Count, Probability, Seconds
from archsmith.model.brief import Brief, BriefForm
from archsmith.model.requirements import NumberRole, Requirements

NESTED = """---
# brief v2
name: Harbour desk
summary: "Boats ask for berths by phone and nobody knows who is where."
users:
  skippers: 4000
  harbour_staff: 12
load:
  bookings_per_day: 300
features:
  must:
    - skipper books a berth
    - "skipper pays the fee by card"
  wont: [fuel sales, insurance]
entities:
  - name: Berth
    attributes: [length, depth, price]
quality:
  availability: 99.9%
  latency_p95_ms: 300
  rpo_minutes: 15
  rto_hours: 4
constraints:
  budget_eur_per_month: 800
  team_size: 3
  deadline: 4 months
  tech:
    must: [PostgreSQL]
    avoid: [Kubernetes, MongoDB]
notes: |
  The harbour master wants to see
  which berths are free.
"""
STORIES = """project: Lunch club
stories:
  - As a member I want to order a lunch so that I eat at noon.
  - as: cook
    want: see the orders of the day
forbidden:
  - Oracle
  - Kafka
numbers:
  - 1_200 members
  - 450 orders per day
  - must answer within 800 ms
"""
FLAT = """system: ticket desk for a zoo
visitors per day: 2500
tickets: "sold online and at the gate, paid by card"
data: stays in the EU
no: [blockchain, native app]
team: 2
"""


def read(text: str) -> Requirements:
    return elicit(Brief(name="brief.yaml", text=text, form=BriefForm.STRUCTURED), CATALOGUE)


def test_nested_maps_give_numbers_with_their_units_and_roles() -> None:
    needs = read(NESTED).needs
    assert needs.availability is not None
    assert needs.availability.value == Probability(0.999)
    assert needs.latency_p95 is not None
    assert needs.latency_p95.value == Seconds(0.3)
    assert needs.rpo is not None
    assert needs.rpo.value == Seconds(900)
    assert needs.rto is not None
    assert needs.rto.value == Seconds(14_400)
    assert needs.budget is not None
    assert needs.budget.value == pytest.approx(880, rel=0.2)
    assert needs.team is not None
    assert needs.team.value == Count(3)
    load = [(n.what, n.value, n.unit) for n in read(NESTED).numbers if n.role is NumberRole.LOAD]
    assert load == [("bookings", 300, "per day")]


def test_keys_are_headings_and_lists_are_read_as_lists() -> None:
    req = read(NESTED)
    assert req.title == "Harbour desk"
    assert {("skipper", "book", "berth"), ("skipper", "pay", "fee")} <= {
        (o.actor, o.verb, o.object) for o in req.operations
    }
    assert [e.what for e in req.excluded] == ["fuel sales", "insurance"]
    assert [w.name for w in req.must_use] == ["PostgreSQL"]
    assert [w.name for w in req.must_not_use] == ["Kubernetes", "MongoDB"]
    assert "berth" in {m.name for m in req.mentions}


def test_stories_and_sentences_in_lists() -> None:
    req = read(STORIES)
    assert ("member", "order", "lunch") in {(o.actor, o.verb, o.object) for o in req.operations}
    assert [w.name for w in req.must_not_use] == ["Oracle Database", "Kafka"]
    assert {1200.0, 450.0, 800.0} <= {n.value for n in req.numbers}
    assert not req.findings


def test_flat_keys_with_phrases() -> None:
    req = read(FLAT)
    assert (2500.0, "per day") in {(n.value, n.unit) for n in req.numbers}
    assert [f.value for f in req.needs.regions] == ["eu"]
    assert {"native app"} == {e.what.lower() for e in req.excluded}
    assert "blockchain" in {w.name.lower() for w in req.must_not_use}
    assert req.needs.team is not None
    assert req.needs.team.value == Count(2)


@pytest.mark.parametrize("text", [NESTED, STORIES, FLAT])
def test_every_quote_stands_in_the_file(text: str) -> None:
    req = read(text)
    spans = [n.why.at for n in req.numbers] + [r.why.at for r in req.requirements]  # type: ignore[union-attr]
    assert spans
    assert all(span.quote in text for span in spans)


@pytest.mark.parametrize(
    ("key", "kept", "unit"),
    [
        ("orders_per_day", "orders", "per day"),
        ("latency_p95_ms", "latency_p95", "ms"),
        ("budget_eur_per_month", "budget", "EUR per month"),
        ("peak_rps", "peak", "requests per second"),
        ("storage_gb", "storage", "GB"),
        ("team", "team", ""),
        ("days", "days", ""),
    ],
)
def test_units_at_the_end_of_a_key(key: str, kept: str, unit: str) -> None:
    length, found = split_unit(key)
    assert (key[:length], found) == (kept, unit)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("schema: archsmith/requirements/1\ntitle: x\n", True),
        ("title: x\nneeds:\n  teem: 3\n", True),
        ("must_use: [PostgreSQL]\n", True),
        ("title: x\nsummary: y\n", True),
        ("title: x\nrequirements:\n  - users book rooms\n", False),
        ("project: x\nusers: 300\n", False),
        ("just words\n", False),
    ],
)
def test_our_own_file_is_told_from_a_brief(text: str, ours: bool) -> None:
    assert is_requirements(text, "b.yaml") is ours


@pytest.mark.parametrize("text", ["a: [1, 2", "- - - x\n", "a:\n\tb: 1\n", "&a *a", "{" * 500, "key: " + "x" * 9000])
def test_what_is_no_yaml_is_read_as_text(text: str) -> None:
    assert isinstance(read(text), Requirements)
