"""What issue 3 asks of the whole command line on the corpus, held by floors that only rise."""

import pytest
from tests.corpus.floors import floors
from tests.corpus.scoring.readers import command_line
from tests.corpus.scoring.score import BRIEFS, briefs, score_all, share_wrong
from tests.corpus.scoring.tally import sums

MOST_WRONG = 0.05


@pytest.mark.slow
def test_the_corpus_is_read_as_well_as_before(subtests: pytest.Subtests) -> None:
    outcomes = score_all(briefs(BRIEFS), command_line)
    total = sums(outcomes)
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
