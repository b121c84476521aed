"""Compares what the whole program says of a brief with what a reviewer expects, on the corpus and the held-out briefs.

Run as `python -m tests.corpus.full_score [-v] [--json] [NAME ...]`. It matches by the rules of the corpus README: names
in lower case and singular, `|` for alternatives, an operation by verb and object. `wrong` is what is said against the
expectation; `extra` is what is said of entities, operations and numbers that the reviewer lists neither as must nor as
nice.
"""

import argparse
import json
import re
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import inflection
import yaml
from tests.corpus.score import CLASSES, ROLES, plain, verb_object

from archsmith import pipeline
from archsmith.files.reader import read_brief
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief
from archsmith.model.requirements import Requirements
from archsmith.render.summary import summary_json, unusable_json

HERE: Final = Path(__file__).parent
OWN: Final = HERE / "briefs"
FOLDERS: Final = (OWN if OWN.is_dir() else Path("/work/shared/corpus"), HERE.parent / "heldout")
Row = dict[str, Any]
Check = Callable[[Row, Row], "Tally"]

DOLLARS: Final = {"USD": 1.0, "EUR": 1.1, "GBP": 1.3, "NOK": 0.095, "SEK": 0.095}
"""Rough rates for the check of the cost alone."""
RATE: Final = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0, "month": 2.63e6}
BYTES: Final = {"byte": 1.0, "B": 1.0, "KB": 1e3, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15}


@dataclass
class Tally:
    """Outcome of one field of one brief."""

    found: int = 0
    expected: int = 0
    reported: int = 0
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def see(self, ok: bool, what: str) -> None:
        """Counts one expected fact."""
        self.expected += 1
        self.found += ok
        if not ok:
            self.missing.append(what)

    def add(self, other: "Tally") -> None:
        """Sums, for the totals."""
        self.found += other.found
        self.expected += other.expected
        self.reported += other.reported
        self.missing += other.missing
        self.wrong += other.wrong
        self.extra += other.extra


@dataclass
class Outcome:
    """Outcome of one brief. `crash` is the end of the traceback; the fields of later stages are then missing."""

    name: str
    status: str = ""
    seconds: float = 0.0
    crash: str = ""
    fields: dict[str, Tally] = field(default_factory=dict)


def words(text: str) -> list[str]:
    """Lower case, singular, without articles; PaymentAccount is two words."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    found = re.findall(r"[a-z0-9.]+", spaced.lower().replace("'s ", " "))
    return [inflection.singularize(w) for w in found if w not in ("a", "an", "the", "of")]


def named(option: str, name: str) -> bool:
    """The same thing: equal, or the one is the other with a closer description ("gate camera" for "camera")."""
    a, b = words(option), words(name)
    return bool(a and b) and ((set(a) <= set(b) and a[-1] == b[-1]) or a == b or (set(a) < set(b) and len(a) > 1))


def acts(option: str, operation: Row) -> bool:
    """The same operation: its verb, and the head of its object among the words of the other's object."""
    verb, thing = verb_object(option)
    a, b, low = words(thing), words(operation["object"]), operation["verb"].lower()
    same = low == verb or words(low) == words(verb) or low.split()[0] == verb.split()[0]
    return same and (not a or (bool(b) and (a[-1] in b or b[-1] in a)))


def either(want: str, test: Callable[[str], bool]) -> bool:
    """One of the alternatives satisfies."""
    return any(test(option.strip()) for option in str(want).split("|"))


def entities(expected: Row, got: Row) -> Tally:
    """Entities by name."""
    out, names = Tally(reported=len(got["entities"])), [e["name"] for e in got["entities"]]
    sides = expected.get("entities", {})
    for want in sides.get("must", []):
        out.see(either(want, lambda o: any(named(o, n) for n in names)), str(want))
    allowed = [*sides.get("must", []), *sides.get("nice", [])]
    for e in got["entities"]:
        if not any(either(w, lambda o, n=e["name"]: named(o, n) or named(n, o)) for w in allowed):  # type: ignore[misc]
            out.extra.append(e["name"] + ("*" if e["inferred"] else ""))
    return out


def operations(expected: Row, got: Row) -> Tally:
    """Operations by verb and object."""
    out, sides = Tally(reported=len(got["operations"])), expected.get("operations", {})
    for want in sides.get("must", []):
        out.see(either(want, lambda option: any(acts(option, o) for o in got["operations"])), str(want))
    allowed = [*sides.get("must", []), *sides.get("nice", [])]
    for o in got["operations"]:
        if not any(either(w, lambda option, o=o: acts(option, o)) for w in allowed):  # type: ignore[misc]
            out.extra.append(f"{o['actor']}: {o['verb']} {o['object']}" + ("*" if o["inferred"] else ""))
    return out


