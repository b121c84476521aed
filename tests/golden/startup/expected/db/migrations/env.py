"""Runs the steps in versions/ on the database that PRIMARY_URL names. Each step is a transaction of its own."""

import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import create_engine, make_url, pool

LIMITS = (
    "SET lock_timeout = 2000",
    "SET statement_timeout = 900000",
)
"""A statement that waits for a lock holds up all that come after it: it gives up, and the step is run again."""


def address() -> str:
    """The database's address, with the driver that this project uses."""
    url = make_url(os.environ["PRIMARY_URL"])
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def offline() -> None:
    """Writes the SQL instead of running it."""
    context.configure(dialect_name="postgresql", transaction_per_migration=True)
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
