"""What somebody means by `D-003`, `cache`, `relational_db`, `kubernetes` or `peak_rps`."""

import difflib
import re
from typing import Final

from archsmith.kernel.findings import Finding, Severity
from archsmith.kernel.ids import DecisionId
from archsmith.model.architecture import Edge, Utility
from archsmith.model.base import Figure
from archsmith.model.decisions import Decision
from archsmith.model.design import Design
from archsmith.render.argument.trace import Known

_NUMBER: Final = re.compile(r"d?-?0*(\d{1,4})", re.IGNORECASE)


EVERY: Final = "figures"
"""The word that asks for the names of all figures."""


def find(what: str, design: Design, known: Known) -> tuple[Decision, ...] | Figure | Known | str | Finding:
    """The decisions or the figure that are meant: by number, dimension, title, component, technology, then figure.

    All figures for `figures`; the name itself where it is that of a row of the catalogue, a control or a threat.
    """
    wanted = _plain(what)
    if wanted == EVERY:
        return known
    rows = design.decisions.decisions
    number = _NUMBER.fullmatch(what.strip())
    by_number = tuple(d for d in rows if number and d.id == f"D-{int(number[1]):03}")
    searches = (
        by_number,
        tuple(d for d in rows if wanted in (_plain(d.dimension), _plain(d.title))),
        _of_component(wanted, design),
        tuple(d for d in rows if wanted in (_plain(d.option), _plain(d.choice))),
        tuple(d for d in rows if d.tech is not None and wanted == _plain(d.tech)),
        tuple(d for d in rows if any(wanted in (_plain(x.option), _plain(x.label)) for x in d.losers)),
    )
    for found in searches:
        if found:
            return found
    name = what.strip()
    if name in known.figures:
        return known.figures[name]
    return name if name in known.rows or name in known.words else _unknown(what, wanted, design, known)


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", words.lower()).strip()


def _of_component(wanted: str, design: Design) -> tuple[Decision, ...]:
    """Decisions behind a component, by its kind or its name: the one that chose its technology, else the first."""
    a = design.architecture
    rows = {d.id: d for d in design.decisions.decisions}
    found: dict[DecisionId, Decision] = {}
    for store in a.stores:
        if wanted in (*map(_plain, store.kinds), _plain(store.name), _plain(store.role), _plain(store.id)):
            chose = [d for d in rows.values() if d.tech == store.engine and d.losers and d.dimension != "sizing"]
            first = chose[0] if chose else rows[store.because[0]]
            found[first.id] = first
    others: tuple[Edge | Utility, ...] = (*a.edges, *a.utilities)
    for part in others:
        if wanted in (_plain(part.kind), _plain(part.name), _plain(part.id)):
            found[part.because[0]] = rows[part.because[0]]
    return tuple(found.values())


def _unknown(what: str, wanted: str, design: Design, known: Known) -> Finding:
    a, rows = design.architecture, design.decisions.decisions
    kinds = [k for s in a.stores for k in s.kinds] + [e.kind for e in a.edges] + [u.kind for u in a.utilities]
    names = dict.fromkeys([str(d.dimension) for d in rows] + kinds + list(known.figures))
    close = difflib.get_close_matches(wanted[:80].replace(" ", "_"), names, n=3)
    listed = ", ".join(dict.fromkeys(str(d.dimension) for d in rows))
    hint = f"did you mean {' or '.join(close)}? " if close else ""
    return Finding(
        id="EXP001",
        severity=Severity.BLOCKER,
        place="command line",
        fact=f"this design has no decision, component or figure {what[:80]!r}",
        fix=f"{hint}give a number (D-001 to {rows[-1].id if rows else 'D-000'}) or a dimension: {listed}; "
        f"`archsmith explain {EVERY}` lists the names of all figures",
    )
