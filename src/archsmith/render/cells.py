"""Cells of CSV files."""

from archsmith.render.markdown import clean


def cell(value: str) -> str:
    """One line, which no spreadsheet takes for a formula (OWASP, CSV injection).

    >>> cell("=1+1"), cell("a\\nb"), cell("'tis")
    ("'=1+1", 'a b', "'tis")
    """
    line = clean(value)
    return f"'{line}" if line[:1] in ("=", "+", "-", "@") else line
