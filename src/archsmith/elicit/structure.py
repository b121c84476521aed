"""From Markdown or plain text to blocks: headings, paragraphs, list items and table cells, each under its headings."""

import functools
import re
from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from archsmith.elicit.marks import clean
from archsmith.elicit.outline import is_outline, keyed_outline, outline
from archsmith.elicit.source import Piece, Source
from archsmith.elicit.wrapping import BULLET, breaks, wrap_width

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_OFF: Final = ("code", "html_block", "reference", "inline", "text_join", "linkify", "replacements", "smartquotes")
_RUN_IN: Final = re.compile(r"[ \t]*(\*\*|__)(?P<head>[^*_\n]{1,80})\1[ \t]*(?P<colon>:?)")
_CLAUSE: Final = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?|[A-Z]{1,4}-?\d{1,4}(?:\.\d+)?[:.)]|[A-Z]{1,5}-\d{1,4})[ \t]+"
    r"(?=[A-Z][A-Za-z]|[A-Z] )"
)
_MARKER: Final = re.compile(r"[A-Z]{1,4}-?\d{1,4}(?:\.\d+)?[:.)][ \t]+(?=[A-Z])")
_MAIL: Final = re.compile(
    r"(?P<key>From|To|Cc|Date|Sent|Subject|Betreff)[ \t]*:[ \t]*(?:(?:Re|Fwd|Fw|AW)[ \t]*:[ \t]*)*", re.I
)
_CODE: Final = re.compile(r"(?:[A-Z]{1,4}[-.]?\d{1,4}(?:\.\d+)*|#\d{1,4}|\d{1,2}(?:\.\d{1,2}){1,3})\.?$")
"""A cell that only numbers its row: "F7", "NFR-2", "3.1.2"."""
_LABEL_MAX: Final = 60
_OWN_ITEM: Final = -1
"""The level of a line that begins an item of a list, so that the title of the item before ends."""


class Block(Struct, frozen=True, kw_only=True):
    """One piece of text and where it stands.

    `kind`: heading, paragraph, item or cell. `headings`: the stack above, outermost first; a bold run-in counts as the
    innermost. `after_list`: a paragraph below a list under the same heading. `lead`: the line that introduces a list
    ("Two stages:"). `column` and `row`: the header of a table cell
    and the first cell of its row.
    """

    kind: str
    piece: Piece
    headings: tuple[str, ...] = ()
    lead: str = ""
    column: str = ""
    row: str = ""
    depth: int = 0
    after_list: bool = False


def blocks(source: Source, *, keyed: bool = False) -> list[Block]:
    """The blocks of a brief in reading order. `keyed`: it is a YAML file."""
    raw = [r for r in (_keyed(source) if keyed else _raw(source)) if r[3]]
    numbered = sum(1 for r in raw if _CLAUSE.match(r[3][0].text)) >= 2
    out: list[Block] = []
    stack: list[tuple[int, str]] = []
    heads = _Heads()
    for n, (kind, level, depth, pieces, extra) in enumerate(raw):
        piece = pieces[0]
        clause = _CLAUSE.match(piece.text) if numbered else _MARKER.match(piece.text)
        if clause:
            piece = Piece(source=source, text=piece.text[clause.end() :], at=piece.at[clause.end() :])
        mail = _MAIL.match(piece.text) if n < 8 else None
        if mail:
            if mail["key"].lower() == "subject":
                title = Piece(source=source, text=piece.text[mail.end() :], at=piece.at[mail.end() :])
                out.append(Block(kind="heading", piece=title))
            continue
        if level == _OWN_ITEM:
            heads.title = ""
        if kind == "title":
            heads.title = piece.text.strip()
            out.append(Block(kind="heading", piece=piece, headings=tuple(t for _, t in stack)))
            continue
        if kind == "heading":
            stack = [s for s in stack if s[0] < level] + [(level, piece.text.strip())]
            heads = _Heads()
            out.append(Block(kind=kind, piece=piece, headings=tuple(t for _, t in stack[:-1])))
            continue
        if level > 0:
            stack = [s for s in stack if s[0] < level]
        titles = tuple(t for _, t in stack)
        block = Block(kind=kind, piece=piece, headings=titles, column=extra[0], row=extra[1], depth=depth)
        follows = raw[n + 1] if n + 1 < len(raw) else None
        out.append(heads.place(block, follows[0] if follows else "", follows is not None and n == 0))
    return out


