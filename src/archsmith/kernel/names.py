"""Safe identifiers out of the words of strangers."""

import functools
import hashlib
import re
import unicodedata

_MAX = 48
_HALF = re.compile(r"[\ud800-\udfff]")
"""Half of a character: U+FFFD stands for it in design.json, out of which the same names come."""


@functools.lru_cache(maxsize=8192)
def slug(text: str, sep: str = "-") -> str:
    """Lower-case ASCII letters, digits and `sep`; begins with a letter, at most 48 characters, never empty.

    What can't be said that way (other scripts, emoji, over-long names) is told apart by a hash of the original, so two
    different names do not meet in one slug by losing what made them different.

    >>> slug("Order Line")
    'order-line'
    >>> slug("../../etc/passwd").startswith("etc-passwd")
    True
    """
    plain = unicodedata.normalize("NFKD", text)
    kept = re.sub(r"[^a-z0-9]+", sep, plain.encode("ascii", "ignore").decode().lower()).strip(sep)
    lossy = any(ord(c) > 127 and not unicodedata.combining(c) for c in plain) or len(kept) > _MAX
    if not kept or not kept[0].isalpha():
        kept = f"x{sep}{kept}".strip(sep)
    if lossy or kept == "x":
        digest = hashlib.sha256(_HALF.sub("\ufffd", text).encode()).hexdigest()[:6]
        kept = f"{kept[: _MAX - 7].strip(sep)}{sep}{digest}"
    return kept


def snake(text: str) -> str:
    """`slug` with underscores: a name for SQL and Python.

    >>> snake("Order Line")
    'order_line'
    """
    return slug(text, "_")


def pascal(text: str) -> str:
    """`slug` as one capitalised word: a name for a type.

    >>> pascal("order line")
    'OrderLine'
    """
    return "".join(part.capitalize() for part in slug(text).split("-"))


def camel(name: str) -> str:
    """A snake case name as languages with camel case write it; what is no letter keeps its underscore, so two names
    never meet in one: `address_2` and `address2` stay two.

    >>> camel("full_name"), camel("address_2"), camel("id")
    ('fullName', 'address_2', 'id')
    """
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


def kept(name: str, original: str) -> bool:
    """Whether a reader of the identifier `name` still sees the `original`: letters and digits are all there.

    >>> kept("order_line", "Order-Line"), kept("cafe", "Café"), kept("order_line_0a1b2c", "order line")
    (True, False, True)
    """
    return "".join(filter(str.isalnum, original.casefold())) in name.replace("_", "").replace("-", "").lower()


def told(said: str, name: str, original: str) -> str:
    """A description that also tells the original where the identifier `name` lost some of it.

    >>> told("A place to eat", "cafe", "Café"), told("A Café", "cafe", "Café"), told("A cart", "cart", "cart")
    ('A place to eat (in the brief: “Café”)', 'A Café', 'A cart')
    """
    if kept(name, original) or original in said:
        return said
    return f"{said} (in the brief: “{original}”)"


def plain(name: str) -> str:
    """The name of an entity as it stands in a sentence: no capital at its start; type names come apart into words.

    >>> plain("OrderLine"), plain("Order line"), plain("IBAN 2")
    ('order line', 'order line', 'IBAN 2')
    """
    if re.fullmatch(r"[A-Z][a-z0-9'-]*(?: [a-z0-9'-]+)*", name):
        return name.lower()
    if not re.fullmatch(r"(?:[A-Z][a-z0-9]+)+", name):
        return name
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()
