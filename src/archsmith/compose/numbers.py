"""Numbers of fields and of values of enums in Protocol Buffers, which must never change once something is sent.

A number follows from the name, so that what is added, taken away or moved leaves all others as they are; a file of
given numbers would have to be kept beside the brief. Names that every message may have take one byte (1 to 15).
"""

import hashlib
from collections.abc import Iterable
from typing import Final

FIXED: Final = {
    "id": 1, "created_at": 2, "updated_at": 3, "version": 4, "request_id": 5, "page_size": 6, "page_token": 7,
    "next_page_token": 8, "expected_version": 9, "ids": 10, "record": 11, "records": 12, "row_version": 13,
}  # fmt: skip
FIRST: Final = 16
LAST: Final = 262_143
"""The largest number whose tag takes three bytes: 18 bits beside the three of the wire type."""
RESERVED: Final = range(19_000, 20_000)
"""These belong to Protocol Buffers."""


def numbered(names: Iterable[str], *, fixed: bool = True, last: int = LAST) -> tuple[tuple[str, int], ...]:
    """A number for each name, in the order given; no two are alike.

    Where two names meet in one number, the later in the order moves on: what is appended moves nothing.

    >>> dict(numbered(["id", "name"]))["id"], dict(numbered(["name"])) == dict(numbered(["id", "name"])[1:])
    (1, True)
    """
    given: dict[str, int] = {}
    taken: set[int] = set()
    for name in dict.fromkeys(names):
        number, salt = FIXED.get(name, 0) if fixed else 0, 0
        while not number or number in taken:
            number = _hash(f"{name}\n{salt}" if salt else name, last)
            salt += 1
        given[name] = number
        taken.add(number)
    return tuple(given.items())


def _hash(text: str, last: int) -> int:
    """FIRST to `last` without those reserved."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    skipped = len(RESERVED) if last >= RESERVED.stop else 0
    number = FIRST + int.from_bytes(digest[:8], "big") % (last - FIRST + 1 - skipped)
    return number + skipped if skipped and number >= RESERVED.start else number
