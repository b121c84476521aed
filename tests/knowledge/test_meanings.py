"""What attributes say: the longest word decides, and no attribute is left with its bare name."""

import pytest

from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.meanings import Meanings
from archsmith.model.domain import AttributeType

MEANINGS = Meanings(Catalogue())


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        (AttributeType.TEXT, "name", "What the desk is called"),
        (AttributeType.TEXT, "file_name", "The file name of the desk"),
        (AttributeType.TIMESTAMP, "starts_at", "When the desk begins"),
        (AttributeType.TIMESTAMP, "picked_up_at", "When the desk was picked up"),
        (AttributeType.MONEY, "total_price", "What the desk costs, in its currency"),
        (AttributeType.MONEY, "deposit", "The deposit of the desk, in its currency"),
        (AttributeType.BOOLEAN, "wheelchair_friendly", "Whether the desk is wheelchair friendly"),
        (AttributeType.INTEGER, "duration_seconds", "The duration of the desk, in seconds"),
    ],
)
def test_words_decide(kind: AttributeType, name: str, said: str) -> None:
    assert MEANINGS.of(kind, name, "desk") == said


@pytest.mark.parametrize("kind", list(AttributeType))
def test_every_type_says_something(kind: AttributeType) -> None:
    said = MEANINGS.of(kind, "zzz", "desk")
    assert "{" not in said
    assert said != "Zzz"
