"""What could be had in place of the chosen design: the Pareto front as a table and a plot."""

from archsmith.model.front import FrontPoint
from archsmith.render import show
from archsmith.render.diagrams import tradeoffs as plot
from archsmith.render.markdown import clause, fence, join, listed, table, text
from archsmith.render.prose import capital
from archsmith.render.view import View


def tradeoffs(view: View) -> str:
    """The designs that trade one goal for another, the chosen one among them; nothing where none does."""
    points = view.design.decisions.front
    if not points:
        return ""
    drawn = "" if view.small else fence("mermaid", plot.mermaid(points, view.design.requirements.title))
    return join(
        [
            "### What else could be had",
            "Each of these keeps every rule of the brief, and none is beaten by another one in every column. "
            "The chosen one costs least with people, building and outages counted.",
            drawn,
            table(
                ("Plot", "Design", "Bill a month", "All counted", "Availability", "Work a month", "A request", "By"),
                [_row(letter, p) for letter, p in plot.lettered(points)],
                right=(2, 3, 4, 5, 6),
            ),
            "The time of a request is its mean in services and store at the peak, by M/M/c, to compare these designs "
            "with; the percentiles of the chosen one are in section 7.",
        ]
    )


def _row(letter: str, p: FrontPoint) -> tuple[str, ...]:
    name = f"**{capital(p.name)}**" if p.chosen else capital(p.name)
    wins = f", {listed(map(clause, p.wins))}" if p.wins and p.wins[0] != p.name else ""
    return (
        letter,
        f"{name}{wins}",
        show.money(p.infrastructure),
        show.money(p.ownership),
        show.nines(p.availability),
        show.hours(p.ops_hours),
        show.duration(p.response),
        listed(text(d) for d in p.differs) if p.differs else "",
    )
