"""decisions/: one record a decision, after MADR 4.0 (https://adr.github.io/madr/)."""

from collections.abc import Iterator

from archsmith.kernel.ids import ArtifactPath, ElementId
from archsmith.model.artifacts import Artifact
from archsmith.model.decisions import Decision, Loser, LossKind
from archsmith.render import doubt, flips, show
from archsmith.render.markdown import bullets, clause, join, sentence, table, text
from archsmith.render.prose import capital, elements, origin, record_link, record_path, step
from archsmith.render.view import View


def records(view: View) -> Iterator[Artifact]:
    """All records, in the order of the decisions."""
    for decision in view.design.decisions.decisions:
        subject = (decision.subject,) if decision.subject else ()
        shows = (ElementId(f"decision:{decision.id}"), *subject)
        yield Artifact(
            path=ArtifactPath(record_path(decision)),
            content=f"{record(view, decision)}\n".encode("utf-8", "replace"),
            shows=shows,
        )


def record(view: View, d: Decision) -> str:
    """One record. It says `accepted` because the design is built on it; the reader may still change it."""
    front = "---\nstatus: accepted\n---"
    return join(
        [
            front,
            f"# {text(d.id)} {capital(d.title)}",
            "## Context and Problem Statement",
            _context(view, d),
            "## Decision Drivers" if d.binding or d.figures else "",
            _drivers(view, d),
            "## Considered Options",
            bullets([f"**{text(d.choice)}**", *(text(x.label) for x in d.losers)]),
            "## Decision Outcome",
            f"Chosen option: **{text(d.choice)}**. {sentence(d.reason)}",
            _limits(view, d),
            "### Consequences" if _consequences(view, d) else "",
            bullets(_consequences(view, d)),
            "### Confirmation",
            _confirmation(view, d),
            "## Pros and Cons of the Options" if d.losers else "",
            *_options(view, d),
            "## More Information" if d.rests_on or _led_to(view, d) else "",
            _more(view, d),
        ]
    )


def _context(view: View, d: Decision) -> str:
    load, title = view.design.derivation.workload, text(view.title)
    subject = f" for {text(view.name(d.subject))}" if d.subject else ""
    choice = text(d.dimension.replace("_", " "))
    team = show.number(view.design.derivation.targets.team.value)
    return (
        f"{title} needs a choice of {choice}{subject} that carries {show.requests(load.peak.value)} at the peak and "
        f"that a team of {team} can build and run."
    )


def _drivers(view: View, d: Decision) -> str:
    bound = [
        f"{text(b.requirement)} ({clause(b.how)})"
        + (f": {origin(known.why, 300)}" if (known := view.requirements.get(b.requirement)) else "")
        for b in d.binding
    ]
    figures = table(("Figure", "Value", "Arithmetic", "From"), [step(f) for f in d.figures], right=(1,))
    return join([bullets(bound), figures])


def _limits(view: View, d: Decision) -> str:
    said = []
    if d.margin is not None and f"{d.margin:,.2f}" not in d.reason:
        runner = f" ({text(d.runner_up)})" if d.runner_up else ""
        said.append(f"The runner-up{runner} would cost {show.money(d.margin)} a month more.")
    if d.robustness and d.losers:
        said.append(f"Over other values of what was assumed it {text(doubt.holds(d.robustness))}.")
    changes = [tuple(text(cell) for cell in row) for row in flips.rows(d.flips)]
    if d.flips_at and not changes:
        said.append(f"The choice changes: {clause(d.flips_at)}.")
    stays = f"It stays whatever the {text(flips.held(d.flips))}." if changes and flips.held(d.flips) else ""
    head = "Decided again with one figure changed, it becomes:" if changes else ""
    return join([" ".join(said), head, table(("Changed", "down", "up"), changes), stays])


def _caused(view: View, d: Decision) -> list[ElementId]:
    """The elements of the architecture that exist because of the decision."""
    found = [i for i, x in view.parts.items() if d.id in x.because]
    return found + [ElementId(f"deployment:{x.id}") for x in view.arch.deployments if d.id in x.because]


def _consequences(view: View, d: Decision) -> list[str]:
    caused = _caused(view, d)
    points = [f"It puts into the design: {elements(view, caused, 12)}."] if caused else []
    sizings = [s for s in view.design.decisions.sizings if d.id in s.because]
    points += [
        f"{text(view.name(s.subject))} runs as {s.count} × {text(s.product)} for {show.money(s.month)} a month."
        for s in sizings
    ]
    return points


def _confirmation(view: View, d: Decision) -> str:
    caused = set(_caused(view, d))
    gates = [g for g in view.design.plan.gates if caused & set(g.elements)]
    if gates:
        return bullets(
            f"{capital(g.name)} ({clause(g.stage)}): {clause(g.check)}, stops at {clause(g.threshold)}."
            for g in gates[:4]
        )
    return f"`design.json` holds {text(d.choice)} under {text(d.id)}, and the files written are compared with it."


def _options(view: View, d: Decision) -> list[str]:
    if not d.losers:
        return []
    good = [f"Good: {sentence(d.reason)}"]
    return [f"### {text(d.choice)}\n\n{bullets(good)}", *(_option(view, x) for x in d.losers)]


def _option(view: View, x: Loser) -> str:
    verdict = "Bad, because it is not possible" if x.kind is LossKind.VIOLATES else "Bad, because it costs more"
    known = x.extra is None or f"{x.extra:,.2f}" in x.reason
    extra = "" if known or x.extra is None else f" (+{show.money(x.extra)} a month)"
    points = [f"{verdict}{extra}: {clause(x.reason)}."]
    points += [f"{text(r)}: {origin(view.requirements[r].why, 200)}" for r in x.requirements if r in view.requirements]
    return f"### {text(x.label)}\n\n{bullets(points)}"


def _led_to(view: View, d: Decision) -> list[Decision]:
    return [x for x in view.design.decisions.decisions if d.id in x.rests_on]


def _more(view: View, d: Decision) -> str:
    def link(other: Decision) -> str:
        return record_link(view, other.id, up="../")

    rests = ", ".join(record_link(view, i, up="../") for i in d.rests_on)
    led = ", ".join(link(x) for x in _led_to(view, d))
    said = [f"{text(d.id)} rests on {rests}."] if rests else []
    return " ".join([*said, *([f"On {text(d.id)} rest {led}."] if led else [])])
