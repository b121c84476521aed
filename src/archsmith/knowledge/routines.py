"""What a schema brings along because PostgreSQL 17 lacks it: keys in the order of time, a range of keys, partitions."""

from typing import Final

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

ADD_PARTITION: Final = """\
-- Makes the partition (a day or a month, in UTC) that `day` lies in. A job calls it before that time begins: rows that
-- come earlier go to the default partition, and would have to be moved.
CREATE OR REPLACE FUNCTION add_partition(parent text, prefix text, step text, day date) RETURNS void
LANGUAGE plpgsql AS $body$
DECLARE
    first timestamptz := date_trunc(step, day::timestamp) AT TIME ZONE 'UTC';
    after timestamptz := (date_trunc(step, day::timestamp) + ('1 ' || step)::interval) AT TIME ZONE 'UTC';
    suffix text := to_char(day, CASE step WHEN 'day' THEN '_YYYYMMDD' ELSE '_YYYYMM' END);
BEGIN
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
        prefix || suffix, parent, first, after
    );
END;
$body$;"""

DROP_OLD_PARTITIONS: Final = """\
-- Drops the partitions that ended more than `keep` ago, and says how many: retention without deleting row by row.
CREATE OR REPLACE FUNCTION drop_old_partitions(parent text, keep interval) RETURNS integer
LANGUAGE plpgsql AS $body$
DECLARE
    old record;
    dropped integer := 0;
BEGIN
    FOR old IN
        SELECT c.oid::regclass AS part
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = to_regclass(quote_ident(parent))
            AND substring(pg_get_expr(c.relpartbound, c.oid) FROM $bound$TO \\('([^']+)'\\)$bound$)::timestamptz
                <= now() - keep
    LOOP
        EXECUTE format('DROP TABLE %s', old.part);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END;
$body$;"""
