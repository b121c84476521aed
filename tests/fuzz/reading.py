"""Coverage-guided fuzzing of the reading of a brief: `make fuzz`, or `make fuzz FUZZ_RUNS=100000`.

Every input is read as a brief and its domain and workload are derived. An exception, or a quote that does not stand
where its span says, is a defect: libFuzzer then writes the input into the folder of `-artifact_prefix` and fails.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["archsmith.elicit", "archsmith.derive"]):
    from archsmith.derive import derive
    from archsmith.elicit import elicit

from tests.elicit.test_hostile import check

from archsmith.kernel.findings import Severity
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief, BriefForm

CATALOGUE = Catalogue()
SEEDS = (Path(__file__).parent.parent / "corpus" / "briefs", Path(__file__).parent.parent / "elicit" / "briefs")
LONGEST = 4096


def vocabulary() -> tuple[str, ...]:
    """The words and marks of the example briefs: pieces that the reader has rules for."""
    texts = (p.read_text("utf-8") for folder in SEEDS for p in sorted(folder.glob("*.md")))
    return tuple(sorted({piece for text in texts for piece in text.replace("\n", " \n ").split(" ") if piece}))


PIECES = vocabulary()


def composed(data: bytes) -> str:
    """A text of known words, two bytes each, so that a small change of the input is a small change of the text."""
    pairs = zip(data[::2], data[1::2], strict=False)
    return " ".join(PIECES[(high << 8 | low) % len(PIECES)] for high, low in pairs)


def read_brief(data: bytes) -> None:
    """One input: the first byte says whether the rest is text or a choice of words."""
    text = composed(data[1:]) if data[:1] < b"\x80" else data[1:].decode("utf-8", errors="replace")
    requirements = elicit(Brief(name="brief.md", text=text, form=BriefForm.MARKDOWN), CATALOGUE)
    check(text, requirements)
    if all(f.severity is not Severity.BLOCKER for f in requirements.findings):
        derive(requirements, CATALOGUE)


def plant(folder: Path) -> None:
    """Writes the example briefs as first inputs; libFuzzer adds what reaches further."""
    folder.mkdir(parents=True, exist_ok=True)
    for seeds in SEEDS:
        for brief in sorted(seeds.glob("*.md")):
            (folder / brief.stem).write_bytes(b"\xff" + brief.read_bytes()[: LONGEST - 1])


def main() -> None:
    """`reading.py FOLDER [libFuzzer options]`. Hands over to libFuzzer, which ends the process."""
    plant(Path(sys.argv[1]))
    atheris.Setup([*sys.argv, f"-max_len={LONGEST}", "-len_control=0"], read_brief)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
