"""What only reading can tell of bad input: nothing that could be read, hardly any words, another language."""

import re
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.reading import Reading
from archsmith.kernel.findings import Finding, Severity
from archsmith.model.requirements import Requirements

_COMMON: Final = frozenset(
    "the a an of to in and is for with on by at be are we our they it that this can must have has not from or as"
    " i will per all each when"
    " should up who no if but so their you your users system data week day month year".split()
)
_FOREIGN: Final = {
    "German": frozenset(
        "der die das und ist nicht wir mit für auf ein eine soll muss werden von zu den im sich auch".split()
    ),
    "French": frozenset("le la les et est pas nous avec pour sur un une doit être des du dans que qui".split()),
    "Spanish": frozenset("el la los las y es no con para por un una debe ser del en que se su".split()),
    "Dutch": frozenset("de het een en is niet wij met voor op moet worden van te dat zijn kan ook".split()),
    "Italian": frozenset("il la gli e è non con per un una deve essere del che si di in sono".split()),
    "Portuguese": frozenset("o a os as e é não com para um uma deve ser do da que se em".split()),
    "Polish": frozenset("i w na z do nie jest się że to musi być dla po ma".split()),
}
_WORD: Final = re.compile(r"[^\W\d_]+")
_FEW: Final = 6


def input_findings(reading: Reading, req: Requirements) -> tuple[Finding, ...]:
    """Findings that say why a brief gives no design, or a poor one."""
    return tuple(_findings(reading, req))


def _findings(reading: Reading, req: Requirements) -> Iterator[Finding]:
    text = reading.source.text[:50_000]
    words = [w.lower() for w in _WORD.findall(text)]
    name = reading.source.name
    if not words:
        yield _finding(
            "INP010", Severity.BLOCKER, name, "it holds no words", "write down who shall do what, and how much of it"
        )
        return
    foreign = _language(words)
    if foreign:
        yield _finding(
            "INP011",
            Severity.BLOCKER,
            name,
            f"it is not written in English (it reads like {foreign})",
            "translate it into English: archsmith reads English briefs only",
        )
        return
    understood = len(req.operations) + len(req.mentions) + len(req.numbers)
    if len(words) < _FEW:
        yield _finding(
            "INP010",
            Severity.BLOCKER if not understood else Severity.WARNING,
            name,
            f"it holds only {len(words)} words",
            "say who uses the system, what they do with it and how often",
        )
    elif not understood:
        yield _finding(
            "INP012",
            Severity.BLOCKER,
            name,
            "nothing in it reads as a user, a thing, a deed or a number of a system",
            "write sentences such as “Customers order meals; 300 orders a day”",
        )


def _language(words: list[str]) -> str:
    """The name of another language, or the empty string for English or where it can't be told."""
    sample = words[:2_000]
    if len(sample) < 8:
        return ""
    english = sum(w in _COMMON for w in sample) / len(sample)
    shares = {name: sum(w in group for w in sample) / len(sample) for name, group in _FOREIGN.items()}
    best = max(shares, key=lambda k: shares[k])
    if shares[best] > 0.12 and shares[best] > 1.5 * english:
        return best
    other = sum(1 for w in sample if not w.isascii()) / len(sample)
    return "another script" if english < 0.03 and other > 0.4 else ""


def _finding(rule: str, severity: Severity, place: str, fact: str, fix: str) -> Finding:
    return Finding(id=rule, severity=severity, place=place, fact=fact, fix=fix)
