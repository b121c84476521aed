"""The limits that bind the whole design, out of the numbers and words of the brief, in the units of the model."""

import re
from typing import Final

from archsmith.elicit.budgets import building_budget, running_budget
from archsmith.elicit.numbers import Found, of_role
from archsmith.elicit.places import Place
from archsmith.elicit.reading import Reading
from archsmith.elicit.recovery import recovery_point, recovery_time
from archsmith.elicit.stance import negated_at
from archsmith.elicit.tenants import find_tenancy
from archsmith.elicit.units import seconds
from archsmith.kernel.provenance import Fact
from archsmith.kernel.units import Count, Months, Probability, Ratio, Seconds
from archsmith.model.requirements import Needs, Number, NumberRole, NumberStatus

_PART: Final = frozenset("connector interface provider partner legacy they vendor supplier box device sensor".split())


def find_needs(
    reading: Reading,
    found: list[Found],
    places: list[Place],
    skills: list[Fact[str]],
    languages: list[Fact[str]],
    stated: list[Number],
) -> Needs:
    """The normalised limits; silent where the brief is."""
    numbers = [f for f in found if f.number.status in (NumberStatus.TARGET, NumberStatus.CONFLICT)]
    growth = _growth(numbers)
    regions = _regions(places)
    return Needs(
        availability=_availability(numbers),
        latency_p95=_latency(numbers),
        rpo=recovery_point(numbers),
        rto=recovery_time(numbers),
        budget=running_budget(reading, numbers),
        build_budget=building_budget(reading, numbers),
        deadline=_deadline(numbers),
        team=_team(stated),
        teams=_teams(reading),
        users=_users(numbers, reading),
        concurrent=_concurrent(numbers),
        growth=growth,
        growth_months=_growth_months(numbers) if growth is not None else None,
        peak_factor=_peak(numbers),
        multi_tenant=find_tenancy(reading),
        on_premises=_cloud_banned(reading)
        or _flag(
            reading,
            (
                "on-premises",
                "on-premise",
                "on premises",
                "on premise",
                "on-prem",
                "no public cloud",
                "own data centre",
                "own data center",
                "our data centre",
                "our data center",
                "our own servers",
                "our own hardware",
                "air-gapped",
                "existing data centre",
                "existing data center",
                "in-house servers",
                "not in the cloud",
                "no cloud",
            ),
        ),
        offline=_offline(reading),
        skills=tuple(skills),
        regions=tuple(regions),
        homes=tuple(_homes(places)),
        languages=tuple(languages),
    )


def _availability(numbers: list[Found]) -> Fact[Probability] | None:
    rows = [f.number for f in of_role(numbers, NumberRole.AVAILABILITY) if f.number.unit == "percent"]
    best = max(rows, key=lambda n: n.value, default=None)
    return Fact(value=Probability(round(best.value / 100, 9)), why=best.why) if best else None


def _latency(numbers: list[Found]) -> Fact[Seconds] | None:
    """The strictest limit for an answer that a person or a caller waits for: at most 10 seconds, and not another
    system's.
    """
    rows = []
    for f in of_role(numbers, NumberRole.LATENCY):
        if f.number.unit not in ("ms", "s", "us") or set(f.context.clause) & _PART or f.number.high is not None:
            continue
        span = seconds(f.number.value, f.number.unit)
        if f.context.quantity.hedge == "for" and not f.context.here("respond"):
            continue
        if span <= 10:
            rows.append((span, f.number))
    best = min(rows, key=lambda r: r[0], default=None)
    return Fact(value=Seconds(best[0]), why=best[1].why) if best else None


def _deadline(numbers: list[Found]) -> Fact[Months] | None:
    rows = [
        (seconds(f.number.high or f.number.value, f.number.unit) / 2_630_000.0, f.number)
        for f in of_role(numbers, NumberRole.DEADLINE)
    ]
    best = min(rows, key=lambda r: r[0], default=None)
    if best is None:
        return None
    return Fact(value=Months(round(best[0], 1)), why=best[1].why)


def _team(numbers: list[Number]) -> Fact[Count] | None:
    rows = [n for n in numbers if n.role is NumberRole.TEAM and n.status is not NumberStatus.SUPERSEDED]
    makers = [n for n in rows if n.unit == "engineers"]
    best = (makers or rows)[0] if rows else None
    return Fact(value=Count(best.high or best.value), why=best.why) if best is not None else None


def _teams(reading: Reading) -> Fact[Count] | None:
    for sentence in reading.sentences:
        for q in sentence.quantities:
            if q.kind == "count" and q.mid < len(sentence.tokens) and sentence.tokens[q.mid].low in ("teams", "squads"):
                return Fact(value=Count(q.value), why=sentence.at(q.core, q.mid + 1))
    return None


def _users(numbers: list[Found], reading: Reading) -> Fact[Count] | None:
    """The largest group of people; where a figure for later stands beside one of today, that of later counts
    already.
    """
    rows = [f.number for f in of_role(numbers, NumberRole.POPULATION) if f.number.unit in ("users", "tenants")]
    best = max(rows, key=lambda n: n.high or n.value, default=None)
    return Fact(value=Count(best.high or best.value), why=best.why) if best else None


