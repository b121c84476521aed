"""What is remembered belongs to one object, never to another one that got its place."""

from archsmith.kernel.memory import MOST, remembered


def test_an_equal_object_is_asked_for_anew() -> None:
    asked: list[list[int]] = []

    @remembered
    def total(row: list[int]) -> int:
        asked.append(row)
        return sum(row)

    first, second = [1, 2], [1, 2]
    assert [total(r) for r in (first, first, second, second)] == [3] * 4
    assert len(asked) == 2


def test_objects_that_come_and_go_are_never_mistaken() -> None:
    """A new object may get the id of one that is gone: as long as a result is kept, so is the object."""
    total = remembered(sum)
    for number in range(20 * MOST):
        assert total([number, 1]) == number + 1
