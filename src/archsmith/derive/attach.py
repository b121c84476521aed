"""Which operations a stated load drives: by its noun, by its verb, or as the browsing of visitors."""

from typing import Final

from archsmith.derive.drafts import OperationDraft, World
from archsmith.derive.load import Load
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.words import past
from archsmith.kernel.ids import OperationId
from archsmith.kernel.inflect import singular
from archsmith.model.domain import LOOKS, Access

_BROWSING: Final = frozenset(
    {
        "visit",
        "session",
        "visitor",
        "page",
        "page view",
        "pageview",
        "request",
        "view",
        "hit",
        "screen",
        "call",
        "api call",
        "query",
        "api request",
    }
)
_DEEDS: Final = {
    "order": "order",
    "booking": "book",
    "reservation": "reserve",
    "payment": "pay",
    "submission": "submit",
    "search": "search",
    "registration": "register",
    "purchase": "buy",
    "sale": "sell",
    "delivery": "deliver",
    "donation": "donate",
    "request": "get",
    "start": "start",
    "login": "log",
    "transfer": "transfer",
    "transaction": "pay",
    "signup": "sign",
    "sign-up": "sign",
    "loan": "lend",
    "return": "return",
    "ride": "request",
    "trip": "request",
    "application": "apply",
    "check-in": "check",
    "approval": "approve",
    "cancellation": "cancel",
    "upload": "upload",
    "download": "download",
    "message": "send",
    "lookup": "look",
    "redirect": "redirect",
    "click": "click",
    "play": "play",
    "stream": "stream",
    "prediction": "predict",
    "inference": "predict",
    "import": "import",
    "export": "export",
    "comment": "comment",
    "view": "view",
    "save": "save",
}
_NOUNS: Final = {verb: noun for noun, verb in reversed(_DEEDS.items())}
"""What is done, as a thing, by its verb: the first of several nouns."""
_START: Final = frozenset({"start", "take", "begin", "sit", "open", "join"})
_TAKES: Final = frozenset("receive ingest record redirect accept collect handle serve process poll".split())
_SERVE: Final = frozenset(
    {"serve", "download", "stream", "play", "watch", "fetch", "listen", "get", "redirect", "resolve"}
)
_LEADS: Final = frozenset({"redirect", "resolve", "follow", "open", "visit", "serve"})
_SERVED: Final = frozenset({"download", "play", "stream", "listen"})
_ORDER: Final = (
    Access.APPEND,
    Access.CREATE,
    Access.NOTIFY,
    Access.TRANSITION,
    Access.UPDATE,
    Access.COMPUTE,
    Access.IMPORT,
    Access.GET,
    Access.LIST,
    Access.SEARCH,
    Access.AGGREGATE,
    Access.DELETE,
    Access.EXPORT,
)


def deed_noun(verb: str) -> str:
    """What is done, as a thing: `booking` for book; the verb itself where no noun of its own is known.

    >>> deed_noun("book"), deed_noun("refuel")
    ('booking', 'refuel')
    """
    return _NOUNS.get(verb, verb)


def is_browsing(noun: str) -> bool:
    """Whether the load is the visitors' clicking about, which spreads over all that they can look at."""
    return noun in _BROWSING