def requirements(expected: Row, got: Row) -> Tally:
    """The expected words stand in the quote of a requirement; a class that is not acceptable is wrong."""
    out = Tally(reported=len(got["requirements"]))
    for want in expected.get("requirements", []):
        hits = [r for r in got["requirements"] if plain(want["quote"]) in plain(r["quote"] or "")]
        classes = set().union(*(CLASSES.get(n, set()) | {n} for n in want["class"].split("|")))
        out.see(bool(hits), want["quote"])
        if hits and not any(r["class"] in classes for r in hits):
            out.wrong.append(f"{want['quote']}: {'/'.join(r['class'] for r in hits)}, not {want['class']}")
    return out


def same_unit(one: str, two: str) -> bool:
    """The same words in the singular."""
    return words(one) == words(two)


def numbers(expected: Row, got: Row) -> Tally:
    """Numbers by value, unit, role and, where it is named, status. Each reported number serves once."""
    out, left = Tally(reported=len(got["numbers"])), list(got["numbers"])
    rows = expected.get("numbers", [])
    for want in rows:
        roles: set[str] = set().union(*(ROLES.get(r, {r}) for r in want["role"].split("|")))
        near = [n for n in left if abs(n["value"] - want["value"]) <= 1e-6 * max(1.0, abs(want["value"]))]
        near.sort(key=lambda n: plain(want["quote"]) not in plain(n["quote"] or ""))
        good = [
            n
            for n in near
            if n["role"] in roles
            and (want["value"] == 0 or either(want["unit"], lambda u, n=n: same_unit(n["unit"], u)))  # type: ignore[misc]
            and want.get("status", n["status"]) == n["status"]
        ]
        if taken := good or near:
            left.remove(taken[0])
        said = [f"{n['unit']}, {n['role']}, {n['status']}" for n in near]
        label = f"{want['what']} {want['value']:,} {want['unit']}, {want['role']}, {want.get('status', '')}"
        out.see(bool(good), f"{label}: {'has ' + said[0] if said else 'absent'} ({want['quote']})")
    spare = {float(d) for d in expected.get("distractor_numbers", [])}
    for n in left:
        target = out.wrong if n["value"] in spare else out.extra
        target.append(f"{n['what']} {n['value']:,g} {n['unit']}, {n['role']}, {n['status']} ({n['quote']})")
    return out


def out_of_scope(expected: Row, got: Row) -> Tally:
    """Exclusions by the words of their name."""
    out, names = Tally(reported=len(got["out_of_scope"])), [o["what"] for o in got["out_of_scope"]]
    wanted = expected.get("out_of_scope", [])
    for want in wanted:
        out.see(any(words(want)[-1] in words(n) or set(words(n)) <= set(words(want)) for n in names), want)
    out.extra = [n for n in names if not any(set(words(w)) & set(words(n)) for w in wanted)]
    return out


def compliance(expected: Row, got: Row) -> Tally:
    """Regimes that are required; those that must not be claimed."""
    out, held = Tally(reported=len(got["compliance"])), {c["regime"]: c["status"] for c in got["compliance"]}
    rules = expected.get("compliance", {})

    def says(name: str, *states: str) -> bool:
        return any(s in states and (r == name or name in r or r in name) for r, s in held.items())

    for want in rules.get("required", []):
        out.see(either(want, lambda o: says(o, "required")), f"{want}: has {held}")
    out.wrong = [f"{bad} {held[bad]}" for bad in rules.get("wrong", []) if held.get(bad) in ("required", "conditional")]
    return out


def pattern(expected: Row, got: Row) -> Tally:
    """The style."""
    out, name, sides = Tally(reported=1), got["pattern"]["name"] or "none", expected.get("patterns", {})
    out.see(name in sides.get("acceptable", []), f"{name}, not {sides.get('acceptable')}")
    if name in sides.get("unacceptable", []):
        out.wrong.append(name)
    return out


def components(expected: Row, got: Row) -> Tally:
    """Kinds that are required; kinds and products that are forbidden."""
    kinds, sides = {c["kind"] for c in got["components"]}, expected.get("components", {})
    out = Tally(reported=len(kinds))
    for want in sides.get("required", []):
        out.see(either(want, lambda o: o in kinds), str(want))
    for bad in sides.get("forbidden", []):
        out.wrong += sorted(
            {f"{bad}: {c['product']}" for c in got["components"] if c["kind"] == bad or bad in words(c["product"])}
        )
    return out


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


def capacity(expected: Row, got: Row) -> Tally:
    """A computed figure of the same dimension in the accepted range."""
    out, held = Tally(reported=len(got["capacity"])), [measure(c["value"], c["unit"]) for c in got["capacity"]]
    for want in expected.get("capacity", []):
        low, high = want.get("min", 0), want.get("max", 0)
        if "value" in want:
            low, high = want["value"] / want["factor"], want["value"] * want["factor"]
        (a, kind), (b, _) = measure(low, want["unit"]), measure(high, want["unit"])
        near = sorted((v for v, k in held if k == kind and v > 0), key=lambda v: max(v / b, a / v if v else 0))
        best = f"nearest {near[0]:,.4g}" if near else "none of its kind"
        out.see(
            any(a <= v <= b for v in near), f"{want['what']} {low:,.4g}..{high:,.4g} {want['unit']}: {best} in base"
        )
    return out


