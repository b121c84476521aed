"""What stands in a database, as a set of facts that two databases can be compared by."""

import sqlite3
from typing import Any, Final

_POSTGRES: Final = """
SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
       || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
       || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
       || coalesce(' -- ' || col_description(c.oid, a.attnum), '')
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (c.oid, a.attnum)
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'table ' || relname || ' rls ' || relrowsecurity || relforcerowsecurity
       || coalesce(' -- ' || obj_description(oid), '')
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
UNION ALL
SELECT 'constraint ' || conrelid::regclass || '.' || conname || ' ' || pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'policy ' || tablename || '.' || policyname || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '')
FROM pg_policies WHERE schemaname = 'public'
UNION ALL
SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT 'function ' || p.oid::regprocedure || ' ' || md5(prosrc) FROM pg_proc p
WHERE pronamespace = 'public'::regnamespace
UNION ALL
SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd', 'r')
"""


_MYSQL_TRIGGERS: Final = """
SELECT CONCAT_WS(' ', trigger_name, action_order, action_timing, event_manipulation, event_object_table,
    action_statement)
FROM information_schema.triggers WHERE trigger_schema = DATABASE()
"""


def postgres_facts(db: Any) -> frozenset[str]:
    """Tables, columns, constraints, indexes, policies, triggers, functions and types of the schema public."""
    return frozenset(str(row[0]) for row in db.execute(_POSTGRES) if "alembic_version" not in str(row[0]))


def mysql_facts(server: Any, database: str) -> frozenset[str]:
    """The statements that would make what is there: tables with all that belongs to them, and triggers."""
    tables = server.answer("SHOW TABLES", database).split()
    made = [server.answer(f"SHOW CREATE TABLE `{table}`", database) for table in tables]
    triggers = server.answer(_MYSQL_TRIGGERS, database)
    found = (" ".join(text.split()) for text in (*made, *triggers.splitlines()))
    return frozenset(text for text in found if text and "alembic_version" not in text)


def sqlite_facts(db: sqlite3.Connection) -> frozenset[str]:
    """The statements that made what is there."""
    rows = db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return frozenset(" ".join(sql.split()) for (sql,) in rows if "alembic_version" not in sql)
