"""The field of an attribute: what its type, its name and its class say about its limits and about who may set it."""

from typing import Final

from archsmith.compose.names import Unique
from archsmith.kernel.names import kept, snake, told
from archsmith.knowledge.naming import Naming
from archsmith.model.domain import Attribute, AttributeType, DataClass
from archsmith.model.shapes import Field, Source

TEXT_MAX: Final = 500
"""Characters of a text whose length nobody states: a long line. Without a bound a column takes a gigabyte."""
INT32_MAX: Final = 2**31 - 1
SAFE_INTEGER: Final = 2**53 - 1
"""Larger whole numbers lose digits in JavaScript and other readers of JSON (RFC 8259, section 6)."""
HIDDEN: Final = frozenset({DataClass.CREDENTIAL, DataClass.CARD})
"""Classes whose values go in and never come out."""
ENCRYPTED: Final = frozenset({DataClass.CARD, DataClass.HEALTH})
"""Classes whose free texts are encrypted by the application, apart from the disk."""
CURRENCY: Final = "^[A-Z]{3}$"
"""ISO 4217."""
REFERENCE: Final = "^[0-9A-F]{12}$"
"""A reference that the system makes: 48 random bits, which tell nobody how many there are; a unique key guards them."""
PHONE: Final = r"^\+[1-9][0-9]{6,14}$"
"""E.164."""

REFERENCE_LENGTH: Final = 12
_DRAWN: Final = "made by the system when the row is, at random"
_FOLLOWS: Final = (
    "given by the system, one after the other without gaps, in the transaction that makes the row "
    "(Directive 2006/112/EC, article 226)"
)
_LENGTHS: Final = {
    AttributeType.TEXT: TEXT_MAX,
    AttributeType.EMAIL: 254,  # RFC 5321, section 4.5.3.1.3: a path of 256 with its brackets
    AttributeType.PHONE: 16,  # E.164: a plus sign and 15 digits
    AttributeType.URL: 2048,
    AttributeType.FILE: 1024,  # the longest key of an object in S3
    AttributeType.STATE: 63,
}
_DIGITS: Final = {AttributeType.MONEY: (14, 2), AttributeType.DECIMAL: (18, 6)}


def attribute_field(
    naming: Naming,
    name: str,
    attribute: Attribute,
    entity: str,
    *,
    has_file: bool,
    brought: bool = False,
    reckoned: bool = False,
) -> Field:
    """The field of an attribute of `entity` under its safe `name`. `has_file`: each row of it has a file; `brought`:
    rows come with what identifies them from elsewhere; `reckoned`: what it comes to follows from its parts."""
    kind = attribute.type
    digits = _DIGITS.get(kind)
    low, high = _range(naming, name, kind)
    currency = kind is AttributeType.TEXT and name == "currency"
    states = _states(attribute)
    issued = not brought and _issued(naming, name, attribute, entity)
    drawn = issued and not _sequential(naming, entity)
    longest = 3 if currency else REFERENCE_LENGTH if drawn else attribute.max_length or _LENGTHS.get(kind)
    shortest = 1 if attribute.required and kind is AttributeType.TEXT else None
    hidden = attribute.data_class in HIDDEN
    said = attribute.description.strip() or f"{attribute.name.replace('_', ' ').capitalize()} of the {entity}"
    if issued:
        said = f"{said}; {_DRAWN if drawn else _FOLLOWS}"
    return Field(
        name=name,
        source=Source.ATTRIBUTE,
        type=kind,
        description=_told(said, name, states, attribute),
        required=attribute.required,
        attribute=attribute.name,
        original="" if kept(name, attribute.name) else attribute.name,
        shown=not naming.has("file_keys", name) and not (issued and hidden),
        read_only=issued or _ours(naming, name, attribute, has_file) or (reckoned and kind is AttributeType.MONEY),
        write_only=hidden and not issued,
        unique=attribute.unique,
        encrypted=is_encrypted(naming, attribute),
        min_length=3 if currency else REFERENCE_LENGTH if drawn else shortest,
        max_length=longest,
        minimum=low,
        maximum=high,
        precision=digits[0] if digits else None,
        scale=digits[1] if digits else None,
        pattern=CURRENCY if currency else REFERENCE if drawn else PHONE if kind is AttributeType.PHONE else "",
        states=tuple(states.values()) if kind is AttributeType.STATE else (),
        data_class=attribute.data_class,
    )


def _issued(naming: Naming, name: str, attribute: Attribute, entity: str) -> bool:
    """Whether we give each row this number: nobody else could keep it unique."""
    if attribute.type is not AttributeType.TEXT or not (attribute.unique and attribute.required):
        return False
    own = f"{snake(entity)}_"
    secret = attribute.data_class is DataClass.CREDENTIAL and name == "code"
    return secret or any(naming.has("issued_numbers", word) for word in (name, name.removeprefix(own)))


def _sequential(naming: Naming, entity: str) -> bool:
    """Whether its numbers follow each other: the service counts, in the transaction that makes the row."""
    return naming.has("sequential_documents", snake(entity))


def _range(naming: Naming, name: str, kind: AttributeType) -> tuple[int | None, int | None]:
    words = name.split("_")
    counts = any(naming.has("count_words", word) for word in words)
    if kind is AttributeType.MONEY:
        return 0, None
    if kind is AttributeType.DECIMAL:
        return (0 if counts else None), None
    if kind is not AttributeType.INTEGER:
        return None, None
    most = SAFE_INTEGER if naming.has("large_units", words[-1]) else INT32_MAX
    return (0 if counts else -most), most


def _ours(naming: Naming, name: str, attribute: Attribute, has_file: bool) -> bool:
    """Whether we set it: states by steps, facts of a file when it comes, moments by what the system does."""
    if attribute.read_only or attribute.type in (AttributeType.STATE, AttributeType.FILE):
        return True
    if (has_file and naming.has("file_facts", name)) or naming.has("not_told", name):
        return True
    if attribute.type is not AttributeType.TIMESTAMP or not name.endswith("_at"):
        return False
    word = name.removesuffix("_at").rpartition("_")[2]
    if naming.has("told_moments", word):
        return False
    return word.endswith("ed") or naming.has("moment_words", word)


def _states(attribute: Attribute) -> dict[str, str]:
    """The safe name of each state."""
    taken = Unique()
    return {state: taken.take(snake(state), state) for state in attribute.states}


def _told(words: str, name: str, states: dict[str, str], attribute: Attribute) -> str:
    """What it is, with the names of the brief that an identifier could not keep."""
    said = told(words, name, attribute.name)
    lost = [f"`{safe}` is “{state}”" for state, safe in states.items() if not kept(safe, state)]
    return f"{said} ({', '.join(lost)})" if lost else said


def is_encrypted(naming: Naming, attribute: Attribute) -> bool:
    """Whether the application encrypts this attribute itself: free text about a body, a card or a bank account.

    Not where the database must compare values (unique ones).
    """
    if attribute.unique or attribute.type not in (AttributeType.TEXT, AttributeType.JSON):
        return False
    bank = any(naming.has("bank_words", word) for word in attribute.name.lower().split("_"))
    return attribute.data_class in ENCRYPTED or (attribute.data_class is DataClass.FINANCIAL and bank)
