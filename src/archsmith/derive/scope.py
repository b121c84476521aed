"""What the brief leaves out: things, and acts that its nouns stand for (`no payments`: nobody pays here)."""

import re
from typing import Final

from msgspec import Struct

from archsmith.derive.words import phrase
from archsmith.kernel.inflect import singular
from archsmith.model.requirements import Requirements

_ACTS: Final = {
    "payment": "pay", "billing": "bill", "booking": "book", "reservation": "reserve", "delivery": "deliver",
    "chat": "chat", "invoicing": "invoice", "registration": "register", "translation": "translate",
    "subscription": "subscribe", "search": "search", "export": "export", "import": "import", "refund": "refund",
    "login": "log in", "signup": "sign up", "donation": "donate", "review": "review", "rating": "rate",
    "shipment": "ship", "messaging": "message",
    "notification": "notify", "recommendation": "recommend", "insertion": "insert", "streaming": "stream",
}  # fmt: skip
_ING: Final = re.compile(r"^([a-z]{3,})ing$")


class Scope(Struct, frozen=True):
    """Phrases that are out, in normal form; `acts`: verb with the word that its object must hold (none: any)."""

    names: frozenset[str]
    acts: frozenset[tuple[str, str]]

    def bans(self, name: str) -> bool:
        """Whether a thing is out: it is what is excluded, or a kind or a part of it.

        One excluded word before another is no part: a newsletter may be out and its subscription not.

        >>> out = Scope(frozenset({"gift card"}), frozenset())
        >>> out.bans("gift card"), out.bans("card"), out.bans("gift card code")
        (True, False, True)
        """
        words = f" {name} "
        return any(words.endswith(f" {out} ") or (" " in out and f" {out} " in words) for out in self.names)

    def bans_implied(self, name: str) -> bool:
        """Whether a thing that only a deed or the kind of system speaks of is out, the words behind "with" aside.

        >>> Scope(frozenset({"membership with a flat rate"}), frozenset()).bans_implied("membership")
        True
        """
        return self.bans(name) or any(_head_of(out) == name for out in self.names)

    def bans_act(self, verb: str, obj: str) -> bool:
        """Whether an operation is out: its object is, its name is, or the excluded noun stands for its verb."""
        if self.bans(obj) or self.bans(f"{verb} {obj}") or self.bans(f"{obj} {verb}"):
            return True
        first = verb.split(" ")[0]
        return any(act in (verb, first) and (not about or about in obj.split(" ")) for act, about in self.acts)


def scope_of(requirements: Requirements) -> Scope:
    """What is not to be built (now)."""
    names = frozenset(filter(None, (phrase(x.what) for x in requirements.excluded)))
    acts: set[tuple[str, str]] = set()
    for name in names:
        head, _, last = name.rpartition(" ")
        if len(name.split(" ")) <= 2:
            acts.update((verb, singular(head)) for verb in _verbs(last))
    return Scope(names, frozenset(acts))


def _head_of(excluded: str) -> str:
    """What is excluded without what stands behind it: `memberships with a flat rate` are memberships."""
    before = re.split(r" (?:with|without) ", excluded, maxsplit=1)[0]
    return phrase(before)


def _verbs(noun: str) -> tuple[str, ...]:
    """The verbs that a noun of action may stand for: `sending` for `send`, `dining` for `dine`."""
    if noun in _ACTS:
        return (_ACTS[noun],)
    match = _ING.match(noun)
    if match is None:
        return ()
    stem = match[1]
    return (stem, f"{stem}e", stem[:-1]) if len(stem) > 3 and stem[-1] == stem[-2] else (stem, f"{stem}e")
