"""Fields of figures: numbers of the brief, computed capacity, the bill."""

import re
from pathlib import Path
from typing import Final

import yaml
from tests.corpus.scoring.language import Synonyms, either, plain, words
from tests.corpus.scoring.tally import Row, Tally

import archsmith

_CURRENCIES: Final = Path(archsmith.__file__).parent / "knowledge" / "data" / "currencies.yaml"
ROLES: Final = {"reliability": {"limit", "other", "recovery", "availability"}}
"""Roles of a reviewer that summary.json has no word for, and those that stand for them."""
DOLLARS: Final = {row["id"]: float(row["usd"]) for row in yaml.safe_load(_CURRENCIES.read_text("utf-8"))}
"""For the check of the cost alone."""
RATE: Final = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0, "month": 2.63e6}
BYTES: Final = {"byte": 1.0, "B": 1.0, "KB": 1e3, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15}


def same_number(one: float, two: float) -> bool:
    """Equal to six digits."""
    return abs(one - two) <= 1e-6 * max(1.0, abs(one), abs(two))


def numbers(expected: Row, got: Row, _: Synonyms) -> Tally:
    """By value, unit, role and, where it is named, status; each reported number serves once.

    Of the same words another unit, role or status is wrong; a distractor is forbidden.
    """
    out, left = Tally(reported=len(got["numbers"])), list(got["numbers"])
    rows = expected.get("numbers", [])
    taken = _assigned(rows, left)
    for at, want in enumerate(rows):
        near = taken.get(at)
        label = f"{want['what']} {want['value']:,} {want['unit']}, {want['role']}, {want.get('status', '')}"
        good = near is not None and _agrees(want, near)
        said = f"has {near['unit']}, {near['role']}, {near['status']}" if near else "absent"
        out.see(good, f"{label}: {said} ({want['quote']})")
        if near and not good:
            out.wrong.append(f"{label}: {said} ({want['quote']})")
    spare = [float(d) for d in expected.get("distractor_numbers", [])]
    for n in left:
        told = f"{n['what']} {n['value']:,g} {n['unit']}, {n['role']}, {n['status']} ({n['quote']})"
        if any(same_number(n["value"], d) for d in spare):
            out.forbid(told)
        else:
            out.extra.append(told)
    return out


def _assigned(rows: list[Row], left: list[Row]) -> dict[int, Row]:
    """Expected rows with the number that serves each: the right one by its words, then by value, then a wrong one of
    the same words. Served numbers are taken out of `left`.
    """
    out: dict[int, Row] = {}
    for fits in (
        lambda want, n: _agrees(want, n) and _same_words(want, n),
        _agrees,
        _same_words,
    ):
        for at, want in enumerate(rows):
            hits = (n for n in left if _same_value(want, n) and fits(want, n))
            found = None if at in out else next(hits, None)
            if found is not None:
                out[at] = found
                left.remove(found)
    return out


def _same_value(want: Row, number: Row) -> bool:
    return any(same_number(v, want["value"]) for v in (number["value"], _high(number)))


def _high(number: Row) -> float:
    return float(number.get("high") or number["value"])


def _same_words(want: Row, number: Row) -> bool:
    one, two = plain(want["quote"]), plain(number["quote"] or "")
    return bool(two) and (one in two or two in one)


def _agrees(want: Row, number: Row) -> bool:
    roles = set().union(*(ROLES.get(r, {r}) for r in want["role"].split("|")))
    unit = want["value"] == 0 or either(want["unit"], lambda u: words(u) == words(number["unit"]))
    return number["role"] in roles and unit and want.get("status", number["status"]) == number["status"]


def measure(value: float, unit: str) -> tuple[float, str]:
    """The value in the base unit of its dimension, so that TB compares with GB and a day with a second."""
    if unit == "rps":
        return value, "rate"
    if m := re.search(r"(?:per |/)\s*(\w+)", unit):
        span = {"s": "second", "min": "minute", "h": "hour", "d": "day"}.get(m[1], m[1])
        if span in RATE:
            size = BYTES.get(unit.split()[0].split("/")[0])
            return value * (size or 1.0) / RATE[span], "byte rate" if size else "rate"
    if unit == "Mbit/s":
        return value * 1e6 / 8, "byte rate"
    if unit in BYTES or unit.rstrip("s") in BYTES:
        return value * BYTES.get(unit, 1.0), "bytes"
    return value, unit if unit in DOLLARS or unit in ("percent", "ms", "s") else "count"


def capacity(expected: Row, got: Row, _: Synonyms) -> Tally:
    """A computed figure of the same dimension in the accepted range."""
    out, held = Tally(reported=len(got["capacity"])), [measure(c["value"], c["unit"]) for c in got["capacity"]]
    for want in expected.get("capacity", []):
        low, high = want.get("min", 0), want.get("max", 0)
        if "value" in want:
            low, high = want["value"] / want["factor"], want["value"] * want["factor"]
        (a, kind), (b, _unit) = measure(low, want["unit"]), measure(high, want["unit"])
        near = sorted((v for v, k in held if k == kind and v > 0), key=lambda v: max(v / b, a / v if v else 0))
        best = f"nearest {near[0]:,.4g}" if near else "none of its kind"
        out.see(
            any(a <= v <= b for v in near), f"{want['what']} {low:,.4g}..{high:,.4g} {want['unit']}: {best} in base"
        )
    return out


def cost(expected: Row, got: Row, _: Synonyms) -> Tally:
    """The bill keeps the limit."""
    out, limit = Tally(reported=1), expected.get("cost", {})
    if limit:
        most = float(limit["max"]) * DOLLARS[limit["unit"].split()[0]]
        month = got["cost"]["infrastructure_month"]
        out.see(month is not None and month <= most, f"{month or 0:,.0f} USD a month, over {most:,.0f}")
    return out
