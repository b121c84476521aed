"""Sizes of rows and files: stated ones by their noun, else by the attributes and the sort of file."""

import re
from typing import Final

from archsmith.derive.context import Context
from archsmith.derive.drafts import EntityDraft, World
from archsmith.derive.ledger import Ledger
from archsmith.derive.lore import Lore
from archsmith.derive.populations import nouns_in
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import phrase
from archsmith.kernel.provenance import Derived, Fact
from archsmith.kernel.units import Bytes
from archsmith.model.base import Figure
from archsmith.model.domain import AttributeType
from archsmith.model.requirements import NumberRole

_TYPE_BYTES: Final = {
    AttributeType.UUID: 16,
    AttributeType.TEXT: 40,
    AttributeType.INTEGER: 8,
    AttributeType.DECIMAL: 12,
    AttributeType.MONEY: 12,
    AttributeType.BOOLEAN: 1,
    AttributeType.DATE: 4,
    AttributeType.TIMESTAMP: 8,
    AttributeType.EMAIL: 30,
    AttributeType.PHONE: 16,
    AttributeType.URL: 80,
    AttributeType.FILE: 60,
    AttributeType.JSON: 400,
    AttributeType.GEO: 32,
    AttributeType.STATE: 12,
}
"""Mean bytes of a stored value: PostgreSQL 17 manual, chapter 8, for fixed types; text lengths are our estimate."""
_ROW_HEADER: Final = 28
"""Bytes of tuple header and item pointer. Source: PostgreSQL 17 manual, section 65.6."""
_ROW_LIMIT: Final = 5000.0
_PACKED: Final = re.compile(r"\bcompress\w*\b[^.;\d]{0,30}(\d{1,2})\s?(?::|to)\s?1\b")
_BLOB_WORDS: Final = (
    ("video", frozenset("video film movie clip recording stream".split())),
    ("audio", frozenset("audio episode song track podcast voicemail".split())),
    ("photo", frozenset("photo image picture scan receipt card avatar thumbnail selfie drawing x-ray".split())),
    ("firmware", frozenset({"firmware"})),
    (
        "document",
        frozenset(
            "file document pdf attachment certificate contract cv resume paper form upload asset backup report".split()
        ),
    ),
)


def is_large(name: str) -> bool:
    """Whether a thing of this name is a film or a recording, of which few come with other things."""
    words = set(name.split(" "))
    return any(kind in ("video", "audio") and words & known for kind, known in _BLOB_WORDS)


