"""Compares what the program read with what a reviewer expects. Run as `python -m tests.corpus.score [-v] [--summary]
[NAME ...]`.

A fact counts as found where the corpus README says so: entities in lower case and singular, operations by verb and
object (by
the synonyms beside this file), requirements by their quote, numbers by value, unit and role, regimes by status. Wrong
is what is
reported against the expectation: a number with another unit or role, a distractor, a regime that must not be claimed.
"""

import argparse
import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from archsmith.elicit.inflect import phrase_singular, singular

HERE = Path(__file__).parent
BRIEFS = HERE / "briefs"
ROLES = {"reliability": {"limit", "other", "recovery", "availability"}}
CLASSES = {
    "reliability": {"availability", "recovery", "consistency", "functional", "operations", "compliance"},
    "durability": {"recovery", "consistency"},
    "integrity": {"consistency", "compliance", "functional"},
    "isolation": {"security", "consistency", "functional", "availability"},
    "maintainability": {"operations", "functional", "performance"},
    "audit": {"compliance"},
    "retention": {"compliance", "privacy"},
}


@dataclass
class Field:
    """Outcome for one field of one brief."""

    expected: int = 0
    found: int = 0
    reported: int = 0
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Score:
    """Outcome for one brief: fields by name."""

    name: str
    fields: dict[str, Field] = field(default_factory=dict)


def read_summary(path: Path) -> dict[str, Any]:
    """The result of the command line on a brief."""
    done = subprocess.run(
        [sys.executable, "-m", "archsmith", "design", str(path), "--json"], capture_output=True, check=False, text=True
    )
    return dict(json.loads(done.stdout))


def read_elicit(path: Path) -> dict[str, Any]:
    """What `elicit` alone reads, in the form of summary.json."""
    from archsmith.elicit import elicit
    from archsmith.kernel.provenance import Stated
    from archsmith.knowledge.catalogue import Catalogue
    from archsmith.model.brief import Brief, BriefForm

    brief = Brief(name=path.name, text=path.read_text("utf-8"), form=BriefForm.MARKDOWN)
    req = elicit(brief, _CATALOGUE.setdefault("one", Catalogue()))

    def quote(why: object) -> str:
        return why.at.quote if isinstance(why, Stated) else ""

    return {
        "entities": [{"name": m.name} for m in req.mentions],
        "operations": [{"actor": o.actor, "verb": o.verb, "object": o.object} for o in req.operations],
        "requirements": [{"class": r.kind.value, "quote": quote(r.why)} for r in req.requirements],
        "numbers": [
            {
                "what": n.what,
                "value": n.value,
                "high": n.high,
                "unit": n.unit,
                "role": n.role.value,
                "status": n.status.value,
                "quote": quote(n.why),
            }
            for n in req.numbers
        ],
        "out_of_scope": [{"what": e.what, "quote": quote(e.why)} for e in req.excluded],
        "compliance": [{"regime": r.id, "status": r.status.value} for r in req.regimes],
        "conflicts": [{"what": c.what} for c in req.conflicts],
    }


_CATALOGUE: dict[str, Any] = {}


def plain(text: str) -> str:
    """White space and emphasis do not count."""
    return " ".join(re.sub(r"[*_`]", "", text).lower().split())


def same_number(one: float, two: float) -> bool:
    """Equal to six digits."""
    return abs(one - two) <= 1e-6 * max(1.0, abs(one), abs(two))


class Words:
    """The synonyms of the scorer."""

    def __init__(self) -> None:
        data = yaml.safe_load((HERE / "synonyms.yaml").read_text("utf-8"))
        self.verbs = [set(row) for row in data["verbs"]]
        self.nouns = [set(row) for row in data["nouns"]]

    def verb(self, one: str, two: str) -> bool:
        return one == two or any(one in row and two in row for row in self.verbs)

    def noun(self, one: str, two: str) -> bool:
        if one == two or phrase_singular(one) == phrase_singular(two):
            return True
        a, b = phrase_singular(one).split(), phrase_singular(two).split()
        if a and b and (a[-1] == b[-1] or a[-1] in b or b[-1] in a):
            return True
        pairs = [(x, y) for x in (*a, phrase_singular(one)) for y in (*b, phrase_singular(two))]
        return any(x in row and y in row for x, y in pairs for row in self.nouns)


WORDS = Words()
_TWO = (
    "check out",
    "hand in",
    "pay out",
    "roll back",
    "set up",
    "look up",
    "tick off",
    "give first",
    "compute final",
    "sign in",
)


