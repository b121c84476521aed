"""Contradictions: each rule with texts that it must find, and near ones in which it must find nothing."""

import pytest
from tests.elicit.reading import CATALOGUE, requirements
from tests.elicit.work import steps

from archsmith.elicit.conflicts import RULES
from archsmith.elicit.conflicts.figures import ID as FIGURES
from archsmith.elicit.conflicts.opposed import OPPOSED, opposed_rules
from archsmith.elicit.conflicts.technology import LICENCES
from archsmith.elicit.technologies import TECH_NAMES
from archsmith.model.requirements import NumberStatus

FINDS = [
    ("CFL101", "Availability must be 99.99%. Everything runs on a single server."),
    ("CFL101", "Uptime of 99.95% is required.\n\nThere is one VM only, no redundancy."),
    ("CFL102", "The service must be available 99.999% of the time. It is hosted in one availability zone."),
    ("CFL102", "We need 99.99% availability. There will be no second data centre."),
    ("CFL103", "Availability must be 99.95%.\n\nA maintenance window is held every Sunday, 2-6 am."),
    ("CFL103", "Uptime is 99.9%. The site is down for maintenance for 2 hours every week."),
    ("CFL111", "No data loss is acceptable. A backup is made every night."),
    ("CFL111", "RPO of 15 minutes. Backups are taken daily."),
    ("CFL111", "RPO: 0.\n\nThe database is dumped weekly as a backup."),
    ("CFL121", "All data must stay in the EU.\n\nThe servers run in us-east-1."),
    ("CFL121", "Patient records must be stored in Germany. Transcription is done by a US-only service."),
    ("CFL121", "Data must remain in the United States. We already booked machines in eu-central-1."),
    ("CFL131", "We must use PostgreSQL. Later on page 4: PostgreSQL is not allowed."),
    ("CFL131", "No Kafka, please. The integration team insists that events must go through Kafka."),
    ("CFL132", "No public cloud, please.\n\nPictures must be stored in Amazon S3."),
    ("CFL132", "Everything must run on-premises only. Jobs must be queued with SQS."),
    ("CFL133", "We want no vendor lock-in. The data must be kept in DynamoDB."),
    ("CFL134", "Hosting may cost 200 euros a month. We must use Oracle Database 19c."),
    ("CFL134", "Open-source software only. Reports must run on SQL Server."),
    ("CFL141", "Phase 1 goes live in June 2026. Phase 2 goes live in March 2026."),
    ("CFL141", "The launch is in Q1 2027. The pilot starts in September 2027."),
    ("CFL142", "Shops upload their sales between 01:00 and 05:00. The revenue report is finished by 04:00."),
    ("CFL151", "Out of scope: loyalty cards.\n\nThe shop must offer loyalty cards."),
    ("CFL151", "# Must\n\n- Gift vouchers\n- Search\n\n# Not in scope\n\n- Gift vouchers"),
    ("CFL201", "Stock must be shown in real time. The stock is updated by a nightly export from the ERP."),
    ("CFL201", "Buyers see prices live.\n\nPrices come once a day as a CSV file from the wholesaler."),
    ("CFL202", "It must run on-premises. The logic is written as serverless functions."),
    ("CFL203", "No Kubernetes. Please deliver a Helm chart."),
    ("CFL204", "Bookings are never deleted. Customers can have their data erased: we honour the right to erasure."),
    ("CFL204", "Nothing is ever deleted. Deletion requests are answered within 30 days."),
    ("CFL205", "The survey must be anonymous. Managers get a report with the answers per employee."),
    ("CFL206", "Selling seats must work offline. A seat must never be sold twice: no overbooking of seats."),
    ("CFL207", "We do not store personal data. The form stores e-mail address and date of birth."),
    ("CFL208", "Messages are end-to-end encrypted. Moderators get the messages scanned for abuse."),
    ("CFL209", "Entries in the audit log are immutable. Admins can delete entries in the log."),
    ("CFL210", "There must be zero downtime. A maintenance window is planned each month for the upgrade."),
    ("CFL211", "Members must be able to book without an account. Members log in with a password."),
    (FIGURES, "We expect 2,000 orders per day. The rest is routine. We expect 5,000 orders per day."),
    (FIGURES, "The budget is 800 euros a month.\n\n## Cost\n\nHosting may cost 500 USD a month."),
    (
        "CFL152",
        "- RQ-07 (D) Copying an order.\n- RQ-08 (D) Search.\n\nClarification 2: RQ-07 is now mandatory.",
    ),
    (FIGURES, "Uptime must be 99.9%. In the annex, availability of 99.99% is required."),
]
QUIET = [
    ("CFL152", "- RQ-07 Copying an order.\n- RQ-08 is mandatory.\n\nThe answer to RQ-07 is a tick."),
    ("CFL101", "Availability must be 99.99%. The loss of a single server must not be noticed."),
    ("CFL101", "Availability of 99% is enough. Everything runs on a single server."),
    ("CFL101", "Uptime of 99.95% is required. No single server may carry more than half of the load."),
    ("CFL102", "We need 99.99% availability, also if one data centre fails."),
    ("CFL103", "Availability must be 99.5%. A maintenance window of 30 minutes is held every month."),
    ("CFL103", "Uptime is 99.9% from 8 am to 9 pm. The site is down for maintenance for 2 hours every Sunday."),
    ("CFL103", "Uptime is 99.9%, the weekly maintenance window of 2 hours excluded."),
    ("CFL103", "Uptime is 99.9%. Four batch windows a week take 8 hours each."),
    ("CFL111", "At most 24 hours of data may be lost. A backup is made every night."),
    ("CFL111", "RPO of 15 minutes. Backups are taken daily beside a synchronous standby."),
    ("CFL121", "All data must stay in the EU. The servers run in eu-central-1."),
    ("CFL121", "All data must stay in the EU. Customers in the United States can order, too."),
    ("CFL121", "All data must stay in the EU. Nothing may be hosted in us-east-1."),
    ("CFL131", "We must use PostgreSQL. MySQL is not allowed."),
    ("CFL132", "No public cloud, please. Files must be stored in MinIO."),
    ("CFL132", "No public cloud, please. Today pictures lie in Amazon S3; they move to our machines."),
    ("CFL133", "We want no vendor lock-in. The data must be kept in PostgreSQL."),
    ("CFL134", "Hosting may cost 5,000 euros a month. We must use Oracle Database 19c."),
    ("CFL134", "Hosting may cost 200 euros a month. Today we run Oracle Database 19c."),
    ("CFL141", "Phase 1 goes live in March 2026. Phase 2 goes live in June 2026."),
    ("CFL141", "The launch is in Q1 2028. The pilot starts in September 2027."),
    ("CFL142", "Shops upload their sales between 01:00 and 05:00. The revenue report is finished by 07:00."),
    ("CFL151", "Out of scope: loyalty cards.\n\nThe shop must offer gift cards."),
    ("CFL151", "The meters are not part of this project.\n\nThe service shall support 400,000 meters."),
    ("CFL201", "Couriers are shown in real time. Invoices are exported to the ERP by a nightly batch."),
    ("CFL202", "Today it runs on-premises. We will move to serverless functions."),
    ("CFL203", "We already run Kubernetes. Please deliver a Helm chart."),
    ("CFL204", "Invoices are kept for ten years. Customers can delete their account."),
    ("CFL205", "Anonymous visitors can browse the catalogue. Managers get a report of sales per employee."),
    ("CFL206", "Check-in must work offline. Seats are booked on-line and must never be double-booked."),
    ("CFL207", "We do not store personal data longer than 30 days. The form stores the e-mail address."),
    ("CFL208", "Messages are end-to-end encrypted. Customers can search the catalogue."),
    ("CFL209", "Entries in the audit log are immutable. Admins can delete users."),
    ("CFL210", "There must be zero downtime. Deployments happen at night."),
    ("CFL211", "Guests can order without an account. Staff log in with a password."),
    (FIGURES, "We expect 2,000 orders per day. In the season we expect 5,000 orders per day at the peak."),
    (FIGURES, "There are 500 users today. Next year there will be 900 users."),
    (FIGURES, "We expect 1,000 orders per day. That is about 30,000 orders per month."),
    (FIGURES, "We have 40 shops in Spain. We have 12 shops in Portugal."),
    (FIGURES, "Availability of 99.9% is enough. The API must be available 99.99% of the time for partners."),
    (FIGURES, "About 10,000 users are expected. All 10,400 users get a mail."),
]


