"""Components that follow from the words of a brief, and that stay away where no word asks for them."""

from functools import cache

import pytest
from msgspec.structs import replace
from tests.decide.bare import chosen
from tests.designs import CATALOGUE

from archsmith.model.brief import Brief, BriefForm
from archsmith.pipeline import Stage, State, advance, finish
from archsmith.render.component_kinds import KINDS
from archsmith.render.summary import components
from archsmith.render.view import View

BASE = """# Orchard visits

Inspectors record visits to orchards. There are 40 inspectors and 900 orchards. An inspector records 6 visits a day.
A grower looks at the visits of his orchard. Hosting may cost 300 dollars a month. Team: 2 developers.
"""
CASES = {
    "offline_sync": "An inspector records a visit even without a signal.",
    "geo_index": "An inspector wants to see the orchards around him on a map.",
    "mail_transfer_agent": "Growers get the visits by mail; sending goes through our own mail servers.",
    "notification_service": "A grower is told by text message when a visit was recorded.",
    "audit_log": "Every access to a visit shall be logged.",
    "rate_limiter": "Each partner may make 600 calls per minute, our API has a rate limit.",
    "kms": "We must hold the keys of all visits in a hardware security module.",
}


@cache
def kinds(more: str) -> frozenset[str]:
    brief = Brief(name="brief.md", text=f"{BASE}{more}\n", form=BriefForm.MARKDOWN)
    state = advance(State(brief=brief), CATALOGUE, upto=Stage.DERIVE)
    state = replace(state, decisions=chosen(state, CATALOGUE))  # no component rests on the argument for a choice
    made = advance(advance(state, CATALOGUE, after=Stage.DECIDE, upto=Stage.EVALUATE), CATALOGUE, after=Stage.DOUBT)
    return frozenset(row["kind"] for row in components(View(finish(made, "test"))))


@pytest.mark.parametrize("kind", CASES)
def test_asked_for(kind: str) -> None:
    assert kind in kinds(CASES[kind])


def test_not_asked_for() -> None:
    plain = kinds("")
    assert not plain & {"offline_sync", "mail_transfer_agent", "kms", "rate_limiter", "geo_index", "kubernetes"}
    assert {"relational_db", "backup", "idempotency", "identity_provider"} <= plain <= KINDS