class Sizes:
    """Stated sizes by the entity that they belong to, with what is assumed where none is stated."""

    def __init__(
        self, numbers: tuple[Quantity, ...], world: World, context: Context, ledger: Ledger, lore: Lore
    ) -> None:
        self._world = world
        self._ledger = ledger
        self._context = context
        self._lore = lore
        self._stated: dict[str, Quantity] = {}
        for q in numbers:
            if (
                q.dim is Dim.BYTES
                and q.number.role in (NumberRole.SIZE, NumberRole.LOAD, NumberRole.OTHER)
                and not q.period
                and q.value > 0
            ):
                for noun in _names(q, world, context):
                    known = self._stated.setdefault(noun, q)
                    if q.binding and not known.binding:
                        self._stated[noun] = q

    def stated(self, noun: str) -> Figure | None:
        """The stated size of a thing, in bytes, or None."""
        draft = self._world.find(noun)
        for name in (
            noun,
            noun.rpartition(" ")[2],
            *(sorted(draft.aliases) if draft and noun in draft.aliases else ()),
        ):
            q = self._stated.get(name)
            if q is not None:
                return self._ledger.state(q.number.id, f"size of one {noun}", q.value, "bytes", q.number.why)
        return None

    def answer(self) -> Fact[Bytes] | None:
        """Bytes of an answer to a request, where the brief states them (`an answer has 3 kB`)."""
        acted = {o.entity for o in self._world.operations.values()}
        for name in _ANSWERS:
            q = self._stated.get(name)
            if q is not None and self._world.names.get(name) not in acted:
                return Fact(value=Bytes(q.value), why=q.number.why)
        return None

    def is_stated(self, noun: str) -> bool:
        """Whether the brief gives a size for it, without putting it down."""
        draft = self._world.find(noun)
        names = {noun, noun.rpartition(" ")[2]} | (
            draft.aliases if draft is not None and noun in draft.aliases else set()
        )
        return not names.isdisjoint(self._stated)

    def row(self, draft: EntityDraft) -> Fact[Bytes]:
        """Bytes of one row: stated where small enough to be one, else the sum over its attributes."""
        if draft.kin != "file" and self.is_stated(draft.name):
            figure = self.stated(draft.name)
            if figure is not None and figure.value <= _ROW_LIMIT:
                return self._packed(figure, draft)
        parts = [_TYPE_BYTES[a.type] * (4 if (a.max_length or 0) > 1000 else 1) for a in draft.attributes]
        parts.append(16 * len(draft.relations))
        text = " + ".join(str(p) for p in (_ROW_HEADER, *parts))
        why = Derived(rule="sum of the attributes' bytes", formula=text, inputs=(f"entity.{draft.id}",))
        return Fact(value=Bytes(_ROW_HEADER + sum(parts)), why=why)

    def _packed(self, figure: Figure, draft: EntityDraft) -> Fact[Bytes]:
        """The stated size of a row, and what is left of it where the brief says how far such rows are compressed."""
        said = (_PACKED.search(sentence) for sentence in self._context.sentences) if draft.kin == "reading" else ()
        times = next((float(match[1]) for match in said if match is not None), 0.0)
        if times <= 1:
            return Fact(value=Bytes(figure.value), why=figure.why)
        packed = self._ledger.once(
            f"{draft.id}_packed",
            f"bytes of one {draft.name}, compressed",
            "bytes",
            "size x what is left of it",
            (figure, 1.0 / times),
        )
        return Fact(value=Bytes(packed.value), why=packed.why)

    def blob(self, draft: EntityDraft) -> tuple[Figure | None, Fact[Bytes]]:
        """Bytes of the file that goes with a row (as a step, and as a fact); none for things without a file."""
        has_file = draft.kin == "file" or any(
            a.type is AttributeType.FILE or a.name == "object_key" for a in draft.attributes
        )
        figure = self.stated(draft.name)
        if figure is not None and figure.value > _ROW_LIMIT and (has_file or draft.kin == ""):
            return figure, Fact(value=Bytes(figure.value), why=figure.why)
        if not has_file:
            return None, Fact(
                value=Bytes(0.0), why=Derived(rule="no file goes with it", inputs=(f"entity.{draft.id}",))
            )
        words = set(draft.name.split(" "))
        kind = next((k for k, known in _BLOB_WORDS if words & known), "document")
        assumed = self._lore.assume(
            self._ledger,
            "blob_bytes",
            kind,
            what=f"size of one {draft.name}",
            ident=f"{draft.id}_bytes",
            because=f"no size of a {draft.name} is stated",
        )
        return assumed, Fact(value=Bytes(assumed.value), why=assumed.why)


_ANSWERS: Final = ("answer", "response", "reply", "response body", "json answer")
_PER: Final = re.compile(r"\b(?:[kmg]i?b|bytes?)\s+(?:per|for (?:each|every|an?)|each|an?|every)\s+([a-z]+)")


def _names(q: Quantity, world: World, context: Context) -> tuple[str, ...]:
    """What the size is of: what it stands for each of (`20 KB per message`), the counted noun, the subject, else the
    things that the sentence names."""
    _, tail = context.sides(q.number.why)
    each = _PER.search(f"{q.quote}{tail[:40]}")
    whole = phrase(each[1]) if each else ""
    if whole in world.names or (whole and whole == q.per):
        return (whole,)
    own = [w for w in (phrase(q.number.subject), _strip(q.noun), q.per) if w]
    named = [n for n in own if n in world.names or (world.find(n) is not None)]
    if named:
        heads = [n.rpartition(" ")[2] for n in named if n not in world.names]
        return tuple(dict.fromkeys([*named, *(h for h in heads if h in world.names)]))
    text = context.around(q.number.why)
    before = nouns_in(text.partition(q.quote)[0], world) if q.quote else ()
    return tuple(dict.fromkeys([*own, *before[-1:]]))


def _strip(noun: str) -> str:
    words = [
        w
        for w in noun.split(" ")
        if w not in ("size", "average", "mean", "file", "length", "payload", "body", "volume")
    ]
    return " ".join(words) or noun
