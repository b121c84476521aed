"""The knowledge behind contracts: problem types, example values, container images."""

from http import HTTPStatus

import pytest

from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.containers import IMAGES, RULES, RUNTIMES, STARTS, Containers
from archsmith.knowledge.problems import PROBLEMS, by_status
from archsmith.knowledge.samples import SAMPLES, Samples
from archsmith.knowledge.technologies import TECHNOLOGIES
from archsmith.model.domain import AttributeType

CATALOGUE = Catalogue()


def test_each_status_has_one_name_and_a_general_type() -> None:
    for status, types in by_status(CATALOGUE).items():
        assert HTTPStatus(status)
        assert len({t.name for t in types}) == 1
        assert types[0].description
        assert all(t.title and t.detail for t in types)


def test_problem_types_are_unique() -> None:
    rows = CATALOGUE.table(PROBLEMS).values()
    assert len({r.title for r in rows}) == len(rows)
    assert {r.when for r in rows} <= {"", "state", "key", "unique"}


@pytest.mark.parametrize("kind", [k for k in AttributeType if k not in ("uuid", "json", "state")])
def test_each_type_has_a_sample(kind: AttributeType) -> None:
    assert kind in Samples(CATALOGUE).of(kind, "whatever", "thing").kinds


def test_the_longest_word_counts() -> None:
    samples = Samples(CATALOGUE)
    assert samples.of(AttributeType.TEXT, "ip_address", "click").id == "ip_address"
    assert samples.of(AttributeType.TEXT, "home_address", "member").id == "street"
    assert samples.of(AttributeType.TEXT, "name", "club_member").id == "person_entity"
    assert samples.of(AttributeType.TEXT, "name", "nothing").id == "name"


def test_samples_name_no_real_host() -> None:
    for row in CATALOGUE.table(SAMPLES).values():
        for value in row.values:
            assert "@" not in value or value.endswith("@example.com")
            assert "://" not in value or ".example.com/" in value
        assert row.values or row.high > row.low or set(row.kinds) <= {"date", "timestamp"}


def test_every_language_and_framework_can_be_packed() -> None:
    technologies = CATALOGUE.table(TECHNOLOGIES).values()
    assert {t.id for t in technologies if t.category == "language"} == set(CATALOGUE.table(RUNTIMES))
    assert {t.id for t in technologies if t.category == "framework"} == set(CATALOGUE.table(STARTS))


def test_images_are_of_known_technologies_and_pinned() -> None:
    known = set(CATALOGUE.table(TECHNOLOGIES))
    for row in CATALOGUE.table(IMAGES).values():
        assert {row.id, *row.stands_for} <= known
        assert ":" in row.image
        assert not row.image.endswith(":latest")
        assert all(part.isdigit() for part in row.user.split(":"))
        assert not any("password" in value.lower() and "{" not in value for value in row.environment.values())


def test_rules_have_reasons() -> None:
    assert all(r.reason and r.source for r in CATALOGUE.table(RULES).values())
    assert Containers(CATALOGUE).rule("user") > 10_000
