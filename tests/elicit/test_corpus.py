"""The figure that issue 3 asks for, held on the corpus and on our own briefs: what is found, and what is wrong."""

from pathlib import Path

import pytest
from tests.corpus.score import BRIEFS, briefs, read_elicit, score, totals

OWN = Path(__file__).parent / "briefs"


@pytest.mark.parametrize(("folder", "least"), [(BRIEFS, 0.94), (OWN, 0.95)])
def test_score(folder: Path, least: float) -> None:
    scores = [score(p, read_elicit(p)) for p in briefs(folder, [])]
    sums = totals(scores)
    found = sum(f.found for f in sums.values()) / sum(f.expected for f in sums.values())
    wrong = sum(len(f.wrong) for f in sums.values()) / sum(f.reported for f in sums.values())
    assert found >= least
    assert wrong <= 0.02


@pytest.mark.parametrize("path", [*briefs(BRIEFS, []), *briefs(OWN, [])], ids=lambda p: p.stem)
def test_no_regime_is_missed_or_claimed_wrongly(path: Path) -> None:
    outcome = score(path, read_elicit(path)).fields["compliance"]
    assert outcome.missing == []
    assert outcome.wrong == []
