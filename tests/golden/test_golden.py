"""The checked-in outputs are what the program writes today."""

import difflib

import pytest
from tests.golden.update import CASES, HERE, output_of


@pytest.mark.parametrize("case", CASES)
def test_output_is_the_golden_one(case: str) -> None:
    """No file more, none less, no byte different. `make golden` rewrites them."""
    folder = HERE / case / "expected"
    golden = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    output = output_of(case)
    assert sorted(output) == sorted(golden)
    for path in sorted(output):
        if output[path] != golden[path]:
            was, now = (t[path].decode(errors="replace").splitlines() for t in (golden, output))
            lines = list(difflib.unified_diff(was, now, f"golden/{path}", f"now/{path}", lineterm="", n=1))
            pytest.fail("\n".join(lines[:60]))
