"""Numbers that name something instead of counting: versions, clauses, phases, years, clock times."""

from collections.abc import Mapping
from typing import Final

from archsmith.elicit.units import UnitRow, find_unit
from archsmith.elicit.words import Token, is_number, low_at

_ALWAYS: Final = frozenset(
    "version phase release section article clause chapter figure appendix annex paragraph para sprint milestone"
    " scenario iso iec rfc nist wcag tls oauth python java postgresql postgres mysql openapi asyncapi angular django"
    " dotnet".split()
)
_VERSIONED: Final = frozenset(
    "version v phase step stage level tier release section article clause chapter page figure table appendix item"
    " paragraph no nr number line room track part option scenario sprint milestone year quarter week day rule"
    " type iso iec en"
    " din bs rfc nist sp iab wcag tls oauth http python java node php postgresql postgres mysql windows act pci"
    " dss openapi"
    " asyncapi angular react vue django rails spring dotnet .net ios android soc psd hb sb ab title schedule"
    " regulation annex para question q".split()
)


def identifies(tokens: list[Token], n: int, end: int, units: Mapping[str, UnitRow]) -> bool:
    """Whether the number names something (WCAG 2.1, phase 2, 24/7, 3rd, 2027, Art. 9) instead of counting."""
    after = tokens[end] if end < len(tokens) else None
    unit = find_unit(units, after.text) if after is not None else None
    measured = unit is not None or (after is not None and after.tag in ("NOUN", "ADJ") and after.kind == "word")
    if _glued(tokens, n, end) or _clock(tokens, end) or _dated(tokens, n, measured) or _status_code(tokens, n, end):
        return True
    if _clause_number(tokens, n, end, unit is not None):
        return True
    return n > 0 and _labelled(tokens, n, measured, units, end)


def _glued(tokens: list[Token], n: int, end: int) -> bool:
    """What is written in one with the number: 3rd, 24/7, 4G, 1990s, T+2."""
    token, after = tokens[n], tokens[end] if end < len(tokens) else None
    before = tokens[n - 1] if n else None
    if after is not None and after.start == tokens[end - 1].end:
        if after.low in ("st", "nd", "rd", "th") or after.text in ("G", "D", "FA", "P"):
            return True
        if after.low == "/" and is_number(tokens, end + 1) and tokens[end + 1].start == after.end:
            return True
        if after.low == "s" and end == n + 1 and len(token.text) == 4 and token.text.isdigit():
            return True
    if _code_part(tokens, n, end):
        return True
    if after is not None and after.low in _PICTURED and token.text in ("4", "8") and tokens[end - 1].text == "K":
        return True
    if before is None or before.end != token.start:
        return False
    if before.low == "/" and n >= 2 and is_number(tokens, n - 2):
        return True
    return before.low == "+" and n >= 2 and tokens[n - 2].end == before.start and tokens[n - 2].text.isupper()


def _code_part(tokens: list[Token], n: int, end: int) -> bool:
    """Either part of "2025-118": written in one with a hyphen, and no range since the second is smaller."""
    for one, two in ((n - 2, n), (n, n + 2)):
        if one < 0 or two >= len(tokens) or tokens[one + 1].low != "-" or not tokens[one].text.isdigit():
            continue
        glued = tokens[one].end == tokens[one + 1].start and tokens[one + 1].end == tokens[two].start
        if glued and tokens[two].text.isdigit() and int(tokens[two].text) < int(tokens[one].text) and end <= two + 1:
            scaled = two + 1 < len(tokens) and tokens[two + 1].start == tokens[two].end and tokens[two + 1].tag == "NUM"
            return not scaled
    return False


def _clock(tokens: list[Token], end: int) -> bool:
    """ "10 o'clock", "from 7 until 10 o'clock", "between 8 and 9 pm"."""
    if low_at(tokens, end) in _CLOCK:
        return True
    until = low_at(tokens, end) in ("to", "until", "till", "and", "-", "–", "or")
    return until and end + 1 < len(tokens) and tokens[end + 1].kind == "num" and low_at(tokens, end + 2) in _CLOCK


