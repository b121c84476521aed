"""Words: singulars, plurals, head nouns and number words, for matching one name with another."""

import functools
import re
from typing import Final

from archsmith.kernel import inflect
from archsmith.kernel.inflect import singular

_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
NUMBER_WORDS: Final[dict[str, float]] = {
    **{word: float(n) for n, word in enumerate(_SMALL)},
    **{word: float(n) for word, n in _TENS.items()},
    "a": 1.0, "an": 1.0, "half": 0.5, "dozen": 12.0, "hundred": 100.0, "couple": 2.0,
}  # fmt: skip
STOP: Final = frozenset(
    "a an the of for to in on at by with and or from per each every all any his her its their our your my this that "
    "these those own new current existing first last next other several some more most total".split()
)
_BEFORE_NOUN: Final = STOP - frozenset("per to in on at by for from first last next total new".split())
_TOKEN: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without punctuation.

    >>> tokens("Order-line (new)")
    ('order', 'line', 'new')
    """
    return tuple(_TOKEN.findall(text.lower()))


@functools.lru_cache(maxsize=4096)
def plural(phrase: str) -> str:
    """The plural of a phrase: that of its last word.

    >>> plural("order line")
    'order lines'
    """
    head, _, last = phrase.rpartition(" ")
    return f"{head} {inflect.plural(last)}".strip()


@functools.lru_cache(maxsize=8192)
def lemmas(text: str) -> tuple[str, ...]:
    """The words of a noun phrase in the singular, without articles and the like.

    >>> lemmas("The new order lines")
    ('order', 'line')
    """
    return tuple(singular(word) for word in tokens(text) if word not in STOP)


def phrase(text: str) -> str:
    """A noun phrase in one normal form: lower case, its head in the singular, no words before it that name nothing.

    >>> phrase("the Tax Receipts"), phrase("per diems"), phrase("all proofs of delivery")
    ('tax receipt', 'per diem', 'proof of delivery')
    """
    words = list(tokens(text))
    while len(words) > 1 and words[0] in _BEFORE_NOUN:
        words.pop(0)
    at = words.index("of") - 1 if "of" in words[1:-1] else len(words) - 1
    if at >= 0:
        words[at] = singular(words[at])
    return " ".join(words)


def head(text: str) -> str:
    """The head noun of a phrase: its last word, or the one before `of`.

    >>> head("order lines"), head("list of arrivals")
    ('line', 'list')
    """
    before, _, _ = text.lower().partition(" of ")
    words = lemmas(before) or lemmas(text)
    return words[-1] if words else ""


def a_number(word: str) -> float | None:
    """The value of a number in figures or as one word, or None.

    >>> a_number("ten"), a_number("1,450"), a_number("many")
    (10.0, 1450.0, None)
    """
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    plain = word.replace(",", "")
    return float(plain) if re.fullmatch(r"\d{1,15}(\.\d{1,9})?", plain) else None


_IRREGULAR: Final = {
    "pay": "paid", "send": "sent", "buy": "bought", "sell": "sold", "take": "taken", "give": "given", "get": "received",
    "hold": "held", "lend": "lent", "find": "found", "make": "made", "run": "run", "set": "set", "put": "put",
    "write": "written", "read": "read", "leave": "left", "lose": "lost", "win": "won", "build": "built",
    "bring": "brought",
    "withdraw": "withdrawn", "begin": "begun", "draw": "drawn", "keep": "kept", "know": "known", "see": "seen",
    "show": "shown", "hide": "hidden", "choose": "chosen", "hand in": "handed_in", "check out": "checked_out",
    "check in": "checked_in", "sign up": "signed_up", "pay out": "paid_out", "log in": "logged_in",
    "opt in": "opted_in",
    "do": "done", "go": "gone", "split": "split", "quit": "quit", "cut": "cut", "spend": "spent", "teach": "taught",
    "catch": "caught", "meet": "met", "feed": "fed", "ship": "shipped", "submit": "submitted", "cancel": "cancelled",
    "refer": "referred", "transfer": "transferred", "admit": "admitted", "commit": "committed", "permit": "permitted",
    "ban": "banned", "plan": "planned", "stop": "stopped", "drop": "dropped", "tag": "tagged", "pin": "pinned",
    "upset": "upset", "reset": "reset", "bid": "bid", "scan": "scanned", "swap": "swapped", "log": "logged",
    "flag": "flagged", "map": "mapped", "chat": "chatted", "wrap": "wrapped", "label": "labelled", "unsubscribe":
    "unsubscribed", "return": "returned", "donate": "donated",
}  # fmt: skip


def past(verb: str) -> str:
    """The past participle of a verb in snake case, for events and states.

    >>> past("place"), past("pay"), past("hand in"), past("carry")
    ('placed', 'paid', 'handed_in', 'carried')
    """
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    first, _, rest = verb.partition(" ")
    if rest:
        return "_".join((past(first), *tokens(rest)))
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"
