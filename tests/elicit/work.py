"""How much work reading a text takes, counted and not timed: the same on every machine."""

import sys

from tests.elicit.reading import requirements


def steps(text: str) -> int:
    """How many calls reading the text takes; lexicons that are read once are read before."""
    count = 0

    def note(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    requirements("warm")
    sys.setprofile(note)
    try:
        requirements(text)
    finally:
        sys.setprofile(None)
    return count