def _dated(tokens: list[Token], n: int, measured: bool) -> bool:
    """ "in 2027", "since January 2025", "11 June", "by 2030"."""
    token, before = tokens[n], low_at(tokens, n - 1)
    if token.kind != "num":
        return False
    following = low_at(tokens, n + 1) if low_at(tokens, n + 1) != "of" else low_at(tokens, n + 2)
    if following in MONTHS and (following != "may" or tokens[n + 1].text[0].isupper()):
        return len(token.text) <= 2
    if len(token.text) == 4 and token.text[:2] in ("19", "20") and token.text.isdigit():
        if before in MONTHS or before in _SINCE or (low_at(tokens, n - 2) in MONTHS and before in (",", ".")):
            return True
        if not measured:
            named = n > 0 and tokens[n - 1].tag in ("PREP", "SUB", "NOUN", "MARK", "VERB", "ADV")
            return named or before in ("by", "q1", "q2", "q3", "q4", "early", "late", "mid")
    return before in MONTHS and not measured


def _status_code(tokens: list[Token], n: int, end: int) -> bool:
    """ "with HTTP 429", "a 404 error", "answers 503"."""
    token = tokens[n]
    if len(token.text) != 3 or not token.text.isdigit() or not "1" <= token.text[0] <= "5" or end != n + 1:
        return False
    if token.text not in _HTTP:
        return False
    before = {t.low for t in tokens[max(0, n - 3) : n]}
    told = before | {low_at(tokens, end)}
    counts = end < len(tokens) and tokens[end].tag in ("NOUN", "ADJ")
    return bool(told & _CODES) or (not counts and low_at(tokens, end) not in _RATES and bool(before & _ANSWERS))


def _clause_number(tokens: list[Token], n: int, end: int, unit: bool) -> bool:
    """ "4.2 says", "Art. 9", "5.2 RPO shall", a number that begins a line before a mark."""
    token, after = tokens[n], tokens[end] if end < len(tokens) else None
    if n >= 2 and tokens[n - 1].low == "." and tokens[n - 2].low in _SHORT and tokens[n - 2].end == tokens[n - 1].start:
        return tokens[n - 2].low not in ("no", "nr") or not unit
    if token.kind != "num" or after is None:
        return False
    if n == 0 and after.low in (")", ".") and after.start == token.end:
        return True
    pointed = "." in token.text and not unit and end == n + 1
    if pointed and n == 0 and after.text[:1].isupper():
        return True
    starts = n == 0 or tokens[n - 1].low in (":", ",", ";", "and")
    return pointed and starts and after.low in _CITES


def _labelled(tokens: list[Token], n: int, measured: bool, units: Mapping[str, UnitRow], end: int) -> bool:
    """What a word before the number makes a name of: "phase 2", "ISO 27001", "§ 11", "US-06"."""
    token, before = tokens[n], tokens[n - 1]
    after = tokens[end] if end < len(tokens) else None
    unit = find_unit(units, after.text) if after is not None else None
    if before.low in ("§", "#"):
        return True
    if before.low in _VERSIONED and before.text.isupper() and unit is None:
        return True
    if before.low in _ALWAYS:
        return True
    if before.low in _VERSIONED and not (measured and after is not None and after.text[0].islower()):
        return before.low not in ("no", "number", "day", "week", "page", "part", "level", "line") or not measured
    if before.kind == "word" and before.text.isupper() and len(before.text) > 1 and token.kind == "num":
        currency = find_unit(units, before.text)
        if currency is not None and currency.kind == "money":
            return False
        if "." in token.text and unit is None:
            return True
        if not measured and end == n + 1 and before.low not in _METRICS:
            return "," not in token.text
    return before.text[:1] in "Qq" and before.text[1:].isdigit()


_METRICS: Final = frozenset("dau mau wau ccu pcu rps qps tps rpm rpo rto sla slo nps arr mrr".split())
_PICTURED: Final = frozenset(
    "video videos master masters camera cameras footage stream streams resolution tv content display uhd".split()
)
_CLOCK: Final = frozenset("am pm o'clock uhr a.m p.m noon midnight".split())
_SINCE: Final = frozenset(
    "in since until till during before after early late mid mid- spring summer autumn winter".split()
)
_CODES: Final = frozenset("http https status code codes error errors".split())
_ANSWERS: Final = frozenset(
    "response responses return returns returning returned answer answers get gets receive receives".split()
)
_RATES: Final = frozenset("a an per each every / % percent x k m".split())
_HTTP: Final = frozenset(
    "200 201 202 204 301 302 304 307 308 400 401 403 404 405 408 409 410 412 413 415 422 425 428"
    " 429 451 500 501 502 503 504".split()
)
_SHORT: Final = frozenset("art sec no nr para cl fig ch pt ref vol pp app reg abs ziff".split())
_CITES: Final = frozenset(
    "says say said states reads read requires applies asks mentions means is was should shall above below".split()
)


MONTHS: Final = frozenset(
    "january february march april june july august september october november december jan feb mar apr jun jul"
    " aug sep oct"
    " nov dec".split()
)
