"""What a brief rules out, in the many ways in which people say so; and what only sounds like it."""

import pytest
from tests.elicit.reading import requirements


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("GIS editing and cashier software are outside the scope of this contract.", "gis editing|cashier software"),
        ("Route planning is beyond the scope of the project.", "route planning"),
        ("Fuel cards are NOT part of it, neither are salaries.", "fuel cards|salaries"),
        ("Certificates are excluded, so are quizzes.", "certificates|quizzes"),
        ("Crypto wallets: out.", "crypto wallet"),
        ("My brother wants stickers for the cars. He is not getting stickers for the cars.", "sticker"),
        ("We do not handle customs papers (import, export) and have no plans to do so.", "customs paper"),
        ("Our cafeteria still serves 300 lunches a day and is none of this project's concern.", "cafeteria"),
        ("A dashboard for shareholders has been asked for; it is not part of this.", "dashboard for shareholders"),
        ("A gift shop was on the list of the board. It is left out.", "gift shop"),
        ("It was asked whether parents may pay by phone; they need not.", "pay by phone"),
        ("Trading partners: perhaps 2031.", "trading partner"),
        ("Not going for a listing in the app stores.", "listing"),
        ("We accept no cheques.", "cheque"),
        ("Not needed: maps, rosters, and please nothing that replaces the radio.", "map|roster|replaces the radio"),
        (
            "## Not wanted\n- our own mail server (we have one)\n- tour planning; drivers have it",
            "mail server|tour planning",
        ),
        (
            "## Non-goals\n- Not a shop. Gift cards: maybe later.\n- Levels stay where they are, in the CRM.",
            "shop|gift card|level",
        ),
        ("## Not now\nVoice calls, stickers and so on\n\nA web app, obviously.", "voice call|sticker|web app"),
        ("Crypto: no.", "crypto"),
        ("Auctions: not now.", "auction"),
        ("Auctions - later.", "auction"),
        (
            "Not planned: live streaming, certificates. Maybe gift vouchers before Christmas.",
            "live streaming|certificates",
        ),
        ("Later, not in this release: commission statements, e-mail tracking.", "commission statement|e-mail tracking"),
        ("Not now: chat, reviews and ratings.", "chat|review|rating"),
        ("Not in scope: payroll; performance reviews.", "payroll|performance review"),
        ("We won't build our own route planning in this release.", "route planning"),
        ("Our own payment gateway isn't part of this.", "payment gateway"),
        ("Loyalty points are planned for next year.", "loyalty point"),
        ("A loyalty programme is planned for 2027.", "loyalty programme"),
        ("Invoicing will come in a second phase.", "invoicing"),
        ("Reports in Excel are not covered for the moment.", "report"),
        ("Eventually we will want a marketplace.", "marketplace"),
        ("QR codes (nice to have, v2).", "qr code"),
        ("- video inspection (not part of this tender)", "video inspection"),
        ("- payroll calculation (not built here)", "payroll calculation"),
        ("No buses, no parcels for now, and please no chat in the app.", "bus|parcel|chat"),
        ("There will be no auctions, no sports events and no crypto in this product.", "auction|sports event|crypto"),
        ("There is no mobile app planned.", "mobile app"),
        ("Cards? Nobody here uses them, skip that.", "card"),
        ("Stock control is handled by another team.", "stock control"),
        ("Translations are somebody else's job.", "translation"),
        ("The web shop is left out.", "web shop"),
        ("Payments have been left out of the first release.", "payment"),
        ("We are not asking for a mobile app.", "mobile app"),
        ("We do not plan to build a chat.", "chat"),
        ("This project does not include a loyalty scheme.", "loyalty scheme"),
        ("The tender does not cover training or hardware.", "training|hardware"),
        ("Subscriptions are deliberately not included.", "subscription"),
        ("Refunds will not be supported in version 1.", "refund"),
        ("Gift cards have been postponed.", "gift card"),
        ("Don't bother with reviews.", "review"),
        ("Ignore invoicing for now.", "invoicing"),
        ("Nobody asked for a chat.", "chat"),
        ("Video calls are off the table.", "video call"),
        ("Refunds and season passes stay in the old system for now.", "refund|season pass"),
        ("The idea of voice control, just ignore it.", "voice control"),
        ("M = mandatory, X = excluded.\n\n- RQ-7 (X) Import, excise.\n- RQ-8 (M) Export of lists.", "import|excise"),
        ("Scoring and raters belong to another team.", "scoring|rater"),
        ("Footpaths are the job of the existing system, which stays.", "footpath"),
        ("It doesn't cover test runs (the browser), item authoring, or payouts.", "test run|item authoring|payout"),
        ("Spare parts no.", "spare part"),
        ("Also the stock of parts leave away, there is a cupboard.", "stock of part"),
        ("Please no scans of the music!", "scans of"),
        ("Contracts: e-signing through the service we pay for, we don't need you to build that.", "e-signing"),
        ("Our accountant's package does the actual filing, we only hand over a file.", "filing"),
        ("The service shall not compute salaries.", "salar"),
        ("Polls below articles, which some editors wanted, were considered and rejected.", "polls below article"),
        (
            "Reviews by firms, and the import of ratings, will be considered at a later stage and do not form part"
            " of the present contract.",
            "reviews by firm|import of rating",
        ),
        (
            "The labelling itself and the packing remain in the lab system and are not object of this tender.",
            "labelling|packing",
        ),
        ("Jo, are we migrating the old photos?\n\nNo!! They stay where they are.", "migrating the old photo"),
        ("Also out: investments and fund accounting, that's the custodian.", "investment|fund accounting"),
        ("not: UI polish. mobile SDK.", "ui polish|mobile sdk"),
        ("Identity checks are done by the programs.", "identity check"),
        ("A consent is given in our mobile banking (not built here).", "mobile banking"),
        ("We'd like a watch app eventually.", "watch app"),
        ("## Later\n\n- leaderboards by city (season 3)\n- chat: no. We tried. No.", "leaderboards by city|chat"),
        (
            "## Phase 2 (not now, but the design should not block it)\n\n- Auctions\n- Logistics booking",
            "auction|logistics booking",
        ),
        ("## Not required\n\n- Own wallet. A headache, we don't want it.", "wallet"),
        (
            "No patient payments in this release; telehealth video is planned for next year.",
            "patient payment|telehealth video",
        ),
    ],
)
def test_ruled_out(text: str, stems: str) -> None:
    found = sorted(e.what.lower() for e in requirements(text).excluded)
    wanted = stems.split("|")
    assert len(found) == len(wanted)
    assert all(any(w.rstrip("s") in f for f in found) for w in wanted), found


