"""What a step has to be told, beside what it is done to: when to, to whom, by which means, and what the brief says."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from archsmith.compose.api.board import Board
from archsmith.compose.api.messages import said
from archsmith.compose.claims import spans
from archsmith.kernel.provenance import quote_of
from archsmith.model.domain import AttributeType, Operation
from archsmith.model.shapes import Field, Shape, Source

_TIMES: Final = frozenset({AttributeType.DATE, AttributeType.TIMESTAMP})
_OPAQUE: Final = "^[A-Za-z0-9_-]+$"
_LONGEST: Final = 255
"""Characters of a provider's token: Stripe's and Adyen's stay below."""


def told(board: Board, operation: Operation) -> tuple[Field, ...]:
    """The fields of the request, each once; none for a step whose path says it all."""
    shape = board.shapes[operation.entity]
    verb = operation.verb.replace("_", " ")
    found: list[Field] = []
    if board.ctx.naming.has("moving_verbs", verb):
        found += _times(board, operation, shape)
    if board.ctx.naming.has("handing_verbs", verb):
        found += _recipient(board, operation, shape)
    if board.ctx.naming.has("payment_verbs", verb):
        found += _means(board, operation)
    if board.ctx.naming.has("joining_verbs", verb):
        found.append(_other(board, operation))
    found += _named(board, operation, shape)
    return tuple({f.name: f for f in reversed(found)}.values())[::-1]


def _times(board: Board, operation: Operation, shape: Shape) -> Iterator[Field]:
    """The new times, and the piece of time that is taken instead of the old one."""
    ends = {f.name for pair in spans(board.ctx, shape.fields) for f in pair}
    for field in _settable(board, operation, shape):
        timed = field.refers and not field.many and _is_timed(board, field)
        if timed or (field.type in _TIMES and (field.name in ends or field.required)):
            yield field


def _is_timed(board: Board, field: Field) -> bool:
    """Whether a reference leads to something that is a piece of time, such as a slot."""
    target = board.shapes.get(field.refers) if field.refers else None
    return target is not None and any(pair[0].type in _TIMES for pair in spans(board.ctx, target.fields))


def _recipient(board: Board, operation: Operation, shape: Shape) -> Iterator[Field]:
    """Who gets it. Staff choose from a list; others know nobody's id, but an e-mail address."""
    for field in shape.fields:
        if field.source is not Source.REFERENCE or field.many or not field.refers:
            continue
        if not board.things.is_person(field.refers):
            continue
        person = board.ctx.entities[field.refers].name
        if board.ctx.actors[operation.actor].internal:
            yield replace(field, required=True, description=f"Id of the {person} who gets it")
        else:
            yield said("recipient_email", AttributeType.EMAIL, f"Address of the {person} who gets it", max_length=254)
        return


def _other(board: Board, operation: Operation) -> Field:
    """Which other one of the same kind."""
    entity = board.ctx.entities[operation.entity]
    return replace(
        said(f"other_{board.ctx.names[entity.id].singular}_id", AttributeType.UUID, f"Id of the other {entity.name}"),
        refers=entity.id,
    )


def _means(board: Board, operation: Operation) -> Iterator[Field]:
    """By what is paid, where the caller waits for the provider: its token, never a card's number."""
    systems = [board.ctx.systems[s] for s in operation.calls if board.ctx.systems[s].kind == "payment"]
    if systems and operation.calls_sync:
        who = " or ".join(s.name for s in systems)
        yield said(
            "payment_token", AttributeType.TEXT, f"Stands for the means of payment: {who} gave it to the client, which "
            "sends card numbers to nobody else", secret=True, min_length=1, max_length=_LONGEST, pattern=_OPAQUE,
            example="tok_EXAMPLE",
        )  # fmt: skip


def _named(board: Board, operation: Operation, shape: Shape) -> Iterator[Field]:
    """What a row may lack until then, where the brief names it with the step ("rejects it with a reason")."""
    words = quote_of(operation.why)
    text = " ".join([words or "", *_statements(board, operation)]).lower()
    for field in _settable(board, operation, shape):
        name = (field.original or field.name).replace("_", " ").lower()
        if field.required or field.refers:
            continue
        if re.search(rf"\bwith (?:an? |the |its |their )?{re.escape(name)}\b", text):
            yield replace(field, required=True)


def _statements(board: Board, operation: Operation) -> list[str]:
    return [r.statement for r in board.ctx.requirements.requirements if r.id in operation.requirements]


def _settable(board: Board, operation: Operation, shape: Shape) -> Iterator[Field]:
    """What a caller can say of a row: neither ours, nor told by who calls."""
    whose = {r.column for r in board.draft.ownership if r.entity == shape.entity and r.actor in (operation.actor, None)}
    for field in shape.fields:
        if field.shown and not field.read_only and not field.part_of and field.name not in whose:
            yield field
