"""The way back: what undoes the statements that make a schema."""

import re
from collections.abc import Iterable
from typing import Final

_MADE: Final = re.compile(
    r"(?:--[^\n]*\n)*CREATE (?:OR REPLACE )?(?P<kind>TABLE|FUNCTION|TYPE) (?P<name>\w+|\"[^\"]+\"|`[^`]+`)"
)
_PART: Final = re.compile(r"CREATE TABLE \S+ PARTITION OF ")
_KEY: Final = re.compile(r"ALTER TABLE (?P<table>\S+) ADD CONSTRAINT (?P<name>\S+) FOREIGN KEY")


def undone(blocks: Iterable[Iterable[str]], dialect: str) -> list[str]:
    """Statements that drop what the blocks made, last first. Indexes, comments, partitions, policies go with the table.

    They read our own statements, not a stranger's: names are safe by then.
    """
    found = []
    for statement in (s for block in blocks for s in block):
        if key := _KEY.match(statement):
            what = "FOREIGN KEY" if dialect == "mysql" else "CONSTRAINT"
            found.append(f"ALTER TABLE {key['table']} DROP {what} {key['name']};")
        elif (made := _MADE.match(statement)) and not _PART.match(statement):
            found.append(f"DROP {made['kind']} {made['name']};")
    return found[::-1]
