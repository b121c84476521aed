"""Teams told without a number: "I am the only one who programs", "a developer with one colleague"."""

from collections.abc import Iterator
from typing import Final

from archsmith.elicit.numbers import Found
from archsmith.elicit.reading import Reading, Sentence
from archsmith.kernel.provenance import Stated
from archsmith.model.requirements import Number, NumberRole, NumberStatus

_CRAFT: Final = frozenset(
    "program programmer programming develop developer code coding build engineer dev coder".split()
)
_ALONE: Final = frozenset("only alone myself solo sole single-handed".split())


def find_teams(reading: Reading, found: list[Found]) -> Iterator[Number]:
    """The team, where no counted one is found: at most one number."""
    if any(f.number.role is NumberRole.TEAM for f in found):
        return
    for sentence in reading.sentences:
        if sentence.scope.excluded:
            continue
        hit = _by_article(sentence, reading)
        if hit is None:
            why = _alone(sentence)
            hit = (1.0, why) if why is not None else None
        if hit is not None:
            yield Number(
                id="team",
                what="developers",
                value=hit[0],
                unit="engineers",
                role=NumberRole.TEAM,
                status=NumberStatus.TARGET,
                why=hit[1],
            )
            return


def _alone(sentence: Sentence) -> Stated | None:
    low = {t.low for t in sentence.tokens}
    words = low | {t.lemma for t in sentence.tokens}
    if not {"i", "one-person", "solo"} & low:
        return None
    return sentence.stated() if words & _CRAFT and words & _ALONE else None


def _by_article(sentence: Sentence, reading: Reading) -> tuple[float, Stated] | None:
    """ "We have a developer in Porto with one colleague": one, and those who come with "with" or "and"."""
    tokens = sentence.tokens
    if any(t.low in ("no", "not", "don't", "without", "never", "haven't") for t in tokens[:8]):
        return None
    if not {"we", "i", "our", "there", "team"} & {t.low for t in tokens[:6]}:
        return None
    for n, token in enumerate(tokens[:-1]):
        if token.low not in ("a", "an", "my", "our") or n == 0:
            continue
        phrase = next((p for p in sentence.phrases if p.start == n), None)
        if phrase is None or phrase.head_word not in reading.lex.groups["team"]:
            continue
        if tokens[phrase.head].low != phrase.head_word or tokens[n - 1].low in ("as", "like", "for"):
            continue
        count, end = 1.0, phrase.end
        for k in range(phrase.end, min(len(tokens) - 2, phrase.end + 6)):
            if tokens[k].low in ("with", "and", "plus") and tokens[k + 1].low in ("a", "an", "one", "two", "three"):
                other = next((p for p in sentence.phrases if p.start <= k + 1 < p.end), None)
                if other is not None and (
                    other.head_word in reading.lex.groups["team"] or other.head_word == "colleague"
                ):
                    count += {"two": 2.0, "three": 3.0}.get(tokens[k + 1].low, 1.0)
                    end = other.end
                    break
        return count, sentence.at(n, end)
    return None
