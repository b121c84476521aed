"""The scorer itself: each rule of the corpus README with a case on either side of it."""

import pytest
from tests.corpus.scoring import design, figures, reading
from tests.corpus.scoring.language import synonyms
from tests.corpus.scoring.tally import Row, Tally

BY_LETTER, BY_MEANING = synonyms(strict=True), synonyms(strict=False)


def number(value: float, unit: str, role: str, quote: str = "", status: str = "target") -> Row:
    return {"what": "x", "value": value, "unit": unit, "role": role, "quote": quote, "status": status}


def numbers(want: Row, *said: Row, distractors: tuple[float, ...] = ()) -> Tally:
    expected = {"numbers": [{"what": "x", "quote": "q", **want}], "distractor_numbers": distractors}
    return figures.numbers(expected, {"numbers": list(said)}, BY_LETTER)


@pytest.mark.parametrize(
    ("option", "name", "same"),
    [
        ("booking|reservation", "Reservations", True),
        ("camera", "GateCamera", True),
        ("insurance card", "card", False),
        ("gate camera", "camera gate", False),
        ("order", "orders", True),
        ("order", "border", False),
    ],
)
def test_entities_compare_in_the_singular_with_alternatives(option: str, name: str, same: bool) -> None:
    out = reading.entities(
        {"entities": {"must": [option]}}, {"entities": [{"name": name, "inferred": False}]}, BY_LETTER
    )
    assert out.found == same


def test_an_entity_that_is_out_of_scope_is_forbidden() -> None:
    got = {"entities": [{"name": "Voucher", "inferred": False}]}
    assert reading.entities({"out_of_scope": ["vouchers"]}, got, BY_LETTER).forbidden == ["Voucher: out of scope"]
    assert reading.entities({"out_of_scope": ["gift cards"]}, got, BY_LETTER).extra == ["Voucher"]


@pytest.mark.parametrize(
    ("option", "verb", "thing", "by_letter", "by_meaning"),
    [
        ("book appointment", "book", "appointment", True, True),
        ("book appointment", "reserve", "appointment", False, True),
        ("book appointment", "book", "room", False, False),
        ("book appointment", "cancel", "appointment", False, False),
        ("roll back firmware", "roll back", "firmware", True, True),
        ("roll back firmware", "revert", "firmware", False, True),
        ("donate", "donate", "money", True, True),
        ("add to basket", "add", "basket", True, True),
    ],
)
def test_an_operation_needs_verb_and_object(
    option: str, verb: str, thing: str, by_letter: bool, by_meaning: bool
) -> None:
    said = {"verb": verb, "object": thing, "actor": "user", "inferred": False}
    assert reading.acts(option, said, BY_LETTER) == by_letter
    assert reading.acts(option, said, BY_MEANING) == by_meaning


def test_a_requirement_is_found_by_its_words_and_wrong_by_its_class() -> None:
    expected = {"requirements": [{"quote": "keep the  trail six years", "class": "compliance|audit"}]}
    said = {"class": "team", "quote": "Please **keep the\ntrail six years**."}
    out = reading.requirements(expected, {"requirements": [said]}, BY_LETTER)
    assert (out.found, len(out.wrong)) == (1, 1)
    assert reading.requirements(expected, {"requirements": [{**said, "quote": "keep it"}]}, BY_LETTER).found == 0


def test_a_number_needs_value_unit_role_and_status() -> None:
    want = {"value": 40, "unit": "per day|per week", "role": "load", "quote": "40 claims"}
    assert numbers(want, number(40, "per week", "load", "40 claims")).found == 1
    for other in (number(41, "per day", "load"), number(40, "per month", "load"), number(40, "per day", "limit")):
        assert numbers(want, other).found == 0
    now = {**want, "status": "current"}
    assert numbers(now, number(40, "per day", "load", "40 claims")).found == 0
    assert numbers(now, number(40, "per day", "load", "40 claims", "current")).found == 1


