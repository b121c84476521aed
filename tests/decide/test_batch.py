"""Many designs at once are evaluated as one by one."""

import random

import numpy as np
from benchmarks.batch import Batch
from tests.decide.spaces import HERE, WHOLE, space

from archsmith.decide.bounds import Bounds
from archsmith.decide.columns import Columns
from archsmith.decide.evaluator import Evaluator
from archsmith.decide.network import Network
from archsmith.decide.option import Space
from archsmith.decide.prune import prune


def compared(here: Space, many: int, seed: int) -> int:
    """Evaluates random designs both ways; how many of them stand."""
    chance, columns, network = random.Random(seed), Columns(here, HERE), Network(here)
    bounds, batch = Bounds(columns, network), Batch(columns, network)
    rows = [[chance.choice(columns.axes[axis]) for axis in batch.axes] for _ in range(many)]
    found = batch.value(np.array(rows))
    standing = 0
    for row, cost, most, least in zip(rows, found.cost, found.most, found.least, strict=True):
        mask = sum(1 << i for i in row)
        sizes = network.axis["compute"] | network.axis["size"]
        one = bounds.sized(mask, mask & ~sizes, 1 << 60) if not mask & ~network.start else None
        assert int(cost) == (one.cost if one else -1), row
        if one:
            assert one.counts == (int(most), int(least))
            standing += 1
    return standing


def test_many_at_once_are_what_they_are_one_by_one() -> None:
    standing = sum(compared(space(seed), 60, seed) for seed in range(130))
    assert standing > 20


def test_one_by_one_in_floats_says_the_same() -> None:
    left, _ = prune(WHOLE)
    columns, network = Columns(left, HERE), Network(left)
    batch, evaluator = Batch(columns, network), Evaluator(left, HERE)
    chance = random.Random(3)
    rows: list[list[int]] = []
    while len(rows) < 300:
        mask = network.start
        for axis in sorted(network.axis.values(), key=lambda _: chance.random()):
            open_ = [i for i in range(len(columns.options)) if mask & axis & (1 << i)]
            mask = network.close(mask & ~axis | 1 << chance.choice(open_))
            if not mask:
                break
        if mask:
            index = {columns.options[i].axis: i for i in range(len(columns.options)) if mask >> i & 1}
            rows.append([index[axis] for axis in batch.axes])
    found = batch.value(np.array(rows))
    for row, cost in zip(rows, found.cost, strict=True):
        chosen = {columns.options[i].axis: columns.options[i] for i in row}
        value = evaluator.value(chosen) if evaluator.broken(chosen) is None else None
        assert (value is not None) == (cost >= 0)
        assert value is None or abs(value.total - cost / 1e4) < 0.5
    assert sum(c >= 0 for c in found.cost) > 20
