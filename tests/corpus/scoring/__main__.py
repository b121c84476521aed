"""`python -m tests.corpus.scoring`: one table for the corpus, one for the held-out briefs."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import Final

from tests.corpus.scoring.readers import Reader, command_line, in_process, reading_alone
from tests.corpus.scoring.score import BRIEFS, HELDOUT, briefs, score_all
from tests.corpus.scoring.table import table
from tests.corpus.scoring.tally import Outcome, sums

READERS: Final[dict[str, Reader]] = {"cli": command_line, "process": in_process, "elicit": reading_alone}
FOLDERS: Final = (BRIEFS, HELDOUT)


def main(given: list[str]) -> int:
    """Prints the tables, or the outcomes as JSON; 1 after a crash."""
    args = _arguments().parse_args(given)
    named = [f for f in FOLDERS if f.name in args.names]
    outcomes: list[Outcome] = []
    for folder in named or FOLDERS:
        paths = briefs(folder, args.names)
        part = score_all(paths, READERS[args.reader], args.strict) if paths else []
        outcomes += part
        if part and not args.json:
            print("\n".join(table("corpus" if folder == BRIEFS else folder.name, part, args.verbose)), flush=True)
            print()
    if args.json:
        total = {name: asdict(tally) for name, tally in sums(outcomes).items()}
        json.dump({"briefs": [asdict(o) for o in outcomes], "total": total}, sys.stdout)
    return 1 if any(o.crash for o in outcomes) else 0


def _arguments() -> argparse.ArgumentParser:
    out = argparse.ArgumentParser(prog="python -m tests.corpus.scoring", description=__doc__)
    out.add_argument("names", nargs="*", help="parts of the names of briefs; `briefs` and `heldout` name a folder")
    out.add_argument("-v", "--verbose", action="store_true", help="list what is missing, wrong and not expected")
    out.add_argument("--strict", action="store_true", help="verbs and objects by the letter, without the synonyms")
    out.add_argument("--reader", choices=sorted(READERS), default="cli", help="where the summary comes from")
    out.add_argument("--json", action="store_true")
    return out


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
