"""Each rule of the load arithmetic on a sentence of its own, none of them from the corpus."""

import pytest
from tests.derive.saying import Said, entity, has, operation


def test_visits_times_pages() -> None:
    said = Said("We have 20,000 visits a day and 80,000 on a Friday in December.\nAbout 9 pages per visit.")
    said.number("20,000 visits a day", "visits", 20000, "per day")
    said.number("80,000 on a Friday in December", "visits", 80000, "per day", peak=True)
    said.number("About 9 pages per visit", "pages", 9, "ratio", "ratio", subject="visit")
    found = said.things("article").does("visitor", "read", "article", "query").derive()
    has(found, 20000 * 9 / 86400, "rps")
    has(found, 80000 * 9 / 86400, "rps")
    assert found.workload.peak.value > 80000 * 9 / 86400


def test_pages_are_assumed_where_only_visits_are_stated() -> None:
    said = Said("The site has 30,000 visits a day.").number("30,000 visits a day", "visits", 30000, "per day")
    found = said.things("page").does("visitor", "read", "page", "query").derive()
    assert found.workload.average.value > 30000 / 86400


def test_season_multiplies_the_load_before_it() -> None:
    said = Said("We take 400 reservations a day, three times that in summer.")
    said.number("400 reservations a day", "reservations", 400, "per day")
    said.number("three times", "reservation", 3, "ratio", "ratio")
    found = said.actor("guest").things("reservation").does("guest", "make", "reservation").derive()
    has(found, 400 * 3 / 86400, "per second")


@pytest.mark.parametrize(("quote", "seconds"), [("within 20 minutes", 1200), ("in 90 seconds", 90)])
def test_count_within_a_window(quote: str, seconds: float) -> None:
    said = Said(f"The alert goes out to 360,000 phones {quote}, all of them are sent by us.")
    said.number("360,000 phones", "phones", 360000, "phones", "load")
    found = said.things("alert").does("system", "send", "alert", "event").derive()
    has(found, 360000 / seconds, "per second")


def test_best_minutes_elide_the_noun() -> None:
    said = Said("We sell 90,000 tickets in the evening, of which 30,000 in the busiest ten minutes.")
    said.number("90,000 tickets", "tickets", 90000, "tickets")
    said.number("30,000 in the busiest ten minutes", "tickets", 30000, "tickets", peak=True)
    found = said.actor("fan").things("ticket").does("fan", "buy", "ticket").derive()
    has(found, 50, "per second")


def test_share_between_two_times() -> None:
    said = Said("There are 6,000 bookings a day. 50% of bookings come between 8:00 and 9:00.")
    said.number("6,000 bookings a day", "bookings", 6000, "per day")
    said.number("50% of bookings", "bookings", 50, "percent", "load")
    found = said.actor("rider").things("booking").does("rider", "place", "booking").derive()
    has(found, 6000 * 0.5 / 3600, "per second")


def test_interval_times_devices_times_values() -> None:
    said = Said(
        "500 farms use 12 sensors each. A sensor reports once every 30 seconds, three readings of 40 bytes per reading."
    )
    said.number("500 farms", "farms", 500, "sites", "population")
    said.number("12 sensors each", "sensors", 12, "ratio", "ratio", subject="farm")
    said.number("once every 30 seconds", "report", 30, "s", "load", subject="sensor")
    said.number("three readings", "readings", 3, "ratio", "ratio")
    said.number("40 bytes per reading", "reading", 40, "bytes", "size", subject="reading")
    found = said.things("farm", "sensor", "reading").does("sensor", "report", "reading", "stream").derive()
    has(found, 6000, "sensors")
    has(found, 6000 * 3 / 30, "per second")


def test_save_every_seconds_for_those_at_work_at_once() -> None:
    said = Said("Up to 4,000 candidates write at the same moment. Each draft is saved every 10 seconds.")
    said.number("4,000 candidates", "candidates", 4000, "users", "load", peak=True)
    said.number("every 10 seconds", "draft", 10, "s", "load", subject="save")
    found = said.actor("candidate").things("draft").does("candidate", "save", "draft").derive()
    has(found, 400, "per second")
    assert operation(found, "save-draft").peak.value == pytest.approx(400)


