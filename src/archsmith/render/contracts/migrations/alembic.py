"""The step as Alembic runs it: configuration, environment, template of the next revisions, the first revision."""

from collections.abc import Iterable
from typing import Final

from archsmith.render.contracts.migrations.step import Step, limits
from archsmith.render.contracts.sql.quoting import comment

_INI: Final = """\
# Run beside this file: {url} names the database, and stands in no file.
#   alembic upgrade head        to the newest step
#   alembic upgrade head --sql  the same as SQL, to be read before it runs
[alembic]
script_location = %(here)s
path_separator = os
file_template = %%(rev)s_%%(slug)s

[loggers]
keys = root,alembic

[handlers]
keys = console

[formatters]
keys = plain

[logger_root]
level = WARNING
handlers = console

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain

[formatter_plain]
format = %(levelname)s %(name)s %(message)s
"""

_MAKO: Final = '''\
"""${message}"""

from collections.abc import Sequence

from alembic import op
${imports if imports else ""}
revision: str = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}
branch_labels: str | Sequence[str] | None = ${repr(branch_labels)}
depends_on: str | Sequence[str] | None = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
'''

_ENV: Final = '''\
"""Runs the steps in versions/ on the database that {url} names. Each step is a transaction of its own."""

import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import create_engine, make_url, pool

LIMITS = (
{limits})
"""A statement that waits for a lock holds up all that come after it: it gives up, and the step is run again."""


def address() -> str:
    """The database's address, with the driver that this project uses."""
    url = make_url(os.environ["{url}"])
    return url.set(drivername="{driver}").render_as_string(hide_password=False)


def offline() -> None:
    """Writes the SQL instead of running it."""
    context.configure(dialect_name="{dialect}", transaction_per_migration=True)
    for limit in LIMITS:
        context.execute(limit)
    with context.begin_transaction():
        context.run_migrations()


def online() -> None:
    """Runs the steps that the database has not had yet."""
    engine = create_engine(address(), poolclass=pool.NullPool)
    with engine.connect() as connection:
        for limit in LIMITS:
            connection.exec_driver_sql(limit)
        connection.commit()
        context.configure(connection=connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()


if context.config.config_file_name is not None:
    fileConfig(context.config.config_file_name, disable_existing_loggers=False)
if context.is_offline_mode():
    offline()
else:
    online()
'''

_REVISION: Final = '''\
# ruff: noqa: E501
"""First step: all tables.

{about}
"""

from alembic import op
from sqlalchemy import DDL

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

UP = (
{up})

DOWN = (
{down})


def upgrade() -> None:
    """Makes the tables."""
    for statement in UP:
        op.execute(DDL(statement.replace("%", "%%")))  # DDL would format the text; this one is complete


def downgrade() -> None:
    """Drops the tables with their rows: for tests and development only."""
    for statement in DOWN:
        op.execute(DDL(statement))
'''

_DRIVERS: Final = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql", "sqlite": "sqlite"}


def alembic_files(step: Step) -> dict[str, str]:
    """The files by their names within the folder."""
    dialect = step.database.dialect
    shown = "\n".join(line.removeprefix("-- ") for line in comment(_about(step), 100))
    return {
        "alembic.ini": _INI.replace("{url}", step.url),
        "env.py": _ENV.replace("{url}", step.url)
        .replace("{driver}", _DRIVERS[dialect])
        .replace("{dialect}", dialect)
        .replace("{limits}", "".join(f'    "{limit.removesuffix(";")}",\n' for limit in limits(step))),
        "script.py.mako": _MAKO,
        step.tool.up: _REVISION.replace("{up}", _tuple(_parts(step)))
        .replace("{down}", _tuple(step.down))
        .replace("{about}", _safe(shown)),
    }


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
