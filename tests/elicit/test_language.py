import pytest
from tests.elicit.reading import clause_triples, deeds, reading, requirements

from archsmith.elicit.sentences import sentences
from archsmith.kernel.inflect import plural, singular


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("orders", "order"),
        ("addresses", "address"),
        ("categories", "category"),
        ("children", "child"),
        ("people", "person"),
        ("statuses", "status"),
        ("boxes", "box"),
        ("dishes", "dish"),
        ("courses", "course"),
        ("leaves", "leave"),
        ("CVs".lower(), "cv"),
        ("series", "series"),
    ],
)
def test_singular(many: str, one: str) -> None:
    assert singular(many) == one


def test_plural() -> None:
    assert [plural(w) for w in ("person", "dish", "category", "staff")] == ["people", "dishes", "categories", "staff"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("It takes approx. 3 days. Then it ships.", 2),
        ("e.g. this one", 1),
        ("photos would be nice. statistics too.", 2),
        ("There will be a page... forget this.", 2),
        ("1.5 seconds", 1),
        ("", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(list(sentences(text))) == count


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Customers may order without an account.", ("customer", "order", ())),
        ("Staff (9 people) change articles and upload photos.", ("staff", "upload", ("photo",))),
        ("Employee sees his claims only.", ("employee", "see", ("claim",))),
        ("Growers look at curves for the last day.", ("grower", "look at", ("curve",))),
        ("The treasurer ticks it off.", ("treasurer", "tick off", ())),
        ("A box measures temperature and humidity.", ("box", "measure", ("temperature", "humidity"))),
        ("Rules are written by four analysts.", ("analyst", "write", ("rule",))),
        ("Receipts must be kept.", ("", "keep", ("receipt",))),
        ("We want patients to book a slot.", ("patient", "book", ("slot",))),
        ("Guests on the website look at rooms.", ("guest", "look at", ("room",))),
        ("The receptionists, perhaps 70 people, need a plan.", ("receptionist", "need", ("plan",))),
        ("Every publisher has subscribers and templates.", ("publisher", "have", ("subscriber", "template"))),
        ("Browse and search 4,200 articles", ("", "browse", ("article",))),
    ],
)
def test_clauses(text: str, triple: tuple[str, str, tuple[str, ...]]) -> None:
    assert triple in clause_triples(text)


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("As a receptionist I want to book a visit for an animal.", ("receptionist", "book", "visit")),
        ("As a shop owner, I can refund an order.", ("shop owner", "refund", "order")),
        ("2.1 The system shall allow a merchant to initiate a transfer.", ("merchant", "initiate", "transfer")),
        ("An auditor shall be able to export ledger entries.", ("auditor", "export", "ledger entry")),
        ("- upload photos", ("user", "upload", "photo")),
        ("- Order confirmation by e-mail", ("system", "send", "order confirmation")),
        ("- Firmware updates over the air", ("user", "update", "firmware")),
        ("- bounce and complaint handling", ("user", "process", "bounce")),
        ("Donors get a thank-you mail immediately.", ("system", "send", "thank-you mail")),
        ("Every click gets a verdict.", ("system", "give", "verdict")),
        ("A subscriber may ask for deletion.", ("subscriber", "delete", "subscriber")),
        ("Receptionists need a plan of rooms.", ("receptionist", "view", "room")),
        ("Office workers order meals until 10:30.", ("office worker", "order", "meal")),
        ("Moderators review reports and ban users.", ("moderator", "ban", "user")),
        ("We group orders by area and plan courier tours.", ("system", "plan", "courier tour")),
        ("Passport data has to be reported and must be removed.", ("system", "delete", "passport data")),
        ("Evidence must be retrievable.", ("user", "look up", "evidence")),
        ("Managers approve payouts above 500 euros.", ("manager", "approve", "payout")),
        ("Eaters can see where the courier is.", ("eater", "track", "courier")),
        ("A lender can reject an application.", ("lender", "reject", "application")),
        ("Drivers scan parcels at the depot.", ("driver", "scan", "parcel")),
        ("Teachers can invite a class.", ("teacher", "invite", "class")),
    ],
)
def test_operations(text: str, deed: tuple[str, str, str]) -> None:
    assert deed in deeds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Our family runs fourteen small hotels.",
        "We build sensor boxes for growers.",
        "The shop must not sell what is not there.",
        "Last year we migrated the archive.",
        "Prices depend on season.",
        "We hope for the best.",
    ],
)
def test_no_operations(text: str) -> None:
    assert deeds(text) == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Guests search rooms.", "query"),
        ("Guests book rooms.", "command"),
        ("The system sends reminders.", "event"),
        ("Grades are exported each night.", "batch"),
        ("Agents stream samples.", "stream"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert requirements(text).operations[0].kind.value == kind


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("## Must have\n- search articles", "must"),
        ("## Nice to have\n- search articles", "could"),
        ("SHOULD\n- search articles", "should"),
        ("## Phase 2\n- search articles", "later"),
        ("Users should be able to search articles.", "should"),
        ("It would be nice if users search articles.", "could"),
        ("Should: search articles.", "should"),
    ],
)
def test_priorities(text: str, priority: str) -> None:
    assert requirements(text).operations[0].priority.value == priority


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("## Out of scope\n- SMS", "SMS"),
        ("WON'T (this year)\n- landing pages", "landing pages"),
        ("**Not wanted.** Proctoring by camera.", "Proctoring by camera"),
        ("Out of scope: online payments, insurance claims.", "online payments"),
        ("Non-goals: e-signature, billing.", "billing"),
        ("No payments in the first version.", "payments"),
        ("Gift cards come next year, not now.", "gift cards"),
        ("Advertisement insertion is out of the question for now.", "advertisement insertion"),
        ("Latency of the ad server is another team's job.", "latency of the ad server"),
        ("Restaurant tables and spa would be nice one day. Let's not start with them.", "spa"),
        ("We will not build a chat.", "chat"),
        ("Scooter sales: forget about that for now.", "scooter sales"),
        ("Machine learning later.", "machine learning"),
        ("The newsletter stays at our mail provider.", "newsletter"),
    ],
)
def test_exclusions(text: str, what: str) -> None:
    assert what.lower() in {e.what.lower() for e in requirements(text).excluded}


@pytest.mark.parametrize(
    "text",
    ["We can type it in later.", "No donation may be lost.", "It is not necessary to log in.", "No problem with that."],
)
def test_no_exclusions(text: str) -> None:
    assert requirements(text).excluded == ()


def test_a_heading_rules_only_its_list() -> None:
    req = requirements("WON'T\n- SMS\n\nNumbers: 2,400 publishers.")
    assert [n.value for n in req.numbers] == [2400]


def test_hard_wrapped_lines_are_one_sentence_and_terse_lines_are_not() -> None:
    wrapped = (
        "The shop sells seeds and tools to customers in three countries, and it must\nnot sell what is not there.\n" * 3
    )
    assert all(s.text.startswith("The shop") for s in reading(wrapped).sentences)
    terse = "shorten link\ncustom alias\nexpiry date"
    assert len(reading(terse).sentences) == 3


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Owners who travel often reserve a kennel.", ("owner", "reserve", "kennel")),
        ("The guests who arrive late order a taxi.", ("guest", "order", "taxi")),
    ],
)
def test_the_verb_around_a_relative_clause(text: str, deed: tuple[str, str, str]) -> None:
    assert deed in deeds(text)
