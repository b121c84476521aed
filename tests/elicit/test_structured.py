import jsonschema_rs
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus.scoring.score import BRIEFS, briefs
from tests.elicit.reading import CATALOGUE, requirements

from archsmith.elicit import elicit
from archsmith.elicit.structured import from_yaml, json_schema, to_yaml
from archsmith.kernel.provenance import Fact, Given, Span, Stated
from archsmith.kernel.units import Count, UsdPerMonth
from archsmith.model.brief import Brief, BriefForm
from archsmith.model.requirements import Needs, Number, NumberRole, NumberStatus, Requirements

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
NUMBER = st.floats(allow_nan=False, allow_infinity=False, width=32).map(float)


def spans() -> st.SearchStrategy[Stated]:
    return TEXT.map(lambda q: Stated(at=Span(file="b.md", line=1, column=1, end_line=1, end_column=2, quote=q)))


@given(TEXT, NUMBER, NUMBER, spans(), spans())
def test_any_value_reads_back(title: str, budget: float, value: float, one: Stated, two: Stated) -> None:
    number = Number(
        id="n1", what=title, value=value, unit="users", role=NumberRole.POPULATION, status=NumberStatus.TARGET, why=two
    )
    req = Requirements(
        title=title,
        source="b.md",
        needs=Needs(budget=Fact(value=UsdPerMonth(budget), why=one), team=Fact(value=Count(value), why=two)),
        numbers=(number,),
    )
    assert from_yaml(to_yaml(req), "requirements.yaml") == req


def test_briefs_read_back() -> None:
    for path in briefs(BRIEFS):
        req = requirements(path.read_text("utf-8"))
        assert from_yaml(to_yaml(req), "requirements.yaml") == req


def test_the_stage_takes_its_own_yaml() -> None:
    req = requirements("Customers order meals. 300 orders a day. Hosting: USD 500 a month.")
    brief = Brief(name="requirements.yaml", text=to_yaml(req), form=BriefForm.STRUCTURED)
    assert elicit(brief, CATALOGUE) == req


def test_written_yaml_fits_the_schema() -> None:
    validator = jsonschema_rs.validator_for(json_schema())
    for path in briefs(BRIEFS):
        data = yaml.safe_load(to_yaml(requirements(path.read_text("utf-8"))))
        assert list(validator.iter_errors(data)) == []


def test_a_value_changed_beside_its_quote_becomes_given() -> None:
    text = to_yaml(requirements("Hosting: USD 500 a month for the shop.")).replace("value: 500.0", "value: 700.0")
    back = from_yaml(text, "r.yaml")
    assert isinstance(back, Requirements)
    assert back.needs.budget == Fact(value=UsdPerMonth(700.0), why=Given(file="r.yaml", key="needs.budget"))


def test_short_forms() -> None:
    back = from_yaml("title: x\nneeds:\n  budget: 800\nmust_use: [PostgreSQL]\nmust_not_use: [k8s]\n", "r.yaml")
    assert isinstance(back, Requirements)
    assert back.needs.budget is not None
    assert back.needs.budget.value == UsdPerMonth(800.0)
    assert back.must_use[0].tech == "postgresql"
    assert (back.must_not_use[0].tech, back.must_not_use[0].stance.value) == ("kubernetes", "must_not_use")


def test_mistakes_name_line_and_fix() -> None:
    found = from_yaml("title: x\nneeds:\n  teem: 3\n", "r.yaml")
    assert isinstance(found, tuple)
    assert found[0].place == "r.yaml:3"
    assert "team" in found[0].fix
    for text in ("title: [", "- a\n- b\n", "schema: other/9\n", "needs:\n  budget: lots\n", "a: &x 1\nb: *x\n"):
        wrong = from_yaml(text, "r.yaml")
        assert isinstance(wrong, tuple)
        assert wrong[0].fix


def test_a_bad_file_gives_findings_and_nothing_else() -> None:
    req = elicit(Brief(name="r.yaml", text="nonsense: 1", form=BriefForm.STRUCTURED), CATALOGUE)
    assert req.findings
    assert req.requirements == ()
