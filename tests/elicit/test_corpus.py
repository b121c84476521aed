"""The figure that issue 3 asks for, held for the reading stage alone on the corpus and on our own briefs."""

from pathlib import Path

import pytest
from tests.corpus.scoring.readers import reading_alone
from tests.corpus.scoring.score import BRIEFS, READING, briefs, score, share_found, share_wrong
from tests.corpus.scoring.tally import sums

OWN = Path(__file__).parent / "briefs"


@pytest.mark.parametrize(("folder", "least"), [(BRIEFS, 0.92), (OWN, 0.95)])
def test_score(folder: Path, least: float) -> None:
    total = sums([score(p, reading_alone, checks=READING) for p in briefs(folder)])
    found, expected = share_found(total)
    wrong, reported = share_wrong(total)
    assert found / expected >= least
    assert wrong / reported <= 0.02


@pytest.mark.parametrize("path", [*briefs(BRIEFS), *briefs(OWN)], ids=lambda p: p.stem)
def test_no_regime_is_missed_or_claimed_wrongly(path: Path) -> None:
    outcome = score(path, reading_alone, checks=READING).fields["compliance"]
    assert outcome.missing == []
    assert outcome.wrong == []