def test_growth_of_a_population_carries_on() -> None:
    said = Said("150 owners use 4 meters each; we expect three times as many owners in two years.")
    said.number("150 owners", "owners", 150, "users", "population")
    said.number("4 meters each", "meters", 4, "ratio", "ratio", subject="owner")
    said.number("three times", "owners", 3, "ratio", "growth")
    found = said.things("owner", "meter").does("meter", "report", "reading", "stream").derive()
    has(found, 450, "users")
    has(found, 1800, "meters")


def test_growth_that_points_back() -> None:
    said = Said("Today 2 million API requests a month, expect ten times that.")
    said.number("2 million API requests a month", "API requests", 2e6, "per month", status="current")
    said.number("expect ten times", "expect", 10, "ratio", "growth")
    found = said.things("quote").does("client", "request", "quote", "query").derive()
    has(found, 2e7 / 2.63e6, "rps")


def test_target_replaces_todays_figure() -> None:
    said = Said("Now 300 parcels a day. In a year we want 9,000 parcels a day.")
    said.number("300 parcels a day", "parcels", 300, "per day", status="current")
    said.number("9,000 parcels a day", "parcels", 9000, "per day")
    found = said.actor("shop").things("parcel").does("shop", "register", "parcel").derive()
    assert operation(found, "register-parcel").average.value == pytest.approx(9000 / 86400)


def test_rate_for_each_of_a_population() -> None:
    said = Said("Three insurers ask for prices, about 40 requests per minute each.")
    said.number("Three insurers", "insurers", 3, "insurers", "population")
    said.number("40 requests per minute each", "requests", 40, "per minute")
    found = said.things("insurer", "price").does("insurer", "get", "price", "query").derive()
    has(found, 2, "rps")


def test_conversion_keeps_the_period_of_its_base() -> None:
    said = Said("There are 12,000 searches a day; 1 in 40 ends in an enquiry.")
    said.number("12,000 searches a day", "searches", 12000, "per day")
    said.number("1 in 40", "end", 40, "ratio", "ratio")
    found = said.actor("buyer").things("enquiry").does("buyer", "send", "enquiry").derive()
    has(found, 300, "per day")


def test_reminders_before() -> None:
    said = Said("About 200 lessons a day. We send reminders by mail three days, one day and two hours before.")
    said.number("200 lessons a day", "lessons", 200, "per day")
    said.things("lesson", "reminder").does("system", "send", "reminder", "event", "reminders by mail")
    has(said.derive(), 600, "per day")


def test_load_per_site() -> None:
    said = Said("We run 40 clinics with 2,000 visits by patients a day; 2,000 checks a day.")
    said.number("40 clinics", "clinics", 40, "sites", "population")
    said.number("2,000 checks a day", "checks", 2000, "per day")
    has(said.things("clinic", "check").does("nurse", "record", "check").derive(), 50, "per day")


def test_files_by_stock_and_by_inflow() -> None:
    said = Said(
        "We list 5,000 houses with 20 pictures per house, 1.5 MB each.\n"
        "Each month 300 reports, 4 MB each, kept 10 years."
    )
    said.number("5,000 houses", "houses", 5000, "houses", "population")
    said.number("20 pictures per house", "pictures", 20, "ratio", "ratio", subject="house")
    said.number("1.5 MB", "picture", 1.5, "MB", "size")
    said.number("300 reports", "reports", 300, "per month")
    said.number("4 MB", "report", 4, "MB", "size")
    said.number("kept 10 years", "report", 10, "years", "retention", subject="report")
    said.things("house", "picture").thing("report", ("file",)).does("agent", "upload", "report")
    found = said.derive()
    has(found, 5000 * 20 * 1.5e6 / 1e9, "GB")
    has(found, 300 * 12 * 4e6 / 1e9, "GB")
    has(found, 300 * 120 * 4e6 / 1e9, "GB")


