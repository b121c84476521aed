"""How stages put names and figures into sentences: lists, percentages, durations, money, sizes."""

from collections.abc import Iterable

from archsmith.kernel.units import DAY, Bytes, Probability, Seconds, Usd, UsdPerMonth


def listed(names: Iterable[str], limit: int = 4) -> str:
    """`a, b and c`, or `a, b, c and 5 more`; `none` for no names. Each name once, in the order given.

    >>> listed(["a", "b", "c"]), listed("abcdefg", 3)
    ('a, b and c', 'a, b, c and 4 more')
    """
    kept = list(dict.fromkeys(names))
    if not kept:
        return "none"
    if len(kept) > limit:
        return f"{', '.join(kept[:limit])} and {len(kept) - limit} more"
    return kept[0] if len(kept) == 1 else f"{', '.join(kept[:-1])} and {kept[-1]}"


def counted(n: int, noun: str) -> str:
    """`1 operation`, `3 operations`, `2 entities`.

    >>> counted(1, "operation"), counted(2, "entity"), counted(1200, "row")
    ('1 operation', '2 entities', '1,200 rows')
    """
    if n == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"
    return f"{n:,} {plural}"


def amount(value: float, noun: str) -> str:
    """A measured quantity: `1 month`, `0.5 months`, `12 months`.

    >>> amount(1.0, "month"), amount(0.25, "month"), amount(90.0, "day")
    ('1 month', '0.25 months', '90 days')
    """
    return f"1 {noun}" if value == 1 else f"{number(value)} {noun}s"


def percent(share: Probability | float) -> str:
    """A share as a percentage with as many digits as tell it from 100 %.

    >>> percent(0.9995), percent(0.4), percent(0.99973)
    ('99.95%', '40%', '99.973%')
    """
    return f"{share * 100:.4f}".rstrip("0").rstrip(".") + "%"


def duration(value: Seconds | float) -> str:
    """Seconds in the unit a reader would use.

    >>> duration(0.0421), duration(1.5), duration(300), duration(86400 * 2)
    ('42.1 ms', '1.5 s', '5 min', '2 d')
    """
    for unit, size, limit in (("ms", 1e-3, 1.0), ("s", 1.0, 120.0), ("min", 60.0, 7200.0), ("h", 3600.0, 2 * DAY)):
        if value < limit:
            return f"{number(value / size)} {unit}"
    return f"{number(value / DAY)} d"


def number(value: float) -> str:
    """Three significant digits, thousands with commas, no trailing zeros.

    >>> number(1234.5), number(0.04219), number(12.0)
    ('1,234', '0.0422', '12')
    """
    if abs(value) >= 100:
        return f"{value:,.0f}"
    text = f"{value:.3g}"
    return text if "e" not in text else f"{value:.6f}".rstrip("0").rstrip(".")


def money(value: Usd | UsdPerMonth | float) -> str:
    """Dollars; cents only below ten.

    >>> money(1234.5), money(3.456)
    ('$1,234', '$3.46')
    """
    return f"${value:,.2f}" if abs(value) < 10 else f"${value:,.0f}"


def size(value: Bytes | float) -> str:
    """Bytes with a decimal prefix.

    >>> size(4.2e9), size(512)
    ('4.2 GB', '512 B')
    """
    for unit, scale in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("KB", 1e3)):
        if value >= scale:
            return f"{number(value / scale)} {unit}"
    return f"{number(value)} B"
