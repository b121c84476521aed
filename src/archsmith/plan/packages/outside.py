"""Packages that depend on others: systems outside, languages, and the data of what is there today."""

import re

from archsmith.kernel.ids import WorkPackageId, element
from archsmith.kernel.phrases import counted, duration, listed, number
from archsmith.knowledge.effort import EFFORT
from archsmith.model.architecture import Flow
from archsmith.model.requirements import ExternalSystem, Stance
from archsmith.plan.backlog import Backlog
from archsmith.plan.context import Context
from archsmith.plan.packages.foundation import BACKEND

_MOVING = re.compile(
    r"\b(migrat\w*|replac\w*|outgr[eo]w\w*|legacy|existing (?:system|data|customers|software|database|site|shop)|"
    r"move (?:away )?from|old (?:system|site|software|shop|database|platform)|take over (?:the )?data|spreadsheets?|"
    r"rented (?:\w+ )?software)\b",
    re.IGNORECASE,
)


def integrations(backlog: Backlog, depends: WorkPackageId | None) -> None:
    """A package for each outside system, after the modules whose operations call it."""
    context = backlog.context
    for system in context.domain.systems:
        calls = [o for o in context.domain.operations if system.id in o.calls]
        held = [e for e in context.domain.entities if e.master == system.id]
        row = f"integration.{system.kind}"
        effort = backlog.effort().add(
            row if row in context.catalogue.table(EFFORT) else "integration.other", 1, system.name
        )
        waiting = [o for o in calls if o.calls_sync]
        effort.add(
            "integration.waiting", len(waiting), f"waiting in {listed(o.name for o in waiting)}" if waiting else ""
        )
        before = [backlog.of_entity.get(o.entity) for o in calls] + [backlog.of_entity.get(e.id) for e in held]
        for_what = listed([*(o.name for o in calls), *(f"copies of {e.name}" for e in held)], 3)
        backlog.add(
            f"{system.name[:1].upper()}{system.name[1:]}: {for_what if calls or held else 'connection'}",
            phase="integrations",
            role=BACKEND,
            effort=effort,
            done_when=_done(context, system, for_what),
            depends=[depends, *before],
            delivers=[element("system", system.id)],
            requirements=context.requirements_of(calls),
        )


def _done(context: Context, system: ExternalSystem, what: str) -> str:
    own = element("system", system.id)
    flows: list[Flow] = [f for f in context.architecture.flows if own in (f.target, f.source)]
    limit = next((f.timeout for f in flows if f.timeout is not None), None)
    stand_in = next((f.fallback for f in flows if f.fallback), "")
    parts = [f"against the test system of {system.name}: {what}" if what != "none" else f"{system.name} answers"]
    if limit is not None:
        parts.append(f"with {system.name} cut off the call ends after {duration(limit)}")
    if stand_in:
        parts.append(stand_in)
    return "; ".join(parts)


def languages(backlog: Backlog) -> None:
    """Texts, formats and mails in more than one language."""
    said = [f.value for f in backlog.context.requirements.needs.languages]
    if len(said) < 2:
        return
    senders = [s.name for s in backlog.context.domain.systems if s.kind in ("mail", "sms")]
    texts = f"mails through {listed(senders)}" if senders else "problem texts of the API"
    backlog.add(
        f"Texts in {listed(said)}",
        phase="features",
        role=BACKEND,
        effort=backlog.effort().add("language", len(said) - 1, counted(len(said) - 1, "more language")),
        done_when=f"{texts} follow the caller's language, and a missing text fails the build",
        depends=backlog.of("foundation")[:1],
    )


def migration(backlog: Backlog) -> WorkPackageId | None:
    """The move of what is there today, if the brief speaks of it."""
    context = backlog.context
    words = _named(context)
    if not words:
        return None
    roots = [e for e in context.domain.entities if e.aggregate == e.id and e.master is None and e.rows.value > 0]
    moved = sorted(roots, key=lambda e: (-e.rows.value, e.id))[:6]
    rows = sum(e.rows.value for e in moved)
    effort = backlog.effort().add("migration.base", 1, "rehearsal and switch")
    effort.add("migration.entity", len(moved), listed(e.name for e in moved))
    return backlog.add(
        f"Move of today's data: {listed((e.name for e in moved), 3)}",
        phase="integrations",
        role=BACKEND,
        effort=effort,
        done_when=f"two rehearsals moved {listed((e.name for e in moved), 3)} (at most {number(rows)} rows) with equal "
        f"counts and sums on both sides; {words}",
        depends=[backlog.of_entity.get(e.id) for e in moved],
        delivers=[element("entity", e.id) for e in moved],
    )


def _named(context: Context) -> str:
    """What is there today, in the brief's words; empty where it says nothing."""
    there = [t.name for t in context.requirements.technologies if t.stance is Stance.EXISTING]
    said = [context.requirements.summary, *(r.statement for r in context.requirements.requirements)]
    quote = next((m.group(0) for text in said if (m := _MOVING.search(text))), "")
    if not quote:
        return ""
    return f"today: {listed(there)}" if there else f"the brief says: {quote}"