@pytest.mark.parametrize(("rule", "text"), FINDS)
def test_contradictions_are_found_with_both_places(rule: str, text: str) -> None:
    found = [c for c in requirements(text).conflicts if c.rule == rule]
    assert found, [c.rule for c in requirements(text).conflicts]
    one, two = found[0].spans
    assert (one.line, one.column) != (two.line, two.column)
    assert all(span.quote in text for span in found[0].spans)
    assert len(found[0].resolution) > 20


@pytest.mark.parametrize(("rule", "text"), QUIET)
def test_what_only_sounds_like_a_contradiction(rule: str, text: str) -> None:
    assert [c for c in requirements(text).conflicts if c.rule == rule] == []


def test_each_rule_is_documented_once_and_has_texts_for_both_sides() -> None:
    rules = [*RULES, *opposed_rules(CATALOGUE)]
    ids = [r.id for r in rules]
    assert ids == sorted(set(ids))
    assert all(r.title and r.why.endswith(".") for r in rules)
    for texts in (FINDS, QUIET):
        assert {rule for rule, _ in texts} == {*ids, FIGURES}


def test_data_of_the_rules() -> None:
    assert set(CATALOGUE.table(LICENCES)) <= set(CATALOGUE.table(TECH_NAMES))
    for row in CATALOGUE.table(OPPOSED).values():
        assert row.one.says != row.other.says
        assert row.resolution[0].islower()
        assert not row.resolution.endswith(".")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("There are 500 stores.\n\nCorrection: 300 stores.", 500, 300),
        ("We have 200 stores. Sorry, I meant 260 stores.", 200, 260),
        ("Confirm within 15 minutes.\n\nPS: it is 10 minutes, not 15, before the next one is called.", 15, 10),
        ("The log is kept for 3 years.\n\nThe log is kept for 5 years instead of 3 years.", 3, 5),
        ("4.2 Readings shall be retained for 25 months.\n\n4.3 It shall be quick.\n\n# Clarifications\n\nThe retention"
         " of readings in 4.2 should have read 13 months. The figure of 25 months is withdrawn.", 25, 13),
        ("Upon 20,000 signatures it is debated.\n\n*Corrigendum.* For “20,000 signatures” read “25,000 signatures”.",
         20_000, 25_000),
        ("**US-06** Up to 30 players in a room.\n\nEdit: US-06, the limit is 50 now.", 30, 50),
        ("The log is kept for 3 years.\n\nThe text says 3 years and Annex C says 5 years. The Annex is right.", 3, 5),
        ("> We have 400 stores.\n\nNo, we have 900 stores.", 400, 900),
        ("From: Ann\nDate: 3 March 2026\n\nWe have 200 stores.\n\nFrom: Bob\nDate: 9 March 2026\n\nWe have 260 stores.",
         200, 260),
        ("From: Ann\nDate: 9 March 2026\n\nWe have 200 stores.\n\nFrom: Bob\nDate: 3 March 2026\n\nWe have 260 stores.",
         260, 200),
        ("In the slides it says 210,000 patients. There are 160,000 patients.", 210_000, 160_000),
        ("The fee is capped at €12.\n\nThe new terms cap the fee at €15. Please disregard the twelve above.", 12, 15),
        ("EX-1 Mail leaves in 20 seconds.\n\nClarification: EX-1 said 20 seconds. It has been relaxed to 30 seconds.",
         20, 30),
        ("The peak is 21k sessions at the same time.\n\nErrata: the peak is 26k not 21k, and video is 410 MB.", 21_000,
         26_000),
        ("We are seven technicians. No, sorry, one went, so six.", 7, 6),
        ("All 3,800 pods get the flags.\n\npods is 5,200 after the split, not 3.8k", 3800, 5200),
    ],
)  # fmt: skip
def test_a_figure_that_the_brief_takes_back_is_superseded(text: str, old: float, new: float) -> None:
    req = requirements(text)
    status = {n.value: n.status for n in req.numbers}
    assert status[old] is NumberStatus.SUPERSEDED
    assert status[new] is NumberStatus.TARGET
    assert any(c.rule == FIGURES for c in req.conflicts)


