"""Pass: the services that the partition chose, with what they run, say and hear."""

from archsmith.compose.context import Context, service_element
from archsmith.compose.draft import Draft
from archsmith.compose.homes import home_of
from archsmith.kernel.ids import TechId
from archsmith.model.architecture import Service
from archsmith.model.decisions import Dimension, Module, ServiceGroup
from archsmith.model.requirements import OperationKind

_BACKGROUND = (OperationKind.BATCH, OperationKind.EVENT, OperationKind.STREAM)


def services(ctx: Context, draft: Draft) -> None:
    """One service a group, ports in the order of the partition."""
    for index, group in enumerate(ctx.decisions.services):
        draft.services.append(_service(ctx, group, index))


def _service(ctx: Context, group: ServiceGroup, index: int) -> Service:
    operations = tuple(o.id for o in ctx.domain.operations if ctx.group_of[o.id] is group)
    entities = tuple(e.id for e in ctx.domain.entities if ctx.owner_of[e.id] is group)
    publishes = tuple(e.id for e in ctx.heard if e.operation in operations)
    consumes = tuple(
        event.id for event in ctx.domain.events if any(o.id in operations for o in ctx.consumers[event.id])
    )
    element = service_element(group.id)
    sizing = ctx.sizing_of.get(element)
    return Service(
        id=group.id,
        name=group.name,
        purpose=group.purpose,
        entities=entities,
        operations=operations,
        modules=group.modules or (Module(name=group.name, entities=entities),),
        publishes=publishes,
        consumes=consumes,
        language=_tech(ctx, Dimension.LANGUAGE),
        framework=_tech(ctx, Dimension.FRAMEWORK),
        port=ctx.parameter.whole("port.first") + index,
        worker=bool(consumes) or any(ctx.operations[o].kind in _BACKGROUND for o in operations),
        deployment=home_of(ctx, element),
        because=tuple(
            dict.fromkeys(
                [
                    *ctx.because(Dimension.STYLE, Dimension.PARTITION, Dimension.LANGUAGE, Dimension.FRAMEWORK),
                    *(sizing.because if sizing else ()),
                ]
            )
        ),
    )


def _tech(ctx: Context, dimension: Dimension) -> TechId:
    decision = ctx.decision(dimension)
    return (decision.tech if decision else None) or TechId(str(decision.option) if decision else "")
