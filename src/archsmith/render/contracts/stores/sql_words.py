"""Names and texts in the dialects that quote names with backticks, and in CQL: they end where we end them."""

from archsmith.render.contracts.stores.kept import plain


def name(text: str) -> str:
    """An identifier of ClickHouse or BigQuery.

    >>> name("order"), name("a`b")
    ('`order`', '`ab`')
    """
    return f"`{plain(text).replace('`', '').replace(chr(92), '')}`"


def literal(text: str) -> str:
    """A string constant: backslash escapes.

    >>> print(literal("it's"))
    'it\\'s'
    """
    escaped = plain(text).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def comments(lines: list[str]) -> list[str]:
    """The lines after `--`."""
    return [f"-- {line}" for line in lines]
