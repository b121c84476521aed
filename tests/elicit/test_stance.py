"""What a brief wants of a technology: bans in the ways in which people say them, and names that are none."""

import pytest
from tests.elicit.reading import requirements

from archsmith.model.requirements import Stance


def stances(text: str) -> dict[str, Stance]:
    req = requirements(text)
    return {w.name: w.stance for w in (*req.must_use, *req.must_not_use, *req.technologies)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("No Kubernetes.", "Kubernetes"),
        ("We don't want Kafka.", "Kafka"),
        ("Please avoid MongoDB at all costs.", "MongoDB"),
        ("Avoid: MongoDB, Kafka.", "Kafka"),
        ("Kubernetes: no.", "Kubernetes"),
        ("Anything but Oracle.", "Oracle Database"),
        ("Kafka is overkill for us.", "Kafka"),
        ("We tried Cassandra and regretted it.", "Cassandra"),
        ("We moved away from MongoDB last year.", "MongoDB"),
        ("MongoDB was considered and rejected.", "MongoDB"),
        ("We want to get rid of Oracle.", "Oracle Database"),
        ("We refuse to use Firebase.", "Firebase"),
        ("Instead of MongoDB we want PostgreSQL.", "MongoDB"),
        ("PostgreSQL rather than MySQL.", "MySQL"),
        ("Vendor lock-in such as Firebase must be avoided.", "Firebase"),
        ("Kubernetes exists but we would rather not.", "Kubernetes"),
        ("Nobody here has run Kubernetes and we do not intend to.", "Kubernetes"),
        ("Public cloud is ruled out for production.", "Public cloud"),
        ("Use PostgreSQL, not MySQL.", "MySQL"),
        ("Neither Kafka nor RabbitMQ.", "RabbitMQ"),
    ],
)
def test_banned(text: str, name: str) -> None:
    assert stances(text)[name] is Stance.MUST_NOT_USE
    assert name.lower() not in {s.value for s in requirements(text).needs.skills}


@pytest.mark.parametrize(
    ("text", "name", "stance"),
    [
        ("Use PostgreSQL, not MySQL.", "PostgreSQL", Stance.MUST_USE),
        ("Instead of MongoDB we want PostgreSQL.", "PostgreSQL", Stance.PREFER),
        ("We use PostgreSQL today.", "PostgreSQL", Stance.EXISTING),
        ("The core (COBOL on z/OS) takes no more than 150 requests per second.", "COBOL", Stance.EXISTING),
        ("Everything runs on Azure already.", "Azure", Stance.EXISTING),
    ],
)
def test_wanted_or_there(text: str, name: str, stance: Stance) -> None:
    assert stances(text)[name] is stance


def test_what_nobody_knows_yet_is_no_ban_and_no_skill() -> None:
    req = requirements("Our team has no experience with Kubernetes. The developers know Java.")
    assert stances("Our team has no experience with Kubernetes. The developers know Java.") == {}
    assert [s.value for s in req.needs.skills] == ["java"]


@pytest.mark.parametrize(
    ("text", "banned"),
    [
        ("Cloud is by decision of the board not allowed for the data.", True),
        ("Public cloud services are excluded.", True),
        ("The cloud provider is chosen later; no data is excluded.", False),
    ],
)
def test_a_ban_of_the_cloud_means_own_machines(text: str, banned: bool) -> None:
    assert (requirements(text).needs.on_premises is not None) is banned