class Carriers:
    """The operations by their words, so that the one that carries a load is found without trying them all."""

    def __init__(self, world: World, product: Product, lore: Lore) -> None:
        self._world, self._product, self._naming = world, product, lore.naming
        self._by_word: dict[str, dict[int, OperationDraft]] = {}
        for at, operation in enumerate(world.operations.values()):
            verb = operation.verb.split(" ")[0]
            entity = world.entities[operation.entity]
            about = f":{operation.about or entity.id}"
            for word in {
                verb,
                past(verb),
                *operation.object.split(" "),
                *entity.name.split(" "),
                f":{entity.id}",
                about,
            }:
                self._by_word.setdefault(word, {})[at] = operation

    def of(self, load: Load, taken: set[str]) -> OperationDraft | None:
        """The operation that runs once for each of the load's things, or None where none fits or all are taken."""
        if load.operation:
            return self._world.operations.get(OperationId(load.operation))
        words = load.noun.split(" ")
        last, rest = words[-1], set(words[:-1])
        entity = self._world.names.get(load.noun)
        keys = {*words, singular(last), _DEEDS.get(last, ""), *(_SERVE if last in _SERVED else ()), f":{entity}"}
        keys |= _LEADS if last == "redirect" else set()
        found: dict[int, OperationDraft] = {}
        for key in keys:
            found.update(self._by_word.get(key, {}))
        best: tuple[float, int] | None = None
        carrier: OperationDraft | None = None
        for at in sorted(found):
            operation = found[at]
            same = entity is not None and entity in (operation.entity, operation.about)
            score = _score(operation, load.noun, last, rest, same, self._world)
            rank = (score, -_ORDER.index(operation.access))
            free = operation.id not in taken and not (same and self._only_after(operation, last))
            if score > 0 and free and (best is None or rank > best):
                best, carrier = rank, operation
        return carrier or _main_deed(load, self._world, self._product, taken)

    def _only_after(self, operation: OperationDraft, last: str) -> bool:
        """Whether it is done with such things once they are there: a million signals a second are those that come, not
        those that are deleted, and opened mails not those at which somebody looks. Withdrawals are withdrawn."""
        verb = operation.verb.split(" ")[0]
        if last.startswith(verb.removesuffix("e")) or _DEEDS.get(last) == verb or past(verb) == last:
            return False
        looks = operation.access in LOOKS and self._world.entities[operation.entity].kin == "reading"
        return looks or operation.access is Access.DELETE or self._naming.has("ending_verbs", operation.verb)


def _score(operation: OperationDraft, noun: str, last: str, rest: set[str], same: bool, world: World) -> float:
    verb = operation.verb.split(" ")[0]
    about = {*operation.object.split(" "), *world.entities[operation.entity].name.split(" ")}
    deed = _DEEDS.get(last)
    score = 0.0
    if same:
        reading = world.entities[operation.entity].kin == "reading"
        score += {Access.APPEND: 6 if reading else 2, Access.CREATE: 5, Access.NOTIFY: 3}.get(operation.access, 1)
        score += 1.0 if operation.object == noun else 0.0
    if deed is not None and verb == deed:
        score += 4.0 + 2.0 * len(rest & about)
    if last == "start" and rest & about and verb in _START:
        score += 6.0
    asked = operation.access in LOOKS or (operation.access is Access.APPEND and verb in _TAKES)
    if last in ("request", "download", "fetch", "play") and rest & about and asked:
        score += 6.0 if verb in _SERVE else 4.0
        score += 3.0 * (" ".join(noun.split(" ")[:-1]) == operation.object)
    if last in _SERVED and verb in _SERVE and operation.access is Access.GET and not same:
        score += 3.0
    if last == "redirect" and verb in _LEADS and operation.access is Access.GET:
        score += 8.0  # the answer itself, rather than the record that it was given
    if singular(last) in about and not same and operation.access in (Access.CREATE, Access.APPEND, Access.NOTIFY):
        score += 3.0
    if same and verb in _TAKES and world.entities[operation.entity].kin in ("reading", "aggregate"):
        score += 5.0
    if past(verb) == last:
        score += 2.0
    return score


def _main_deed(load: Load, world: World, product: Product, taken: set[str]) -> OperationDraft | None:
    """What people come for, in systems of this kind: lunches in a food delivery are orders."""
    if product.main is None or load.quantity.period_name not in ("day", "hour", "week", "month", "minute"):
        return None
    for sketch in product.main.operations:
        if sketch.core and sketch.access is Access.CREATE:
            target = world.find(sketch.object)
            for operation in world.operations.values():
                fits = target is not None and operation.entity == target.id and operation.access is Access.CREATE
                if fits and str(operation.id) not in taken:
                    return operation
    return None