def verb_object(text: str) -> tuple[str, str]:
    """Verb and object of an expected operation: "add to basket", "roll back firmware"."""
    low = text.lower().strip()
    for two in _TWO:
        if low.startswith(two):
            return two.replace("give first", "give").replace("compute final", "compute"), low[len(two) :].strip()
    verb, _, rest = low.partition(" ")
    return verb, re.sub(r"^(?:to|in|for|the|a) ", "", rest)


def entities(expected: dict[str, Any], got: dict[str, Any]) -> Field:
    """Entities: the name, or the last word of a compound."""
    out = Field(reported=len(got["entities"]))
    names = {phrase_singular(e["name"]) for e in got["entities"]}
    heads = {n.split()[-1] for n in names if n}
    for want in expected.get("entities", {}).get("must", []):
        out.expected += 1
        options = [phrase_singular(o) for o in str(want).split("|")]
        if any(o in names or o in heads for o in options):
            out.found += 1
        else:
            out.missing.append(str(want))
    return out


def operations(expected: dict[str, Any], got: dict[str, Any]) -> Field:
    """Operations: verb and object, by meaning."""
    out = Field(reported=len(got["operations"]))
    for want in expected.get("operations", {}).get("must", []):
        out.expected += 1
        hit = False
        for option in str(want).split("|"):
            verb, obj = verb_object(option)
            for o in got["operations"]:
                if WORDS.verb(verb, o["verb"]) and (not obj or WORDS.noun(obj, o["object"])):
                    hit = True
        if hit:
            out.found += 1
        else:
            out.missing.append(str(want))
    return out


def requirements(expected: dict[str, Any], got: dict[str, Any]) -> Field:
    """Requirements: the expected quote stands in a reported one, with an acceptable class."""
    out = Field(reported=len(got["requirements"]))
    for want in expected.get("requirements", []):
        out.expected += 1
        hits = [r for r in got["requirements"] if plain(want["quote"]) in plain(r["quote"] or "")]
        classes: set[str] = set()
        for name in want["class"].split("|"):
            classes |= CLASSES.get(name, {name})
        if not hits:
            out.missing.append(want["quote"])
        elif not any(r["class"] in classes for r in hits):
            out.found += 1
            out.wrong.append(f"{want['quote']}: {hits[0]['class']} not {want['class']}")
        else:
            out.found += 1
    return out


def units_match(want: str, got: str) -> bool:
    """The same unit, or another name for it."""
    if "|" in want:
        return any(units_match(w, got) for w in want.split("|"))
    return want == got or singular(want) == singular(got) or (want.startswith(got) and got.startswith("per "))


def numbers(expected: dict[str, Any], got: dict[str, Any], distractors: list[float]) -> Field:
    """Numbers: value, unit and role; another unit or role is wrong, so is a distractor."""
    out = Field(reported=len(got["numbers"]))
    used: set[int] = set()
    for want in expected.get("numbers", []):
        out.expected += 1
        at = [
            n
            for n, g in enumerate(got["numbers"])
            if n not in used
            and (same_number(g["value"], want["value"]) or (g.get("high") and same_number(g["high"], want["value"])))
            and (
                plain(want["quote"]) in plain(g["quote"])
                or plain(g["quote"]) in plain(want["quote"])
                or _overlap(want["quote"], g["quote"])
            )
        ]
        if not at:
            out.missing.append(f"{want['what']} {want['value']} {want['unit']} {want['role']}")
            continue
        at.sort(key=lambda n: not units_match(want["unit"], got["numbers"][n]["unit"]))
        g = got["numbers"][at[0]]
        used.add(at[0])
        roles = ROLES.get(want["role"], set(want["role"].split("|")))
        status = want.get("status")
        if not units_match(want["unit"], g["unit"]) or g["role"] not in roles or (status and status != g["status"]):
            out.wrong.append(
                f"{want['what']} {want['value']}: {g['unit']}/{g['role']}/{g['status']}"
                f" not {want['unit']}/{want['role']}/{status or ''}"
            )
        else:
            out.found += 1
    out.wrong += [
        f"distractor {g['value']}" for g in got["numbers"] if any(same_number(g["value"], d) for d in distractors)
    ]
    extra = [f"{g['value']:g} {g['unit']} {g['role']}" for n, g in enumerate(got["numbers"]) if n not in used]
    out.missing += [f"(extra: {e})" for e in extra]
    return out


