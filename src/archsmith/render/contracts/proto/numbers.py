"""Numbers of fields and of values of enums, which must never change once something is sent.

A number follows from the name alone, so that what is added, taken away or moved leaves all others as they are; a file
of given numbers would have to be kept beside the brief. What every message may have has one byte (1 to 15).
"""

import hashlib
from collections.abc import Iterable
from typing import Final

FIXED: Final = {
    "id": 1, "created_at": 2, "updated_at": 3, "version": 4, "row_version": 4, "request_id": 5, "page_size": 6,
    "page_token": 7, "next_page_token": 8, "expected_version": 9, "ids": 10, "record": 11, "records": 12,
}  # fmt: skip
_FIRST, _LAST = 16, 18_999
"""Two bytes up to 2,047, three above; from 19,000 on numbers belong to Protocol Buffers."""


def numbered(names: Iterable[str], fixed: bool = True) -> dict[str, int]:
    """A number for each name, in the order given. Where two names meet in one, the later in the alphabet moves on."""
    wanted = list(dict.fromkeys(names))
    given: dict[str, int] = {n: FIXED[n] for n in wanted if fixed and n in FIXED}
    taken = set(given.values())
    for name in sorted(set(wanted) - given.keys()):
        number, salt = _hash(name), 0
        while number in taken:
            salt += 1
            number = _hash(f"{name}\n{salt}")
        given[name] = number
        taken.add(number)
    return {name: given[name] for name in wanted}


def _hash(text: str) -> int:
    """16 to 18,999.

    >>> _hash("status") == _hash("status"), 16 <= _hash("x") <= 18999
    (True, True)
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return _FIRST + int.from_bytes(digest[:4], "big") % (_LAST - _FIRST + 1)
