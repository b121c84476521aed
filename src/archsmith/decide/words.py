"""Figures and names in the sentences of the argument: counted, rounded, without what is nothing."""

import re

from archsmith.kernel.phrases import money, number

_HOURS = 730.0


def figure(value: float) -> str:
    """Three significant digits with thousands separators, never scientific.

    >>> figure(625_830.0), figure(0.2148), figure(2_503_312.0)
    ('626,000', '0.215', '2,500,000')
    """
    return number(float(f"{value:.3g}"))


def span(low: float, high: float) -> str:
    """`from` and `to` of a range of rates."""
    return f"{figure(low)} to {figure(high)}"


def work(hours: float = 0.0, days: float = 0.0, to: str = "to set up") -> str:
    """Hours a month and person-days once; what rounds to nothing is left out.

    >>> work(1.24, 3.0), work(0.0, 1.0), work(0.01)
    ('1.2 h a month, 3 days to set up', '1 day to set up', 'no work of its own')
    """
    parts = [f"{tenth(hours)} h a month"] if round(hours, 1) > 0 else []
    parts += [f"{tenth(days)} {'day' if tenth(days) == '1' else 'days'} {to}"] if round(days, 1) > 0 else []
    return ", ".join(parts) or "no work of its own"


def bill_of(usd: float) -> str:
    """Money a month, or that it costs nothing."""
    return f"{money(usd)} a month" if usd >= 0.005 else "no bill of its own"


def run(usd: float, hours: float) -> str:
    """Money and hours a month; what rounds to nothing is left out.

    >>> run(10.4, 0.5), run(0.0, 2.0)
    ('$10 and 0.5 h of work a month', '2 h of work a month')
    """
    parts = [money(usd)] if usd >= 0.005 else []
    parts += [f"{tenth(hours)} h of work"] if round(hours, 1) > 0 else []
    return f"{' and '.join(parts)} a month" if parts else "no bill and no work of its own"


def pace(rate: float, noun: str) -> str:
    """A rate in the unit that has a whole number in it.

    >>> pace(4_350.15, "message"), pace(0.00278, "message")
    ('4,350 messages/s', '240 messages a day')
    """
    many = f"{noun}es" if noun.endswith("ch") else f"{noun}s"
    return f"{figure(rate)} {many}/s" if rate >= 0.1 else f"{figure(rate * 86_400)} {many} a day"


def cores(value: float) -> str:
    """Cores, where they are more than a rounding error."""
    return f"{figure(value)} cores" if value >= 0.05 else "less than a tenth of a core"


def tenth(value: float) -> str:
    """One decimal below ten, none above.

    >>> tenth(1.24), tenth(3.0), tenth(104.7)
    ('1.2', '3', '105')
    """
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0")


def allowance(availability: float) -> str:
    """What an availability leaves for outages.

    >>> allowance(0.9995), allowance(0.99)
    ('22 min a month', '7.3 h a month')
    """
    hours = (1 - availability) * _HOURS
    return f"{tenth(hours)} h a month" if hours >= 1.5 else f"{tenth(hours * 60)} min a month"


def short(title: str) -> str:
    """A product's name out of a title: up to a dash, colon or comma, at most three words.

    >>> short("Frontrow ticketing - on-sale platform"), short("Deskdrop: desks by the day")
    ('Frontrow ticketing', 'Deskdrop')
    """
    head = re.split(r"\s[-\u2013\u2014]\s|[:,(]", title, maxsplit=1)[0].strip() or title.strip()
    return " ".join(head.split()[:3]) or "Application"
