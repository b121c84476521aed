"""Which options can stand together, as masks with a bit for each option.

Mackworth, Consistency in networks of relations (1977): an option that stands beside none of an axis is dropped.
"""

from collections.abc import Iterable, Iterator

from archsmith.decide.option import Ban, Demands, Option, Space


class Network:
    """Needs, bars and demands of a space.

    `giving`, `barring`: who gives or bars a trait. `beside`: for each option, all that bars and needs of a single axis
    leave beside it. `groups`: who could give what is needed, and who needs it. `demands`: the heads (-1: always) and
    who could give what they ask for. `start`: what is left without bans, and where a demand that always holds falls on
    one axis. `pivots`: axes that others depend on, the one with the most of them first.
    """

    def __init__(self, space: Space) -> None:
        """Reads all options once."""
        options = space.options
        self.all = (1 << len(options)) - 1
        self.giving: dict[str, int] = {}
        for index, option in enumerate(options):
            for trait in option.gives:
                self.giving[trait] = self.giving.get(trait, 0) | 1 << index
        self.barring: dict[str, int] = {}
        for index, option in enumerate(options):
            for trait in option.bars:
                self.barring[trait] = self.barring.get(trait, 0) | 1 << index
        self.axis = {axis: sum(1 << i for i in rows) for axis, rows in space.axes().items()}
        self.axes = tuple(self.axis.values())
        self._touched: dict[int, tuple[int, ...]] = {}
        self.groups = self._groups(options)
        self.beside = self._beside(options)
        self.demands = [
            (self.giving.get(r.given, 0) if r.given else -1, self.givers(r.one_of))
            for r in space.rules
            if isinstance(r, Demands)
        ]
        banned = {(r.axis, r.key) for r in space.rules if isinstance(r, Ban)}
        self.start = sum(1 << i for i, o in enumerate(options) if (o.axis, o.key) not in banned)
        for mask in self.axes:
            for heads, givers in self.demands:
                if heads < 0 and givers and not givers & ~mask:
                    self.start &= ~mask | givers
        self.pivots = self._pivots(options)

    def givers(self, traits: Iterable[str]) -> int:
        """All options that give one of the traits."""
        mask = 0
        for trait in traits:
            mask |= self.giving.get(trait, 0)
        return mask

    def _groups(self, options: tuple[Option, ...]) -> tuple[tuple[int, int], ...]:
        asking: dict[tuple[str, ...], int] = {}
        for index, option in enumerate(options):
            for group in option.needs:
                asking[group] = asking.get(group, 0) | 1 << index
        found: dict[int, int] = {}
        for group, askers in asking.items():
            givers = self.givers(group)
            found[givers] = found.get(givers, 0) | askers
        return tuple(found.items())

    def _beside(self, options: tuple[Option, ...]) -> list[int]:
        beside = [self.all & ~self.axis[o.axis] | 1 << i for i, o in enumerate(options)]
        for trait, mask in self.barring.items():
            barred = self.giving.get(trait, 0)
            _apart(beside, mask, barred)
        for axis, givers, askers in self._of_one_axis(options):
            _apart(beside, askers, self.axis[axis] & ~givers)
        return beside

    def _of_one_axis(self, options: tuple[Option, ...]) -> Iterator[tuple[str, int, int]]:
        """What is needed of a single axis: the axis, who of it can give it, and who needs it."""
        for givers, askers in self.groups:
            axis = options[givers.bit_length() - 1].axis
            if givers and not givers & ~self.axis[axis]:
                yield axis, givers, askers

    def _pivots(self, options: tuple[Option, ...]) -> tuple[str, ...]:
        weight = dict.fromkeys(self.axis, sum(askers.bit_count() for givers, askers in self.groups if not givers))
        for axis, _, askers in self._of_one_axis(options):
            weight[axis] += askers.bit_count()
        least = sum(weight.values()) / 20
        return tuple(sorted((a for a in weight if weight[a] > least), key=lambda a: (-weight[a], a)))

    def close(self, mask: int) -> int:
        """The mask without options that stand beside none of some axis; 0 where an axis is left with none."""
        done, beside, left = 0, self.beside, list(self.axes)
        while True:
            before, several = mask, list[int]()
            for axis in left:
                here = axis & mask
                if here & (here - 1):
                    several.append(axis)
                elif here:
                    done |= here
                    mask &= beside[here.bit_length() - 1]
                else:
                    return 0
            if done & ~mask:
                return 0
            left = several
            if mask != before:
                continue
            for givers, askers in self.groups:
                if askers & mask and not givers & mask:
                    mask &= ~askers
            for heads, givers in self.demands:
                if heads & mask and not givers & mask:
                    mask = mask & ~heads if heads > 0 else 0
            if mask == before:
                return mask

    def fault(self, chosen: int) -> int:
        """The options behind the first reason why these, one of each axis, do not stand together; 0 where they do."""
        for index in bits(chosen):
            against = chosen & ~self.beside[index]
            if against:
                return against | 1 << index
        for givers, askers in self.groups:
            if askers & chosen and not givers & chosen:
                return askers & chosen | givers
        for heads, givers in self.demands:
            if heads & chosen and not givers & chosen:
                return (heads & chosen if heads > 0 else 0) | givers
        return 0

    def left_beside(self, mask: int, pick: int) -> int:
        """What of a mask stands beside choices, and they; 0 where the choices themselves do not stand together."""
        left = mask | pick
        for index in bits(pick):
            left &= self.beside[index]
        if pick & ~left:
            return 0
        for givers, askers in self.groups:
            if askers & pick and not givers & left:
                return 0
        for heads, givers in self.demands:
            if heads & pick and not givers & left:
                return 0
        return left

    def sure(self, mask: int, givers: int) -> bool:
        """Whether every design of the mask has one of the givers: an axis has no others."""
        if not givers & mask:
            return False
        if givers not in self._touched:
            self._touched[givers] = tuple(axis for axis in self.axes if axis & givers)
        others = mask & ~givers
        return any(not axis & others for axis in self._touched[givers])


def bits(mask: int) -> list[int]:
    """The indexes of the bits that are set."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def _apart(beside: list[int], first: int, second: int) -> None:
    """None of the first stands beside any of the second but itself."""
    if first and second:
        for i in bits(first):
            beside[i] &= ~second | 1 << i
        for i in bits(second):
            beside[i] &= ~first | 1 << i
