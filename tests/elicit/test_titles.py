"""The name of the product, however the brief is headed."""

import pytest
from tests.elicit.reading import requirements


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Deskdrop - shared desks in small towns\n\nWe list desks.", "Deskdrop"),
        ("# Fairseat: resale of concert tickets among fans\n\nFans sell tickets.", "Fairseat"),
        ("# Letterbox, newsletters for small publishers\n\nPublishers write.", "Letterbox"),
        ("# Request for Proposal 2025-118: claims portal\n\nBidders describe.", "Claims portal"),
        ("# RFP: Backend for a dog-walking app\n\nOwners book walks.", "Dog-walking app"),
        ("Subject: Re: the ride thing, my thoughts\n\nHi, people share a car.", "Ride thing"),
        ("Project: Night shift planner\n\nNurses swap shifts.", "Night shift planner"),
        ("# Learning platform for Westmark State University\n\nStudents enrol.", "Learning platform"),
        ("# Handover notes: a CRM add-on for field sales reps\n\nReps plan visits.", "CRM add-on"),
        ("# SPECIFICATION: ELECTRONIC BUILDING PERMITS, CITY OF ALDERBROOK\n\nText.", "Electronic building permits"),
        ("# Tidepool\n\nSwimmers book lanes.", "Tidepool"),
    ],
)
def test_title(text: str, title: str) -> None:
    assert requirements(text).title == title


def test_the_tagline_goes_to_the_summary() -> None:
    assert requirements("# Deskdrop - shared desks\n\nWe list desks in towns.").summary.startswith("Shared desks.")