@pytest.mark.parametrize(
    "text",
    [
        "Messages shall contain no diagnosis.",
        "I want reminders so that I don't need to phone.",
        "Orders must not be lost.",
        "No data may leave the EU.",
        "Card numbers are not stored.",
        "Passwords must never be logged.",
        "There must be no downtime during exams.",
        "Patients do not need an account.",
        "No user may see the claims of others.",
        "No money may vanish: for each file, sums that were matched or rejected must add up.",
        "The job has no need to be: if it stops at night, it goes on in the morning.",
        "The box has a modem and no public IP.",
        "Drivers see totals only, no names.",
        "No more than 5 people are on call.",
        "The report has no prices.",
        "An order without items is not allowed.",
        "The ledger of today is one table with 2 million rows and no double entry.",
        "We're six developers and no operations person.",
        "Definition of done for the whole thing, no discussion.",
        "We do NOT want card numbers anywhere on our machines.",
        "If the school's internet is out, the tablets go on.",
        "Public cloud is ruled out for production.",
        "One answer counts, no changing your mind.",
        "Our staff: 4 administrators (Linux known; containers not yet), on call by turns.",
        "Customers choose where their data lives, and it does not leave that region.",
        "Approval is done by the manager.",
        "Clarification no. 3 holds.",
        "I don't want so much as a page of it to leak.",
        "Money uses no floating point.",
        "We have no servers of our own.",
        "Messages shall contain no diagnosis and no treatment.",
        "I do not want to see the private calendar.",
    ],
)
def test_a_duty_or_a_ban_is_not_out_of_scope(text: str) -> None:
    assert requirements(text).excluded == ()


def test_a_bracket_in_a_column_rules_out_its_row() -> None:
    table = "| ID | Requirement | Prio |\n|---|---|---|\n| F1 | Users report a claim | A |\n"
    found = requirements(table + "| F7 | Video inspection | C (not part of this tender) |\n").excluded
    assert [e.what for e in found] == ["video inspection"]


def test_the_title_of_a_numbered_section_rules_its_lines() -> None:
    text = "1. Load\nMembers book 300 courts a day.\n\n2. Later\nCoaching by video; gift cards\n\n3. Team\nTwo of us.\n"
    found = requirements(text)
    assert [e.what for e in found.excluded] == ["Coaching by video", "gift cards"]
    assert any(n.value == 300 for n in found.numbers)


def test_a_numbered_item_without_a_title_ends_the_section_before() -> None:
    text = "# Club\n\n1. Later\nCoaching by video\n\n2. Members book courts by phone.\n"
    assert [e.what for e in requirements(text).excluded] == ["Coaching by video"]
