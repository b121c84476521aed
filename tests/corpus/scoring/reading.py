"""Fields of what was read: entities, operations, requirements, exclusions, corrections, regimes, questions."""

from typing import Final

from tests.corpus.scoring.language import Synonyms, content, either, plain, words
from tests.corpus.scoring.tally import Row, Tally

CLASSES: Final = {
    "reliability": {"availability", "recovery", "consistency", "functional", "operations", "compliance"},
    "durability": {"recovery", "consistency"},
    "integrity": {"consistency", "compliance", "functional"},
    "isolation": {"security", "consistency", "functional", "availability"},
    "maintainability": {"operations", "functional", "performance"},
    "audit": {"compliance"},
    "retention": {"compliance", "privacy"},
}
"""Classes of a reviewer that summary.json has no word for, and those that stand for them."""


def entities(expected: Row, got: Row, by: Synonyms) -> Tally:
    """By name."""
    out, names = Tally(reported=len(got["entities"])), [e["name"] for e in got["entities"]]
    sides = expected.get("entities", {})
    for want in sides.get("must", []):
        out.see(either(want, lambda option: any(by.named(option, n) for n in names)), str(want))
    allowed = [*sides.get("must", []), *sides.get("nice", [])]
    for e in got["entities"]:
        name = e["name"]
        if any(either(w, lambda o: by.named(o, name) or by.named(name, o)) for w in allowed):  # noqa: B023
            continue
        unwanted = not e["inferred"] and any(words(w) == words(name) for w in expected.get("out_of_scope", []))
        if unwanted:
            out.forbid(f"{name}: out of scope")
        else:
            out.extra.append(name + ("*" if e["inferred"] else ""))
    return out


def operations(expected: Row, got: Row, by: Synonyms) -> Tally:
    """By verb and object."""
    out, sides = Tally(reported=len(got["operations"])), expected.get("operations", {})
    for want in sides.get("must", []):
        out.see(either(want, lambda option: any(acts(option, o, by) for o in got["operations"])), str(want))
    allowed = [*sides.get("must", []), *sides.get("nice", [])]
    for o in got["operations"]:
        if not any(either(w, lambda option: acts(option, o, by)) for w in allowed):  # noqa: B023
            out.extra.append(f"{o['actor']}: {o['verb']} {o['object']}" + ("*" if o["inferred"] else ""))
    return out


def acts(option: str, operation: Row, by: Synonyms) -> bool:
    """The same verb, and the head of the one object among the words of the other."""
    verb, thing = by.verb_object(option)
    return by.verb(verb, operation["verb"].lower()) and (not words(thing) or by.noun(thing, operation["object"]))


def requirements(expected: Row, got: Row, _: Synonyms) -> Tally:
    """The expected words stand in the quote of a requirement; a class that is not acceptable is wrong."""
    out = Tally(reported=len(got["requirements"]))
    for want in expected.get("requirements", []):
        hits = [r for r in got["requirements"] if plain(want["quote"]) in plain(r["quote"] or "")]
        classes = set().union(*(CLASSES.get(n, set()) | {n} for n in want["class"].split("|")))
        out.see(bool(hits), want["quote"])
        if hits and not any(r["class"] in classes for r in hits):
            out.wrong.append(f"{want['quote']}: {'/'.join(r['class'] for r in hits)}, not {want['class']}")
    return out


def out_of_scope(expected: Row, got: Row, _: Synonyms) -> Tally:
    """Exclusions by the words of their name."""
    out, names = Tally(reported=len(got["out_of_scope"])), [o["what"] for o in got["out_of_scope"]]
    wanted = expected.get("out_of_scope", [])
    for want in wanted:
        out.see(any(words(want)[-1] in words(n) or set(words(n)) <= set(words(want)) for n in names), want)
    out.extra = [n for n in names if not any(set(words(w)) & set(words(n)) for w in wanted)]
    return out


def corrections(expected: Row, got: Row, _: Synonyms) -> Tally:
    """What the brief corrects or contradicts: a conflict says which it uses, by the figures or by shared words."""
    out = Tally(reported=len(got["conflicts"]))
    told = [content(" ".join([c["what"], *c.get("quotes", []), c.get("resolution", "")])) for c in got["conflicts"]]
    for want in (*expected.get("superseded", []), *expected.get("contradictions", [])):
        meant = content(str(want))
        figures = {w for w in meant if w.isdigit()}
        out.see(any((figures & t) or len(meant & t) >= min(3, len(meant)) for t in told), str(want))
    return out


def compliance(expected: Row, got: Row, _: Synonyms) -> Tally:
    """Regimes that are required; those that must not be claimed."""
    out, rules = Tally(reported=len(got["compliance"])), expected.get("compliance", {})
    held = {c["regime"]: c["status"] for c in got["compliance"]}
    for want in rules.get("required", []):
        out.see(either(want, lambda option: _held(held, option, "required")), f"{want}: has {held}")
    for bad in rules.get("wrong", []):
        if held.get(bad) in ("required", "conditional"):
            out.forbid(f"{bad} {held[bad]}")
    return out


def conditional(expected: Row, got: Row, _: Synonyms) -> Tally:
    """Regimes that depend on an answer: told as conditional, or as required where the brief is read to say so."""
    out, held = Tally(), {c["regime"]: c["status"] for c in got["compliance"]}
    out.reported = sum(status == "conditional" for status in held.values())
    for want in expected.get("compliance", {}).get("conditional", []):
        out.see(either(want, lambda option: _held(held, option, "required", "conditional")), str(want))
    return out


def _held(held: dict[str, str], name: str, *states: str) -> bool:
    low = name.lower()
    return any(s in states and (low in r.lower() or r.lower() in low) for r, s in held.items())


def questions(expected: Row, got: Row, _: Synonyms) -> Tally:
    """By meaning as far as shared words go: half of the content words of the expected question are in a reported one,
    or in an assumption that stands for it.
    """
    asked = [content(q["question"]) for q in got["open_questions"]]
    asked += [content(f"{a['what']} {a['value']}") for a in got.get("assumptions", [])]
    out = Tally(reported=len(got["open_questions"]))
    for want in expected.get("open_questions", []):
        meant = content(want)
        out.see(any(2 * len(meant & a) >= len(meant) for a in asked) or not meant, want)
    return out
