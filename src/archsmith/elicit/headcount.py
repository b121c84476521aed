"""How many people build it: "four developers", "3 squads of 6 engineers", "two people and a freelancer"."""

from typing import Final

from archsmith.elicit.context import Context, Said
from archsmith.elicit.referents import is_person
from archsmith.model.requirements import NumberRole as R

_LABELS: Final = frozenset("team dev devs development engineering developers people staffing crew tech".split())
_CRAFTS: Final = frozenset("tester qa ops backend frontend devops sre dba tester designer fullstack full-stack".split())
PEOPLE: Final = frozenset("people person head heads fte ftes persons folks men women".split())


def team_of(c: Context, head: str, noun: str) -> Said | None:
    """The team that a count tells, in engineers or people; None where the count is of something else."""
    q = c.quantity
    if q.per or q.each or q.value > 500:
        return None
    words = set(noun.split())
    if head in c.lex.groups["team"] or (
        words & {"developer", "engineer", "programmer"} and head not in ("tool", "laptop", "hour", "day", "portal")
    ):
        if c.attached.how == "same" or (head in _EITHER and not _builds(c)):
            return None
        if head in ("server", "time", "hour") or (c.has("platform") and c.has("sign", "register", "invite")):
            return None
        return Said(role=R.TEAM, unit="engineers", value=q.value * _squads(c) + _and_others(c))
    crafted = head not in PEOPLE and (is_person(head, c.lex) or head in _CRAFTS)
    if _labelled(c) and c.attached.how == "after" and crafted:
        return Said(role=R.TEAM, unit="engineers", value=q.value + _and_others(c))
    if head in PEOPLE and c.attached.how == "label" and q.value <= 100:
        return Said(role=R.TEAM, unit="people")
    if head in PEOPLE and c.attached.how in ("after", "label"):
        first = c.quantity.start == 0 and c.attached.how == "after"
        tokens = c.sentence.tokens
        subject = " ".join(t.low for t in tokens[c.first : q.start])
        ours = any(w in subject.split() for w in ("team", "we", "it", "us", "department", "engineering", "staff's"))
        if any(t.lemma in c.lex.groups["team"] for t in tokens[c.attached.end : c.attached.end + 6]) and q.value <= 100:
            return Said(role=R.TEAM, unit="people", value=q.value + _and_others(c))
        follows = tokens[c.attached.end].low if c.attached.end < len(tokens) else ""
        about = c.heading("team_word") or (c.anywhere("budget") and "team" in c.clause)
        tech = bool(
            set(c.clause)
            & {"backend", "frontend", "embedded", "web", "devops", "data", "mobile", "freelancer", "ops", "qa"}
        ) or (
            follows == ":"
            and any(t.low in ("backend", "frontend", "embedded", "web", "devops", "mobile", "ops") for t in tokens)
        )
        if (
            (ours and c.attached.how == "after" and q.value <= 100)
            or (first and (tech or follows == ":") and q.value <= 100)
            or (about and q.value <= 100)
        ):
            return Said(role=R.TEAM, unit="people", value=q.value + _and_others(c))
    if (
        head == "team"
        and c.attached.how == "after"
        and any(t.low in ("of",) for t in c.sentence.tokens[q.mid : q.mid + 2])
    ):
        return None
    if head == "team" and c.attached.how in ("left", "label") and q.value <= 200:
        return Said(role=R.TEAM, unit="people")
    return None


_EITHER: Final = frozenset({"contractor", "operator", "technician"})
"""Who may build the software or be of the business."""


def _builds(c: Context) -> bool:
    """Whether the words around a number speak of those who build."""
    return (
        _labelled(c)
        or c.heading("team_word")
        or c.has("build", "develop", "program", "team", "code", "maintain", "developer", "engineer", "hire", "software")
        or bool(c.lex.groups["team"].difference(_EITHER).intersection(c.clause))
        or any(x.kind == "time" and x.hedge == "for" and c.first <= x.start < c.last for x in c.sentence.quantities)
        or any(t.low in ("we", "i") for t in c.sentence.tokens[c.first : c.quantity.start])
    )


def of_us(c: Context) -> Said | None:
    """ "People: 2 of us, half time" are the team; "nine of us in the office" use it."""
    team = _labelled(c) or c.heading("team_word") or c.has("build", "code", "program", "develop", "developers")
    if not 1 < c.quantity.value <= 500 or c.quantity.per:
        return None
    return Said(role=R.TEAM, unit="engineers") if team else Said(role=R.POPULATION, unit="users", what="people")


def _labelled(c: Context) -> bool:
    """Whether a label of the team stands before: "Our IT: 4 administrators", "Team: 9 developers, 2 testers"."""
    before = c.sentence.tokens[: c.quantity.start]
    colon = next((n for n, t in enumerate(before[:5]) if t.low == ":"), 0)
    return any(t.low in _LABELS or t.text == "IT" for t in before[:colon])


def _squads(c: Context) -> float:
    """The 3 in "3 squads of 6 engineers"."""
    tokens = c.sentence.tokens
    n = c.quantity.core
    if n >= 3 and tokens[n - 1].low == "of" and tokens[n - 2].low in ("squads", "teams", "groups"):
        before = next((q for q in c.sentence.quantities if q.mid == n - 2), None)
        return before.value if before is not None else 1.0
    return 1.0


def _and_others(c: Context) -> float:
    """ "two people and a freelancer", "a developer with one colleague": the ones beside, who count too."""
    tokens = c.sentence.tokens
    n, start = c.attached.end, c.quantity.start
    if start >= 2 and tokens[start - 2].low in ("me", "myself", "i") and tokens[start - 1].low in ("and", "plus"):
        return 1.0
    low = [t.low for t in tokens[n : n + 3]]
    if (
        len(low) == 3
        and low[0] in ("and", "plus")
        and low[1] in ("a", "an", "one")
        and (low[2] in c.lex.groups["team"] or low[2] in ("designer", "tester", "colleague"))
    ):
        return 1.0 if low[2] in c.lex.groups["team"] or low[2] == "colleague" else 0.0
    return 0.0
