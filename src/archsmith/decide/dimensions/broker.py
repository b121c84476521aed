"""Messages: jobs in the background, streams, and devices over MQTT."""

from math import ceil

from archsmith.decide.ground import Ground, hours
from archsmith.decide.option import Option, Part
from archsmith.decide.words import cores as took
from archsmith.decide.words import pace, run
from archsmith.kernel.ids import OptionId, element
from archsmith.kernel.phrases import counted
from archsmith.kernel.units import DAY
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.technologies import Technology
from archsmith.model.decisions import Dimension, StoreRole


def jobs(ground: Ground) -> tuple[Option, ...]:
    """Work that nobody waits for: a table, or a queue of its own."""
    demand = ground.demand
    if not demand.async_work and not demand.apart:
        return (_none("broker"),)
    tech = ground.tech("postgresql_queue")
    cores = demand.messages / ground.capacity(tech.capacity) / (1 - demand.headroom)
    table = Option(
        axis="broker",
        dimension=Dimension.BROKER,
        key=tech.id,
        id=OptionId(tech.id),
        label=tech.name,
        tech=tech.id,
        gives=("broker:embedded", "jobs"),
        needs=(("engine:postgresql",),),
        store=cores,
        ops=hours(tech.run),
        build=tech.build.value,
        parts=(
            Part(
                subject=element("store", "broker"),
                tech=tech.id,
                role=StoreRole.BROKER,
                product=tech.product,
                managed=False,
            ),
        ),
        why=f"{took(cores)} of the store for {pace(demand.messages, 'message')}; enqueued with the change",
    )
    found = [table]
    for ident in ("sqs", "pubsub", "service_bus", "rabbitmq", "nats"):
        found += _queues(ground, "broker", ident, demand.messages, "broker", ("broker:apart", "jobs"))
    return (*([_none("broker")] if not demand.async_work and not demand.apart else []), *found)


def stream(ground: Ground) -> tuple[Option, ...]:
    """Streams: written straight into the store, or through a log that keeps and replays them."""
    demand = ground.demand
    direct = Option(
        axis="stream",
        dimension=Dimension.BROKER,
        key="none",
        id=OptionId("none"),
        label="no event log",
        gives=("stream:none",),
        why=f"{pace(demand.stream, 'message')} are written straight into the store"
        if demand.stream > 0
        else f"no stream arrives; {counted(demand.events, 'event')} of the domain need no log to be replayed from",
    )
    logs = ("kafka", "kinesis", "nats")
    if demand.stream <= 0 and demand.teams < 3 and ground.wanted.isdisjoint(logs):
        return (direct,)
    found = [direct]
    for ident in logs:
        found += _queues(ground, "stream", ident, max(demand.stream, 1.0), "stream", ("stream:log", "jobs"))
    return tuple(found)


def mqtt(ground: Ground) -> tuple[Option, ...]:
    """The door for devices."""
    demand = ground.demand
    if not demand.mqtt:
        return (
            Option(
                axis="mqtt",
                dimension=Dimension.BROKER,
                key="none",
                id=OptionId("none"),
                label="none",
                gives=("mqtt:none",),
            ),
        )
    found: list[Option] = []
    for ident in ("mosquitto", "emqx", "aws_iot_core"):
        found += _queues(ground, "mqtt", ident, max(demand.stream, 1.0), "mqtt", ("mqtt:broker",))
    return tuple(found)


def _none(axis: str) -> Option:
    return Option(
        axis=axis,
        dimension=Dimension.BROKER,
        key="none",
        id=OptionId("none"),
        label="none",
        gives=(f"{axis}:none",),
        why="nothing runs in the background",
    )


def _queues(ground: Ground, axis: str, ident: str, rate: float, store: str, gives: tuple[str, ...]) -> list[Option]:
    tech, found = ground.tech(ident), []
    for provider in ground.providers:
        offer = tech.offer(provider)
        if offer:
            found.append(_queue(ground, axis, tech, provider, rate, store, gives, managed=True))
        if tech.run:
            found.append(_queue(ground, axis, tech, provider, rate, store, gives, managed=False))
    return found