def test_stream_storage_by_retention() -> None:
    said = Said("We get 2 billion events a day. An event has 200 bytes. Events are kept 30 days.")
    said.number("2 billion events a day", "events", 2e9, "per day")
    said.number("200 bytes", "event", 200, "bytes", "size", subject="event")
    said.number("kept 30 days", "events", 30, "days", "retention", subject="event")
    found = said.thing("click event").does("device", "send", "event", "stream").derive()
    has(found, 2e9 / 86400, "per second")


def test_budget_as_share_of_payers_times_price() -> None:
    said = Said("The plan costs 12 EUR a month. 2,000 paying members. Hosting may cost at most 10% of revenue.")
    said.number("12 EUR a month", "plan", 12, "EUR per month", "other")
    said.number("2,000 paying members", "members", 2000, "users", "population")
    said.number("at most 10% of revenue", "revenue", 10, "percent", "budget")
    has(said.actor("member").things("member", "plan").derive(), 2400, "EUR per month")


def test_daily_active_users_are_visits() -> None:
    said = Said("We plan for 50,000 daily active users.").number(
        "50,000 daily active users", "daily active users", 50000, "users", "population"
    )
    found = (
        said.actor("user").things("note").does("user", "write", "note").does("user", "list", "note", "query").derive()
    )
    assert found.workload.average.value > 50000 / 86400
    assert float(found.workload.users.value) == 50000


def test_fifty_colleagues_are_no_million_consumers() -> None:
    inside = Said("50 employees write travel requests.").number("50 employees", "employees", 50, "users", "population")
    inside.actor("employee", internal=True).things("request").does("employee", "write", "request")
    outside = Said("1,000,000 customers write reviews.").number(
        "1,000,000 customers", "customers", 1e6, "users", "population"
    )
    outside.actor("customer").things("review").does("customer", "write", "review")
    small, large = inside.derive(), outside.derive()
    assert small.workload.peak.value < 1 < 50 < large.workload.peak.value
    assert small.targets.availability.value < large.targets.availability.value


def test_peak_factor_is_taken_from_the_brief() -> None:
    said = Said("864,000 votes a day. Peak factor 7 over the mean.").number(
        "864,000 votes a day", "votes", 864000, "per day"
    )
    said.number("Peak factor 7", "peak factor", 7, "ratio", "ratio")
    found = said.actor("voter").things("vote").does("voter", "cast", "vote").derive()
    assert operation(found, "cast-vote").peak.value == pytest.approx(70)


def test_a_stated_load_without_operation_gets_one() -> None:
    said = Said("120 vans report their positions every 5 seconds.").number(
        "120 vans", "vans", 120, "vans", "population"
    )
    said.number("every 5 seconds", "position", 5, "s", "load", subject="van")
    found = said.things("van").derive()
    has(found, 24, "per second")
    assert entity(found, "position").rows_per_month.value > 1e6


def test_mails_are_sent_and_not_stored_as_files() -> None:
    said = Said("We send 90 million mails a month, a mail is 60 KB.").number(
        "90 million mails a month", "mails", 9e7, "per month"
    )
    said.number("a mail is 60 KB", "mail", 60, "KB", "size")
    found = said.things("mail").does("system", "send", "mail", "event").derive()
    has(found, 9e7 * 60e3 / 1e12, "TB")
    assert not found.workload.blobs_1y.value and found.workload.egress.value > 5e12


def test_what_is_only_counted_is_not_kept() -> None:
    said = Said("1 billion impressions a day. Impressions: only counts per site are required, no raw storage.")
    said.number("1 billion impressions a day", "impressions", 1e9, "per day").things("impression")
    found = said.does("system", "receive", "impression", "stream").derive()
    kept = entity(found, "impression").retention
    assert kept is not None and kept.value < 0.1


@pytest.mark.parametrize("who", ["agent", "host", "editor"])
def test_agents_and_hosts_are_people(who: str) -> None:
    said = Said(f"There are 4,000 workspaces with 8 {who}s each. A {who} views a ticket.").actor(who)
    said.number("4,000 workspaces", "workspaces", 4000, "workspaces", "population")
    said.number(f"8 {who}s each", f"{who}s", 8, "ratio", "ratio", subject="workspace")
    found = said.things("ticket", "workspace").does(who, "view", "ticket", "query").derive()
    assert found.workload.users.value == pytest.approx(32_000)