class _Heads:
    """Remembers the informal headings: a bold line, a short line before a list, a lead-in that ends in a colon.

    A heading made of a short line holds for the list below it; a paragraph after that list is outside again.
    """

    def __init__(self) -> None:
        self.informal = ""
        self.title = ""
        self.lead = ""
        self.listed = False
        self.items = False
        self.above: list[tuple[int, str]] = []

    def place(self, block: Block, follows: str, first: bool) -> Block:
        """The block under its informal heading; a line that is one comes back as a heading."""
        text = block.piece.text.strip()
        if block.depth or block.kind in ("item", "cell"):
            self.listed = self.items = True
            if block.kind == "paragraph" and text.endswith(":") and not self.lead:
                self.lead = text
            return replace(self._headed(block), lead=self._above(block) or self.lead or self.title)
        self.lead, self.above = "", []
        bold = _bold_start(block.piece)
        whole = bold == len(block.piece.text.rstrip())
        if (is_label(text) and (text.endswith(":") or text.isupper() or follows in ("item", "cell") or first)) or whole:
            self.informal = text.rstrip(":. ")
            self.listed = self.items = False
            return replace(block, kind="heading")
        if self.items and block.kind == "paragraph" and not bold:
            block = replace(block, after_list=True)
        if self.listed or bold:
            self.informal, self.listed = "", False
        if bold:
            self.informal = block.piece.text[:bold].strip(" .:")
            self.listed = follows not in ("item", "cell")
            block = replace(block, piece=_after(block.piece, bold))
        last = re.split(r"(?<=[.!?])\s+", text[-300:])[-1]
        if last.endswith(":"):
            self.lead = last
        return self._headed(block)

    def _above(self, block: Block) -> str:
        """The item that a nested one stands under, where that is a label: "Members can", with what they can below."""
        if block.kind != "item":
            return ""
        self.above = [a for a in self.above if a[0] < block.depth]
        found = next((text for _, text in reversed(self.above) if is_label(text)), "")
        self.above.append((block.depth, block.piece.text.strip()))
        return found

    def _headed(self, block: Block) -> Block:
        return replace(block, headings=(*block.headings, self.informal)) if self.informal else block


def _after(piece: Piece, start: int) -> Piece:
    """The piece without its bold run-in."""
    while start < len(piece.text) and piece.text[start].isspace():
        start += 1
    return Piece(source=piece.source, text=piece.text[start:], at=piece.at[start:])


def is_label(text: str) -> bool:
    """Whether a line on its own reads as a heading: "MUST", "How it runs", "Out of scope:".

    >>> is_label("Nice to have:"), is_label("Manager approves."), is_label("German only.")
    (True, False, False)
    """
    if not text or len(text) > _LABEL_MAX or "\n" in text:
        return False
    words = text.rstrip(":").split()
    if text.endswith(":"):
        return len(words) <= 6
    if text[-1] in ".!?;,)" and not re.search(r"\([^()]*\)$", text):
        return False
    if not text[0].isalpha() or re.search(r"\d", text):
        return False
    bare = re.sub(r"\([^()]*\)", "", text).strip()
    return len(words) <= 5 and (bare.isupper() or (bare[:1].isupper() and "," not in bare))


def _bold_start(piece: Piece) -> int:
    """The length in clean text of a bold run-in at the start, or 0."""
    if not piece.at:
        return 0
    first = max(0, piece.at[0] - 2)
    found = _RUN_IN.match(piece.source.text, first, first + 120)
    if not found or not (found["head"].rstrip().endswith((".", ":")) or found["colon"] or _alone(piece, found.end())):
        return 0
    end = found.end()
    return sum(1 for offset in piece.at[:100] if offset < end)


def _alone(piece: Piece, end: int) -> bool:
    return piece.at[-1] < end


@functools.cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").disable(list(_OFF), ignoreInvalid=True)


