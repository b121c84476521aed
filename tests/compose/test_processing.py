"""What allows data about people to be kept: the rule that fits, under each regime that asks, and nothing else."""

import pytest
from msgspec.structs import replace
from tests.samples.parts import fact
from tests.samples.shop import sample_decisions, sample_derivation, sample_requirements

from archsmith.compose import compose
from archsmith.kernel.provenance import Assumed
from archsmith.kernel.units import Probability
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.lawful_bases import LAWFUL_BASES
from archsmith.model.domain import DataClass, Entity
from archsmith.model.processing import Processing
from archsmith.model.requirements import Regime, RegimeStatus

WHY = Assumed(reason="test", source="test")


def found(*regimes: str, entity: Entity | None = None, status: str = "required") -> dict[str, Processing]:
    """The rows of the seed shop under these regimes, with one entity more."""
    needs = replace(
        sample_requirements(),
        regimes=tuple(
            Regime(id=r, status=RegimeStatus(status), reason="test", confidence=Probability(1.0), why=WHY)
            for r in regimes
        ),
    )
    derivation = sample_derivation()
    if entity:
        domain = replace(derivation.domain, entities=(*derivation.domain.entities, entity))
        derivation = replace(derivation, domain=domain)
    made = compose(needs, derivation, sample_decisions(), Catalogue())
    return {f"{p.regime} {p.data}": p for p in made.processing}


def thing(name: str, data_class: DataClass) -> Entity:
    """An entity that refers to the customer."""
    order = next(e for e in sample_derivation().domain.entities if e.id == "order")
    return replace(
        order, id=type(order.id)(name.replace(" ", "-")), name=name, plural=f"{name}s", aggregate=order.id,
        data_class=data_class, attributes=(), retention=None, rows=fact(order.rows.value),
    )  # fmt: skip


def test_nothing_where_no_regime_asks() -> None:
    assert found() == {}
    assert found("PCI DSS") == {}
    assert found("GDPR", status="excluded") == {}


def test_people_and_what_they_do_but_no_goods() -> None:
    rows = found("GDPR")
    assert {"GDPR entity:customer", "GDPR entity:order", "GDPR table:idempotency_keys"} <= set(rows)
    assert "GDPR entity:product" not in rows
    order = rows["GDPR entity:order"]
    assert (order.subjects, order.basis, order.clause) == (("customer",), "contract", "Art. 6(1)(b)")
    assert "place order" in order.purpose


@pytest.mark.parametrize(
    ("name", "data_class", "clause", "condition"),
    [
        ("invoice", DataClass.FINANCIAL, "Art. 6(1)(c)", ""),
        ("newsletter", DataClass.PERSONAL, "Art. 6(1)(a)", ""),
        ("access log", DataClass.PERSONAL, "Art. 6(1)(f)", ""),
        ("allergy", DataClass.HEALTH, "Art. 6(1)(a)", "Art. 9(2)(a)"),
        ("pocket money", DataClass.CHILD, "Art. 6(1)(a), Art. 8", ""),
        ("wish list", DataClass.INTERNAL, "Art. 6(1)(b)", ""),
    ],
)
def test_the_nature_of_the_data_decides(name: str, data_class: DataClass, clause: str, condition: str) -> None:
    row = found("GDPR", entity=thing(name, data_class))[f"GDPR entity:{name.replace(' ', '-')}"]
    assert (row.clause, row.condition) == (clause, condition)


def test_hipaa_is_about_patients_alone() -> None:
    rows = found("HIPAA", "GDPR", entity=thing("finding", DataClass.HEALTH))
    assert [r for r in rows if r.startswith("HIPAA entity")] == ["HIPAA entity:payment", "HIPAA entity:finding"]
    assert rows["HIPAA entity:finding"].basis == "treatment"


def test_every_rule_names_the_law_and_what_erasure_does() -> None:
    rows = Catalogue().table(LAWFUL_BASES).values()
    assert all(r.clause and r.erasure and r.reason and r.source for r in rows)
    for regime in ("GDPR", "UK GDPR"):
        last = [r for r in rows if regime in r.regimes][-1]
        assert not (last.words or last.classes or last.among or last.staff), "the last rule fits whatever is left"
