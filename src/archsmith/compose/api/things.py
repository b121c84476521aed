"""What an operation is about in the API: which thing it makes, and which ones are made at all."""

from typing import Final

from archsmith.compose.context import Context
from archsmith.compose.ownership import actor_entity
from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import slug
from archsmith.model.domain import Access, AttributeType, Entity, Operation
from archsmith.model.requirements import OperationKind

_ON_ALL: Final = frozenset({Access.AGGREGATE, Access.COMPUTE, Access.EXPORT, Access.NOTIFY})
"""What is done with all rows at once."""


_NOUNS: Final = ("", "ing", "ment", "al", "ion", "ation")
"""Endings by which a verb becomes the name of what it makes."""


class Things:
    """Which operations make rows, and of what; computed once for a domain."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._named = {slug(e.name): e.id for e in reversed(ctx.domain.entities)}
        self._people = {found for actor in ctx.actors if (found := actor_entity(ctx, actor))}
        makers = [
            o
            for o in ctx.domain.operations
            if o.access is Access.CREATE and o.kind is not OperationKind.STREAM and self._plain(o)
        ]
        self._makers = {o.entity: o.id for o in reversed(makers)}
        self._made = {*self._makers, *(e for o in makers for e in o.touches)}

    def subject(self, operation: Operation) -> EntityId:
        """The entity that a request is about: of "message the therapist" a message, of which there are records too."""
        if operation.access is not Access.CREATE or self._plain(operation):
            return operation.entity
        return self._named.get(slug(operation.verb), operation.entity)

    def creates(self, operation: Operation) -> bool:
        """Whether a request makes a row, rather than doing something with one that is there.

        A verb that says so does ("register"); so does any other where nothing else makes such rows ("pin a version").
        """
        entity = operation.entity
        if operation.access in (Access.UPDATE, Access.TRANSITION):
            says = named_by(operation.verb, self._ctx.entities[entity].name) or (
                operation.access is Access.UPDATE and self._plain(operation)
            )
            return says and entity not in self._made and entity not in self._people
        if operation.access not in (Access.CREATE, Access.APPEND):
            return False
        if self.subject(operation) != entity:
            return True
        if operation.access is Access.APPEND or operation.kind is OperationKind.STREAM:
            other = self._makers.get(entity, operation.id)
            return other == operation.id or not stateful(self._ctx.entities[entity])
        return self._plain(operation) or not (entity in self._made or entity in self._people)

    def are_figures(self, entity: Entity) -> bool:
        """Whether the rows of an entity are nothing but figures: nobody makes, fetches or refers to a single one."""
        if not self._ctx.naming.has("figure_words", slug(entity.name).rpartition("-")[2]):
            return False
        referred = any(r.target == entity.id for e in self._ctx.domain.entities for r in e.relations)
        return not referred and all(o.access in _ON_ALL for o in self._ctx.operations_on[entity.id])

    def is_person(self, entity: EntityId) -> bool:
        """Whether the rows of an entity are people who use the system."""
        return entity in self._people

    def _plain(self, operation: Operation) -> bool:
        return self._ctx.naming.has("create_verbs", operation.verb.replace("_", " "))


def named_by(verb: str, noun: str) -> bool:
    """Whether a thing is named by what makes it: an appeal by appealing, an allotment by allotting.

    >>> named_by("appeal", "appeal"), named_by("reserve", "desk reservation"), named_by("cancel", "order")
    (True, True, False)
    """
    stem, last = slug(verb), slug(noun).rpartition("-")[2]
    return last in {f"{root}{end}" for root in (stem, stem.removesuffix("e")) for end in _NOUNS}


def stateful(entity: Entity) -> bool:
    """Whether rows of an entity go through states."""
    return any(a.type is AttributeType.STATE for a in entity.attributes)


def takes_file(ctx: Context, operation: Operation) -> bool:
    """Whether a file comes with what is made: the thing is one, or the verb says so."""
    entity = ctx.entities[operation.entity]
    if entity.blob_bytes.value <= 0:
        return False
    return is_file(entity) or ctx.naming.has("file_verbs", operation.verb.replace("_", " "))


def is_file(entity: Entity) -> bool:
    """Whether a row of an entity is nothing but a file and its facts."""
    return any(a.type is AttributeType.FILE or a.name == "object_key" for a in entity.attributes)


def large_file(ctx: Context, entity: Entity) -> bool:
    """Whether files of an entity are too large to pass through a service."""
    return entity.blob_bytes.value > ctx.parameter("upload.direct_above")
