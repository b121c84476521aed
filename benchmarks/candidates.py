"""Designs of the shop's space evaluated one by one and all at once: how many a second, and the ratio."""

import random
import time

import numpy as np
from benchmarks.batch import Batch
from tests.decide.spaces import HERE, WHOLE

from archsmith.decide.columns import Columns
from archsmith.decide.evaluator import Evaluator
from archsmith.decide.network import Network, bits
from archsmith.decide.prune import prune

MANY = 8000
KINDS = 400


def main() -> None:
    """Prints both rates and their ratio; the answers are compared in tests/decide/test_batch.py."""
    left, _ = prune(WHOLE)
    columns = Columns(left, HERE)
    batch, evaluator = Batch(columns, Network(left)), Evaluator(left, HERE)
    chance, network = random.Random(1), Network(left)
    rows: list[list[int]] = []
    while len(rows) < KINDS:
        index = {columns.options[i].axis: i for i in bits(_sound(network, chance))}
        rows += [[index[axis] for axis in batch.axes]] if index else []
    rows *= MANY // KINDS
    chosen = [{columns.options[i].axis: columns.options[i] for i in row} for row in rows]
    start = time.perf_counter()
    for design in chosen:
        evaluator.broken(design)
        evaluator.value(design)
    single = time.perf_counter() - start
    table = np.array(rows)
    batch.value(table[:10])
    start = time.perf_counter()
    batch.value(table)
    together = time.perf_counter() - start
    print(f"one by one {MANY / single:,.0f}/s, at once {MANY / together:,.0f}/s: {single / together:.0f} x")


def _sound(network: Network, chance: random.Random) -> int:
    """A mask of choices made at random among those that still stand beside the ones before; 0 where that ends."""
    mask = network.start
    for axis in sorted(network.axis.values(), key=lambda _: chance.random()):
        mask = network.close(mask & ~axis | 1 << chance.choice(list(bits(mask & axis)))) if mask else 0
    return mask


if __name__ == "__main__":
    main()
