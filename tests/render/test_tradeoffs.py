"""The front as a table and as a plot that Mermaid draws, with the same letters in both."""

import re

import msgspec
import pytest
from tests.render.sample import sample_design
from tests.render.test_hostile import EVIL

from archsmith.kernel.units import HoursPerMonth, Probability, Seconds, UsdPerMonth
from archsmith.model.design import Design
from archsmith.model.front import FrontPoint
from archsmith.render import render
from archsmith.render.diagrams.tradeoffs import mermaid, text


def point(name: str, bill: float, up: float, chosen: bool = False, differs: tuple[str, ...] = ()) -> FrontPoint:
    return FrontPoint(
        name=name,
        chosen=chosen,
        wins=() if chosen else (name,),
        infrastructure=UsdPerMonth(bill),
        ownership=UsdPerMonth(bill + 1000),
        availability=Probability(up),
        ops_hours=HoursPerMonth(7.3),
        response=Seconds(0.0214),
        differs=differs,
    )


POINTS = (
    point("smallest bill", 54.0, 0.9912, differs=("one zone",)),
    point("as designed", 87.0, 0.9993, chosen=True),
    point("least time away", 445.0, 0.99965, differs=("Amazon Aurora PostgreSQL", "nginx")),
)


def designed(points: tuple[FrontPoint, ...]) -> Design:
    design = sample_design()
    return msgspec.structs.replace(design, decisions=msgspec.structs.replace(design.decisions, front=points))


def test_places_are_within_the_plot_and_in_the_order_of_the_figures() -> None:
    drawn = mermaid(POINTS, "Shop")
    places = [(float(x), float(y)) for x, y in re.findall(r"\[([\d.]+), ([\d.]+)\]", drawn)]
    assert len(places) == len(POINTS)
    assert all(0 < v < 1 for place in places for v in place)
    assert places == sorted(places)
    assert '"B chosen"' in drawn
    same = (point("a", 10.0, 0.99, chosen=True), point("b", 10.0, 0.99))
    assert mermaid(same, "Shop").count("[0.50, 0.50]") == 2


def test_the_text_shows_every_letter_once_in_the_grid() -> None:
    grid = [line for line in text(POINTS, "Shop").splitlines() if line.startswith("│")]
    assert "".join(sorted(c for line in grid for c in line if c.isalpha())) == "ABC"
    assert any("B*" in line for line in grid)


@pytest.mark.parametrize("title", ["Shop", EVIL, "a: [0.1, 0.2]"])
def test_mermaid_draws_it(title: str) -> None:
    mermaidx = pytest.importorskip("mermaidx", reason="mermaidx is not installed: Mermaid files are not checked")
    drawn = mermaidx.render(mermaid(POINTS, title)).svg()
    assert "chosen" in drawn
    assert "<script" not in drawn


def test_document_and_diagrams_show_the_front_where_there_is_one() -> None:
    files = {str(a.path): a.content.decode() for a in render(designed(POINTS))}
    document = files["architecture.md"]
    assert "What else could be had" in document
    for shown in ("Smallest bill", "$54", "99.12%", "one zone", "21.4 ms", "7.3 h"):
        assert shown in document, shown
    assert "quadrantChart" in files["diagrams/tradeoffs.mmd"]
    without = {str(a.path): a.content.decode() for a in render(designed(()))}
    assert "What else could be had" not in without["architecture.md"]
    assert "diagrams/tradeoffs.mmd" not in without
