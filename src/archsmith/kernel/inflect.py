"""Singular and plural of nouns and the forms of verbs: `inflection` with the mistakes that matter in briefs mended."""

import functools
from typing import Final

import inflection

_SAME: Final = frozenset(
    "series species news analytics goods premises software firmware hardware data media staff police people physics"
    " diabetes headquarters logistics customs sms gps sos atlas canvas gas pos address access process status"
    " business campus"
    " alias bias quota telematics"
    " bonus lens virus bus basis analysis thesis crisis diagnosis chassis christmas express compass class glass"
    " menus_ us is was has its this thus always perhaps less plus minus versus across various previous".split()
)
_ODD: Final = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "feet": "foot",
    "teeth": "tooth",
    "mice": "mouse",
    "geese": "goose",
    "wolves": "wolf",
    "lives": "life",
    "wives": "wife",
    "knives": "knife",
    "shelves": "shelf",
    "halves": "half",
    "analyses": "analysis",
    "diagnoses": "diagnosis",
    "theses": "thesis",
    "crises": "crisis",
    "bases": "base",
    "criteria": "criterion",
    "phenomena": "phenomenon",
    "indices": "index",
    "matrices": "matrix",
    "vertices": "vertex",
    "appendices": "appendix",
    "addresses": "address",
    "classes": "class",
    "buses": "bus",
    "gases": "gas",
    "statuses": "status",
    "campuses": "campus",
    "bonuses": "bonus",
    "viruses": "virus",
    "lenses": "lens",
    "businesses": "business",
    "processes": "process",
    "movies": "movie",
    "cookies": "cookie",
    "ties": "tie",
    "pies": "pie",
    "shoes": "shoe",
    "toes": "toe",
    "canoes": "canoe",
    "heroes": "hero",
    "potatoes": "potato",
    "tomatoes": "tomato",
    "quizzes": "quiz",
    "axes": "axis",
    "salesmen": "salesman",
    "policemen": "policeman",
    "media": "media",
    "data": "data",
    "lotteries": "lottery",
    "calves": "calf",
    "ads": "ad",
    "ids": "id",
    "cvs": "cv",
    "pcs": "pc",
    "tvs": "tv",
    "vms": "vm",
    "goes": "go",
}
_PLURAL: Final = {one: many for many, one in _ODD.items() if one != many}


_OF_MEN: Final = ("women", "smen", "lemen", "remen", "cemen", "dmen", "rmen", "tmen", "pmen", "kmen", "hmen", "gmen")
"""Ends of plurals of "-man": craftsmen, firemen, tradesmen. A specimen, a regimen and an abdomen are one."""


@functools.lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """The singular of a noun in lower case; what is no plural stays as it is.

    >>> [singular(w) for w in ("addresses", "children", "status", "dishes", "curves", "series", "categories")]
    ['address', 'child', 'status', 'dish', 'curve', 'series', 'category']
    >>> [singular(w) for w in ("craftsmen", "firemen", "specimens", "specimen", "regimen")]
    ['craftsman', 'fireman', 'specimen', 'specimen', 'regimen']
    """
    if word in _ODD:
        return _ODD[word]
    if word.endswith(_OF_MEN):
        return f"{word[:-2]}an"
    if word in _SAME or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "'s")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes", "oes")):
        return word[:-2]
    if word.endswith("ves") and word[:-3] + "f" in {"shelf", "loaf", "thief", "scarf", "wharf", "dwarf"}:
        return word[:-3] + "f"
    return word[:-1]


@functools.lru_cache(maxsize=8192)
def plural(word: str) -> str:
    """The plural of a noun in lower case.

    >>> [plural(w) for w in ("dish", "child", "category", "news")]
    ['dishes', 'children', 'categories', 'news']
    """
    if word in _PLURAL:
        return _PLURAL[word]
    if word in {"series", "species", "news", "staff", "data", "media", "software", "firmware", "equipment"}:
        return word
    return str(inflection.pluralize(word))


def is_plural(word: str) -> bool:
    """Whether a noun in lower case stands in the plural (or never has another form).

    >>> is_plural("orders"), is_plural("status"), is_plural("people")
    (True, False, True)
    """
    return word in {"people", "staff", "data", "media"} or singular(word) != word


def phrase_singular(phrase: str) -> str:
    """The last word of a noun phrase in the singular, all in lower case.

    >>> phrase_singular("Tax Receipts")
    'tax receipt'
    """
    head, _, last = phrase.lower().rpartition(" ")
    return f"{head} {singular(last)}" if head else singular(last)


def verb_forms(base: str, doubling: frozenset[str]) -> tuple[str, str, str]:
    """The -s, -ing and -ed forms of a regular verb.

    >>> verb_forms("plan", frozenset({"plan"})), verb_forms("notify", frozenset())
    (('plans', 'planning', 'planned'), ('notifies', 'notifying', 'notified'))
    """
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = base + "es"
    elif base.endswith("y") and base[-2:-1] not in "aeiou":
        third = base[:-1] + "ies"
    else:
        third = base + "s"
    if base in doubling:
        return third, base + base[-1] + "ing", base + base[-1] + "ed"
    if base.endswith("ie"):
        return third, base[:-2] + "ying", base + "d"
    if base.endswith("ee"):
        return third, base + "ing", base + "d"
    if base.endswith("e"):
        return third, base[:-1] + "ing", base + "d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return third, base + "ing", base[:-1] + "ied"
    return third, base + "ing", base + "ed"
