"""Other people's words inside descriptions, which are CommonMark: no HTML, no link and no code comes out of them."""

import re
from typing import Final

from archsmith.kernel.provenance import Provenance, Stated
from archsmith.render.markdown import clean, clip

_ACTIVE: Final = re.compile(r"([\\<>\[\]])")


def prose(raw: str) -> str:
    """One line that shows exactly that text.

    >>> prose("a <script> of [mine](x)")
    'a \\\\<script\\\\> of \\\\[mine\\\\](x)'
    """
    return _ACTIVE.sub(r"\\\1", clean(raw))


def sentence(raw: str) -> str:
    """`prose` that begins with a capital letter and ends with a full stop; empty stays empty."""
    line = prose(raw)
    return line and f"{line[0].upper()}{line[1:]}" + ("" if line[-1] in ".!?" else ".")


def title(raw: str, limit: int = 120) -> str:
    """A name or a summary: short, on one line, without a full stop."""
    return prose(clip(raw, limit)).rstrip(".")


def brief_says(why: Provenance) -> str:
    """The brief's own words with their line, or nothing where nobody wrote any."""
    return f'Line {why.at.line} of the brief: "{prose(clip(why.at.quote, 160))}".' if isinstance(why, Stated) else ""