def test_the_same_words_with_another_role_are_wrong_and_other_words_only_miss() -> None:
    want = {"value": 40, "unit": "users", "role": "population", "quote": "40 cooks"}
    assert len(numbers(want, number(40, "users", "limit", "about 40 cooks")).wrong) == 1
    assert numbers(want, number(40, "users", "limit", "forty shops")).wrong == []


def test_each_reported_number_serves_once_and_a_distractor_is_forbidden() -> None:
    row = {"what": "x", "value": 2, "unit": "s", "role": "latency", "quote": "2 s"}
    out = figures.numbers({"numbers": [row, row]}, {"numbers": [number(2, "s", "latency", "2 s")]}, BY_LETTER)
    assert (out.found, out.expected) == (1, 2)
    assert numbers(row, number(1998, "years", "other"), distractors=(1998,)).forbidden != []


@pytest.mark.parametrize(
    ("rule", "value", "unit", "found"),
    [
        ({"value": 100, "factor": 2, "unit": "rps"}, 51, "rps", True),
        ({"value": 100, "factor": 2, "unit": "rps"}, 201, "rps", False),
        ({"min": 1, "max": 2, "unit": "TB"}, 1500, "GB", True),
        ({"min": 1, "max": 2, "unit": "per second"}, 86_400, "per day", True),
        ({"min": 1, "max": 2, "unit": "rps"}, 1.5, "GB", False),
    ],
)
def test_capacity_is_in_range_and_of_the_same_dimension(rule: Row, value: float, unit: str, found: bool) -> None:
    out = figures.capacity(
        {"capacity": [{"what": "x", **rule}]}, {"capacity": [{"value": value, "unit": unit}]}, BY_LETTER
    )
    assert out.found == found


def test_regimes_are_required_conditional_or_wrong() -> None:
    rules = {"compliance": {"required": ["HIPAA"], "conditional": ["TCPA"], "wrong": ["GDPR"]}}
    got = {"compliance": [{"regime": "HIPAA", "status": "conditional"}, {"regime": "GDPR", "status": "conditional"}]}
    out = reading.compliance(rules, got, BY_LETTER)
    assert (out.found, out.forbidden) == (0, ["GDPR conditional"])
    assert reading.conditional(rules, got, BY_LETTER).found == 0
    said = {"compliance": [{"regime": "TCPA", "status": "conditional"}, {"regime": "GDPR", "status": "excluded"}]}
    assert reading.conditional(rules, said, BY_LETTER).found == 1
    assert reading.compliance(rules, said, BY_LETTER).wrong == []


def test_styles_and_components_that_must_not_be() -> None:
    expected = {
        "patterns": {"acceptable": ["monolith"], "unacceptable": ["microservices"]},
        "components": {"required": ["cache|queue"], "forbidden": ["kubernetes", "redis"]},
    }
    assert design.pattern(expected, {"pattern": {"name": "microservices"}}, BY_LETTER).forbidden == ["microservices"]
    assert design.pattern(expected, {"pattern": {"name": "serverless"}}, BY_LETTER).wrong == []
    got = {"components": [{"kind": "queue", "product": "Redis 8"}, {"kind": "kubernetes", "product": "k3s"}]}
    out = design.components(expected, got, BY_LETTER)
    assert out.found == 1
    assert out.forbidden == ["kubernetes: k3s", "redis: Redis 8"]


def test_questions_compare_by_shared_words() -> None:
    expected = {"open_questions": ["retention of card photos", "opt-out of texts"]}
    got = {"open_questions": [{"question": "How long are photos of a card retained?"}]}
    assert reading.questions(expected, got, BY_LETTER).missing == ["opt-out of texts"]


def test_a_correction_is_told_by_its_figures() -> None:
    expected = {"superseded": ["210,000 patients includes inactive ones"]}
    said = {"what": "patients", "quotes": ["In the slides it says 210,000"], "resolution": ""}
    assert reading.corrections(expected, {"conflicts": [said]}, BY_LETTER).found == 1
    assert reading.corrections(expected, {"conflicts": [{**said, "quotes": ["2,100 chairs"]}]}, BY_LETTER).found == 0
