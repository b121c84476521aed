"""The contracts of a design as files: the API, the schemas of its stores, its containers.

A renderer decides nothing and has no figure of its own: what it writes stands in the model.
"""

from collections.abc import Callable, Iterable
from typing import Final

from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.render.contracts.api.document import openapi
from archsmith.render.contracts.api.lint_rules import lint_rules
from archsmith.render.contracts.api.problem_page import problem_page
from archsmith.render.contracts.dictionary.files import dictionary
from archsmith.render.contracts.events.document import asyncapi
from archsmith.render.contracts.evolution.files import evolutions
from archsmith.render.contracts.graphql.persisted import persisted
from archsmith.render.contracts.graphql.schema import graphql
from archsmith.render.contracts.infra.compose_file import compose_file
from archsmith.render.contracts.infra.dockerfile import dockerfiles
from archsmith.render.contracts.infra.environment import environment
from archsmith.render.contracts.infra.logins import login_files
from archsmith.render.contracts.infra.proxy import proxies
from archsmith.render.contracts.migrations.files import migrations
from archsmith.render.contracts.proto.files import protos
from archsmith.render.contracts.schemas.shared import shared_schemas
from archsmith.render.contracts.seed.files import seeds
from archsmith.render.contracts.sql.mysql import mysql_schemas
from archsmith.render.contracts.sql.queries import query_files
from archsmith.render.contracts.sql.roles import role_files
from archsmith.render.contracts.sql.schema import schemas
from archsmith.render.contracts.sql.sqlite import sqlite_schemas
from archsmith.render.contracts.stores import stores

RENDERERS: Final[tuple[Callable[[Design], Iterable[Artifact]], ...]] = (
    openapi,
    problem_page,
    lint_rules,
    graphql,
    persisted,
    protos,
    asyncapi,
    shared_schemas,
    schemas,
    query_files,
    role_files,
    login_files,
    mysql_schemas,
    sqlite_schemas,
    migrations,
    stores,
    seeds,
    evolutions,
    dictionary,
    dockerfiles,
    compose_file,
    environment,
    proxies,
)
"""In the order in which their files are listed."""

__all__ = ["RENDERERS"]
