"""What a store keeps, as its renderers see it: keyspaces with their fields, and what is said of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from archsmith.kernel import canonical
from archsmith.kernel.ids import ArtifactPath, StoreId, element
from archsmith.kernel.phrases import listed
from archsmith.model.architecture import Store
from archsmith.model.artifacts import Artifact
from archsmith.model.keyspaces import AccessPattern, Keyspace, fields_of
from archsmith.model.shapes import Field
from archsmith.render import show
from archsmith.render.markdown import clean
from archsmith.render.view import View, product_of

_UNSAFE: Final = re.compile(r"[^\x20-\x7e\u00a0-\u024f\u0370-\ud7ff\uf900-\ufefe\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Kept:
    """One store of a design, and its keyspaces."""

    view: View
    store: Store

    @cached_property
    def keyspaces(self) -> tuple[Keyspace, ...]:
        """In the order of the model."""
        return tuple(k for k in self.view.arch.keyspaces if k.store == self.store.id)

    @cached_property
    def by_name(self) -> dict[str, Keyspace]:
        """Keyspaces by name."""
        return {k.name: k for k in self.keyspaces}

    @property
    def folder(self) -> str:
        """Where its files lie."""
        return f"db/{self.store.id}"

    def fields(self, keyspace: Keyspace) -> tuple[Field, ...]:
        """The fields of its items."""
        return fields_of(keyspace, self.view.arch.shapes)

    def field(self, keyspace: Keyspace, name: str) -> Field | None:
        """A field of its items by name."""
        return next((f for f in self.fields(keyspace) if f.name == name), None)

    def file(self, name: str, text: str, shown: Iterable[Keyspace] | None = None) -> Artifact:
        """A file of the store."""
        entities = [k.entity for k in (self.keyspaces if shown is None else shown) if k.entity is not None]
        shows = (element("store", self.store.id), *(element("entity", e) for e in dict.fromkeys(entities)))
        return Artifact(path=ArtifactPath(f"{self.folder}/{name}"), content=text.encode(), shows=shows)

    def json(self, name: str, value: object, shown: Iterable[Keyspace] | None = None) -> Artifact:
        """A file of plain data."""
        return self.file(name, canonical.to_json(value).decode().rstrip() + "\n", shown)

    def serves(self, pattern: AccessPattern) -> str:
        """The operations of an access pattern, as their actors say them."""
        return listed([plain(self.view.operation_name(o)) for o in pattern.operations], 6)

    def head(self) -> list[str]:
        """What every file of the store begins with."""
        return [
            plain(f"{self.store.name} of {self.view.domain.title}: {product_of(self.store)}."),
            "Written by archsmith from design.json. Change the brief or the requirements, not this file.",
        ]

    def said(self, keyspace: Keyspace) -> list[str]:
        """What a keyspace is for, what it serves, and the arithmetic behind it."""
        found = [plain(keyspace.comment).rstrip(".") + "."]
        for pattern in keyspace.patterns:
            way = " by a scan" if pattern.scan else f" by index {pattern.index}" if pattern.index else ""
            found.append(f"Serves {self.serves(pattern)}{way}: {show.rate(pattern.peak)} at the peak.")
        if keyspace.source and keyspace.source in self.by_name:
            found.append(f"Made from {keyspace.source}.")
        if keyspace.keep is not None:
            found.append(f"Kept for {show.months(keyspace.keep)}.")
        found += [
            plain(f"{f.what}: {show.figure(f.value, f.unit)} ({show.formula(f.formula)}).") for f in keyspace.figures
        ]
        return found


def plain(text: str) -> str:
    """A stranger's words on one line of a comment: no control, direction or line-ending characters.

    >>> plain("a\\u2028b */ c")
    'a b * / c'
    """
    return _UNSAFE.sub("", clean(text)).replace("*/", "* /")


def kept(view: View, engines: Iterable[str]) -> list[Kept]:
    """The stores of these engines that keep something."""
    wanted = frozenset(engines)
    holding: set[StoreId] = {k.store for k in view.arch.keyspaces}
    return [Kept(view, s) for s in view.arch.stores if s.engine in wanted and s.id in holding]