def _queue(
    ground: Ground,
    axis: str,
    tech: Technology,
    provider: str,
    rate: float,
    store: str,
    gives: tuple[str, ...],
    *,
    managed: bool,
) -> Option:
    offer, row = tech.offer(provider), ground.providers[provider]
    per_node = ground.capacity(tech.capacity) / ground.strain.get(f"store:{store}", 1.0)
    lines = _lines(ground, tech) if axis == "mqtt" else 0.0
    nodes = max(3 if "cluster" in tech.traits else 1, ceil(rate / per_node), ceil(lines))
    month, instance, vcpu, room, beside = 0.0, "", 0.0, 0.0, False
    gb = _kept(ground, tech)
    if managed and offer:
        if offer.family:
            best = ground.family(offer.family)[0]
            month, instance, vcpu, room = ground.rent(best) * nodes, best.id, best.vcpu, best.memory
        month += _usage(ground, offer.usage, rate, nodes, provider) + (
            ground.month(offer.minimum, 1, provider) if offer.minimum else 0.0
        )
        month += ground.month(offer.storage, gb * 3, provider) if offer.storage else 0.0
    elif "cluster" in tech.traits or max(rate / per_node, lines) > 0.3:
        best = next(i for i in ground.family(row.vm) if i.memory >= 4 and (rate < 1000 or i.sustained == 1.0))
        month, instance, vcpu, room = ground.rent(best) * nodes, best.id, best.vcpu, best.memory
        month += ground.month(row.disk, gb * (3 if nodes > 1 else 1), provider)
    else:
        beside, nodes = True, 1
    rivals = frozenset({"kafka", "kinesis", "nats", "rabbitmq", "sqs", "pubsub"})
    there = 0.5 if tech.id in ground.existing else 1.0
    upkeep = 0.0 if managed or beside else ground.figure("ops.machine") * nodes + ground.figure("ops.apart")
    ops = hours(tech.managed if managed else tech.run) * there + upkeep
    moved = ground.switching(tech.id, rivals, "switch.store_days") if axis == "stream" else 0.0
    product = offer.product if managed and offer else tech.product
    part = Part(
        subject=element("store", store),
        tech=tech.id,
        role=StoreRole.BROKER,
        product=product,
        managed=managed,
        instance=instance,
        vcpu=vcpu,
        memory=room,
        storage=gb * (3 if nodes >= 3 else 1) / nodes,
        count=nodes,
        zones=min(nodes, 2),
        month=month,
    )
    outbox = ground.figure("consistency.outbox_days") if axis == "broker" else 0.0
    return Option(
        axis=axis,
        dimension=Dimension.BROKER,
        key=f"{tech.id}/{provider}/{'managed' if managed else 'own'}",
        id=OptionId(tech.id),
        label=product,
        tech=tech.id,
        gives=gives,
        needs=((f"provider:{provider}",), *((("can_run_stores",),) if beside else ())),
        infra=month,
        ops=ops,
        build=tech.build.value + outbox + moved + ground.learning(tech) * (0.5 if "cluster" in tech.traits else 0.15),
        memory=ground.figure("memory.other") if beside else 0.0,
        compute=rate / per_node + 0.05 if beside else 0.0,
        risk=ground.figure("risk.lock_in") * 0.5 if "provider_bound" in tech.traits else 0.0,
        parts=(part,),
        why=f"{pace(rate, 'message')}: {run(month, ops)}",
    )


def _lines(ground: Ground, tech: Technology) -> float:
    """Nodes that hold the lines of all devices, with what stays free; none where no node is ever full of them."""
    each = ground.catalogue.table(CAPACITY).get(f"{tech.capacity}_connections")
    return ground.demand.connections / each.value / (1 - ground.demand.headroom) if each is not None else 0.0


def _kept(ground: Ground, tech: Technology) -> float:
    """GB that a log keeps for `log.keep` days; queues keep next to nothing."""
    kept = ground.resilience("log.keep") * DAY
    return ground.demand.stream_average * 600 * kept / 1e9 if "replay" in tech.traits else 1.0


def _usage(ground: Ground, keys: tuple[str, ...], rate: float, nodes: int, provider: str) -> float:
    demand = ground.demand
    mean = demand.messages_average if rate == demand.messages else max(demand.stream_average, rate / demand.peak_factor)
    count = mean * 2_630_000
    total = 0.0
    for key in keys:
        quantity = {
            "aws.sqs.standard": 3 * count,
            "gcp.pubsub.throughput": 2 * count * 1e3 / 1e9,
            "aws.kinesis.shard_hour": float(nodes),
            "aws.kinesis.put_unit": count,
            "aws.iot.message": count,
            "aws.iot.connection": demand.connections * 43_830,
        }[key]
        total += ground.month(key, quantity, provider)
    return total
