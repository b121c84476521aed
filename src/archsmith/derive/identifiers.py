"""Ids that are safe, stable, and never the same for two different names."""

import hashlib

from archsmith.kernel.names import slug

_MAX = 48


class Identifiers:
    """Hands out ids of one kind. The same name gets the same id; a different name with the same slug gets another."""

    def __init__(self, taken: tuple[str, ...] = ()) -> None:
        """`taken`: ids that are given away already."""
        self._by_name: dict[str, str] = {}
        self._taken: set[str] = set(taken)

    def of(self, name: str) -> str:
        """The id of a name.

        >>> ids = Identifiers()
        >>> ids.of("order line"), ids.of("order-line") != ids.of("order line"), ids.of("order line")
        ('order-line', True, 'order-line')
        """
        if name not in self._by_name:
            ident, salt = slug(name), 0
            while ident in self._taken:
                digest = hashlib.sha256(f"{name}\0{salt}".encode("utf-8", "surrogatepass")).hexdigest()[:6]
                ident, salt = f"{slug(name)[: _MAX - 7].rstrip('-')}-{digest}", salt + 1
            self._taken.add(ident)
            self._by_name[name] = ident
        return self._by_name[name]
