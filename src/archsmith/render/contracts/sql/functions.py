"""What a schema brings along because PostgreSQL 17 lacks it: a function for keys, a range of keys."""

from typing import Final

from archsmith.model.contracts import Table

UUID_V7: Final = """\
-- UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then random ones, so that new keys stand at the
-- end of an index. PostgreSQL 18 has uuidv7(); until then this makes them.
CREATE OR REPLACE FUNCTION uuid_v7() RETURNS uuid
LANGUAGE sql VOLATILE PARALLEL SAFE AS $body$
    SELECT encode(
        set_bit(
            set_bit(
                overlay(
                    uuid_send(gen_random_uuid())
                    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                    FROM 1 FOR 6
                ),
                52, 1
            ),
            53, 1
        ),
        'hex'
    )::uuid
$body$;"""

UUID_RANGE: Final = """\
-- A range of keys, so that a constraint can say "the same thing at overlapping times" with what PostgreSQL has built
-- in: equality of a plain uuid in such a constraint would need the extension btree_gist.
CREATE TYPE uuid_range AS RANGE (subtype = uuid);"""


def functions(tables: tuple[Table, ...]) -> list[str]:
    """What the tables' defaults and constraints call."""
    found = [UUID_V7] if any(c.default == "uuid_v7()" for t in tables for c in t.columns) else []
    return [*found, UUID_RANGE] if any(t.overlaps for t in tables) else found
