"""Which of the brief's nouns are things of their own, and under which name each goes."""

from collections import Counter
from typing import Final

from archsmith.derive.actors import ANYBODY
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.words import phrase, tokens
from archsmith.kernel.provenance import Span, Stated
from archsmith.knowledge.noun_kinds import Standing
from archsmith.model.domain import AttributeType
from archsmith.model.requirements import Mention, OperationKind, Requirements

NOT_KEPT: Final = frozenset(
    (*"visit session page screen view pageview request search hit call traffic load mau dau ratio".split(), "page view")
)
_ALIKE: Final = frozenset({"booking", "order", "payment", "loan", "donation", "customer", "tour"})
"""Rows of the lexicon whose words mean much the same: one that is only implied adds nothing to one that is named."""
_CHARGED: Final = frozenset({"fee", "tip", "deposit", "charge"})
"""Last words for what is paid, of which the payment is another record."""
_VAGUE: Final = frozenset(
    "account address number date list type name code data request time page id key value level".split()
)
"""Heads that name many different things: two compounds of one of them have nothing in common."""
_IDENTITIES: Final = frozenset({"identity", "address", "birth", "person_name", "phone"})
_MEASURED: Final = (AttributeType.DECIMAL,)


def things(requirements: Requirements, product: Product, lore: Lore) -> list[tuple[str, Mention]]:
    """The mentions that are things, with their names in normal form.

    Left out: a mention inside the words of another one (`event` in `click event`) that nothing else speaks of; the name
    of an act that is an operation already (`checkout`); people in general where there are particular ones; measured
    quantities (`humidity`), which are values of a reading; visits and pages, which are traffic; laws and products; and
    what is only implied where another word for it is named.
    """
    named = [(phrase(m.name) or m.name.strip().lower(), m) for m in requirements.mentions]
    objects = {phrase(o.object) for o in requirements.operations}
    made = {phrase(o.object) for o in requirements.operations if o.kind is OperationKind.COMMAND}
    told = {phrase(o.object) for o in requirements.operations if isinstance(o.why, Stated)}
    verbs = {"".join(tokens(o.verb)) for o in requirements.operations}
    spoken = objects | {phrase(n.what) for n in requirements.numbers}
    persons = [n for n, _ in named if lore.kin(n) == "person" and n not in ANYBODY]
    persons += [a.name for a in requirements.actors if phrase(a.name) not in ANYBODY]
    known = laws_and_tools(requirements)
    rows = {row.id for n, m in named if _is_named(n, m) and (row := lore.entity(n)) is not None}
    compounds: dict[str, list[tuple[str, Mention]]] = {}
    for name, mention in named:
        for word in set(name.split(" ")) if " " in name else ():
            compounds.setdefault(word, []).append((name, mention))
    names = {name for name, _ in named}
    kept = []
    for name, mention in named:
        row = lore.entity(name)
        if mention.doubtful and not _usual(name, product):
            continue
        if name in known or (
            not isinstance(mention.why, Stated) and row is not None and row.id in rows and row.id in _ALIKE
        ):
            continue
        inside = any(n != name and _within(mention, other) for n, other in compounds.get(name, ()))
        kept_so = lore.nouns.standing(name) is Standing.RECORD or product.sketch(name) is not None
        act = "".join(tokens(name)) in verbs and name not in made and not kept_so
        measured = _is_measure(name, product, lore)
        if not name or (inside and name not in spoken) or act or measured:
            continue
        users = name == "user" and (name in spoken or product.sketch(name) is not None)
        general = name in ANYBODY and bool(persons) and not users
        whole, _, head = name.rpartition(" ")
        counted = head in NOT_KEPT and whole in names
        if general or counted or (name in NOT_KEPT and name not in told):
            continue
        kept.append((name, mention))
    return kept


def _is_named(name: str, mention: Mention) -> bool:
    """Whether the brief itself names a thing firmly: a fee stands beside the payment of it, and not in its place."""
    return isinstance(mention.why, Stated) and not mention.doubtful and name.rpartition(" ")[2] not in _CHARGED


def _usual(name: str, product: Product) -> bool:
    """Whether systems of this kind keep records of what is called so."""
    return any(name in (sketch.name, *sketch.aka) for kind in product.all for sketch in kind.entities)


def laws_and_tools(requirements: Requirements) -> frozenset[str]:
    """The names of regimes and technologies: the system meets and uses them, and keeps nothing of them."""
    tools = (*requirements.technologies, *requirements.must_use, *requirements.must_not_use)
    return frozenset({phrase(r.id) for r in requirements.regimes} | {phrase(t.name) for t in tools})


def is_thing(name: str, product: Product, lore: Lore) -> bool:
    """Whether a noun that only an operation names is a thing of its own: software keeps records of such things."""
    if name in ANYBODY or name in NOT_KEPT or _is_measure(name, product, lore):
        return False
    return _usual(name, product) or lore.nouns.standing(name) is Standing.RECORD


def same_things(named: list[tuple[str, Mention]], lore: Lore) -> dict[str, str]:
    """Compounds that the text later calls by their head alone: `sensor box` and `box` are one thing, called `box`.

    Only where one compound has that head, and both words mean the same to the lexicon (a bank account is no account).
    """
    names = {name for name, _ in named}
    by_head: dict[str, list[str]] = {}
    for name in sorted(names):
        words = name.split(" ")
        for start in range(1, len(words)):
            head = " ".join(words[start:])
            if head in names and head not in _VAGUE and lore.entity(name) is lore.entity(head):
                by_head.setdefault(head, []).append(name)
    return {compounds[0]: head for head, compounds in by_head.items() if len(compounds) == 1}


def labels(named: list[tuple[str, Mention]], product: Product, acted_on: Counter[str]) -> dict[str, str]:
    """For words that mean one sketch of the archetype, the one that names it.

    A word for the thing itself goes before one for something near it; then the word whose things the brief acts on
    most (`acted_on`: operations by object and by actor), then the sketch's own.
    """
    best: dict[str, tuple[bool, int, bool, str]] = {}
    for name, _ in named:
        found = product.sketch(name)
        if found is not None and name in found[1].words:
            label = f"{found[0].id}/{found[1].name}"
            rank = (name not in found[1].near, acted_on[name], name == found[1].name, name)
            if label not in best or rank[:3] > best[label][:3]:
                best[label] = rank
    return {label: rank[3] for label, rank in best.items()}


def _is_measure(name: str, product: Product, lore: Lore) -> bool:
    """Whether it is a value of something else: a measured quantity, or what identifies a person (`ip address`)."""
    word = lore.attribute(name)
    physical = word is not None and AttributeType(word.type) in _MEASURED and not word.data_class
    identity = word is not None and word.id in _IDENTITIES
    return (physical or identity) and lore.entity(name) is None and product.sketch(name) is None


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
