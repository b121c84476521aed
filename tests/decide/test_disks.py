"""What is bought is enough: disks whose I/O comes by the gigabyte, and brokers that hold the lines of all devices."""

from math import ceil

import msgspec
import pytest
from tests.decide.shop import CATALOGUE, demand, ground

from archsmith.decide.dimensions.broker import mqtt
from archsmith.decide.disks import LEAST, disk_gb
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.limits import limit

WRITES = msgspec.structs.replace(
    demand(), writes=1000.0, behind_writes=0.0, reads=0.0, behind_reads=0.0, database_gb=5.0
)


def test_a_disk_is_as_large_as_its_input_and_output_asks() -> None:
    each = limit(CATALOGUE, "disk_iops_per_gb", "azure")
    assert each is not None
    io = 1000 * 3.4 / (1 - WRITES.headroom)
    assert disk_gb(ground(WRITES), "azure") == pytest.approx(io / each.value)


@pytest.mark.parametrize("provider", ["aws", "hetzner"])
def test_where_it_does_not_come_by_the_gigabyte_the_rows_say_how_large(provider: str) -> None:
    assert disk_gb(ground(WRITES), provider) == LEAST
    assert disk_gb(ground(msgspec.structs.replace(WRITES, database_gb=700.0)), provider) == 700


def test_few_writes_need_no_more_than_the_smallest_disk_does() -> None:
    assert disk_gb(ground(msgspec.structs.replace(WRITES, writes=20.0)), "azure") == LEAST


def test_brokers_are_as_many_as_hold_the_lines_of_all_devices() -> None:
    devices = msgspec.structs.replace(demand(), mqtt=True, stream=100.0, connections=180_000.0)
    most = CATALOGUE.table(CAPACITY)["mqtt.mosquitto_connections"].value
    nodes = {part.count for o in mqtt(ground(devices)) if o.tech == "mosquitto" for part in o.parts}
    assert nodes == {ceil(180_000 / most / (1 - devices.headroom))}
