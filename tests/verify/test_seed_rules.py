"""What no row of a seed may do, found in the rows themselves: whatever rule made them, a fault of it is seen."""

from collections.abc import Callable

import pytest
from tests.render.contracts.designs import artifacts, many_shops, shop
from tests.render.contracts.test_mysql import shop_on_mysql
from tests.verify.survivors import made

from archsmith.model.artifacts import Outcome
from archsmith.model.design import Design
from archsmith.verify.parity_seed import SeedParity
from archsmith.verify.ports import chosen
from archsmith.verify.seed_rules import faults
from archsmith.verify.seed_statements import read


def told(design: Callable[[], Design], dialect: str, old: str, new: str) -> list[str]:
    """The faults of the seed with an edit."""
    arch = design().architecture
    text = next(f.content.decode() for f in made(design) if f.path.startswith("db/seed"))
    assert old in text
    said = list(read(text.replace(old, new, 1), dialect))
    return list(faults(said, dialect, {t.name: t for t in arch.tables}, {s.entity: s for s in arch.shapes}))


@pytest.mark.parametrize("dialect", ["postgresql", "mysql"])
@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("ines@example.com", "ines@gmail.com", "ines@gmail.com may be somebody's"),
        ("'placed'", "'lost'", "lost is none of placed, paid, shipped, cancelled"),
        ("126,", "-1,", "stock: -1 is less than 0"),
        ("'EUR'", "'eur'", "eur does not match"),
        ("'Mara Lindqvist'", "NULL", "name is empty"),
        ("'Mara Lindqvist'", f"'{'a' * 201}'", "is longer than 200"),
        ("customer_id, status", "version, status", "customer_id is empty"),
        ("('019cade2-11c0-7346-9682-ee606179404a'", "('019cade2-11c0-7346'", "is no UUID"),
        ("('019cade2-11c0-7346-9682-ee606179404a'", "('019cade2-11c0-7346-9682-ee606179404b'", "leads to no row of"),
        (
            "019ca395-59c0-72ef-8a27-41c624f726a4",
            "019cade2-11c0-7a87-8a75-42b8ef70cd87",
            "two rows with the same subject",
        ),
    ],
)
def test_a_row_that_breaks_a_rule_is_told(dialect: str, old: str, new: str, fault: str) -> None:
    design = shop_on_mysql if dialect == "mysql" else shop
    found = told(design, dialect, old, new)
    assert [f for f in found if fault in f], found


def test_rows_of_the_seeds_break_none() -> None:
    for design, dialect in ((shop, "postgresql"), (many_shops, "postgresql"), (shop_on_mysql, "mysql")):
        assert told(design, dialect, "COMMIT", "COMMIT") == []


def test_what_refers_comes_after_what_it_refers_to() -> None:
    arch = shop().architecture
    text = next(f.content.decode() for f in artifacts(shop()) if f.path == "db/seed.sql")
    said = list(read(text, "postgresql"))[::-1]
    found = list(faults(said, "postgresql", {t.name: t for t in arch.tables}, {}))
    assert [f for f in found if f.startswith("orders row") and "leads to no row of customers" in f]


def test_a_missing_seed_and_a_worked_out_value_are_told() -> None:
    tool, files = SeedParity(), made(shop)
    assert tool.check(chosen(files, tool.patterns)).outcome is Outcome.PASSED
    without = [f for f in files if f.path != "db/seed.sql"]
    assert tool.check(chosen(without, ("design.json",))).facts == ("missing: db/seed.sql",)
    with pytest.raises(ValueError, match="worked out"):
        list(read("INSERT INTO customers (name) VALUES (upper('mara'))", "postgresql"))
    with pytest.raises(ValueError, match="worked out"):
        list(read("INSERT INTO customers (name) VALUES (upper('mara'))", "mysql"))
