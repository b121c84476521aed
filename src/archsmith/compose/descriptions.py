"""What a field is, in words, where the brief gives only its name: as its type and the form of its name tell it."""

from typing import Final

from archsmith.knowledge.naming import Naming
from archsmith.model.domain import Attribute, AttributeType

_KNOWN: Final = {
    "object_key": "Key of the {e}'s file in the object store",
    "media_type": "Media type of the {e}'s file (RFC 6838), such as image/jpeg",
    "checksum": "Checksum of the {e}'s file, which shows whether it arrived whole",
    "size_bytes": "Size of the {e}'s file in bytes",
    "provider_reference": "What the provider calls the {e}",
    "currency": "ISO 4217 code of the currency of the {e}, such as EUR",
    "note": "Free text about the {e}",
    "body": "Text of the {e}",
    "description": "What the {e} is about, in a few sentences",
    "channel": "Way by which the {e} is sent, such as email or sms",
    "recipient": "Address or number to which the {e} is sent",
    "kind": "Which kind of {e} it is",
    "source": "Where the {e} comes from",
    "ip_address": "IP address from which the {e} came",
    "user_agent": "User-Agent header of the request behind the {e}",
    "capacity": "How many the {e} has room for",
    "quantity": "How many of it the {e} is for",
    "position": "Place of the {e} among its like, from the first on",
    "location": "Where the {e} is",
    "url": "Web address of the {e}",
    "full_name": "Full name of the {e}, as people write it",
    "reason": "Why the {e} came to be as it is",
}
"""Names that mean the same wherever they stand; `{e}` is the entity."""
_UNITS: Final = frozenset(
    "bytes seconds minutes hours days weeks months years meters metres kilometers kilometres grams kilograms litres "
    "liters percent degrees watts volts amperes celsius hertz milliseconds points".split()
)
_HAPPENED: Final = frozenset(
    "occurred happened arrived departed expired failed started ended finished joined left began changed crashed died "
    "moved returned lapsed".split()
)
"""What a thing does itself; of the others it is done to it."""
_AHEAD: Final = frozenset("scheduled planned expected due promised booked".split())
"""What is done now for a time to come."""
_DONE: Final = frozenset(
    "sent paid held given taken sold seen read written drawn put set bought met made known".split()
)


def described(naming: Naming, name: str, attribute: Attribute, entity: str) -> str:
    """The brief's words about an attribute where it has some, else what it is of the `entity` (its name)."""
    said = attribute.description.strip()
    words = attribute.name.replace("_", " ").strip()
    if said and said.lower() != words.lower():
        return said
    known = _KNOWN.get(name)
    if known:
        return known.format(e=entity)
    match attribute.type:
        case AttributeType.TIMESTAMP:
            return f"{_moment(name, words, entity)} (UTC)"
        case AttributeType.DATE:
            return _day(name, words, entity)
        case AttributeType.BOOLEAN:
            return _whether(name, words, entity)
        case AttributeType.INTEGER:
            return _number(naming, name, words, entity)
        case _:
            return _thing(attribute.type, words, entity)


def _moment(name: str, words: str, entity: str) -> str:
    stem, _, last = name.rpartition("_")
    plain = stem.replace("_", " ")
    it = "it" if plain[:4] == entity[:4] and len(plain) > 4 else f"the {entity}"
    if last == "until" and stem:
        return f"Until when the {entity} is {plain}"
    if last == "from" and stem:
        return f"From when the {entity} is {plain}"
    if last == "at" and stem:
        verb = plain.rpartition(" ")[2]
        if stem.startswith("on_"):
            return f"From when the {entity} is {plain}"
        if verb in _AHEAD:
            return f"For when the {entity} is {plain}"
        if verb in _HAPPENED or (verb.endswith("s") and not verb.endswith("ss")):
            return f"When {it} {plain}"
        if verb.endswith("ed") or verb in _DONE:
            return f"When {it} was {plain}"
    return f"{_capital(words)} of the {entity}"


def _day(name: str, words: str, entity: str) -> str:
    stem, _, last = name.rpartition("_")
    plain = stem.replace("_", " ")
    if last == "from" and stem:
        return f"First day on which the {entity} is {plain}"
    if last in ("until", "to") and stem:
        return f"Last day on which the {entity} is {plain}"
    if last == "on" and stem:
        verb = plain.rpartition(" ")[2]
        done = (verb.endswith("ed") or verb in _DONE) and verb not in _HAPPENED
        return f"Day on which the {entity} {'was ' if done else ''}{plain}"
    return f"Day of the {entity}" if name in ("day", "date") else f"{_capital(words)} of the {entity}"


def _whether(name: str, words: str, entity: str) -> str:
    first, _, rest = name.partition("_")
    if first in ("is", "has", "can", "may", "allows", "needs", "wants", "takes") and rest:
        return f"Whether the {entity} {words}"
    return f"Whether the {entity} is {words}" if not rest else f"Whether the {entity} has {words}"


def _number(naming: Naming, name: str, words: str, entity: str) -> str:
    stem, _, last = name.rpartition("_")
    if last in _UNITS and stem:
        return f"{_capital(stem.replace('_', ' '))} of the {entity} in {last}"
    plural = words.endswith("s") and not words.endswith("ss")
    return f"Number of {words} of the {entity}" if plural else f"{_capital(words)} of the {entity}"


def _thing(kind: AttributeType, words: str, entity: str) -> str:
    match kind:
        case AttributeType.EMAIL:
            which = words.replace("email", "e-mail address").replace("e-mail address address", "e-mail address")
            return f"{_capital(which)} of the {entity}"
        case AttributeType.PHONE:
            return f"{_capital(words)}{'' if 'number' in words else ' number'} of the {entity} (E.164)"
        case AttributeType.MONEY:
            return f"{_capital(words)} of the {entity}, in its currency"
        case AttributeType.FILE:
            return f"File with the {words} of the {entity}"
        case _:
            return f"{_capital(words)} of the {entity}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
