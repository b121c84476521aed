"""The period after a number: "a day", "per minute each", "on a Sunday"."""

from typing import Final

from archsmith.elicit.words import Token, low_at

PERIODS: Final = {
    "second": "second",
    "sec": "second",
    "s": "second",
    "minute": "minute",
    "min": "minute",
    "hour": "hour",
    "hr": "hour",
    "h": "hour",
    "day": "day",
    "night": "day",
    "evening": "day",
    "morning": "day",
    "afternoon": "day",
    "weekday": "day",
    "workday": "day",
    "weekend": "week",
    "week": "week",
    "month": "month",
    "mo": "month",
    "mth": "month",
    "wk": "week",
    "yr": "year",
    "quarter": "quarter",
    "year": "year",
    "annum": "year",
    "sunday": "day",
    "monday": "day",
    "tuesday": "day",
    "wednesday": "day",
    "thursday": "day",
    "friday": "day",
    "saturday": "day",
}


_ADVERBS: Final = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
}


def period_after(tokens: list[Token], end: int, kind: str) -> tuple[str, bool, int]:
    """The period after a number and its noun: looks past at most six words, not past a mark."""
    each = False
    k = end
    while k < len(tokens) and k < end + 7:
        low = tokens[k].low
        if low in ("each", "apiece") and _distributes(tokens, k):
            each = True
        follows = low_at(tokens, k + 1)
        if low in ("a", "an", "per", "each", "every", "/"):
            step = k + 1
            if follows in ("normal", "typical", "single", "average", "busy", "working", "peak", "calendar"):
                step += 1
            name = low_at(tokens, step)
            counted = kind == "count" and k > end and tokens[k - 1].tag == "NOUN"
            follows_noun = step + 1 < len(tokens) and tokens[step + 1].tag == "NOUN"
            ordinal = name == "second" and low == "a" and follows_noun and not counted
            if name in PERIODS and not ordinal:
                return PERIODS[name], each or low_at(tokens, step + 1) == "each", step + 1
            if low == "/" and k > end + 1:
                break
        if low == "on" and follows in ("a", "an", "the", "every", "each"):
            step = k + 2
            if low_at(tokens, step) in (
                "normal",
                "typical",
                "average",
                "busy",
                "ordinary",
                "peak",
                "good",
                "bad",
                "busiest",
                "usual",
            ):
                step += 1
            if low_at(tokens, step) in PERIODS and low_at(tokens, step) not in (
                "night",
                "evening",
                "second",
                "minute",
                "hour",
                "month",
                "year",
            ):
                return PERIODS[low_at(tokens, step)], each, step + 1
        if low in ("on", "in") and follows in ("one", "a") and low_at(tokens, k + 2) in ("day", "single"):
            return "day", each, k + 3 + (low_at(tokens, k + 2) == "single")
        if low == "on" and (
            follows.rstrip("s") in DAYS or (follows in ("other", "normal", "most") and low_at(tokens, k + 2) == "days")
        ):
            return "day", each, k + 2
        if (
            low in _ADVERBS
            and follows != "active"
            and not (k + 1 < len(tokens) and tokens[k + 1].tag == "NOUN" and k > end)
        ):
            return _ADVERBS[low], each, k + 1
        if k > end and low.endswith("ing") and tokens[k - 1].tag == "NOUN" and tokens[k].tag != "NOUN":
            break
        if tokens[k].tag in ("VERB", "AUX", "MODAL", "NUM", "SUB") or tokens[k].low in (
            ",",
            ";",
            ".",
            "(",
            ")",
            ":",
            "and",
            "or",
            "but",
        ):
            break
        k += 1
    return "", each, end


def _distributes(tokens: list[Token], k: int) -> bool:
    """Whether "each" behind a number belongs to it: not in "each day" nor in "the 14 offices each employ"."""
    if k + 1 >= len(tokens):
        return True
    subject = tokens[k - 1].tag == "NOUN" and tokens[k + 1].tag in ("VERB", "AUX")
    return tokens[k + 1].tag not in ("NOUN", "ADJ") and not subject


DAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday weekday".split())
