"""Classes of requirements by their meaning, each in several wordings."""

import pytest
from tests.elicit.reading import requirements


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("- A tenant must never see the tickets of another.", "security"),
        ("- Under no circumstances may a clinic read the records of another clinic.", "security"),
        ("- Salaries are readable by HR only.", "security"),
        ("- Only the payroll team may see bank details.", "security"),
        ("- We do not want card numbers anywhere near us.", "security"),
        ("- The system shall not store card numbers.", "security"),
        ("- Positions must not be kept: do not store them longer than 30 days.", "privacy"),
        ("- Claims may contain health information.", "privacy"),
        ("- Use it only while they are on the way.", "privacy"),
        ("- Personal data must not leave the EU.", "compliance"),
        ("- If the core system is down, the portal must nevertheless accept claims.", "availability"),
        ("- It may be down for a morning.", "availability"),
        ("- Reads have to go on during the migration.", "availability"),
        ("- NO redis please.", "constraint"),
        ("- No US-only services.", "constraint"),
        ("- We would rather buy transcoding than run it.", "constraint"),
        ("- Payments over EUR 10,000 need a second signature.", "functional"),
        ("- Under 18s need a parent.", "functional"),
        ("- A list of trips in under two seconds.", "performance"),
        ("- The screens are in German and French.", "localization"),
        ("- A debit must see the latest balance.", "consistency"),
        ("- There must be one place where the stock is known.", "consistency"),
        ("- Both ledgers must agree to the penny.", "consistency"),
        ("- Pages must be available in both official languages.", "localization"),
        ("- The portal must go live by 1 October 2027.", "deadline"),
        ("- An order once accepted by the shop cannot be edited, only cancelled.", "functional"),
        ("- Customers may pin a version for 12 months.", "functional"),
        ("- Anything over 400 dollars needs the owner's approval.", "functional"),
        ("- Please do not store the credit report itself.", "privacy"),
        ("- The box must decide on its own if it cannot reach us for 2 minutes.", "availability"),
    ],
)
def test_class(text: str, kind: str) -> None:
    assert kind in {str(r.kind) for r in requirements(text).requirements}
