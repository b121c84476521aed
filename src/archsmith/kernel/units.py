"""Unit types. A number that crosses a stage has one of these; a bare float never does.

They cost nothing at run time and the type checker holds them apart. Sizes are decimal (1 GB = 1e9 bytes), a day has
86,400 s, a month 2.63 million s (730.5 h), a year 12 months.
"""

from typing import Final, NewType

PerSecond = NewType("PerSecond", float)
"""Events, requests or messages a second."""
Bytes = NewType("Bytes", float)
"""Bytes, decimal multiples."""
BytesPerSecond = NewType("BytesPerSecond", float)
"""Bytes a second."""
BytesPerMonth = NewType("BytesPerMonth", float)
"""Bytes a month (2.63 million seconds)."""
Seconds = NewType("Seconds", float)
"""Seconds; latencies too, never milliseconds."""
Days = NewType("Days", float)
"""Days of 86,400 s."""
Months = NewType("Months", float)
"""Calendar months."""
Hours = NewType("Hours", float)
"""Hours of work or of time."""
HoursPerMonth = NewType("HoursPerMonth", float)
"""Hours of work a month."""
PersonDays = NewType("PersonDays", float)
"""Days of work of one person (8 h)."""
Usd = NewType("Usd", float)
"""US dollars."""
UsdPerMonth = NewType("UsdPerMonth", float)
"""US dollars a month."""
UsdPerHour = NewType("UsdPerHour", float)
"""US dollars an hour."""
Probability = NewType("Probability", float)
"""0 to 1. Availability is one: 0.999, never 99.9."""
Ratio = NewType("Ratio", float)
"""A dimensionless factor or share; 1 is the whole."""
Erlangs = NewType("Erlangs", float)
"""Offered load: arrival rate x service time."""
Utilisation = NewType("Utilisation", float)
"""Share of time that a server is busy, 0 to 1 when stable."""
Count = NewType("Count", float)
"""A number of things (users, rows, instances), which may be an expected value."""

KB: Final = Bytes(1e3)
MB: Final = Bytes(1e6)
GB: Final = Bytes(1e9)
TB: Final = Bytes(1e12)
DAY: Final = Seconds(86_400.0)
MONTH: Final = Seconds(2_630_000.0)
YEAR: Final = Seconds(12 * 2_630_000.0)
HOURS_PER_MONTH: Final = Hours(730.0)
"""Hours that providers bill in a month."""
