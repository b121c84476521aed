"""The strict comparison without a process for each brief: `python -m tests.corpus.full_score [-v] [NAME ...]`."""

import sys

from tests.corpus.scoring.__main__ import main

if __name__ == "__main__":
    raise SystemExit(main(["--strict", "--reader=process", *sys.argv[1:]]))
