"""The same design twice: under plain names, and under names that do harm where they are taken for more than names."""

from collections.abc import Callable, Iterable
from typing import Final

from hypothesis import strategies as st
from msgspec.structs import replace

from archsmith.model.decisions import Decisions
from archsmith.model.domain import Attribute, Derivation, Entity, Operation, Relation
from archsmith.model.requirements import Requirements

RESERVED: Final = (
    "order", "select", "table", "user", "group", "class", "def", "None", "lambda", "import", "function", "typeof",
    "interface", "void", "package", "message", "enum", "oneof", "rpc", "service", "type", "input", "query", "mutation",
    "extends", "schema", "union", "null", "true", "range", "chan", "constructor", "__proto__", "prototype", "toString",
    "hasOwnProperty", "__typename", "__init__", "self", "version", "Problem", "Job", "Node", "Edge", "PageInfo",
)  # fmt: skip
"""Words of SQL, Python, TypeScript, Go, Java, GraphQL, Protocol Buffers and of our own contracts."""

TEXTS: Final = (
    "'; DROP TABLE orders; --", '"; drop table x; --', "a\n  evil: true\n- b", "$(rm -rf /) `id` $HOME", "{{7*7}}",
    "<script>alert(1)</script>", "&anchor *alias !!python/object:os.system", "yes", "~", "1e3", "\t tab\r\n",
    "\u2028\u2029\x85\x00\x1b[31m", "\ud800", "😀", "😁", "مرحبا \u202e", "日本語", "zero\u200bwidth", "\u200b",
    "$$ $body$",
    "x" * 300, "x" * 301, "# no comment", ": ", "\\", "%TAG ! tag:", "*/ -- /*", "../../etc/passwd", "C:\\nul.txt",
    "end; click a", "|", "]]> --", '"""', "\\\"\"\"", "''' \"", "``` ~~~", "1st", "9", "-", "_", "a.b.c", "a/b?c=d&e#f",
    "%{x}",
    "${jndi:ldap://x}", "=cmd|' /C calc'!A0", "\u0130stanbul", "straße", "STRASSE",
)  # fmt: skip

TWINS: Final = (
    "Café", "cafe", "CAFE", "ca fe", "ca-fe", "ca_fe", "e\u0301te", "\u00e9te", "ete", "gnome", "gnome id", "gnomes",
    "ｇｎｏｍｅ", "ﬁsh", "fish",
)  # fmt: skip
"""Names that differ only in what an identifier can't keep."""

HOSTILE: Final = (*RESERVED, *TEXTS, *TWINS)

_MEANT: Final = frozenset({"id", "created at", "created_at", "updated at", "updated_at", "currency"})
"""Names that mean a field which the design has anyway: with them the structure is another, and should be."""

Pick = Callable[[str], str]
"""A new name for an old one: the same each time, and different for different names of a scope."""


def hostile_names(count: int) -> st.SearchStrategy[list[str]]:
    """That many different names."""
    made = st.text(min_size=1, max_size=40).filter(lambda t: t.strip().lower() not in _MEANT)
    return st.lists(st.one_of(st.sampled_from(HOSTILE), made), min_size=count, max_size=count, unique=True)


def benign_names(count: int) -> list[str]:
    """Names that mean nothing to any rule."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [f"qo{letters[i // 26]}{letters[i % 26]}z" for i in range(count)]


def pick_from(names: Iterable[str]) -> Pick:
    """Gives out `names` in their order, to each new old name the next one."""
    left, given = iter(names), dict[str, str]()

    def pick(old: str) -> str:
        if old not in given:
            given[old] = next(left)
        return given[old]

    return pick


NAMES_OF_A_DESIGN: Final = 48
"""As many names as `renamed` asks for, at most."""


def renamed(
    requirements: Requirements, derivation: Derivation, decisions: Decisions, names: Iterable[str]
) -> tuple[Requirements, Derivation, Decisions]:
    """A design's inputs with every name of a stranger replaced; ids stay, as `derive` gives them.

    What an actor is called says what it is (a device, another service), so its name begins with letters that mean none.
    """
    pick = pick_from(names)
    domain = derivation.domain
    entities = tuple(_entity(e, pick) for e in domain.entities)
    operations = tuple(_operation(o, {e.id: e for e in domain.entities}[o.entity], pick) for o in domain.operations)
    title = pick("title")
    renewed = replace(
        domain,
        title=title,
        actors=tuple(replace(a, name=f"qz{pick(f'actor {a.name}')} who acts") for a in domain.actors),
        systems=tuple(replace(s, name=pick(f"system {s.name}")) for s in domain.systems),
        entities=entities,
        operations=operations,
        events=tuple(replace(e, name=pick(f"event {e.name}")) for e in domain.events),
    )
    services = tuple(
        replace(
            s,
            name=pick(f"service {s.name}"),
            modules=tuple(replace(m, name=pick(f"module {m.name}")) for m in s.modules),
        )
        for s in decisions.services
    )
    return (
        replace(requirements, title=title),
        replace(derivation, domain=renewed),
        replace(decisions, services=services),
    )


def _entity(entity: Entity, pick: Pick) -> Entity:
    name = pick(f"entity {entity.name}")
    return replace(
        entity,
        name=name,
        plural=f"{name}s",
        description=f"About {name}.",
        attributes=tuple(_attribute(entity, a, pick) for a in entity.attributes),
        relations=tuple(_relation(entity, r, pick) for r in entity.relations),
    )


def _attribute(entity: Entity, attribute: Attribute, pick: Pick) -> Attribute:
    states = tuple(pick(f"{entity.name}: {attribute.name} is {state}") for state in attribute.states)
    return replace(attribute, name=pick(f"{entity.name}: {attribute.name}"), description="", states=states)


def _relation(entity: Entity, relation: Relation, pick: Pick) -> Relation:
    return replace(relation, name=pick(f"{entity.name} refers {relation.name}"))


def _operation(operation: Operation, entity: Entity, pick: Pick) -> Operation:
    """Its verb stays, since verbs decide about paths; what it selects and sorts by follows the attributes."""

    def now(old: str) -> str:
        for relation in entity.relations:
            if old == f"{relation.name}_id":
                return f"{pick(f'{entity.name} refers {relation.name}')}_id"
        return pick(f"{entity.name}: {old}") if any(a.name == old for a in entity.attributes) else old

    renamed = {s: pick(f"{entity.name}: {a.name} is {s}") for a in entity.attributes for s in a.states}
    before = operation.from_states
    return replace(
        operation,
        name=f"{operation.verb} {pick(f'entity {entity.name}')}",
        filters=tuple(map(now, operation.filters)),
        sort=now(operation.sort) if operation.sort else "",
        from_states=replace(before, value=tuple(renamed.get(s, s) for s in before.value)) if before else None,
        to_state=renamed.get(operation.to_state, operation.to_state),
    )
