"""Whether a line break was meant, or made by an editor that wraps."""

import re
from typing import Final

from archsmith.elicit.source import Source

BULLET: Final = re.compile(r"[ \t]*(?:[-*+•‣◦–—·]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])[ \t]+(?=\S)")
"""The sign of a list item at the start of a line."""
_WRAPPED_FROM: Final = 60
"""A line this long that breaks off within a sentence was wrapped, if the next does not begin with a capital."""
_SURELY_WRAPPED: Final = 90


def breaks(source: Source, one: tuple[int, int], two: tuple[int, int], width: int) -> bool:
    """Whether the line break between two lines was meant, and not made by an editor that wraps.

    After a full stop it does not matter: the sentences part there in any case.
    """
    above, below = source.text[one[0] : one[1]].rstrip(), source.text[two[0] : two[1]]
    if BULLET.match(below) or above.endswith((".", "!", "?", ":", ";")):
        return True
    if above.endswith((",", "(")):
        return False
    if len(above) >= _WRAPPED_FROM:
        return below[:1].isupper() and len(above) < _SURELY_WRAPPED
    word = below.split(maxsplit=1)[0] if below.split() else ""
    return not width or one[1] - one[0] + 1 + len(word) <= width - 2


def wrap_width(source: Source) -> int:
    """The column at which the text was wrapped by an editor, or 0 where its lines are of any length."""
    lengths = sorted(len(line.rstrip()) for line in source.text.split("\n") if line.strip())
    if len(lengths) < 3 or not 50 <= lengths[-1] <= 130:
        return 0
    top = lengths[-1]
    near = sum(1 for n in lengths if n >= top - 14)
    return top if near >= max(3, len(lengths) // 4) else 0
