"""Changes on typed requirements: what moves along, what stays, and what the changed design is asked for."""

from functools import cache
from pathlib import Path

import pytest

from archsmith.derive import derive
from archsmith.elicit import elicit
from archsmith.kernel.findings import Finding
from archsmith.kernel.provenance import Given
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief, BriefForm
from archsmith.model.changes import Change, Origin, Varied
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Needs, Requirements
from archsmith.vary import LEVERS, Refused, asked, scaled, vary
from archsmith.vary.amounts import Kind

CATALOGUE = Catalogue()
CORPUS = sorted((Path(__file__).parents[1] / "corpus" / "briefs").glob("*.md"))
SHOP = """# Corner shop

An online shop for tea. Customers search for products, place orders and pay by card. Staff ship orders and refund them.

- 2,000 customers; they place 500 orders a day. The catalogue has 400 products.
- 99.5% availability. Pages answer within 500 ms.
- We can spend 300 EUR a month on hosting. Two developers (Python) build it in 6 months.
- PostgreSQL must be used.
"""
GYM = """# Gym

Members book courses and cancel bookings. Trainers publish courses.

There are 4,000 members. Each member makes 3 bookings a week.
"""


@cache
def read(text: str) -> tuple[Requirements, Derivation]:
    requirements = elicit(Brief(name="brief.md", text=text, form=BriefForm.MARKDOWN), CATALOGUE)
    return requirements, derive(requirements, CATALOGUE)


def varied(text: str, *sets: str, forbid: tuple[str, ...] = (), require: tuple[str, ...] = ()) -> Varied:
    moves = asked(CATALOGUE, sets=sets, forbid=forbid, require=require)
    assert not isinstance(moves, Refused), moves
    found = vary(*read(text), CATALOGUE, moves)
    assert isinstance(found, Varied), found
    return found


def refused(*sets: str, forbid: tuple[str, ...] = (), require: tuple[str, ...] = (), text: str = SHOP) -> list[Finding]:
    moves = asked(CATALOGUE, sets=sets, forbid=forbid, require=require)
    found = moves if isinstance(moves, Refused) else vary(*read(text), CATALOGUE, moves)
    assert isinstance(found, Refused), found
    return list(found.findings)


def one(found: Varied) -> Change:
    (change,) = found.changes
    return change


@pytest.mark.parametrize("text", [SHOP, GYM], ids=["rates in total", "rates of each"])
def test_ten_times_the_users_are_ten_times_the_requests(text: str) -> None:
    before = read(text)[1].workload
    after = derive(varied(text, "users=10x").requirements, CATALOGUE).workload
    assert after.users.value == pytest.approx(10 * before.users.value)
    staff = 1e-3  # what the house enters grows with the things that it enters, not with its users
    assert after.average.value == pytest.approx(10 * before.average.value, rel=staff)
    assert after.peak.value == pytest.approx(10 * before.peak.value, rel=staff)


@pytest.mark.parametrize("brief", CORPUS, ids=lambda path: path.stem)
def test_ten_times_the_users_of_a_real_brief(brief: Path) -> None:
    """What staff and timed jobs do stays, so a few briefs grow by less; none is multiplied twice."""
    text = brief.read_text(encoding="utf-8")
    before = read(text)[1].workload
    after = derive(varied(text, "users=10x").requirements, CATALOGUE).workload
    assert after.users.value == pytest.approx(10 * before.users.value, rel=0.01)
    assert 5 <= after.average.value / before.average.value <= 10.5


def test_people_who_follow_from_their_deeds_go_on_to_follow() -> None:
    text = "# Donations\n\nDonors make a donation and get a receipt. We expect 45,000 donations a day.\n"
    before, found = read(text)[1].workload, varied(text, "users=10x")
    after = derive(found.requirements, CATALOGUE).workload
    assert one(found).origin is Origin.DERIVED
    assert after.users.value == pytest.approx(10 * before.users.value)
    assert after.peak.value == pytest.approx(10 * before.peak.value)


def test_a_factor_is_on_all_who_are_planned_for_and_not_on_clerks_who_happen_to_be_counted() -> None:
    text = "# Ledger\n\nCustomers view balances. 11 analysts read reports. There are 38,000,000 accounts.\n"
    requirements, derivation = read(text)
    assert derivation.workload.users.value >= 1_000_000
    change = one(varied(text, f"users={derivation.workload.users.value:.0f}"))
    assert change.value_before == pytest.approx(change.value_after)
    assert requirements.numbers == varied(text, "users=1x").requirements.numbers


def test_what_is_stated_for_each_member_stays() -> None:
    numbers = {n.what: n.value for n in varied(GYM, "users=10x").requirements.numbers}
    assert (numbers["members"], numbers["bookings"]) == (40_000, 3)


def test_things_are_no_people() -> None:
    text = "# Hotels\n\nGuests book rooms. We run 14 hotels with 610 rooms. There are 9,000 guests.\n"
    change = one(varied(text, "things=2x"))
    assert [(r.before, r.after) for r in change.also] == [(14, 28), (610, 1_220)]


def test_a_change_stands_beside_the_quote_that_it_replaces() -> None:
    change = one(varied(SHOP, "availability=99.99"))
    assert (change.before, change.after, change.origin, change.line) == ("99.5%", "99.99%", Origin.STATED, 6)
    assert "99.5%" in change.quote