def cost(expected: Row, got: Row) -> Tally:
    """The bill keeps the limit."""
    out, limit = Tally(reported=1), expected.get("cost", {})
    if limit:
        most = float(limit["max"]) * DOLLARS[limit["unit"].split()[0]]
        month = got["cost"]["infrastructure_month"]
        out.see(month is not None and month <= most, f"{month or 0:,.0f} USD a month, over {most:,.0f}")
    return out


FIELDS: Final[tuple[Check, ...]] = (
    entities,
    operations,
    requirements,
    numbers,
    out_of_scope,
    compliance,
    pattern,
    components,
    capacity,
    cost,
)


def run(path: Path) -> Outcome:
    """The whole pipeline on one brief. After a crash, what elicit read is compared, and the rest counts as missing."""
    out, start = Outcome(path.stem), time.perf_counter()
    expected = yaml.safe_load(path.with_suffix(".expected.yaml").read_text("utf-8"))["expected"]
    brief, kb = read_brief(path), Catalogue()
    assert isinstance(brief, Brief), brief
    try:
        got = json.loads(summary_json(pipeline.design(brief, kb)))
    except Exception:
        out.crash = traceback.format_exc(limit=-4)
        try:
            needs = pipeline.advance(pipeline.State(brief=brief), kb, upto=pipeline.Stage.ELICIT).requirements
        except Exception:
            needs = Requirements(title="", source=path.name)
        got = json.loads(unusable_json(needs or Requirements(title="", source=path.name)))
    out.seconds, out.status = time.perf_counter() - start, got["status"]
    out.fields = {f.__name__: f(expected, got) for f in FIELDS}
    return out


def show(out: Outcome, names: list[str]) -> None:
    """One line of the table."""
    cells = ""
    for n in names:
        t = out.fields.get(n)
        bad = f"!{len(t.wrong)}" if t and t.wrong else ""
        cells += f"{f'{t.found}/{t.expected}{bad}' if t else '-':>13}"
    print(f"{out.name:22}{cells}  {out.status} {out.seconds:.1f}s{' CRASH' if out.crash else ''}")


def details(out: Outcome) -> None:
    """What is missing, wrong or extra, line by line."""
    if out.crash:
        print("    " + out.crash.replace("\n", "\n    "))
    for name, t in out.fields.items():
        for kind, lines in (("missing", t.missing), ("WRONG", t.wrong)):
            for line in lines:
                print(f"    {name} {kind}: {line}")
        if t.extra:
            print(f"    {name} extra ({len(t.extra)} of {t.reported}): " + "; ".join(t.extra))


def sums(outcomes: list[Outcome]) -> dict[str, Tally]:
    """The fields added up."""
    out = {f.__name__: Tally() for f in FIELDS}
    for o in outcomes:
        for name, t in o.fields.items():
            out[name].add(t)
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of the names of briefs; `heldout` and `briefs` name a folder")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what is missing, wrong and extra")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    paths = [p for folder in FOLDERS for p in sorted(folder.glob("[0-9]*.md"))]
    paths = [p for p in paths if not args.names or any(n in p.stem or n == p.parent.name for n in args.names)]
    with ProcessPoolExecutor(2) as pool:
        outcomes = list(pool.map(run, paths))
    names = [f.__name__ for f in FIELDS]
    if args.json:
        total = {n: asdict(t) for n, t in sums(outcomes).items()}
        json.dump({"briefs": [asdict(o) for o in outcomes], "total": total}, sys.stdout)
        return 0
    print(f"{'brief':22}" + "".join(f"{n:>13}" for n in names))
    for o in outcomes:
        show(o, names)
        if args.verbose:
            details(o)
    held = {p.stem for p in paths if p.parent.name == "heldout"}
    for label, side in (("corpus", False), ("held out", True)):
        part = [o for o in outcomes if (o.name in held) == side]
        share = "".join(f"{f'{t.found / max(1, t.expected):.0%}':>13}" for t in sums(part).values())
        print(f"{label:22}{share}")
    whole = sums(outcomes)
    show(Outcome("total", fields=whole), names)
    print(f"{'extra of reported':22}" + "".join(f"{f'{len(t.extra)}/{t.reported}':>13}" for t in whole.values()))
    crashed = [o.name for o in outcomes if o.crash]
    found, expected = sum(t.found for t in whole.values()), sum(t.expected for t in whole.values())
    wrong = sum(len(t.wrong) for t in whole.values())
    print(f"found {found}/{expected} = {found / max(1, expected):.1%}; wrong {wrong}; crashed {crashed or 'none'}")
    return 1 if crashed else 0


if __name__ == "__main__":
    raise SystemExit(main())
