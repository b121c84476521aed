import pytest
from tests.elicit.reading import requirements


@pytest.mark.parametrize(
    ("text", "name", "stance"),
    [
        ("No Kubernetes, please.", "Kubernetes", "must_not_use"),
        ("We don't want Oracle.", "Oracle Database", "must_not_use"),
        ("Nothing with Oracle.", "Oracle Database", "must_not_use"),
        ("Cassandra is banned after last year.", "Cassandra", "must_not_use"),
        ("MongoDB is not an option.", "MongoDB", "must_not_use"),
        ("Avoid Kafka if you can.", "Kafka", "must_not_use"),
        ("Neither Redis nor Kafka.", "Kafka", "must_not_use"),
        ("It must run on AWS.", "AWS", "must_use"),
        ("The backend must use PostgreSQL.", "PostgreSQL", "must_use"),
        ("It must run in our existing GKE cluster.", "Kubernetes", "must_use"),
        ("We prefer Azure.", "Azure", "prefer"),
        ("Elixir would be great.", "Elixir", "prefer"),
        ("The CTO wants Kafka and Kubernetes.", "Kubernetes", "prefer"),
        ("An adviser suggests Cassandra.", "Cassandra", "prefer"),
        ("The CTO wants a stack that must run on Azure.", "Azure", "must_use"),
        ("GCP, Kafka already there.", "Kafka", "existing"),
        ("Existing code: Ruby on Rails, PostgreSQL.", "PostgreSQL", "existing"),
        ("Our cataloguers work in FileMaker, lots must be imported.", "FileMaker", "existing"),
    ],
)
def test_stance(text: str, name: str, stance: str) -> None:
    req = requirements(text)
    wishes = {w.name: w.stance.value for w in (*req.must_use, *req.must_not_use, *req.technologies)}
    assert wishes[name] == stance


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("We have four developers (PHP, a bit of Python).", {"php", "python"}),
        ("I am the only one who programs (javascript).", {"javascript"}),
        ("Five developers, mostly Go.", {"go"}),
        ("Ten developers, Java and Kafka know-how.", {"java", "kafka"}),
    ],
)
def test_skills(text: str, skills: set[str]) -> None:
    assert {s.value for s in requirements(text).needs.skills} == skills


@pytest.mark.parametrize("text", ["We go to market in May.", "In spring we express our thanks.", "Let it rust."])
def test_ordinary_words_are_no_technologies(text: str) -> None:
    req = requirements(text)
    assert not (req.must_use or req.must_not_use or req.technologies)


@pytest.mark.parametrize(
    ("text", "regime", "status"),
    [
        ("Customers in Belgium pay by card.", "GDPR", "required"),
        ("Customers in Belgium pay by card.", "PCI DSS", "required"),
        ("Customers in Leeds order lunch.", "UK GDPR", "required"),
        ("Patients in Texas book appointments at the clinic.", "HIPAA", "required"),
        ("HIPAA applies, get a BAA.", "HIPAA", "required"),
        ("Education records fall under FERPA.", "FERPA", "required"),
        ("Learning games for children in the United States.", "COPPA", "required"),
        ("The insurer in Norway serves policyholders.", "DORA", "required"),
        ("The newsletter goes to subscribers in Spain.", "ePrivacy", "required"),
        ("Riders in Nairobi pay.", "Data Protection Act (Kenya)", "required"),
        ("Users in Brazil chat.", "LGPD", "required"),
        ("Screen readers must work.", "WCAG", "required"),
    ],
)
def test_regimes(text: str, regime: str, status: str) -> None:
    assert (regime, status) in {(r.id, r.status.value) for r in requirements(text).regimes}


@pytest.mark.parametrize(
    ("text", "regime"),
    [
        ("Pet owners in Ohio bring animals to the vet.", "HIPAA"),
        ("Membership is paid in cash or by bank transfer.", "PCI DSS"),
        ("We don't store credit cards.", "PCI DSS"),
        ("No payments by card.", "PCI DSS"),
        ("The insurance card is photographed by the patient.", "PCI DSS"),
        ("Customers in Ohio order lunch.", "GDPR"),
        ("Gift cards come next year, not now.", "PCI DSS"),
        ("Out of scope: online payments.", "PCI DSS"),
    ],
)
def test_regimes_not_claimed(text: str, regime: str) -> None:
    assert regime not in {r.id for r in requirements(text).regimes}


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Availability: three nines.", "availability", 0.999),
        ("Hosting budget: USD 1,100 a month.", "budget", 1100.0),
        ("Hosting budget: 1,200 euros a year.", "budget", 110.0),
        ("We have a developer in Porto with one colleague.", "team", 2.0),
        ("IT is two people and a freelancer.", "team", 3.0),
        ("I am the only one who programs.", "team", 1.0),
        ("Pages must load in 800 ms.", "latency_p95", 0.8),
        ("RPO 5 minutes, RTO 1 hour.", "rpo", 300.0),
        ("RPO 5 minutes, RTO 1 hour.", "rto", 3600.0),
        ("It must be live in 9 months.", "deadline", 9.0),
        ("Peak factor 2.5 over the daily mean.", "peak_factor", 2.5),
        ("A multi-tenant product.", "multi_tenant", True),
        ("It runs on-premises only.", "on_premises", True),
        ("When the internet is away lending must go on.", "offline", True),
    ],
)
def test_needs(text: str, field: str, value: object) -> None:
    fact = getattr(requirements(text).needs, field)
    assert fact is not None
    assert fact.value == value


def test_a_total_that_must_not_go_down_is_no_uptime_target() -> None:
    req = requirements("The studio shows the running total; it must never go down.")
    assert req.needs.availability is None
    assert "availability" not in {r.kind.value for r in req.requirements}


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Stock is kept in our warehouse program.", "erp", "warehouse program"),
        ("Export to our accounting software (BMD) every Friday.", "erp", "BMD"),
        ("Payments through a provider (Mollie).", "payment", "Mollie"),
        ("Sign-in via the university's Shibboleth.", "identity", "Shibboleth"),
        ("Lab results arrive from Quest.", "other", "Quest"),
    ],
)
def test_systems(text: str, kind: str, name: str) -> None:
    assert (kind, name) in {(s.kind, s.name) for s in requirements(text).systems}


def test_a_corrected_figure_is_superseded_and_said_so() -> None:
    req = requirements(
        "There are 160,000 active patients. (In the slides it says 210,000; that includes people who left.)"
    )
    assert {n.value: n.status.value for n in req.numbers} == {160_000: "target", 210_000: "superseded"}
    assert len(req.conflicts) == 1
    assert "160,000" in req.conflicts[0].resolution


def test_two_figures_for_one_thing_conflict() -> None:
    req = requirements("The hall has 300 members.\n\nAltogether 450 members use the page.")
    assert len(req.conflicts) == 1
    assert {n.status.value for n in req.numbers} == {"target", "conflict"}


def test_many_nines_on_one_server_conflict() -> None:
    req = requirements("Uptime 99.99 % is required. Everything must run on a single server.")
    assert any("server" in c.what for c in req.conflicts)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("42 7 !!", "INP010"),
        ("Das System soll Bestellungen der Kunden annehmen und die Rechnung an den Kunden senden.", "INP011"),
        ("hello world", "INP010"),
    ],
)
def test_findings_for_bad_input(text: str, rule: str) -> None:
    assert rule in {f.id for f in requirements(text).findings}
