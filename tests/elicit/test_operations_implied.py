"""Operations without a verb of their own: nouns for deeds, flows, tallies, needs, and what short retention implies."""

import pytest
from tests.elicit.reading import deeds


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("- Payouts by bank transfer", ("user", "send", "payout")),
        ("- Monthly statement per account", ("user", "view", "statement")),
        ("- Webhooks to shops for each sale", ("system", "send", "webhook")),
        ("- Survey after the stay", ("system", "send", "survey")),
        ("- Internal notes", ("user", "add", "note")),
        ("- Waiting list for sold-out evenings", ("user", "join", "waiting list")),
        ("- E-signature of the lease", ("user", "sign", "document")),
        ("- Photo sharing", ("user", "share", "photo")),
        ("- Discount codes", ("user", "redeem", "discount code")),
        ("- Identity check of landlords who let more than two flats", ("user", "verify", "identity")),
        ("- Visits per page and country in a chart", ("system", "count", "visit")),
        ("- Credit score from the bureau Crefo", ("system", "fetch", "credit score")),
        ("- Lessons are playable on a phone", ("user", "play", "lesson")),
        ("- Buddy matching", ("system", "match", "buddy")),
    ],
)
def test_nouns_and_fragments(text: str, deed: tuple[str, str, str]) -> None:
    assert deed in deeds(f"# Works\n\nOur people use it daily.\n\n## Features\n\n{text}\n")


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Member lists come from a CSV each night.", ("system", "import", "member list")),
        ("Changes reach HubSpot within a minute.", ("system", "sync", "change")),
        ("The visitor's name appears on the screen at the gate.", ("system", "show", "name")),
        ("The radio app fetches episodes from us.", ("system", "serve", "episode")),
        ("A tracker sends its position once a minute.", ("tracker", "ingest", "position")),
        ("A meter measures temperature, humidity and pressure.", ("meter", "ingest", "measurement")),
        ("Parents can allow another adult to come.", ("parent", "allow", "adult")),
        ("Finance wants a file for the tax office each month.", ("system", "export", "file")),
        ("The partner would like a feed of prices.", ("system", "share", "feed")),
        ("Sellers get their money a week after the fair.", ("system", "pay", "seller")),
        ("Buyers get a new voucher by mail.", ("system", "send", "voucher")),
        ("An order above 900 euros needs approval of the owner.", ("owner", "approve", "order")),
        ("Photos are kept for 30 days.", ("system", "delete", "photo")),
    ],
)
def test_flows_needs_and_ends(text: str, deed: tuple[str, str, str]) -> None:
    assert deed in deeds(f"# Works\n\n{text}")


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Invoices are kept for 10 years.", "delete"),
        ("Payments: 7,000 a day.", "pay"),
        ("Contracts and payments: six years for the tax office.", "pay"),
        ("Bookings come from our own website and by phone.", "import"),
        ("The listing isn't visible until then.", "view"),
        ("No exports, no search.", "search"),
        ("A guest searches for a room. We count 600 searches a day.", "run"),
        ("- Load test with 900 users", "run"),
    ],
)
def test_what_a_noun_does_not_tell(text: str, verb: str) -> None:
    assert verb not in {v for _, v, _ in deeds(f"# Works\n\nOur people use it daily.\n\n{text}")}


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("It shall reject every form that came before and sort each letter.", ("system", "reject", "form")),
        ("The quotation goes to the customer by mail.", ("system", "send", "quotation")),
        ("The ticket must be in their inbox within a minute.", ("system", "send", "ticket")),
        ("A fault report has to be with the night nurse in ten minutes.", ("system", "send", "fault report")),
        ("Suppliers send us a delivery note for each pallet.", ("system", "receive", "delivery note")),
        ("A decision is published on Monday. Students can appeal within a week.", ("student", "appeal", "decision")),
        ("Members book a court. They can cancel until noon.", ("member", "cancel", "court")),
        ("Register prints a slip, then stores the receipt.", ("register", "print", "slip")),
        ("Guards lock a gate. Editors open these at seven.", ("editor", "open", "gate")),
        ("As a driver I want a reminder when the permit ends.", ("system", "send", "reminder")),
        ("The bank wants the statements printed.", ("system", "print", "statement")),
        ("Owners of the hall can see any time where their key is.", ("owner", "track", "key")),
        ("When the hospital hands over a sample, every nurse hears it.", ("system", "receive", "sample")),
        ("A change of a price requires approval of the owner.", ("owner", "approve", "price")),
        ("Renewal and cancellation of a permit shall be possible.", ("user", "renew", "permit")),
        ("A clerk shall create a waybill by hand or receive it from the depot.", ("clerk", "receive", "waybill")),
        ("Goods, and everything else named in a waybill, shall be screened.", ("system", "screen", "goods")),
        ("Guests book a room. On Monday we charge everybody for the week.", ("system", "charge", "guest")),
        ("- A clerk lodges a visa.\n- F2 (M) Amending or withdrawing after lodging.", ("user", "amend", "visa")),
        ("So: I look up a song and hand it out.", ("user", "look up", "song")),
        (
            "Some villages (mills, schools) have halls that stand empty. A guard unlocks them.",
            ("guard", "unlock", "hall"),
        ),
    ],
)
def test_what_the_system_or_a_passage_asks_for(text: str, deed: tuple[str, str, str]) -> None:
    assert deed in deeds(f"# Works\n\nOur people use it daily.\n\n{text}")


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("## The problem\n\nMaria opens the letter and writes a slip.", "open"),
        ("How it is today. Maria opens the letter and writes a slip.", "write"),
        ("At the moment Pavel prints the slips by hand.", "print"),
        ("This does not cover course delivery, printing, or refunds.", "refund"),
        ("Delay messages are queued at the depot.", "delay"),
        ("A refund that was booked twice is bad.", "refund"),
        ("1,210 lamps are installed.", "install"),
        ("1. Who we are\n\nRosa opens the letter.\n\n2. Plan\n\nWe want more.", "open"),
        ("A parcel got scanned by two clerks.", "scan"),
        ("Upload of papers (mark sheets, photo) by students.", "mark"),
    ],
)
def test_what_is_told_of_today_or_described_is_no_deed(text: str, verb: str) -> None:
    assert verb not in {v for _, v, _ in deeds(f"# Works\n\nOur people use it daily.\n\n{text}")}


@pytest.mark.parametrize("text", ["Pavel must print the slips.", "A clerk wants to print the slips."])
def test_under_the_problem_a_wish_is_still_a_deed(text: str) -> None:
    assert "print" in {v for _, v, _ in deeds(f"# Works\n\nOur people use it daily.\n\n## The problem\n\n{text}")}
