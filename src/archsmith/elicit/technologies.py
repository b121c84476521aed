"""Technologies that the brief names, with the stance towards each, and the skills they tell of."""

import functools
from typing import Final

from archsmith.elicit.names import NameIndex
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.stance import stance_at
from archsmith.kernel.ids import TechId
from archsmith.kernel.provenance import Fact
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.requirements import Stance, TechnologyWish


class TechName(Value, frozen=True, kw_only=True):
    """A technology's names. `tech` is its id in the catalogue (empty: none), `skill` what it tells of a team."""

    id: str
    tech: str
    skill: str
    words: str
    exact: str = ""


TECH_NAMES: Final = Table("tech_names", TechName)
_PEOPLE: Final = frozenset(
    "developer developers engineer engineers programmer programmers team know knows skill skills experience"
    " program programs i we people freelancer".split()
)

_BAN: Final = frozenset("intend want wish plan avoid ban banned forbidden allowed never".split())


@functools.lru_cache(maxsize=8)
def technology_names(catalogue: Catalogue) -> NameIndex[TechName]:
    """The names of technologies, ready to be found."""
    index: NameIndex[TechName] = NameIndex()
    for row in catalogue.table(TECH_NAMES).values():
        index.add(row.words, row)
        index.add(row.exact, row, exact=True)
    index.sort()
    return index


def find_technologies(reading: Reading) -> tuple[list[TechnologyWish], list[Fact[str]]]:
    """The wishes in reading order, each technology once (a ban and a must outrank the rest), and the team's skills."""
    index = technology_names(reading.catalogue)
    wishes: dict[str, TechnologyWish] = {}
    skills: dict[str, Fact[str]] = {}
    for sentence in reading.sentences:
        if sentence.text.rstrip().endswith("?"):
            continue
        for first, last, row in index.find(sentence):
            if row.exact and sentence.tokens[first].text == row.exact and _ordinary(sentence, first, last, row):
                continue
            stance = stance_at(sentence, first, last)
            # A demand or a ban is quoted whole: the words beside the name say how far it goes ("AWS, eu-central-1").
            whole = stance in (Stance.MUST_USE, Stance.MUST_NOT_USE)
            why = sentence.stated() if whole else sentence.at(first, last)
            if _of_people(sentence, first, last, row):
                if stance is Stance.MUST_NOT_USE and not _BAN & sentence.words:
                    continue  # what nobody knows yet is not forbidden
                if stance is not Stance.MUST_NOT_USE and row.skill:
                    skills.setdefault(row.skill, Fact(value=row.skill, why=why))
                    continue
            elif row.skill and stance in (Stance.EXISTING, Stance.MUST_USE):
                skills.setdefault(row.skill, Fact(value=row.skill, why=why))
            wish = TechnologyWish(name=row.id, tech=TechId(row.tech) if row.tech else None, stance=stance, why=why)
            known = wishes.get(row.id)
            if known is None or (
                known.stance in (Stance.EXISTING, Stance.PREFER) and stance in (Stance.MUST_NOT_USE, Stance.MUST_USE)
            ):
                wishes[row.id] = wish
    return list(wishes.values()), list(skills.values())


def _ordinary(sentence: Sentence, first: int, last: int, row: TechName) -> bool:
    """Whether a word such as Go or Spring is an ordinary one here: at the start of a sentence, with a verb's
    object after.
    """
    tokens = sentence.tokens
    if first == 0:
        nxt = tokens[last].low if last < len(tokens) else ""
        return nxt not in ("", ".", ",", "and", "or", "/", "(", "is", "for")
    return False


def _of_people(sentence: Sentence, first: int, last: int, row: TechName) -> bool:
    """Whether the name tells what people can do: "four developers (PHP)", "I program in javascript"."""
    if row.skill == "" or sentence.scope.excluded:
        return False
    around = {t.low for t in sentence.tokens[max(0, first - 9) : last + 4]}
    lemmas = {t.lemma for t in sentence.tokens[max(0, first - 9) : last + 4]}
    if {"developer", "engineer", "programmer", "developers", "engineers"} & (around | lemmas):
        return not {"existing", "server", "code", "must", "use", "already", "place", "running"} & around
    return bool(
        {"know", "knows", "nobody", "skill", "skills", "experience", "fluent", "comfortable", "program", "programs"}
        & (around | lemmas)
    )
