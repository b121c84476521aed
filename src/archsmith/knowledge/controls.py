"""Clauses of laws and standards, in our own words, and the measures that answer them."""

from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class Clause(Value, frozen=True, kw_only=True):
    """A clause of one or more regimes.

    It applies where all tags of `when` hold and, if `any` is not empty, one of those. `measures` are the parts of a
    design that answer it; `evidence` is what must be shown before it may be called met. `hosted_page`: whether a PCI
    DSS clause still applies where the payment provider hosts the payment page. `level`: addressable or proposed, empty
    where it binds.
    """

    id: str
    regimes: tuple[str, ...]
    clause: str
    asks: str
    measures: tuple[str, ...]
    evidence: str
    when: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    hosted_page: bool = True
    level: str = ""
    confidence: str = "high"


_FILES: Final = (
    ("gdpr", ("GDPR", "UK GDPR")),
    ("hipaa", ("HIPAA",)),
    ("pci_dss", ("PCI DSS",)),
    ("soc2", ("SOC 2",)),
    ("iso27001", ("ISO 27001",)),
    ("ccpa", ("CCPA", "CPRA")),
    ("coppa", ("COPPA",)),
    ("ferpa", ("FERPA",)),
    ("dora", ("DORA",)),
    ("nis2", ("NIS2",)),
    ("glba", ("GLBA",)),
    ("psd2", ("PSD2",)),
    ("eprivacy", ("ePrivacy",)),
    ("accessibility", ("WCAG", "ADA", "Section 508", "EN 301 549")),
    ("messaging", ("CAN-SPAM", "CASL", "TCPA")),
    ("sox", ("SOX",)),
)
"""Files of `data/controls` and the names of the regimes they speak of: only those of a design are read."""

TABLES: Final = {name: Table(f"controls/{name}", Clause) for name, _ in _FILES}
"""A table of clauses for each file, by its name."""


def clauses(catalogue: Catalogue, regime: str) -> tuple[Clause, ...]:
    """The clauses of a regime as a brief names it (`WCAG 2.1 AA`), in the order of its file; none if unknown."""
    found = next((file for file, names in _FILES if any(is_named(regime, n) for n in names)), None)
    if found is None:
        return ()
    return tuple(c for c in catalogue.table(TABLES[found]).values() if any(is_named(regime, r) for r in c.regimes))


def is_named(said: str, name: str) -> bool:
    """Whether `said` is the regime `name`, perhaps with a version behind it. Case, spaces and hyphens do not count.

    >>> is_named("WCAG 2.1 AA", "WCAG"), is_named("PCI-DSS 4.0.1", "PCI DSS"), is_named("UK GDPR", "GDPR")
    (True, True, False)
    """
    low, want = _plain(said), _plain(name)
    return low.startswith(want) and not low[len(want) : len(want) + 1].isalpha()


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold().replace("/iec", "") if c.isalnum())
