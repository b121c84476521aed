"""Characters that no screen shows, and what they could do there: move the cursor, or turn the text round.

Control characters, separators of lines other than the line feed, marks of direction (CVE-2021-42574: a comment that
reads as code), and halves of characters.
"""

import re
from typing import Final

UNSEEN: Final = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)  # fmt: skip


def without(text: str, instead: str = "") -> str:
    """The text with `instead` in the place of each.

    >>> without("a\\x1b[31m\\u202e b\\nc")
    'a[31m b\\nc'
    """
    return UNSEEN.sub(instead, text)
