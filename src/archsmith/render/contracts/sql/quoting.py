"""Names and texts in SQL: whatever stands in them, they end where we end them."""

import re
import textwrap
from collections.abc import Iterable
from typing import Final

from archsmith.kernel.unseen import without

_PLAIN: Final = re.compile(r"[a-z_][a-z0-9_]*")

_WORDS: Final = """
all analyse analyze and any array as asc asymmetric authorization between binary both case cast check coalesce
collate collation column concurrently constraint create cross current_catalog current_date current_role
current_schema current_time current_timestamp current_user default deferrable desc distinct do else end except
exists extract false fetch for foreign freeze from full grant greatest group having ilike in initially inner
interval into is isnull join lateral leading least left like limit localtime localtimestamp natural none not notnull
null nullif offset on only or order outer overlaps overlay placing position primary references returning right row
select session_user setof similar some substring symmetric system_user table tablesample then time timestamp to
trailing treat trim true union unique user using values variadic verbose when where window with xmltable
"""
RESERVED: Final = frozenset(_WORDS.split())
"""Words that PostgreSQL 17 takes as a name of a column only in quotes (appendix C), or that look like a function."""


def name(text: str) -> str:
    """An identifier, in quotes where it needs them.

    >>> name("orders"), name("user"), name('a"; DROP TABLE b')
    ('orders', '"user"', '"a""; DROP TABLE b"')
    """
    if _PLAIN.fullmatch(text) and text not in RESERVED:
        return text
    kept = without(text).replace("\n", " ").replace('"', '""')
    return f'"{kept or "_"}"'


def names(texts: Iterable[str]) -> str:
    """Identifiers with commas between them."""
    return ", ".join(map(name, texts))


def literal(text: str) -> str:
    """A string constant; control characters that no comment needs are left out.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + without(text).replace("'", "''") + "'"


def comment(text: str, width: int = 116) -> list[str]:
    """The text as `--` lines; nothing in it can end the comment."""
    words = " ".join(without(text, " ").split())
    return [f"-- {line}" for line in textwrap.wrap(words, width, break_on_hyphens=False)] or ["--"]
