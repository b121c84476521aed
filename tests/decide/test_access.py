"""Sessions and rights: what each way costs, where one is out, and what is read of sharing."""

from typing import Any

import msgspec
import pytest
from tests.decide.shop import REQUIREMENTS, WHY, demand, ground

from archsmith.decide.dimensions.access import authorization, session
from archsmith.decide.option import Option
from archsmith.decide.signals import sharing
from archsmith.kernel.ids import RequirementId
from archsmith.model.domain import DataClass
from archsmith.model.requirements import Priority, Requirement, RequirementClass


def sessions(**change: Any) -> dict[str, Option]:
    return {o.key: o for o in session(ground(msgspec.structs.replace(demand(), **change)))}


def rights(**change: Any) -> dict[str, Option]:
    return {o.key: o for o in authorization(ground(msgspec.structs.replace(demand(), **change)))}


def test_only_what_ends_late_has_a_risk_and_it_grows_with_users_and_harm() -> None:
    rows = sessions(users=5000.0, data_class=DataClass.INTERNAL)
    assert rows["rows/own"].risk == rows["memory/own"].risk == 0
    assert 0 < rows["signed/own"].risk < sessions(users=5000.0, data_class=DataClass.HEALTH)["signed/own"].risk
    assert sessions(users=10.0)["signed/own"].risk < rows["signed/own"].risk


def test_each_identity_has_one_variant_of_each_way() -> None:
    for way in ("signed", "rows", "memory"):
        own, issued = (sessions()[f"{way}/{who}"] for who in ("own", "issued"))
        assert own.id == issued.id
        assert not set(own.needs[0]) & set(issued.needs[0])
    assert ("cache:shared",) in sessions()["memory/own"].needs


def test_guards_are_built_for_each_kind_of_owned_row_and_sharing_by_hand_loses_to_relations() -> None:
    assert rights(owned=10)["roles_and_owners"].build > rights(owned=1)["roles_and_owners"].build
    assert rights(owned=3, shared=0)["roles_and_owners"].build < rights(owned=3, shared=0)["relations"].build
    assert rights(owned=3, shared=4)["roles_and_owners"].build > rights(owned=3, shared=4)["relations"].build


def test_roles_alone_leak_what_belongs_to_somebody() -> None:
    assert rights(owned=0)["roles"].risk == 0
    assert rights(owned=3)["roles"].risk > rights(owned=3)["roles_and_owners"].risk


@pytest.mark.parametrize(
    ("words", "shared"),
    [
        ("Users share single albums with friends.", True),
        ("A teacher gives a parent access to the marks of a child.", True),
        ("Agents act on behalf of a client.", True),
        ("The share of mobile users is 60 %.", False),
        ("They share a database with the shop.", False),
        ("Members sign in with a password.", False),
    ],
)
def test_sharing_is_read_of_people_and_things(words: str, shared: bool) -> None:
    row = Requirement(
        id=RequirementId("R-009"),
        kind=RequirementClass.SECURITY,
        priority=Priority.MUST,
        statement=words,
        why=WHY,
    )
    assert bool(sharing(msgspec.structs.replace(REQUIREMENTS, requirements=(row,)))) is shared
