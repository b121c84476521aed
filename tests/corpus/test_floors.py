"""What issue 3 asks of the pipeline on the corpus, held by floors that only rise; and the right answers there."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec
import pytest
from tests.cases.outcome import Outcome, outcome, unaccepted
from tests.corpus.floors import floors
from tests.corpus.scoring import tally
from tests.corpus.scoring.readers import in_process
from tests.corpus.scoring.score import BRIEFS, briefs, score, share_wrong

MOST_WRONG = 0.05


def compared(path: Path) -> tuple[tally.Outcome, Outcome | None]:
    """One design of a brief: its facts, and what is decided beside what a competent engineer would accept."""
    scored = score(path, in_process)
    return scored, None if scored.crash else outcome(path)


@pytest.mark.slow
def test_the_corpus_is_read_and_decided_as_well_as_before(
    subtests: pytest.Subtests, record_property: Callable[[str, object], None]
) -> None:
    with ProcessPoolExecutor(2) as pool:
        rows = list(pool.map(compared, briefs(BRIEFS)))
    for found in (row for _, row in rows if row):
        record_property("case", msgspec.to_builtins(found))
        with subtests.test("right answers", brief=found.name):
            assert not unaccepted(found)
    outcomes = [scored for scored, _ in rows]
    total = tally.sums(outcomes)
    with subtests.test("every brief gives a summary"):
        assert [(o.name, o.crash) for o in outcomes if o.crash] == []
    for name, least in floors().items():
        with subtests.test("floor", field=name):
            assert total[name].found >= least, total[name].missing
    with subtests.test("no expected regime is missed"):
        assert total["compliance"].missing == []
    with subtests.test("no forbidden fact"):
        assert [f for tally in total.values() for f in tally.forbidden] == []
    with subtests.test("few wrong facts"):
        wrong, reported = share_wrong(total)
        assert wrong <= MOST_WRONG * reported


def test_every_compared_field_has_a_floor() -> None:
    from tests.corpus.scoring.score import BY_MEANING, FACTS

    assert set(floors()) == {check.__name__ for check in FACTS + BY_MEANING}
