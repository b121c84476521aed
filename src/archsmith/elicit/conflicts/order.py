"""Dates that run against the order of what they belong to."""

import itertools
import re
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.conflicts.rule import Matter, Rule
from archsmith.elicit.reading import Sentence
from archsmith.model.requirements import Conflict

_PHASE: Final = re.compile(
    r"\b(?:phase|stage|release|version|milestone|v|step|wave|increment) ?(?P<no>[1-9]|one|two|three|four|i{1,3}|iv)\b"
    r"|\b(?P<word>pilot|beta|mvp|proof of concept|poc|go-?live|launch|roll-?out)\b",
    re.I,
)
_NUMBERS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_MILESTONES: Final = {"poc": 1, "proof of concept": 1, "pilot": 2, "beta": 2, "mvp": 2, "go-live": 4, "golive": 4,
                      "launch": 4, "rollout": 5, "roll-out": 5}  # fmt: skip
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE: Final = re.compile(
    r"\b(?:(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?,? (?:\d{1,2}(?:st|nd|rd"
    r"|th)?,? )?(?P<year>20\d\d)"
    r""
    r"|q(?P<quarter>[1-4])[ /]?(?P<year2>20\d\d)|(?P<year3>20\d\d)[-/](?P<month3>0[1-9]|1[0-2]))\b",
    re.I,
)
_RELATED: Final = re.compile(r"\b(?:after|before|since|until|following|once|from)\b", re.I)


def _phases(matter: Matter, rule: Rule) -> Iterator[Conflict]:
    """Each dated phase against the one before it in rank: a later phase can't be due earlier."""
    dated: dict[bool, list[tuple[int, int, Sentence]]] = {True: [], False: []}
    for sentence in matter.wanted():
        for numbered, rank, month in _of(sentence):
            dated[numbered].append((rank, month, sentence))
    for rows in dated.values():
        rows.sort(key=lambda r: (r[0], r[1]))
        for (one, first, a), (two, second, b) in itertools.pairwise(rows):
            if one < two and second < first and a is not b:
                yield rule.conflict(
                    a.span(),
                    b.span(),
                    "plans the steps in their order; the earlier date is taken for the first of them",
                )


def _of(sentence: Sentence) -> Iterator[tuple[bool, int, int]]:
    """Whether it is a number, its rank and the month of each phase that is followed by a date."""
    text = sentence.text
    row = sentence.block.row
    head = f"{row}: " if row and sentence.block.column else ""
    text = head + text
    marks = list(_PHASE.finditer(text))
    for n, mark in enumerate(marks):
        end = marks[n + 1].start() if n + 1 < len(marks) else len(text)
        date = _DATE.search(text, mark.end(), end)
        if date is None or _RELATED.search(text[max(0, mark.start() - 12) : mark.start()]):
            continue
        number = (mark["no"] or "").lower()
        word = (mark["word"] or "").lower()
        rank = int(number) if number.isdigit() else _NUMBERS.get(number) or _MILESTONES.get(word, 0)
        if rank:
            yield bool(number), rank, _month(date)


def _month(date: re.Match[str]) -> int:
    """Months since the year 0."""
    if date["month"]:
        return int(date["year"]) * 12 + _MONTHS.index(date["month"][:3].lower())
    if date["quarter"]:
        return int(date["year2"]) * 12 + int(date["quarter"]) * 3 - 3
    return int(date["year3"]) * 12 + int(date["month3"]) - 1


def _input_late(matter: Matter, rule: Rule) -> Iterator[Conflict]:
    """A result that is due by a time within the hours in which its input still arrives."""
    windows = [(s, w) for s in matter.wanted() for w in [_WINDOW.search(s.text)] if w and _ARRIVES & s.words]
    for source, window in windows[:5]:
        start, end = int(window[1]) * 60 + int(window[2]), int(window[3]) * 60 + int(window[4])
        for sentence in matter.wanted():
            due = _DUE.search(sentence.text)
            if (
                due
                and sentence is not source
                and start < int(due[1]) * 60 + int(due[2]) < end
                and _LEAVES & sentence.words
            ):
                yield rule.conflict(
                    source.span(),
                    sentence.span(),
                    f"sends at {due[1]}:{due[2]} what has arrived by then and the rest with the next run; the"
                    f" time is to be"
                    " agreed",
                )


_WINDOW: Final = re.compile(r"\b(?:between|from) (\d{1,2})[:.](\d\d) (?:and|to|until|till) (\d{1,2})[:.](\d\d)\b", re.I)
_DUE: Final = re.compile(r"\b(?:by|before|until|no later than|not later than) (\d{1,2})[:.](\d\d)\b", re.I)
_ARRIVES: Final = frozenset(
    "deliver delivered arrive upload uploaded receive received submit come send sent supply".split()
)
_LEAVES: Final = frozenset(
    "transfer transferred export exported report calculate aggregate bill billing compute process finish"
    " complete publish"
    " send hand".split()
)
INPUT_LATE: Final = Rule(
    "CFL142", "due before its input", "What is due while its input still arrives can't hold all of it.", _input_late
)
PHASES: Final = Rule(
    "CFL141", "order of phases and dates", "What builds on an earlier phase can't be due before it.", _phases
)
