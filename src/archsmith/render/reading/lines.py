"""The text of a brief in pieces that a template can place: marks, links, line numbers and the look of a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archsmith.model.brief import Brief, BriefForm
from archsmith.render.markdown import clean
from archsmith.render.reading.kinds import Kind
from archsmith.render.reading.marks import Close, Mark, Open, Text, events


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One of: a mark opens, a mark closes, a line begins, characters.

    `anchor` is the id of a mark where its first piece opens; `target` the card that characters lead to, `stop` whether
    they are the first of their mark, which a keyboard stops at. `look` of a line: title, heading, table; of a mark:
    whole, left. `odd` names a
    character that can't be seen or would turn the text around.
    """

    what: str
    text: str = ""
    mark: str = ""
    anchor: str = ""
    kind: Kind | None = None
    target: str = ""
    hint: str = ""
    stop: bool = False
    line: int = 0
    look: str = ""
    odd: str = ""


STATEMENTS: Final = frozenset({"requirement", "conflict"})
LONG: Final = 60
"""Characters from which on a tint would drown what stands inside."""
_ODD: Final = re.compile(
    "([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff])"
)


def pieces(brief: Brief, placed: Sequence[Mark]) -> Iterator[Piece]:
    """The whole text, in order: the characters of all pieces are the text."""
    lines = _Lines(brief)
    yield lines.begin()
    for event in events(brief.text, placed):
        match event:
            case Open(mark, again):
                yield _opened(mark, again)
            case Close():
                yield Piece(what="close")
            case Text(text, mark, first):
                yield from lines.characters(text, mark, first)


def _opened(mark: Mark, again: bool) -> Piece:
    anchor = "" if again else mark.id
    return Piece(what="open", mark=mark.id, anchor=anchor, kind=mark.first.kind, look=_look_of(mark))


def _look_of(mark: Mark) -> str:
    """Whole statements are underlined, and single words tinted (both, where a statement is no more than a figure);
    what was read and not used is dotted."""
    sorts = {i.sort for i in mark.items}
    if sorts <= {"mention", "deed"}:
        return "left"
    short = mark.end - mark.start <= LONG
    if sorts & STATEMENTS:
        return "whole word" if short and sorts - STATEMENTS - {"regime", "limit"} else "whole"
    return "" if short else "whole"


class _Lines:
    """Counts lines and cuts characters at their ends."""

    def __init__(self, brief: Brief) -> None:
        self._looks = list(_looks(brief))
        self._line = 0

    def begin(self) -> Piece:
        self._line += 1
        return Piece(what="line", line=self._line, look=self._look())

    def _look(self) -> str:
        return self._looks[self._line - 1]

    def characters(self, text: str, mark: Mark | None, first: bool) -> Iterator[Piece]:
        for n, part in enumerate(text.split("\n")):
            if n:
                yield Piece(what="text", text="\n", look=self._look())
                yield self.begin()
            for run in _ODD.split(part):
                if not run:
                    continue
                odd = f"U+{ord(run):04X}" if len(run) == 1 and _ODD.match(run) else ""
                if mark is None or odd:
                    yield Piece(what="text", text=run, look=self._look(), odd=odd)
                    continue
                item = mark.first
                hint = clean(f"{item.sort}: {item.text}")[:200]
                yield Piece(
                    what="link", text=run, look=self._look(), target=item.id, kind=item.kind, stop=first, hint=hint
                )
                first = False


def _looks(brief: Brief) -> Iterator[str]:
    """How each line is set: headings larger, tables and structured files in a fixed width."""
    fenced = False
    for line in brief.text.split("\n"):
        stripped = line.lstrip()
        if stripped.startswith(("```", "~~~")):
            fenced = not fenced
        if brief.form is BriefForm.STRUCTURED or fenced or stripped.startswith(("|", "```", "~~~")):
            yield "table"
        elif re.match(r"#{1,6}\s", stripped) and brief.form is BriefForm.MARKDOWN:
            yield "title" if stripped.startswith("# ") else "heading"
        else:
            yield ""