Raw = tuple[str, int, int, list[Piece], tuple[str, str]]


def _keyed(source: Source) -> Iterator[Raw]:
    for kind, level, piece in keyed_outline(source):
        yield kind, level, 1 if kind == "item" else 0, [piece], ("", "")


def _raw(source: Source) -> Iterator[Raw]:
    if is_outline(source.text):
        for kind, level, ranges in outline(source):
            yield kind, level, 1 if kind == "item" else 0, [clean(source, ranges)], ("", "")
        return
    tokens = _parser().parse(source.text)
    width = wrap_width(source)
    row: list[str] = []
    header: list[str] = []
    depth = 0
    in_head = False
    previous: Token | None = None
    cursor = (-1, 0)
    for token in tokens:
        kind = token.type
        if kind == "list_item_open":
            depth += 1
        elif kind == "list_item_close":
            depth -= 1
        elif kind == "table_open":
            header = []
        elif kind == "thead_open":
            in_head = True
        elif kind == "thead_close":
            in_head, header = False, row
        elif kind == "tr_open":
            row = []
        elif kind == "inline" and token.map:
            opener = previous
            if opener is not None and opener.type in ("th_open", "td_open"):
                piece, cursor = _cell(source, token, cursor)
                row.append(piece.text.strip())
                if in_head or not piece.text.strip():
                    continue
                column = header[len(row) - 1] if len(row) <= len(header) else ""
                if _CODE.match(row[-1]):
                    continue
                first = next((r for r in row[:-1] if r and not _CODE.match(r)), "")
                yield "cell", 0, 0, [piece], (column, first)
            elif opener is not None and opener.type == "heading_open":
                yield "heading", int(opener.tag[1:]), depth, [_lines(source, token, 0)[0]], ("", "")
            else:
                yield from _paragraph(source, token, depth, width)
        previous = token


def _paragraph(source: Source, token: "Token", depth: int, width: int) -> Iterator[Raw]:
    pieces = _lines(source, token, width)
    for n, piece in enumerate(pieces):
        own = _OWN_ITEM if depth == 1 and n == 0 else 0
        if own and len(pieces) > 1 and is_label(piece.text.strip()):  # "6. Later", with lines of its own below
            yield "title", own, depth, [piece], ("", "")
            continue
        kind = "item" if depth and n == 0 else "paragraph"
        bullet = BULLET.match(piece.text)
        if bullet:
            cut = bullet.end()
            piece = Piece(source=source, text=piece.text[cut:], at=piece.at[cut:])
            kind = "item"
        elif depth and n:
            kind = "item"
        yield kind, own, depth or (1 if bullet else 0), [piece], ("", "")


def _cell(source: Source, token: "Token", cursor: tuple[int, int]) -> tuple[Piece, tuple[int, int]]:
    assert token.map
    line = token.map[0]
    text = source.line_text(line)
    begin = cursor[1] if cursor[0] == line else 0
    found = text.find(token.content, begin) if token.content else begin
    if found < 0:
        found = begin
    start = source.line_start(line) + found
    stop = min(start + len(token.content), source.line_start(line) + len(text))
    return clean(source, [(start, stop)]), (line, found + len(token.content))


def _lines(source: Source, token: "Token", width: int) -> list[Piece]:
    """The paragraph's lines, joined where they were wrapped and apart where each says something of its own."""
    assert token.map
    ranges: list[tuple[int, int]] = []
    first = token.map[0]
    for n, content in enumerate(token.content.split("\n")):
        line = first + n
        text = source.line_text(line)
        found = text.find(content.strip()) if content.strip() else 0
        start = source.line_start(line) + max(found, 0)
        ranges.append((start, start + len(content.strip()) if found >= 0 else source.line_start(line) + len(text)))
    groups: list[list[tuple[int, int]]] = []
    for n, span in enumerate(ranges):
        if span[1] <= span[0]:
            continue
        if groups and not breaks(source, ranges[n - 1], span, width):
            groups[-1].append(span)
        else:
            groups.append([span])
    return [clean(source, g) for g in groups] or [Piece(source=source, text="", at=array("L"))]