@pytest.mark.parametrize(
    "text",
    [
        "There are 500 stores, not only 300 customers.",
        "A claim is paid within 15 days. A note is answered within 10 minutes.",
        "# Answers\n\nThe tender closes on 3 May. We have 40 stores.\n\n# Volumes\n\nThere are 12 trucks.",
    ],
)
def test_other_figures_stay(text: str) -> None:
    assert {n.status for n in requirements(text).numbers} <= {NumberStatus.TARGET, NumberStatus.CURRENT}


def test_the_same_text_gives_the_same_conflicts_in_the_same_order() -> None:
    text = "\n\n".join(text for _, text in FINDS)
    first, second = requirements(text).conflicts, requirements(text).conflicts
    assert first == second
    assert len({(c.rule, c.spans) for c in first}) == len(first)


@pytest.mark.parametrize(
    "unit",
    [
        "Correction: 300 stores, not 200. We have 200 stores. ",
        "We must use Kafka and no Kafka. The budget is 100 euros a month. ",
        "# Corrections\n\n4.2 should read 13 months. ",
        "Never deleted. Right to erasure. Offline work. Real-time stock, nightly stock export. ",
    ],
)
def test_work_grows_with_the_length_only(unit: str) -> None:
    assert steps(unit * 96) < 1.25 * 4 * steps(unit * 24)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("Next year we plan 150 fairs a month?? No sorry, 150 fairs a year. A fair has 900 stands.", "month", "year"),
        (
            "Scans are kept 6 months. In the first draft stood that scans are kept for 9 years; forget that one.",
            "year",
            "month",
        ),
    ],
)
def test_a_figure_that_is_recalled_or_turned_falls(text: str, old: str, new: str) -> None:
    found = {n.unit: n.status for n in requirements(text).numbers}
    assert [s for u, s in found.items() if old in u] == [NumberStatus.SUPERSEDED]
    assert NumberStatus.SUPERSEDED not in [s for u, s in found.items() if new in u]
    assert [c.rule for c in requirements(text).conflicts] == [FIGURES]
