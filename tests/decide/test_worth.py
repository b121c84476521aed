"""What open questions are worth: measured by deciding anew under other answers."""

from msgspec.structs import replace
from tests.elicit.reading import CATALOGUE, requirements

from archsmith.decide import weigh
from archsmith.decide.worth import ANSWERS, REWORK, SAME, weighed
from archsmith.derive import derive
from archsmith.elicit.gaps import GAPS
from archsmith.elicit.vague import VAGUE
from archsmith.model.decisions import Tried
from archsmith.model.requirements import Question, Requirements

BRIEF = "Customers in Spain order meals in an app: 2,000 orders per day. Two developers build it."


def _asking(*topics: str) -> Requirements:
    questions = tuple(Question(topic=t, question=f"{t}?", used="x", worth="by rule") for t in topics)
    return replace(requirements(BRIEF), questions=questions)


def test_worth_is_the_mean_regret_and_the_rework_of_what_changes() -> None:
    tries = (
        Tried(topic="load", answer="3 times the load", changed=("zones",), month=90, regret=60),
        Tried(topic="load", answer="a third", month=-10, regret=0),
        Tried(topic="peak", answer="3 times the peak"),
    )
    out = weighed(_asking("peak", "retention", "load"), tries).questions
    assert [q.topic for q in out] == ["load", "retention", "peak"]
    assert f"measured, {(60 + REWORK) / 2:,.0f} USD a month" in out[0].worth
    assert "90 USD a month more and zones decided anew with 3 times the load" in out[0].worth
    assert out[1].worth == "by rule"
    assert "nothing changes with 3 times the peak" in out[2].worth


def test_measuring_again_does_not_repeat_itself() -> None:
    tries = (Tried(topic="load", answer="3 times the load", month=90, regret=60),)
    once = weighed(_asking("load"), tries)
    assert weighed(once, tries) == once


def test_questions_of_a_brief_are_measured_in_the_same_way_each_time() -> None:
    req = _asking("availability", "load", "retention")
    derivation = derive(req, CATALOGUE)
    out = weigh(req, derivation, CATALOGUE)
    assert out == weigh(req, derivation, CATALOGUE)
    told = {q.topic: q.worth for q in out.questions}
    assert all("measured" in told[t] for t in ("availability", "load"))
    assert "99.99% availability" in told["availability"]
    assert told["retention"] == "by rule"
    assert {q.topic for q in out.questions} == {q.topic for q in req.questions}


def test_topics_that_are_measured_are_asked_somewhere() -> None:
    known = {*CATALOGUE.table(GAPS), *(f"vague:{i}" for i in CATALOGUE.table(VAGUE))}
    assert {*ANSWERS, *SAME} <= known
    assert set(SAME.values()) <= set(ANSWERS)
