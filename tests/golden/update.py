"""Rewrites the golden outputs: `make golden`. Read the difference before you commit it, it is what a user would see."""

import shutil
from pathlib import Path

from tests.designs import example

from archsmith import pipeline

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = ("startup",)
"""Examples whose whole output is checked in. Few, because each is read in review."""


def output_of(case: str) -> dict[str, bytes]:
    """Path and content of every file of a case's design that a person reads.

    Left out are the evidence, which names versions of tools, and design.json, whose half a megabyte says again what the
    other files say.
    """
    files, _ = pipeline.deliver(example(case))
    return {f.path: f.content for f in files if not f.path.startswith("evidence/") and f.path != "design.json"}


def main() -> None:
    """Rewrites all cases."""
    for case in CASES:
        folder = HERE / case / "expected"
        shutil.rmtree(folder, ignore_errors=True)
        for path, content in sorted(output_of(case).items()):
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)


if __name__ == "__main__":
    main()
