"""The comparison of whole briefs: which fields there are, and which briefs."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

import yaml
from tests.corpus.scoring import design, figures, reading
from tests.corpus.scoring.language import Synonyms, synonyms
from tests.corpus.scoring.readers import Reader
from tests.corpus.scoring.tally import Outcome, Row, Tally

Check = Callable[[Row, Row, Synonyms], Tally]

BRIEFS: Final = Path(__file__).parent.parent / "briefs"
HELDOUT: Final = BRIEFS.parent.parent / "heldout"
READING: Final[tuple[Check, ...]] = (
    reading.entities,
    reading.operations,
    reading.requirements,
    figures.numbers,
    reading.out_of_scope,
    reading.compliance,
)
"""What elicit alone answers for."""
FACTS: Final[tuple[Check, ...]] = (
    *READING,
    design.pattern,
    design.components,
    figures.capacity,
    figures.cost,
    reading.corrections,
)
"""Compared exactly: these make the share of facts found."""
BY_MEANING: Final[tuple[Check, ...]] = (reading.conditional, reading.questions)
"""What depends on answers and wording: shown, and kept from falling, but no part of the share."""


def briefs(folder: Path, names: Iterable[str] = ()) -> list[Path]:
    """The briefs of a folder that have expectations: all, or those whose name has one of the words."""
    wanted = [n for n in names if n != folder.name]
    found = [p for p in sorted(folder.glob("*.md")) if p.with_suffix(".expected.yaml").exists()]
    return [p for p in found if not wanted or any(n in p.stem for n in wanted)]


def score(path: Path, reader: Reader, strict: bool = False, checks: tuple[Check, ...] = FACTS + BY_MEANING) -> Outcome:
    """The outcome for one brief, whose expectations stand beside it."""
    expected = yaml.safe_load(path.with_suffix(".expected.yaml").read_text("utf-8"))["expected"]
    start = time.perf_counter()
    got, crash = reader(path)
    out = Outcome(path.stem, path.parent.name, got["status"], time.perf_counter() - start, crash)
    out.fields = {check.__name__: check(expected, got, synonyms(strict)) for check in checks}
    return out


def score_all(paths: list[Path], reader: Reader, strict: bool = False) -> list[Outcome]:
    """The outcomes for many briefs, two at a time."""
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(partial(score, reader=reader, strict=strict), paths))


def share_found(fields: dict[str, Tally]) -> tuple[int, int]:
    """Facts found and expected, without what is compared by meaning."""
    counted = [t for name, t in fields.items() if name in {c.__name__ for c in FACTS}]
    return sum(t.found for t in counted), sum(t.expected for t in counted)


def share_wrong(fields: dict[str, Tally]) -> tuple[int, int]:
    """Wrong facts and reported ones. Of what is computed only the style and the components are claims to be wrong."""
    counted = [t for name, t in fields.items() if name not in ("capacity", "cost", "questions", "conditional")]
    return sum(len(t.wrong) for t in counted), sum(t.reported for t in counted)
