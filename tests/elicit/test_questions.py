"""Questions: raised by the words of a brief, silent where it answers them, each with the words that it hangs on."""

import pytest
from tests.elicit.reading import CATALOGUE, requirements

from archsmith.elicit.facts import FACTS
from archsmith.elicit.gaps import GAPS, QUOTE
from archsmith.elicit.questions import MOST
from archsmith.elicit.vague import VAGUE
from archsmith.model.requirements import Needs, NumberRole, Question


def asked(text: str) -> dict[str, Question]:
    return {q.topic: q for q in requirements(text).questions}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Members book courts; today they are kept in an Excel sheet.", "migration"),
        ("The old system was written in 2004 and shall be replaced.", "migration"),
        ("Guests book a table and pay a deposit by card.", "hold"),
        ("Guests book a table on our site.", "cancellation"),
        ("Customers in Spain buy shoes and pay by card.", "refunds"),
        ("Customers in Spain buy shoes and pay by card.", "payment-provider"),
        ("Managers approve the claims of their staff.", "substitute"),
        ("Sensors in the greenhouse send the humidity.", "device-identity"),
        ("An alarm is raised when the cold store gets warm.", "alarm-path"),
        ("Field workers record meter exchanges offline in the app.", "clash-of-copies"),
        ("Journal entries must land in the ledger every night.", "export-fails"),
        ("Patients book a visit with their doctor on the web.", "prove-identity"),
        ("Players win prizes by voting for the best song.", "cheating"),
        ("Quotes are sealed until the closing time of the tender.", "keys"),
        ("I am the only one who programs here, a volunteer who does it at night.", "bus-factor"),
        ("Customers get a reminder by SMS a day before.", "opt-out"),
        ("Journalists publish articles with comments by readers.", "moderation"),
        ("When the stock of a blood group falls under the minimum, donors are called.", "threshold"),
        ("Teachers run an exam with 300 students each.", "concurrency-of-events"),
        ("Trucks are shown on a map for the dispatcher.", "maps"),
        ("Users in Germany and in the United States share files.", "region-share"),
        ("Payments of rent are posted to the balance of the tenant.", "file-terms"),
    ],
)
def test_raised_by_the_words_of_the_brief(text: str, topic: str) -> None:
    found = asked(text)
    assert topic in found, sorted(found)
    question = found[topic]
    assert question.question.endswith("?")
    assert question.used
    assert question.worth
    assert all(span.quote in text for span in question.spans)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Members book courts; data of the Excel sheet is migrated before the start.", "migration"),
        ("Guests book a table and have ten minutes to pay by card.", "hold"),
        ("Guests book a table and may cancel until noon.", "cancellation"),
        ("Customers in Spain pay by card through Mollie; refunds are made by the shop.", "payment-provider"),
        ("Customers in Spain pay by card through Mollie; refunds are made by the shop.", "refunds"),
        ("Managers approve the claims; a deputy stands in for them.", "substitute"),
        ("Members see the courts on the web.", "device-identity"),
        ("Out of scope: alarms by phone.", "alarm-path"),
        ("The band plays shows; it shows who is away.", "hold"),
        ("The list shows who is away in each ward.", "concurrency-of-events"),
        ("When the stock falls under the minimum of 20 bags, donors are called.", "threshold"),
        ("Uptime must be 99.9%.", "availability"),
        ("RPO 5 minutes and RTO 1 hour.", "recovery"),
        ("Hosting may cost 500 USD per month.", "budget"),
        ("Two developers build it.", "team"),
        ("Members place 300 orders a day.", "load"),
        ("Orders are kept for 3 years and then deleted.", "retention"),
        ("Members in Berlin book courts.", "place"),
    ],
)
def test_silent_where_the_brief_answers_or_never_raises_it(text: str, topic: str) -> None:
    assert topic not in asked(text)


@pytest.mark.parametrize(
    ("text", "topic", "words"),
    [
        ("The search must be fast.", "vague:fast", "“fast” in “The search must be fast”"),
        ("Many customers will use it at once.", "vague:many", "Many customers"),
        ("The portal must be highly available.", "vague:available", "downtime a month"),
        ("Everything has to be scalable.", "vague:scalable", "“scalable”"),
        ("We need it soon.", "vague:soon", "By which date"),
        ("There will be a lot of traffic at noon.", "vague:traffic", "a lot of traffic"),
        ("Stock should be shown in near real time.", "vague:real-time", "How old"),
        ("Payments must be secure.", "vague:secure", "Against whom"),
        ("Hosting must be cheap.", "vague:cheap", "at most"),
        ("It must be easy to use.", "vague:easy", "without help"),
        ("The list should be refreshed regularly.", "vague:often", "How often"),
        ("Thousands of visitors can come in an hour.", "vague:thousands", "How many thousands"),
    ],
)
def test_a_vague_word_is_quoted_and_has_a_default_with_its_reason(text: str, topic: str, words: str) -> None:
    question = asked(text)[topic]
    assert words in question.question
    assert "(" in question.used
    assert question.spans[0].quote.rstrip(".") in question.question or len(text) > QUOTE


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The search must be fast: 200 ms.", "vague:fast"),
        ("Pages must open within 1 second for 95% of requests. The search must be fast.", "vague:fast"),
        ("The old shop was fast.", "vague:fast"),
        ("Out of scope: a fast search.", "vague:fast"),
        ("It must not be too fast.", "vague:fast"),
        ("The portal must be highly available: 99.9%.", "vague:available"),
        ("Hosting must be cheap, 100 USD per month.", "vague:cheap"),
        ("Breakfast must be served from six to ten.", "vague:fast"),
    ],
)
def test_no_question_where_a_number_or_no_wish_stands(text: str, topic: str) -> None:
    assert topic not in asked(text)


def test_an_open_contradiction_is_asked_with_both_places() -> None:
    found = asked("Availability must be 99.99%. Everything runs on a single server.")
    assert "99.99%" in found["conflict:CFL101"].question
    assert "single server" in found["conflict:CFL101"].question
    assert not any(t.startswith("conflict") for t in asked("There are 500 stores.\n\nCorrection: 300 stores."))


def test_the_order_is_that_of_the_ranks_and_the_list_is_short() -> None:
    text = "\n\n".join(
        f"{a} upload photos and pay fees by card. Alarms go out by SMS. Managers approve {a}. Rules are matching rules."
        for a in ("patients", "players", "petitions", "sensors")
    )
    questions = requirements(text).questions
    rank = {row.id: row.rank for row in CATALOGUE.table(GAPS).values()}
    order = [rank[q.topic] for q in questions if q.topic in rank]
    assert order == sorted(order, reverse=True)
    assert 10 < len(questions) <= MOST
    assert len({q.question for q in questions}) == len(questions)


def test_rows_point_only_at_what_exists() -> None:
    limits = {*Needs.__struct_fields__, *(r.value for r in NumberRole), "peak", "future"}
    known = set(CATALOGUE.table(FACTS)) | {"cards", "unknown_place", "us", "eu"}
    for row in CATALOGUE.table(GAPS).values():
        assert {*row.silent, *row.loud} <= limits, row.id
        for alternative in row.facts:
            assert {f.removeprefix("not ") for f in alternative.split("+")} <= known, row.id
        assert row.question.endswith("?")
        assert row.when or row.facts or row.silent
    for word in CATALOGUE.table(VAGUE).values():
        assert not word.need or word.need in Needs.__struct_fields__
        assert word.used
        assert word.why
