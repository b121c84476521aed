"""Turns of speech: each compiles, says what it is, is used, and finds its words in bounded time."""

import re
from pathlib import Path

import pytest

from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.turns import TURNS, turn

ROWS = Catalogue().table(TURNS)
SOURCE = Path(__file__).parents[2] / "src" / "archsmith"


@pytest.mark.parametrize("ident", ROWS)
def test_compiles_and_no_part_is_left_open(ident: str) -> None:
    assert ROWS[ident].what
    assert not re.search(r"\{[a-z_]+\}", turn(ident).pattern)


def test_every_row_is_used() -> None:
    """By the code, under its name, or by another row."""
    code = "\n".join(path.read_text() for path in SOURCE.rglob("*.py"))
    patterns = " ".join(row.pattern for row in ROWS.values())
    assert [ident for ident in ROWS if f'"{ident}"' not in code and f"{{{ident}}}" not in patterns] == []


@pytest.mark.parametrize(
    ("ident", "says", "silent"),
    [
        ("while_part_is_down", "Orders are taken even if the CRM is down", "The CRM takes orders"),
        ("pushed", "Bids appear in real time", "No live chat"),
        ("shares", "A teacher shares a folder with colleagues", "A share of the profit goes to hosts"),
        ("second_factor", "Staff sign in with 2FA", "Two factors matter: price and time"),
        ("lost_region", "It must survive the loss of a region", "Three regions of Germany are served"),
        ("no_second_region", "We do not need a second region", "A second region stands by"),
        ("until_a_time", "can cancel until 18:00 the evening before", "wait until it rains"),
        ("paid_on_line", "Members pay by card", "Members pay attention"),
    ],
)
def test_what_it_finds(ident: str, says: str, silent: str) -> None:
    assert turn(ident).search(says)
    assert not turn(ident).search(silent)
