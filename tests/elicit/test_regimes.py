"""Laws that the facts of a brief imply, with reason and confidence, and those that they do not."""

import pytest
from tests.elicit.reading import requirements

from archsmith.model.requirements import RegimeStatus

R, C = RegimeStatus.REQUIRED, RegimeStatus.CONDITIONAL


@pytest.mark.parametrize(
    ("text", "regime", "status"),
    [
        ("Customers in Texas pay by card.", "PCI DSS", R),
        ("Customers in Lyon order flowers on our online shop.", "PCI DSS", C),
        ("Customers in Lyon order flowers on our online shop.", "European Accessibility Act", C),
        ("Patients in Ohio book a visit with their doctor.", "HIPAA", R),
        ("Children under 13 in the United States play quizzes.", "COPPA", R),
        ("Pupils of a school district in Oregon hand in homework.", "FERPA", R),
        ("Pupils of a school district in Oregon hand in homework.", "student privacy law", C),
        ("Members in Berlin book courts.", "GDPR", R),
        ("Members in Thuringia book courts.", "GDPR", R),
        ("Guests in Ghent buy a print with Bancontact or card.", "PCI DSS", R),
        ("Keep us out of PCI scope.", "PCI DSS", RegimeStatus.EXCLUDED),
        ("The Digital Personal Data Protection Act applies.", "DPDP Act", R),
        ("Workers in Illinois clock in with a fingerprint.", "BIPA", R),
        ("Brokers in Portugal lodge import declarations for clients.", "Union Customs Code", R),
        ("Buyers in Italy are screened against the sanctions list.", "EU sanctions regulations", C),
        ("Authors in Spain get royalties twice a year.", "withholding tax rules", C),
        ("Clinics in Ohio want a BAA with us.", "HIPAA", C),
        ("Meetings of the City of Cork, Ireland, are public.", "Official Languages Act", C),
        ("Staff in Portugal report misconduct without a name.", "Whistleblower Directive", C),
        ("Members in Leeds book courts.", "UK GDPR", R),
        ("Members in Leeds pay by direct debit.", "BACS rules", C),
        ("Tenants of our rental houses in Ohio pay by ACH.", "Nacha rules", C),
        ("Tenants of our apartment buildings in Ohio leave security deposits in escrow.", "escrow law", C),
        ("We see the credit report of applicants in Nevada.", "FCRA", C),
        ("Users in Brazil send money by Pix from their wallet.", "BCB rules", C),
        ("Users in Brazil send money by Pix from their wallet.", "LGPD", R),
        ("Buyers in Pune get an invoice.", "GST e-invoicing", R),
        ("Buyers in Pune get an SMS for each order.", "TRAI DLT", C),
        ("Riders in Accra share a car.", "Ghana Data Protection Act", C),
        ("Customers in Osaka order tea.", "APPI", R),
        ("Customers in Istanbul order tea.", "KVKK", R),
        ("Residents of the City of Springfield, Illinois, report potholes.", "public records law", C),
        ("Citizens of Austria sign petitions with their national electronic identity.", "eIDAS", C),
        ("Our hospitals in Sweden share findings of patients.", "NIS2", C),
        ("We supply drinking water in Wales; customers see their use.", "NIS Regulations", C),
        ("As an operator of essential services in England we meter customers.", "NIS Regulations", R),
        ("Sellers in Spain offer used books to buyers; we are a marketplace.", "DAC7", C),
        ("Players in Belgium share the pot of the show.", "gambling law", C),
        ("Users below 18 are not let in; there is an age gate.", "age verification", C),
        ("Trucks in Poland send data of the tachograph.", "tachograph regulation", C),
        ("The works council in Germany must agree to the report on drivers.", "works council agreement", C),
        ("Customers in Spain send photos; machine learning names the plant.", "EU AI Act", C),
        ("Meters are read as the Water Industry Act says.", "Water Industry Act", C),
        ("Documents are kept for 30 years according to § 11 TFG.", "TFG", C),
        ("Pages must conform to EN 301 549.", "EN 301 549", R),
        ("Shops in Austria send hearing aids to be repaired for their customers.", "Medical Device Regulation", C),
        ("Drivers in Germany charge at our charge points.", "calibration law (Eichrecht)", C),
        ("Drivers in Germany charge at our charge points.", "AFIR", C),
        ("VAT must be right for every customer in Spain.", "VAT rules", C),
        ("Nine youngsters under 16 sing in the choir in Leeds.", "Age Appropriate Design Code", C),
        ("Users in Italy buy bitcoin.", "MiCA", C),
        ("Members book courts.", "GDPR", C),
        ("Pensioners in Scotland get their pension each month.", "The Pensions Regulator code", C),
    ],
)
def test_implied_with_a_reason(text: str, regime: str, status: RegimeStatus) -> None:
    found = {r.id: r for r in requirements(text).regimes}
    assert regime in found, sorted(found)
    row = found[regime]
    assert row.status is status
    assert len(row.reason) > 15
    assert 0 < row.confidence < 1
    assert row.why.at.quote in text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "regime"),
    [
        ("Customers in Ohio order flowers and pay cash.", "GDPR"),
        ("Members in Berlin book rooms in places (libraries, town halls, a bakery).", "WCAG"),
        ("Members in Berlin book rooms; the county grant ends in May.", "WCAG"),
        ("Members in Berlin see certificates that are checked by universities.", "WCAG"),
        ("Members in Berlin pay; the money comes through our bank.", "DORA"),
        ("Members in Berlin share pictures; nothing goes to an American cloud.", "CCPA"),
        ("The Digital Personal Data Protection Act applies.", "UK GDPR"),
        ("Students in Lagos sit tests in Spanish and French.", "GDPR"),
        ("Patients in Berlin book a visit.", "HIPAA"),
        ("Pet owners in Ohio book a visit for their dog.", "HIPAA"),
        ("Feature flags are kept per environment; no PII, tenant id only.", "GDPR"),
        ("Videos are watched on any device by customers in France.", "Cyber Resilience Act"),
        ("The works council of the firm in Lyon meets weekly.", "WCAG"),
        ("Dispatchers in Prague see the trucks.", "PCI DSS"),
        ("A vendor in Paris hosts the service for our clients.", "DAC7"),
        ("Riders in Accra share a car. Hosting is in Cape Town.", "POPIA"),
        ("Tenants of our flats in Ohio pay the rent.", "SOC 2"),
        ("Officers follow the Rules of Procedure in Vienna.", "Rules of Procedure"),
    ],
)
def test_not_implied(text: str, regime: str) -> None:
    assert regime not in {r.id for r in requirements(text).regimes}


@pytest.mark.parametrize(
    ("text", "regime", "quote"),
    [
        ("We serve Graz. A member pays by card.", "PSD2", "A member pays by card."),
        ("Members in Leeds book courts.", "UK GDPR", "Leeds"),
        ("Members pay £9.50 a month.", "UK GDPR", "£9.50"),
        (
            "We are the City of Graz, in Austria. Residents report potholes.",
            "WCAG",
            "We are the City of Graz, in Austria.",
        ),
    ],
)
def test_the_quote_is_what_implies_it(text: str, regime: str, quote: str) -> None:
    row = next(r for r in requirements(text).regimes if r.id == regime)
    assert row.why.at.quote.startswith(quote)  # type: ignore[union-attr]
