"""The period after a number ("a day", "per minute each") and the hedge before it ("about", "no more than")."""

from typing import Final

from archsmith.elicit.words import Token, low_at

_HEDGES: Final = {
    "about": "about",
    "around": "about",
    "roughly": "about",
    "approximately": "about",
    "approx": "about",
    "ca": "about",
    "circa": "about",
    "some": "about",
    "perhaps": "about",
    "maybe": "about",
    "nearly": "about",
    "almost": "about",
    "~": "about",
    "≈": "about",
    "over": "over",
    "above": "over",
    ">": "over",
    "≥": "at least",
    "under": "under",
    "below": "under",
    "within": "within",
    "<": "under",
    "≤": "at most",
    "max": "at most",
    "maximum": "at most",
    "min": "at least",
    "every": "every",
    "each": "every",
    "after": "after",
    "in": "in",
    "for": "for",
}


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
        if low in ("each", "apiece") and (k + 1 >= len(tokens) or tokens[k + 1].tag not in ("NOUN", "ADJ")):
            each = True
        follows = low_at(tokens, k + 1)
        if low in ("a", "an", "per", "each", "every", "/"):
            step = k + 1
            if follows in ("normal", "typical", "single", "average", "busy", "working", "peak", "calendar"):
                step += 1
            name = low_at(tokens, step)
            ordinal = name == "second" and low == "a" and step + 1 < len(tokens) and tokens[step + 1].tag == "NOUN"
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


DAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday weekday".split())


def hedge_before(tokens: list[Token], n: int) -> tuple[str, int]:
    """The hedge before a number: "about", "up to", "at least", "no more than"."""
    low = [tokens[k].low for k in range(max(0, n - 4), n)]
    if low[-1:] == ["."] and low[-2:-1] and low[-2] in ("max", "min", "approx", "ca"):
        name = {"max": "at most", "min": "at least"}.get(low[-2], "about")
        return name, n - 2
    two, three = " ".join(low[-2:]), " ".join(low[-3:])
    if three in (
        "no more than",
        "not more than",
        "no later than",
        "no longer than",
        "not longer than",
        "no greater than",
    ):
        return "at most", n - 3
    for words, name in (
        ("up to", "up to"),
        ("at least", "at least"),
        ("at most", "at most"),
        ("more than", "over"),
        ("greater than", "over"),
        ("longer than", "over"),
        ("less than", "under"),
        ("fewer than", "under"),
        ("lower than", "under"),
        ("better than", "under"),
        ("faster than", "under"),
        ("on average", "about"),
        ("as many", "about"),
    ):
        if two == words:
            if name == "up to" and low[-3:-2] == ["for"]:
                return "for", n - 3
            wider = [t.low for t in tokens[max(0, n - 6) : n - 2]]
            negated = (
                bool({"no", "not", "never"} & set(wider))
                and name == "over"
                and "," not in wider
                and "for" not in wider[-1:]
            )
            return ("at most" if negated else name), n - 2
    if len(low) > 1 and _HEDGES.get(low[-1]) == "about" and low[-2] in ("in", "within", "after"):
        return _HEDGES[low[-2]], n - 2
    if low and low[-1] in _HEDGES:
        return _HEDGES[low[-1]], n - 1
    return "", n
