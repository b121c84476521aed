"""Three ways to a summary: the real command line, the pipeline in this process, and the reading stage alone."""

import functools
import json
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.corpus.scoring.tally import Row
from tests.designs import designed

from archsmith import pipeline
from archsmith.files.reader import read_brief
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief
from archsmith.model.requirements import Requirements
from archsmith.render.summary import summary_json, unusable_json

Reader = Callable[[Path], tuple[Row, str]]
"""From a brief to its summary, and the end of a traceback where the program broke."""


def command_line(path: Path) -> tuple[Row, str]:
    """`archsmith design BRIEF --json`, as a client runs it."""
    command = [sys.executable, "-m", "archsmith", "design", str(path), "--json"]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    try:
        return dict(json.loads(done.stdout)), ""
    except ValueError:
        return reading_alone(path)[0], done.stderr[-2000:] or "printed no summary"


def in_process(path: Path) -> tuple[Row, str]:
    """The same without the start of a process. After a crash, what elicit read stands alone."""
    try:
        return dict(json.loads(summary_json(designed(path)))), ""
    except Exception:
        return reading_alone(path)[0], traceback.format_exc(limit=-4)


def reading_alone(path: Path) -> tuple[Row, str]:
    """What elicit reads, with nothing designed from it. Operations and mentions stand for those of the domain."""
    state = pipeline.advance(pipeline.State(brief=_brief(path)), _catalogue(), upto=pipeline.Stage.ELICIT)
    needs = state.requirements or Requirements(title="", source=path.name)
    row = dict(json.loads(unusable_json(needs)))
    row["entities"] = [{"name": m.name, "inferred": False} for m in needs.mentions]
    row["operations"] = [
        {"actor": o.actor, "verb": o.verb, "object": o.object, "inferred": False} for o in needs.operations
    ]
    return row, ""


def _brief(path: Path) -> Brief:
    brief = read_brief(path)
    assert isinstance(brief, Brief), brief
    return brief


@functools.cache
def _catalogue() -> Catalogue:
    return Catalogue()
