"""What follows from stated flows: parts of each whole, busy days, shares of people, bytes a day, sessions."""

import pytest
from tests.derive.saying import Said, entity, has, operation


def test_parts_of_a_whole_give_the_flow_and_one_day_its_peak() -> None:
    said = Said(
        "We hold 140 fairs a year. A usual fair has 2,600 posters and 75 stands. "
        "The largest fair brought 90,000 posters in one day."
    )
    said.number("140 fairs a year", "fairs", 140, "per year")
    said.number("2,600 posters", "posters", 2600, "posters", "population")
    said.number("75 stands", "stands", 75, "stands", "population")
    said.number("90,000 posters in one day", "posters", 90000, "per day")
    found = said.actor("host").things("fair", "poster", "stand").does("host", "hang", "poster", "command").derive()
    has(found, 140 * 2600, "per year")
    has(found, 140 * 75, "per year")
    has(found, 90000 / 86400, "per second")


def test_those_of_a_single_one_are_not_those_of_all() -> None:
    said = Said("There are 1,900 horses. A horse gets about 4 baths a week, some get 12 baths a week.")
    said.number("1,900 horses", "horses", 1900, "horses", "population")
    said.number("about 4 baths a week", "baths", 4, "per week")
    said.number("12 baths a week", "baths", 12, "per week")
    found = said.actor("groom").things("bath").does("groom", "book", "bath").derive()
    assert operation(found, "book-bath").average.value == pytest.approx(1900 * 4 / 604_800, rel=0.01)


def test_a_later_period_corrects_the_earlier() -> None:
    said = Said("We plan 300 tours a month. No sorry, 300 a year.")
    said.number("300 tours a month", "tours", 300, "per month").number("300 a year", "tours", 300, "per year")
    found = said.actor("guide").things("tour").does("guide", "create", "tour").derive()
    assert operation(found, "create-tour").average.value == pytest.approx(300 / 31_557_600, rel=0.01)


def test_a_busy_day_is_not_the_plan() -> None:
    said = Said("We had 5,000 claims a year. After the storm 700 came in on a single day.")
    said.number("5,000 claims a year", "claims", 5000, "per year", status="current")
    said.number("700 came in on a single day", "claims", 700, "per day", peak=True)
    found = said.actor("farmer").things("claim").does("farmer", "file", "claim").derive()
    assert operation(found, "file-claim").average.value == pytest.approx(5000 / 31_557_600, rel=0.01)
    has(found, 700 / 86400, "per second")


def test_share_in_the_last_days() -> None:
    said = Said("We get 300,000 returns a year, 18% of returns come in the last three days.")
    said.number("300,000 returns a year", "returns", 300000, "per year")
    said.number("18% of returns", "returns", 18, "percent", "ratio")
    found = said.actor("payer").things("return").does("payer", "file", "return").derive()
    has(found, 300_000 * 0.18 / 3, "per day")
    assert operation(found, "file-return").peak.value >= 300_000 * 0.18 / 3 / 86400


def test_share_of_them_is_that_of_the_people_before() -> None:
    said = Said("There are 42,000 beekeepers. Beekeepers read reports. About 15% of them do so in spring.")
    said.number("42,000 beekeepers", "beekeepers", 42000, "users", "population")
    said.number("About 15%", "do", 15, "percent", "ratio")
    found = said.actor("beekeeper").things("report").does("beekeeper", "read", "report", "query").derive()
    has(found, 42000 * 0.15, "users")


def test_so_few_a_month_are_of_each() -> None:
    said = Said("There are 70,000 anglers. Anglers receive one licence per month.")
    said.number("70,000 anglers", "anglers", 70000, "users", "population")
    said.number("one licence per month", "licences", 1, "per month")
    found = said.actor("angler").things("licence").does("system", "send", "licence", "event").derive()
    has(found, 70000, "per month")


def test_bytes_a_day_over_the_size_of_one() -> None:
    said = Said("We take in 3 TB of traces a day. A span has 500 bytes. Raw spans are compressed about 5:1.")
    said.number("3 TB of traces a day", "traces", 3, "TB per day")
    said.number("500 bytes", "spans", 500, "bytes", "size")
    found = said.things("span").does("system", "ingest", "span", "stream").derive()
    has(found, 3e12 / 86400 / 1e6, "MB/s")
    has(found, 3e12 / 500 / 86400, "per second")
    assert entity(found, "span").row_bytes.value == pytest.approx(100)


def test_so_many_for_each_of_those_at_it() -> None:
    said = Said("9,000 sessions at the same time. A session lasts 45 minutes. 60 answers per session.")
    said.number("9,000 sessions", "sessions", 9000, "sessions", "load", peak=True)
    said.number("A session lasts 45 minutes", "session", 45, "minutes", "other")
    said.number("60 answers per session", "answers", 60, "answers", "ratio", subject="session")
    found = said.actor("pupil").things("answer").does("pupil", "send", "answer", "command").derive()
    has(found, 9000 * 60 / 2700, "per second")


def test_growth_goes_on_for_years() -> None:
    said = Said("Today it is 80,000 permits a year. Growth of 10% a year for four years.")
    said.number("80,000 permits a year", "permits", 80000, "per year", status="current")
    said.number("Growth of 10% a year", "growth", 10, "percent per year", "growth")
    found = said.actor("clerk").things("permit").does("clerk", "issue", "permit").derive()
    has(found, 80_000 * 1.1**4, "per year")


def test_nobody_plans_for_a_thousandfold() -> None:
    said = Said("There are 14 million cats in the country. We look after 900 cats.")
    said.number("14 million cats", "cats", 14e6, "cats", "population")
    said.number("900 cats", "cats", 900, "cats", "population", status="current")
    said.number("2 checks a month per cat", "checks", 2, "per month", subject="cat")
    said.text += " 2 checks a month per cat."
    found = said.things("check").does("vet", "record", "check").derive()
    assert found.workload.average.value < 1


def test_no_more_files_than_deeds() -> None:
    said = Said("There are 250,000 citizens. We get 9,000 notices a year. Up to 4 sketches.")
    said.number("250,000 citizens", "citizens", 250000, "users", "population")
    said.number("9,000 notices a year", "notices", 9000, "per year")
    said.number("Up to 4 sketches", "photos", 4, "photos", "limit")
    said.actor("citizen").things("notice", "photo").does("citizen", "file", "notice")
    found = said.does("citizen", "upload", "photo").does("citizen", "view", "notice", "query").derive()
    assert operation(found, "upload-photo").average.value <= 4 * 9000 / 31_557_600 * 1.01


def test_a_crowd_does_not_upload_all_day() -> None:
    said = Said("Up to 40,000 viewers at the same time.")
    said.number("40,000 viewers", "viewers", 40000, "users", "load", peak=True)
    said.actor("viewer").things("film", "photo").does("viewer", "watch", "film", "query")
    found = said.does("viewer", "upload", "photo").derive()
    users = found.workload.users.value
    assert operation(found, "upload-photo").average.value <= users * 4 / 2_629_746 * 1.01
