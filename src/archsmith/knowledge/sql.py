"""How an engine other than PostgreSQL says what PostgreSQL says: types, defaults and checks."""

from typing import Final

from archsmith.knowledge.catalogue import Table
from archsmith.model.base import Value


class Dialect(Value, frozen=True, kw_only=True):
    """An engine's words for PostgreSQL's. `types` and `defaults` are whole words, `checks` parts of expressions.

    `indexed_text`: the type of a text that stands in a key or an index. `dropped`: types whose columns it has no use
    for. `notes`: what the reader of a column of that type must know.
    `unsaid`: operators in checks that it can't say; such a check is left to the application.
    """

    id: str
    source: str
    types: dict[str, str]
    defaults: dict[str, str]
    checks: dict[str, str]
    indexed_text: str = ""
    notes: dict[str, str]
    dropped: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    partial_indexes: bool = True


DIALECTS: Final = Table("sql_dialects", Dialect)