def _concurrent(numbers: list[Found]) -> Fact[Count] | None:
    rows = [f.number for f in of_role(numbers, NumberRole.LOAD) if f.number.unit == "users"]
    best = max(rows, key=lambda n: n.high or n.value, default=None)
    return Fact(value=Count(best.high or best.value), why=best.why) if best else None


def _growth(numbers: list[Found]) -> Fact[Ratio] | None:
    for f in of_role(numbers, NumberRole.GROWTH):
        n = f.number
        if n.unit == "ratio" and n.value > 1:
            return Fact(value=Ratio(n.value), why=n.why)
        if n.unit.startswith("percent"):
            months = 12 if "month" in n.unit else 1
            return Fact(value=Ratio(round((1 + n.value / 100) ** months, 4)), why=n.why)
    return None


def _growth_months(numbers: list[Found]) -> Fact[Months] | None:
    for f in of_role(numbers, NumberRole.GROWTH):
        for q in f.context.sentence.quantities:
            if q.kind == "time" and q.unit in ("months", "years", "weeks"):
                months = seconds(q.value, q.unit) / 2_630_000.0
                return Fact(value=Months(round(months)), why=f.context.sentence.at(q.core, q.end))
        if f.number.unit.startswith("percent"):
            return Fact(value=Months(12.0), why=f.number.why)
    return None


def _peak(numbers: list[Found]) -> Fact[Ratio] | None:
    for f in of_role(numbers, NumberRole.RATIO):
        peak = f.number.peak or {"spring", "summer", "winter", "autumn", "christmas", "season", "peak", "spike"} & set(
            f.context.clause
        )
        if f.number.unit == "ratio" and peak and f.number.value > 1 and f.context.quantity.kind in ("factor", "count"):
            if f.context.quantity.kind == "count" and not f.number.peak:
                continue
            return Fact(value=Ratio(f.number.value), why=f.number.why)
    return None


def _flag(reading: Reading, cues: tuple[str, ...]) -> Fact[bool] | None:
    for sentence in reading.sentences:
        low = sentence.text.lower().replace("’", "'")
        for cue in cues:
            at = low.find(cue)
            if at < 0:
                continue
            first = next((n for n, t in enumerate(sentence.tokens) if t.end - sentence.start > at), 0)
            starts_negative = cue.startswith(("no ", "not "))
            if not starts_negative and (sentence.scope.excluded or negated_at(sentence, first, first + 1)):
                continue
            return Fact(value=True, why=sentence.stated())
    return None


_CLOUD_BANNED: Final = re.compile(
    r"\bcloud(?: services?| hosting| providers?)?\b,?[^.;]{0,40}\b(?:is|are)\b[^.;]{0,50}"
    r"\b(?:not (?:allowed|permitted|possible|wanted|an option)|forbidden|prohibited|ruled out|excluded|banned"
    r"|out of the question)\b",
    re.I,
)


def _cloud_banned(reading: Reading) -> Fact[bool] | None:
    """ "Cloud is by decision of the board not allowed": all of it, and not the services of one provider."""
    for sentence in reading.sentences:
        if _CLOUD_BANNED.search(sentence.text) and not sentence.scope.excluded:
            return Fact(value=True, why=sentence.stated())
    return None


def _offline(reading: Reading) -> Fact[bool] | None:
    """ "when the internet is away lending must go on", "works offline", "if internet fails ..."."""
    for sentence in reading.sentences:
        if sentence.scope.excluded:
            continue
        words = sentence.words
        if "network to" in sentence.text.lower() or "connection to" in sentence.text.lower():
            continue
        gone = bool(
            words
            & {"internet", "connection", "network", "coverage", "signal", "connectivity", "reception", "wifi", "wi-fi"}
        ) and bool(
            words
            & {
                "away",
                "fail",
                "fails",
                "down",
                "without",
                "no",
                "lost",
                "gone",
                "drop",
                "drops",
                "bad",
                "poor",
                "patchy",
                "unreliable",
                "offline",
                "not",
            }
        )
        works = "offline" in words and bool(
            words & {"work", "works", "must", "use", "usable", "capture", "record", "mode", "sync", "scan", "continue"}
        )
        if (
            gone
            and words & {"must", "need", "needs", "work", "works", "go", "continue", "still", "sync", "later", "least"}
        ) or works:
            if works and words & {"maintenance", "may"} and not gone:
                continue
            return Fact(value=True, why=sentence.stated())
    return None


def _regions(places: list[Place]) -> list[Fact[str]]:
    out: dict[str, Fact[str]] = {}
    for p in places:
        if p.resident:
            out.setdefault(p.country, Fact(value=p.country, why=p.why))
    return list(out.values())


def _homes(places: list[Place]) -> list[Fact[str]]:
    out: dict[str, Fact[str]] = {}
    for p in places:
        if p.country:
            out.setdefault(p.country, Fact(value=p.country, why=p.why))
    return list(out.values())
