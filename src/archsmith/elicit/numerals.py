"""A numeral at a place in the tokens: digits, words, suffixes and fractions, as one plain value."""

import re
from collections.abc import Mapping
from typing import Final

from archsmith.elicit.units import UnitRow, find_unit
from archsmith.elicit.words import Token

_ONES: Final = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
_TENS: Final = {
    w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_BIG: Final = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7}
_MAX: Final = 1e18
_PARTS: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_POWERS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_GROUPING: Final = re.compile(r"[’'_ \u202f\u2009\u00a0]")


def numeral(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> tuple[float, int] | None:
    """The value that begins at token `n` and the index after it, or None."""
    token = tokens[n]
    if token.kind == "num":
        value = digits(token.text, tokens[n + 1].low if n + 1 < len(tokens) else "")
        if value == 10 and _low(tokens, n + 1) == "^" and n + 2 < len(tokens) and tokens[n + 2].text.isdigit():
            power = int(tokens[n + 2].text)
            return (10.0**power, n + 3) if power < 18 else None
        return None if value is None else _scaled(tokens, n + 1, value, units)
    if token.low == "half" and _low(tokens, n + 1) in ("a", "an") and _low(tokens, n + 2) == "dozen":
        return 6.0, n + 3
    if token.low == "half" and _low(tokens, n + 1) in ("a", "an") and _low(tokens, n + 2) in _BIG:
        return 0.5 * _BIG[_low(tokens, n + 2)], n + 3
    if token.low == "half" and _low(tokens, n + 1) in ("a", "an") and _time(tokens, n + 2, units):
        return 0.5, n + 2
    if token.low in ("a", "an"):
        following = _low(tokens, n + 1)
        if following == "couple" and _low(tokens, n + 2) in ("hundred", "thousand", "million", "dozen"):
            return _words(tokens, n + 2, 2.0)
        if following in _BIG or following == "hundred":
            base, end = _words(tokens, n + 1, 1.0)
            return base, end
        if following == "dozen":
            return 12.0, n + 2
        if following == "couple" and _low(tokens, n + 2) == "of":
            large = _low(tokens, n + 3) in (*_BIG, "hundred", "dozen")
            return _words(tokens, n + 3, 2.0) if large else (2.0, n + 3)
        return None
    if token.low in _ONES or token.low in _TENS or _hyphened(token.low) is not None:
        return _words(tokens, n, None)
    return None


def digits(text: str, following: str = "") -> float | None:
    """The value of a number in digits, or None where it is out of all bounds.

    >>> digits("1,900"), digits("2.5"), digits("1.500", "users"), digits("99.999", "%"), digits("1,5"), digits("3'000")
    (1900.0, 2.5, 1500.0, 99.999, 1.5, 3000.0)
    >>> digits("61 400"), digits("10_000"), digits("1½")
    (61400.0, 10000.0, 1.5)
    """
    if text[-1:] in _POWERS and text.startswith("10"):
        return 10.0 ** int("".join(str(_POWERS.index(c)) for c in text[2:]))
    if text[-1:] in _PARTS:
        return float(text[:-1] or 0) + _PARTS[text[-1]]
    plain = _GROUPING.sub("", text)
    if "," in plain:
        whole, _, rest = plain.partition(",")
        plain = plain.replace(",", "") if len(rest) >= 3 or "," in rest else f"{whole}.{rest}"
    elif plain.count(".") > 1:
        plain = plain.replace(".", "")
    elif "." in plain:
        whole, _, rest = plain.partition(".")
        grouped = len(rest) == 3 and whole != "0" and not whole.startswith("99")
        if grouped and following not in (
            "%",
            "percent",
            "s",
            "ms",
            "seconds",
            "gb",
            "mb",
            "tb",
            "nines",
            "m",
            "million",
        ):
            plain = whole + rest
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if value < _MAX else None


def _scaled(tokens: list[Token], n: int, value: float, units: Mapping[str, UnitRow]) -> tuple[float, int]:
    """Takes the scale words that follow: "2.6 million", "1.8M", "10k", "300 thousand"."""
    while n < len(tokens) and tokens[n].kind == "word":
        row = find_unit(units, tokens[n].text)
        glued = tokens[n].start == tokens[n - 1].end
        if row is None or row.kind != "scale":
            if (
                tokens[n].text in ("m", "b", "B", "T")
                and glued
                and (_counts(tokens, n + 1) or _priced(tokens, n, units))
            ):
                value *= {"m": 1e6, "b": 1e9, "B": 1e9, "T": 1e12}[tokens[n].text]
                n += 1
            break
        if tokens[n].text in ("M", "K", "k") and not glued and not (_counts(tokens, n + 1) or tokens[n].text == "M"):
            break
        value *= row.factor
        n += 1
    return value, n


def _priced(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> bool:
    """Whether the scale at `n` is one of money: "£1.9m a year", "1.3m EUR"."""
    around = [tokens[k].text for k in (n - 2, n + 1) if 0 <= k < len(tokens)]
    rows = [find_unit(units, word) for word in around]
    return any(row is not None and row.kind == "money" for row in rows)


def _counts(tokens: list[Token], n: int) -> bool:
    return n < len(tokens) and tokens[n].tag in ("NOUN", "ADJ", "VERB") and tokens[n].kind == "word"


def _words(tokens: list[Token], n: int, start: float | None) -> tuple[float, int]:
    """Number words: "twenty-five thousand three hundred", "two and a half million"."""
    total, current = 0.0, start if start is not None else 0.0
    while n < len(tokens):
        low = tokens[n].low
        pair = _hyphened(low)
        if low in _ONES:
            current += _ONES[low]
        elif low in _TENS:
            current += _TENS[low]
        elif pair is not None:
            current += pair
        elif low == "hundred":
            current = (current or 1) * 100
        elif low in ("dozen", "dozens"):
            current = (current or 1) * 12
        elif low in _BIG:
            total += (current or 1) * _BIG[low]
            current = 0.0
        elif low == "and" and _low(tokens, n + 1) in ("a",) and _low(tokens, n + 2) == "half":
            current += 0.5
            n += 2
        elif not (low == "and" and (total or current >= 100) and _small(_low(tokens, n + 1))):
            break
        n += 1
    return total + current, n


def _small(low: str) -> bool:
    """Whether a word is a number below a hundred."""
    return low in _ONES or low in _TENS or _hyphened(low) is not None


def _hyphened(low: str) -> float | None:
    left, dash, right = low.partition("-")
    if dash and left in _TENS and right in _ONES:
        return float(_TENS[left] + _ONES[right])
    return None


def _low(tokens: list[Token], n: int) -> str:
    return tokens[n].low if n < len(tokens) else ""


def _time(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> bool:
    row = find_unit(units, tokens[n].text) if n < len(tokens) else None
    return row is not None and row.kind == "time"
