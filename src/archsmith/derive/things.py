"""Which of the brief's nouns are things of their own, and under which name each goes."""

from typing import Final

from archsmith.derive.actors import ANYBODY
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.words import phrase, tokens
from archsmith.kernel.provenance import Span, Stated
from archsmith.model.domain import AttributeType
from archsmith.model.requirements import Mention, OperationKind, Requirements

_NOT_KEPT: Final = frozenset(
    "visit session page screen view request search hit call traffic load mau dau ratio".split()
)
_MEASURED: Final = (AttributeType.DECIMAL,)


def things(requirements: Requirements, product: Product, lore: Lore) -> list[tuple[str, Mention]]:
    """The mentions that are things, with their names in normal form.

    Left out: a mention inside the words of another one (`event` in `click event`) that nothing else speaks of; the name
    of an act that is an operation already (`checkout`); people in general where there are particular ones; measured
    quantities (`humidity`), which are values of a reading; visits and pages, which are traffic.
    """
    named = [(phrase(m.name) or m.name.strip().lower(), m) for m in requirements.mentions]
    objects = {phrase(o.object) for o in requirements.operations}
    made = {phrase(o.object) for o in requirements.operations if o.kind is OperationKind.COMMAND}
    verbs = {"".join(tokens(o.verb)) for o in requirements.operations}
    spoken = objects | {phrase(n.what) for n in requirements.numbers}
    persons = [n for n, _ in named if lore.kin(n) == "person" and n not in ANYBODY]
    persons += [a.name for a in requirements.actors if phrase(a.name) not in ANYBODY]
    kept = []
    for name, mention in named:
        inside = any(n != name and name in n.split(" ") and _within(mention, other) for n, other in named)
        act = "".join(tokens(name)) in verbs and name not in made and product.sketch(name) is None
        measured = name not in made and _is_measure(name, product, lore)
        if not name or (inside and name not in spoken) or act or measured:
            continue
        if (name in ANYBODY and persons) or (name in _NOT_KEPT and name not in made):
            continue
        kept.append((name, mention))
    return kept


def labels(named: list[tuple[str, Mention]], product: Product) -> dict[str, str]:
    """For words that mean one sketch of the archetype, the one that names it: the sketch's own where it is used."""
    first: dict[str, str] = {}
    for name, _ in named:
        found = product.sketch(name)
        if found is not None and (name == found[1].name or name in found[1].aka):
            label = f"{found[0].id}/{found[1].name}"
            if label not in first or name == found[1].name:
                first[label] = name
    return first


def _is_measure(name: str, product: Product, lore: Lore) -> bool:
    word = lore.attribute(name)
    physical = word is not None and AttributeType(word.type) in _MEASURED and not word.data_class
    return physical and lore.entity(name) is None and product.sketch(name) is None


def _within(one: Mention, other: Mention) -> bool:
    """Whether the words of one mention stand inside those of the other."""
    if not isinstance(one.why, Stated) or not isinstance(other.why, Stated):
        return False
    inner, outer = one.why.at, other.why.at
    return _start(outer) <= _start(inner) and _end(inner) <= _end(outer) and inner != outer


def _start(span: Span) -> tuple[str, int, int]:
    return span.file, span.line, span.column


def _end(span: Span) -> tuple[str, int, int]:
    return span.file, span.end_line, span.end_column
