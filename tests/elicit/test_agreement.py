"""Verb or noun where number decides: inside a compound only the last noun may be plural."""

import pytest
from tests.elicit.reading import deeds, reading


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("The new hire signs documents electronically", "signs", "VERB"),
        ("Repair shops upload estimates and invoices", "upload", "VERB"),
        ("Repair shops upload estimates and invoices", "Repair", "NOUN"),
        ("Holds expire after 8 minutes", "expire", "VERB"),
        ("Student lists come from the office.", "lists", "NOUN"),
        ("Uploads lessons, orders them in chapters", "Uploads", "VERB"),
        ("Stock lives in the warehouse software.", "lives", "VERB"),
        ("Order goods from suppliers", "Order", "VERB"),
        ("Book visits for animals", "Book", "VERB"),
        ("The claims handler checks receipts", "claims", "NOUN"),
        ("A member books slots and courts", "books", "VERB"),
        ("The last visit is shown anew", "anew", "ADV"),
    ],
)
def test_tags(text: str, word: str, tag: str) -> None:
    tokens = [t for s in reading(text).sentences for t in s.tokens]
    assert next(t.tag for t in tokens if t.text == word) == tag


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("- Repair shops upload estimates", ("repair shop", "upload", "estimate")),
        ("- A new hire signs documents electronically", ("new hire", "sign", "document")),
    ],
)
def test_deeds(text: str, deed: tuple[str, str, str]) -> None:
    assert any((v, o) == deed[1:] for _, v, o in deeds(text))
