"""Priorities that are told apart from their thing: by a letter of a legend, a column of a table, a later correction."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from archsmith.elicit.scope import heading_scope
from archsmith.model.requirements import Priority

if TYPE_CHECKING:
    from archsmith.elicit.reading import Sentence

_LEGEND: Final = re.compile(r"\b(?P<letter>[A-Z])\s*(?:=|–|means)\s*(?P<word>[a-z][a-z -]{2,20})\b")
"""One entry of a legend: "D = desirable"."""
_MARK: Final = re.compile(r"(?:[A-Z]{1,5}-?\d{1,4}\S*\s+)?\((?P<letter>[A-Z])\)\s")
_CODE: Final = r"(?:[A-Z]{1,5}-?\d{1,4}(?:\.\d+)?|\d{1,2}(?:\.\d{1,2}){1,3})"
_OWN: Final = re.compile(rf"[|\s*•-]*(?P<code>{_CODE})\b")
_CHANGED: Final = re.compile(
    rf"(?<![\w.-])(?P<code>{_CODE})(?:,? (?:formerly|previously) \w+,?)? (?:is|are|becomes?|(?:has|have) (?:been"
    rf"|become)|was"
    r"|shall be|moves?|goes)"
    r" (?:(?:now|hereby|made|changed to|moved to|raised to|lowered to|upgraded to|downgraded to|considered|to be"
    r"|to|a|an)"
    r" )*(?P<no>no longer |not )?(?P<word>[a-z][a-z-]+(?: (?:have|\d|two|three|scope|phase|release))?)",
)
_COLUMN: Final = re.compile(r"\W*(?:prio(?:rity)?|moscow|importance|obligation|level)\W*$", re.I)
_LINE: Final = 200
"""Characters that are looked back for the start of a line, and of a row of a table."""
_ROW: Final = 4_000


def changes(sentence: "Sentence", cues: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, Priority]]:
    """The codes of requirements to which the sentence gives another priority: "EXD-21 is now mandatory"."""
    for found in _CHANGED.finditer(sentence.text):
        scope = heading_scope(found["word"], cues)
        if scope is None or scope.excluded or scope.priority is None:
            continue
        priority = scope.priority
        if found["no"]:
            if priority is not Priority.MUST:
                continue
            priority = Priority.SHOULD
        yield found["code"], priority


def code_of(sentence: "Sentence") -> str:
    """The number that the line of a sentence begins with, or the empty string."""
    piece = sentence.block.piece
    if not piece.at:
        return ""
    text, at = piece.source.text, piece.at[0]
    start = text.rfind("\n", max(0, at - _LINE), at) + 1
    found = _OWN.match(text, start, at + _LINE)
    return found["code"] if found else ""


def restated(sentences: "list[Sentence]", text: str, cues: Mapping[str, frozenset[str]]) -> "list[Sentence]":
    """The sentences with the priority that the brief gives them elsewhere; the later word counts."""
    marks = {m["letter"]: heading_scope(m["word"].strip(), cues) for m in _LEGEND.finditer(text)}
    legend = {letter: s.priority for letter, s in marks.items() if s is not None and not s.excluded}
    legend = legend if len(marks) > 1 else {}
    rows = {
        _place(s): scope.priority
        for s in sentences
        if s.block.kind == "cell" and _COLUMN.match(s.block.column)
        for scope in [heading_scope(s.text, cues)]
        if scope is not None and not scope.excluded and scope.priority not in (None, Priority.LATER)
    }
    changed = {code: priority for s in sentences for code, priority in changes(s, cues)}
    if not (legend or rows or changed):
        return sentences
    return [_with(s, _told(s, legend, rows, changed)) for s in sentences]


def _told(
    sentence: "Sentence",
    legend: dict[str, Priority | None],
    rows: Mapping[int, Priority | None],
    changed: dict[str, Priority],
) -> Priority | None:
    later = changed.get(code_of(sentence)) if changed else None
    if later is not None:
        return later
    mark = _MARK.match(sentence.text) if legend else None
    if mark and mark["letter"] in legend:
        return legend[mark["letter"]]
    return rows.get(_place(sentence)) if sentence.block.kind == "cell" else None


def _with(sentence: "Sentence", priority: Priority | None) -> "Sentence":
    if priority is None or sentence.scope.excluded or sentence.block.kind == "heading":
        return sentence
    return dataclasses.replace(sentence, scope=replace(sentence.scope, priority=priority, heading=""))


def _place(sentence: "Sentence") -> int:
    """The offset at which the line of a cell begins."""
    piece = sentence.block.piece
    return piece.source.text.rfind("\n", max(0, piece.at[0] - _ROW), piece.at[0]) + 1 if piece.at else -1
