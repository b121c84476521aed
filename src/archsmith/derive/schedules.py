"""How often a job runs, and what is pushed to the screen, by the words of the brief."""

import re
from typing import Final

from archsmith.derive.quantities import PERIODS
from archsmith.derive.words import a_number
from archsmith.kernel.inflect import singular

_DAYNAME: Final = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekday"
_MONTHNAME: Final = "january|february|march|april|may|june|july|august|september|october|november|december"
_EVERY: Final = re.compile(
    rf"\b(?:every|each|once an?|once per|per|once every|an?)\s+(?:(\d{{1,4}}|[a-z]+)\s+)?"
    rf"(second|minute|hour|day|night|morning|evening|week|month|quarter|year|{_DAYNAME}|{_MONTHNAME})s?\b"
)
_ADVERB: Final = re.compile(
    r"\b(hourly|daily|nightly|overnight|weekly|monthly|quarterly|yearly|annually|next day|by the following "
    r"morning|every working day)\b"
)
_ADVERBS: Final = {
    "hourly": "hour",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
}
_DAILY: Final = re.compile(r"\b(?:at|by|before)\s+\d{1,2}[:.]\d{2}\b(?!\s+(?:on\s+)?the\s+\w+\s+before)")
_LIVE: Final = re.compile(
    r"\b(?:real[- ]time|live|instantly|immediately visible|while it is running|as it happens|push(?:ed)?|updated every|"
    r"see where|track|never older than|at most \d+ seconds|within seconds|typing|presence)\b"
)


def interval(text: str) -> float | None:
    """Seconds between two runs that a lower-case text names, or None.

    >>> interval("export to accounting every friday"), interval("exported each night"), interval("no schedule")
    (604800.0, 86400.0, None)
    """
    match = _EVERY.search(text)
    if match and match[0].startswith(("every", "each", "once")):
        word = singular(match[2])
        period = PERIODS.get(word) or (
            PERIODS["week"]
            if word in _DAYNAME.split("|")
            else PERIODS["year"]
            if word in _MONTHNAME.split("|")
            else PERIODS["day"]
        )
        count = a_number(match[1]) if match[1] else 1.0
        return period * (count or 1.0)
    adverb = _ADVERB.search(text)
    if adverb:
        return PERIODS[_ADVERBS.get(adverb[1], "day")]
    return PERIODS["day"] if _DAILY.search(text) else None


def is_live(text: str) -> bool:
    """Whether the text asks for a result that is pushed rather than asked for.

    >>> is_live("eaters can see where the courier is"), is_live("a monthly report")
    (True, False)
    """
    return _LIVE.search(text) is not None