def _overlap(one: str, two: str) -> bool:
    a, b = set(plain(one).split()), set(plain(two).split())
    return len(a & b) >= max(1, min(len(a), len(b)) // 2)


def out_of_scope(expected: dict[str, Any], got: dict[str, Any]) -> Field:
    """Exclusions: a shared noun in the name or the quote."""
    out = Field(reported=len(got["out_of_scope"]))
    for want in expected.get("out_of_scope", []):
        out.expected += 1
        words = {singular(w) for w in str(want).lower().split()}
        ok = any(
            words & {singular(w) for w in re.findall(r"[\w-]+", e["what"].lower())}
            or len(words & {singular(w) for w in re.findall(r"[\w-]+", (e["quote"] or "").lower())})
            >= max(1, len(words) - 1)
            for e in got["out_of_scope"]
        )
        if ok:
            out.found += 1
        else:
            out.missing.append(str(want))
    return out


def compliance(expected: dict[str, Any], got: dict[str, Any]) -> Field:
    """Regimes: required ones found as required; wrong ones not claimed."""
    out = Field(reported=len(got["compliance"]))
    held = {r["regime"].lower(): r["status"] for r in got["compliance"]}
    rules = expected.get("compliance", {})
    for want in rules.get("required", []):
        out.expected += 1
        options = [o.lower() for o in str(want).split("|")]
        if any(status == "required" and any(o in k or k in o for o in options) for k, status in held.items()):
            out.found += 1
        else:
            out.missing.append(str(want))
    for bad in rules.get("wrong", []):
        if held.get(str(bad).lower()) in ("required", "conditional"):
            out.wrong.append(f"{bad} claimed")
    return out


def score(path: Path, got: dict[str, Any]) -> Score:
    """The outcome for one brief, whose expectations stand beside it."""
    data = yaml.safe_load(path.with_suffix("").with_suffix(".expected.yaml").read_text("utf-8"))
    expected = data["expected"]
    distractors = [float(d) for d in expected.get("distractor_numbers", [])]
    return Score(
        name=path.stem,
        fields={
            "entities": entities(expected, got),
            "operations": operations(expected, got),
            "requirements": requirements(expected, got),
            "numbers": numbers(expected, got, distractors),
            "out_of_scope": out_of_scope(expected, got),
            "compliance": compliance(expected, got),
        },
    )


def briefs(folder: Path, names: list[str]) -> list[Path]:
    """The briefs of a folder, or those whose name has one of the words."""
    return [p for p in sorted(folder.glob("*.md")) if not names or any(n in p.stem for n in names)]


def totals(scores: list[Score]) -> dict[str, Field]:
    """The sums over all briefs, by field."""
    out: dict[str, Field] = {}
    for s in scores:
        for name, f in s.fields.items():
            t = out.setdefault(name, Field())
            t.expected += f.expected
            t.found += f.found
            t.reported += f.reported
            t.wrong += f.wrong
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--summary", action="store_true", help="run the command line and read its summary.json")
    parser.add_argument("--folder", type=Path, default=BRIEFS)
    args = parser.parse_args()
    reader = read_summary if args.summary else read_elicit
    scores = [score(p, reader(p)) for p in briefs(args.folder, args.names)]
    print(f"{'brief':24}" + "".join(f"{name:>14}" for name in scores[0].fields) + f"{'wrong':>7}")
    for s in scores:
        wrong = sum(len(f.wrong) for f in s.fields.values())
        print(
            f"{s.name:24}"
            + "".join(f"{f'{f.found}/{f.expected} ({f.reported})':>14}" for f in s.fields.values())
            + f"{wrong:>7}"
        )
        if args.verbose:
            for name, f in s.fields.items():
                for m in f.missing:
                    print(f"    {name}: missing {m}")
                for w in f.wrong:
                    print(f"    {name}: WRONG {w}")
    sums = totals(scores)
    expected, found = sum(f.expected for f in sums.values()), sum(f.found for f in sums.values())
    wrong, reported = sum(len(f.wrong) for f in sums.values()), sum(f.reported for f in sums.values())
    print(f"{'all':24}" + "".join(f"{f'{f.found}/{f.expected}':>14}" for f in sums.values()) + f"{wrong:>7}")
    share, bad = found / max(1, expected), wrong / max(1, reported)
    print(f"found {found}/{expected} = {share:.1%}; wrong {wrong}/{reported} reported = {bad:.1%}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
