"""The way back of a migration: what was made goes, last first; what goes with its table is not named."""

from archsmith.render.contracts.migrations.undo import undone


def test_what_was_made_is_dropped_last_first() -> None:
    blocks = [
        ["-- Spans of keys.\nCREATE TYPE uuid_range AS RANGE (subtype = uuid);"],
        ["CREATE OR REPLACE FUNCTION uuid_v7() RETURNS uuid\nLANGUAGE sql AS $body$ SELECT 1 $body$;"],
        ['CREATE TABLE "user" (id uuid);', 'CREATE INDEX i ON "user" (id);', "COMMENT ON TABLE a IS 'CREATE TABLE b';"],
        [
            "CREATE TABLE parts (id uuid) PARTITION BY RANGE (id);",
            "CREATE TABLE parts_default PARTITION OF parts DEFAULT;",
        ],
        ["ALTER TABLE parts ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES a (id);"],
    ]
    down = ["DROP TABLE parts;", 'DROP TABLE "user";', "DROP FUNCTION uuid_v7;", "DROP TYPE uuid_range;"]
    assert undone(blocks, "postgresql") == ["ALTER TABLE parts DROP CONSTRAINT k;", *down]
    assert undone(blocks, "mysql")[0] == "ALTER TABLE parts DROP FOREIGN KEY k;"
