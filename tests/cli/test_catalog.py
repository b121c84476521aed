"""`archsmith catalog`, and folders of own rows in a run: hostile ones are findings, good ones are used."""

import json
from pathlib import Path

import pytest
from tests.cli.asking import brief, data, run, valid

from archsmith.kernel.canonical import to_plain
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.overlays import check
from archsmith.knowledge.references import faults
from archsmith.knowledge.shelves import shelves

PRICE = "{id: my.price, value: 1.5, unit: hour, region: any, source: our contract, as_of: 2026-05}"
ACME = (
    "{id: acme_db, name: Acme DB, category: relational, kinds: [relational_db], traits: [transactions], licence: own, "
    "skills: [sql], run: [5, 3, 9], build: [2, 1, 4], effort: ours}"
)
OFFER = "offers: [{provider: aws, product: p, storage: no.such.price}]"


def overlay(folder: Path, **tables: str | bytes) -> Path:
    """A folder of own rows."""
    own = folder / "own"
    own.mkdir()
    for name, text in tables.items():
        (own / f"{name}.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return own


def test_tables_and_rows_are_listed_with_source_and_date() -> None:
    assert "technologies" in run("catalog", "list").stdout
    found = data(run("catalog", "list", "--json"))
    assert valid("catalog", found)
    by_table = {s["table"]: s["entries"] for s in found["shelves"]}
    assert len(by_table["technologies"]) >= 70
    assert all(
        e["source"] for name in ("technologies", "prices", "sla", "capacity", "defaults") for e in by_table[name]
    )
    rows = data(run("catalog", "list", "prices", "--json"))["shelves"]
    assert [s["table"] for s in rows] == ["prices"]


def test_a_technology_is_explained_with_its_prices() -> None:
    (entry,) = data(run("catalog", "explain", "PostgreSQL", "--json"))["explained"]
    offers = next(f for f in entry["fields"] if f["name"] == "offers")
    assert {r["table"] for r in offers["rows"]} == {"prices", "sla"}
    assert all(r["value"] and r["source"] for r in offers["rows"])
    assert "aws.rds.storage_gp_single" in run("catalog", "explain", "postgresql").stdout


def test_a_technology_is_explained_with_its_limits_and_what_a_core_does() -> None:
    (entry,) = data(run("catalog", "explain", "lambda", "--json"))["explained"]
    limits = next(f for f in entry["fields"] if f["name"] == "limits")["rows"]
    assert {r["id"]: r["value"] for r in limits}["lambda.timeout"] == "900 s"
    assert all(r["source"] for r in limits)
    (entry,) = data(run("catalog", "explain", "fastapi", "--json"))["explained"]
    capacity = next(f for f in entry["fields"] if f["name"] == "capacity")["rows"]
    assert [r["id"] for r in capacity] == ["web.fastapi"]


def test_a_kind_of_system_is_explained_with_what_it_has() -> None:
    (entry,) = data(run("catalog", "explain", "shop", "--json"))["explained"]
    fields = {f["name"]: f["value"] for f in entry["fields"]}
    assert "order: " in fields["entities"]
    assert "customer place order" in fields["operations"]


@pytest.mark.parametrize("words", [("list", "priecs"), ("explain", "postgresq")])
def test_what_the_catalogue_lacks_is_bad_input(words: tuple[str, ...]) -> None:
    done = run("catalog", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "did you mean" in done.stderr


def test_good_rows_are_valid_listed_and_used(tmp_path: Path) -> None:
    default = "- {id: availability.internal, value: 0.97, unit: ratio, reason: ours, source: house rules}"
    own = overlay(tmp_path, prices=f"- {PRICE}", technologies=f"- {ACME}", defaults=default)
    done = run("catalog", "validate", own)
    assert (done.exit_code, "BLOCKER" in done.stdout) == (0, False), done.stdout
    mine = [e for s in data(run("catalog", "list", "--json", "--catalog", own))["shelves"] for e in s["entries"]]
    assert {e["id"] for e in mine if e["own"]} == {"my.price", "acme_db", "availability.internal"}
    assert run("catalog", "explain", "acme_db", "--catalog", own).exit_code == 0
    shed = brief(tmp_path)
    assert run("what-if", shed, "--require", "acme_db", "-q", "--catalog", own, "--json").exit_code in (0, 1)
    assert run("what-if", shed, "--require", "acme_db", "-q").exit_code == 2


def test_only_approved_technologies_are_chosen(tmp_path: Path) -> None:
    own = overlay(tmp_path, approved="- {id: mysql, reason: run by our platform team}\n- {id: fastapi}")
    assert run("catalog", "validate", own).exit_code == 0
    assert run("design", brief(tmp_path), "-o", tmp_path / "out", "-q", "--catalog", own).exit_code in (0, 1)
    decisions = json.loads((tmp_path / "out" / "design.json").read_text())["decisions"]["decisions"]
    chosen = {d["dimension"]: d for d in decisions}
    assert chosen["primary_store"]["tech"] == "mysql"
    assert chosen["framework"]["tech"] == "fastapi"
    reasons = [x["reason"] for x in chosen["primary_store"]["losers"] if x["option"] == "postgresql"]
    assert reasons and "approved" in reasons[0]
    unknown = tmp_path / "other"
    unknown.mkdir()
    wrong = overlay(unknown, approved="- {id: no_such_thing}")
    assert "no technology" in run("catalog", "validate", wrong).output


def test_own_prices_change_the_bill(tmp_path: Path) -> None:
    rows = Catalogue().table(shelves(Catalogue())["prices"])
    cheap = [f"- {{id: {i}, value: {r.value / 100:.9f}, unit: '{r.unit}', region: {r.region}, source: us, "
             f"currency: {r.currency}, as_of: '2026'}}" for i, r in rows.items()]  # fmt: skip
    own = overlay(tmp_path, prices="\n".join(cheap))
    shed = brief(tmp_path)

    def bill(*words: object) -> float:
        found = data(run("design", shed, "--json", "-q", *words))
        return float(found["cost"]["infrastructure_month"])

    assert bill("--catalog", own) < bill() / 10


HOSTILE = {
    "bomb": ("prices", b"a: &a [x,x]\nb: [*a,*a]\n", "CAT004"),
    "tag": ("prices", b"- !!python/object/apply:os.system ['touch pwned']\n", "CAT004"),
    "syntax": ("prices", b"- {id: [\n", "CAT004"),
    "no list": ("prices", b"id: x\n", "CAT004"),
    "binary": ("prices", bytes(range(256)), "CAT004"),
    "huge": ("prices", b"# x\n" * 800_000, "CAT004"),
    "deep": ("prices", b"[" * 5000, "CAT004"),
    "empty row": ("prices", b"- {}\n", "CAT005"),
    "scalar rows": ("prices", b"- 1\n- null\n", "CAT005"),
    "unknown field": ("prices", PRICE.replace("}", ", colour: red}").join(("- ", "\n")).encode(), "CAT005"),
    "endless": ("prices", b"- " + PRICE.replace("1.5", ".inf").encode(), "CAT009"),
    "no number": ("prices", b"- " + PRICE.replace("1.5", ".nan").encode(), "CAT009"),
    "many digits": ("prices", b"- " + PRICE.replace("1.5", "9" * 4000).encode(), "CAT005"),
    "negative": ("prices", b"- " + PRICE.replace("1.5", "-1.5").encode(), "CAT009"),
    "currency": ("prices", b"- " + PRICE.replace("as_of", "currency: XXX, as_of").encode(), "CAT009"),
    "path": ("technologies", b"- " + ACME.replace("acme_db", "../../etc").encode(), "CAT006"),
    "category": ("technologies", b"- " + ACME.replace("relational,", "wishful,").encode(), "CAT009"),
    "order": ("technologies", b"- " + ACME.replace("[5, 3, 9]", "[5, 9, 3]").encode(), "CAT009"),
    "offer": ("technologies", b"- " + ACME.replace("skills", f"{OFFER}, skills").encode(), "CAT009"),
    "archetype": ("archetypes", b"- {id: mine, title: T, audience: consumer, cues: {reserve: 5}}", "CAT009"),
    "words": ("words", b"- {id: 7}", "CAT005"),
}  # fmt: skip


@pytest.mark.parametrize(("table", "text", "rule"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_rows_are_findings_and_no_run_stumbles_over_them(
    table: str, text: bytes, rule: str, tmp_path: Path
) -> None:
    own = overlay(tmp_path, **{table: text})
    done = run("catalog", "validate", own)
    assert done.exit_code == 2, done.output
    assert rule in done.stdout
    assert f"{table}.yaml" in done.stdout
    designed = run("design", brief(tmp_path), "--json", "-q", "--catalog", own)
    assert (designed.exit_code, designed.stdout) == (2, "")
    assert rule in designed.stderr
    assert not (tmp_path / "pwned").exists()


def test_a_row_that_leads_nowhere_is_bad_input(tmp_path: Path) -> None:
    rows = Catalogue().table(shelves(Catalogue())["threats"])
    text = "\n".join(f"- {json.dumps({**to_plain(r), 'check': 'no such check'})}" for r in rows.values())
    own = overlay(tmp_path, threats=text)
    for words in (("design", "--json"), ("explain",), ("what-if", "--set", "users=2x")):
        done = run(words[0], brief(tmp_path), *words[1:], "--catalog", own)
        assert (done.exit_code, done.stdout) == (2, ""), done.output
        assert "CAT001" in done.stderr


def test_lines_are_named(tmp_path: Path) -> None:
    own = overlay(tmp_path, prices=f"- {PRICE}\n\n# more\n- {{id: x}}\n")
    assert "prices.yaml:4" in run("catalog", "validate", own).stdout


def test_advice_is_no_refusal(tmp_path: Path) -> None:
    own = overlay(tmp_path, prises=f"- {PRICE}", prices=f"- {PRICE}\n- {PRICE}")
    done = run("catalog", "validate", own)
    assert done.exit_code == 1
    assert "did you mean prices.yaml" in done.stdout
    assert "is there twice" in done.stdout
    found = data(run("catalog", "validate", own, "--json"))
    assert valid("catalog", found)
    assert {f["severity"] for f in found["findings"]} == {"warning"}


def test_links_are_not_followed(tmp_path: Path) -> None:
    own = overlay(tmp_path)
    (own / "prices.yaml").symlink_to("/etc/hostname")
    assert [f.id for f in check((own,)) if f.severity == "blocker"] == ["CAT002"]


def test_rows_of_the_package_have_no_fault() -> None:
    whole = Catalogue()
    for name, table in shelves(whole).items():
        found = {key: list(faults(name, row, whole)) for key, row in whole.table(table).items()}
        assert {key: f for key, f in found.items() if f} == {}, name