def test_the_numbers_of_the_brief_say_the_same_as_the_need() -> None:
    found = varied(SHOP, "availability=99.99", "latency=100ms").requirements
    values = {(n.role.value, n.unit): n.value for n in found.numbers}
    assert values["availability", "percent"] == pytest.approx(99.99)
    assert values["latency", "ms"] == pytest.approx(100)


def test_a_budget_is_in_the_currency_of_the_brief_unless_one_is_written() -> None:
    def budget(text: str) -> float:
        fact = varied(SHOP, text).requirements.needs.budget
        assert fact is not None
        assert isinstance(fact.why, Given)
        return fact.value

    assert budget("budget=5000") == pytest.approx(5_500)
    assert budget("budget=5000 USD") == pytest.approx(5_000)
    assert budget("budget=2x") == pytest.approx(660)


def test_what_the_brief_does_not_say_is_added_as_given() -> None:
    found = varied(GYM, "budget=500", "rpo=1 min", "regions=us", "on_premises=yes")
    needs = found.requirements.needs
    assert needs.rpo is not None
    assert needs.on_premises is not None
    assert needs.rpo.value == pytest.approx(60)
    assert needs.on_premises.value
    assert [r.value for r in needs.regions] == ["us"]
    assert isinstance(needs.rpo.why, Given)
    assert [c.origin for c in found.changes] == [Origin.SILENT, Origin.ASSUMED, Origin.SILENT, Origin.SILENT]


def test_a_factor_on_an_assumption_is_a_factor_on_what_was_assumed() -> None:
    change = one(varied(GYM, "rto=0.5x"))
    assert change.origin is Origin.ASSUMED
    assert change.value_before == read(GYM)[1].targets.rto.value
    assert change.value_after == pytest.approx(change.value_before / 2)


def test_traffic_peaks_and_storage_are_scaled_after_reading() -> None:
    before = read(SHOP)[1]
    after = scaled(before, varied(SHOP, "traffic=4x", "peak=2x", "storage=3x").scaled)
    assert after.workload.average.value == pytest.approx(4 * before.workload.average.value)
    assert after.workload.peak.value == pytest.approx(8 * before.workload.peak.value)
    assert after.workload.stored_3y.value == pytest.approx(3 * before.workload.stored_3y.value)
    rows = [(a.rows.value, b.rows.value) for a, b in zip(after.domain.entities, before.domain.entities, strict=True)]
    assert all(a == pytest.approx(3 * b) for a, b in rows)


def test_a_required_technology_takes_the_place_of_a_ban_and_back() -> None:
    found = varied(SHOP, forbid=("Kubernetes",), require=("MySQL",)).requirements
    assert [w.tech for w in found.must_use] == ["postgresql", "mysql"]
    assert [w.tech for w in found.must_not_use] == ["kubernetes"]
    banned = varied(SHOP, forbid=("postgresql",))
    assert banned.requirements.must_use == ()
    assert (one(banned).before, one(banned).origin) == ("demanded", Origin.STATED)


def test_the_order_of_changes_does_not_matter() -> None:
    first = varied(SHOP, "users=10x", "budget=5000", "team=4").requirements
    assert first == varied(SHOP, "team=4", "budget=5000", "users=10x").requirements


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_every_lever_can_be_moved_on_any_brief(lever: object) -> None:
    values = {
        Kind.COUNT: "7", Kind.RATIO: "3", Kind.RATE: "50", Kind.SHARE: "99.95", Kind.TIME: "30s", Kind.MONTHS: "9",
        Kind.MONEY: "700", Kind.SIZE: "20GB", Kind.WORDS: "us", Kind.FLAG: "yes",
    }  # fmt: skip
    name, kind = lever.name, lever.kind  # type: ignore[attr-defined]
    for text in (SHOP, GYM):
        change = one(varied(text, f"{name}={values[kind]}"))
        assert change.after
        assert change.name == name


def test_fields_of_levers_are_fields_of_needs() -> None:
    assert {lever.field for lever in LEVERS if lever.field} <= set(Needs.__struct_fields__)
    assert len({lever.name for lever in LEVERS}) == len(LEVERS)


@pytest.mark.parametrize(
    ("sets", "rule", "says"),
    [
        (("user=3",), "SET001", "did you mean users"),
        (("wombats=3",), "SET001", "known names: users, concurrent"),
        (("users",), "SET001", "write users=VALUE"),
        (("users=many",), "SET002", "10x"),
        (("users=2x", "users=3x"), "SET004", "which"),
        (("budget=5 ABC",), "SET002", "EUR"),
        (("growth=2x",), "SET002", "give a value"),
        (("team=2",) * 60, "SET004", "fewer"),
        (("users=900M",), "SET002", "stay within 10,000 times"),
        (("traffic=1000000x",), "SET002", "10x"),
    ],
)
def test_what_can_not_be_set_is_refused_with_a_way_on(sets: tuple[str, ...], rule: str, says: str) -> None:
    findings = refused(*sets)
    assert {f.id for f in findings} == {rule}
    assert says in findings[0].fix


def test_unknown_and_contradicting_technologies_are_refused() -> None:
    assert "kubernetes" in refused(forbid=("kubernets",))[0].fix
    assert [f.id for f in refused(forbid=("mysql",), require=("MySQL",))] == ["SET004"]
