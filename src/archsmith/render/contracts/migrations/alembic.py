"""The step as Alembic runs it: configuration, environment, template of the next revisions, the first revision."""

import re
from collections.abc import Iterable
from typing import Final

from archsmith.knowledge.migration_tools import DRIVERS
from archsmith.render.contracts.migrations.step import Step
from archsmith.render.contracts.sql.quoting import comment

_PLACE: Final = re.compile(r"(?<!\$)\{(?:url|driver|dialect|limits|about|up|down)\}")
"""What the design fills in; the tool fills in what has a dollar sign."""


def alembic_files(step: Step) -> dict[str, str]:
    """The files by their names within the folder."""
    values = {
        "{url}": step.url,
        "{driver}": DRIVERS[step.database.dialect],
        "{dialect}": step.database.dialect,
        "{limits}": "".join(f'    "{limit.removesuffix(";")}",\n' for limit in step.limits),
        "{about}": _safe("\n".join(line.removeprefix("-- ") for line in comment(_about(step), 100))),
        "{up}": _tuple(_parts(step)),
        "{down}": _tuple(step.down),
    }
    return {file.path: _PLACE.sub(lambda found: values[found[0]], file.text) for file in step.files}


def _about(step: Step) -> str:
    said = f"It makes what {step.database.file('schema', 'sql')} of {step.title} shows, statement by statement."
    if step.database.dialect == "mysql":
        said += " MySQL commits after each statement: a step that fails half way is undone by downgrade."
    return said


def _parts(step: Step) -> Iterable[str]:
    """A block at once where the driver takes several statements: PostgreSQL's."""
    whole = step.database.dialect == "postgresql"
    return ("\n".join(block) for block in step.up) if whole else (s for block in step.up for s in block)


def _tuple(statements: Iterable[str]) -> str:
    return "".join(f'    """\\\n{_safe(statement)}\n""",\n' for statement in statements)


def _safe(text: str) -> str:
    """A text within three quotes, in which it neither ends nor escapes anything. No statement ends in a quote."""
    return text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
