"""Under which name a noun phrase is kept: empty words off its front, attributes and views given to their owners."""

from typing import Final

from msgspec import Struct

from archsmith.elicit.phrases import Phrase
from archsmith.elicit.reading import Sentence
from archsmith.kernel.inflect import singular
from archsmith.knowledge.noun_kinds import Nouns, Standing

_EMPTY: Final = frozenset(
    "latest original final current new old first last next incoming outgoing upcoming expected actual given active"
    " registered existing own raw full daily weekly monthly yearly annual online offline on-line off-line digital paper"
    " public private internal external real main single extra additional entire whole individual different various"
    " normal usual ordinary standard typical free paid open closed valid late early official complete malicious"
    " live physical virtual electronic national local regional global shared common average present right wrong"
    " previous subsequent preceding following respective particular certain".split()
)
"""First words that do not make another thing of what follows."""
_PREPOSITIONS: Final = frozenset("to in from on of for by with at into".split())
_FULL: Final = {"diem": "per diem"}
"""Terms whose first word reads as something else."""
_ALTERS: Final = frozenset({"change", "version", "record", "profile"})
"""Heads for something that happens to what stands before them, or for that itself as it is kept."""
_BELOW: Final = frozenset({Standing.NONE, Standing.QUALITY})


class Kept(Struct, frozen=True):
    """`name`: of the thing, or empty. `value`: what the phrase says is an attribute of it (`member` with `name`)."""

    name: str
    value: str = ""


def kept(name: str, nouns: Nouns) -> Kept:
    """The thing that a name of one to three words means.

    `latest balance` is a balance, `member name` an attribute of members, a `booking overview` shows bookings.
    """
    words = _FULL.get(name, name).split(" ")
    if nouns.whole(name) is None:
        stop = next((n for n, word in enumerate(words) if n and word in _PREPOSITIONS), len(words))
        words = words[:stop]
    if len(words) > 1 and nouns.standing(words[-1]) is Standing.VALUE:
        whose = " ".join(words[:-1])
        if nouns.standing(name) is Standing.VALUE and nouns.standing(whose) in (Standing.RECORD, Standing.MEANS):
            return Kept(kept(whose, nouns).name, words[-1])
    while len(words) > 1 and nouns.whole(" ".join(words)) is None:
        rest = " ".join(words[1:])
        if (
            words[0] in _EMPTY
            or not words[0].replace("-", "").isalpha()
            or (_says_nothing(words[0], nouns) and nouns.standing(rest) not in _BELOW)
        ):
            words.pop(0)
            continue
        standing = nouns.standing(words[-1])
        before = " ".join([*words[:-2], singular(words[-2])])
        if any(nouns.whole(" ".join(words[n:])) is not None for n in range(1, len(words) - 1)):
            break
        if words[-1] in _ALTERS and nouns.standing(before) in _HAVE:
            return Kept(kept(before, nouns).name)
        if standing is Standing.VALUE:
            owner = kept(before, nouns)
            return Kept(owner.name, words[-1]) if nouns.standing(before) in _HAVE else Kept(" ".join(words))
        of_its_own = standing is Standing.VIEW and nouns.of(before) is None
        if standing in (Standing.VIEW, Standing.NONE) and nouns.standing(before) in _HAVE and not of_its_own:
            return Kept(kept(before, nouns).name)
        break
    return Kept(" ".join(words))


_HAVE: Final = frozenset({Standing.RECORD, Standing.MEANS, Standing.PLACE, Standing.OPEN})


_LEFT_OFF: Final = frozenset({"technology", "forms-of-files", "places", "units", "calendar-words", "money-units"})
"""Kinds of nouns whose words say by which means, where or when: `sms reminder`, `pdf report`, `weekday ride`."""


def _says_nothing(word: str, nouns: Nouns) -> bool:
    """Whether a first word adds nothing to what is kept."""
    row = nouns.whole(word) or nouns.whole(singular(word))
    return row is not None and row.id in _LEFT_OFF


def kept_phrase(phrase: Phrase, sentence: Sentence, nouns: Nouns) -> Kept:
    """The same of a phrase in its sentence, where a capital before a small letter shows a proper name to leave off."""
    words = phrase.name.split(" ")
    first = phrase.end - len(words)
    for longer in (2, 1):
        before = [t.low for t in sentence.tokens[max(0, first - longer) : first]]
        if len(before) == longer and nouns.whole(" ".join([*before, *words])) is not None:
            return Kept(" ".join([*before, *words]))
    if nouns.whole(phrase.name) is None and len(words) > 1 and sentence.tokens[phrase.head].text[:1].islower():
        while len(words) > 1 and first > 0 and sentence.tokens[first].text[:1].isupper():
            words.pop(0)
            first += 1
    return kept(" ".join(words), nouns)
