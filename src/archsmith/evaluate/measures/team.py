"""Measures that people take: the design says about what, and by which of its parts."""

from archsmith.evaluate.measures.answer import (
    Answer,
    by_decision,
    done,
    people,
    service_names,
    services,
    store_names,
    stores,
)
from archsmith.evaluate.view import View
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import counted, listed, number
from archsmith.model.decisions import Dimension


def vendors(view: View) -> Answer:
    """Who else handles the data, under which contract."""
    outside = [s for s in view.domain.systems if s.kind not in ("device",)]
    provider = view.architecture.provider
    return people(
        f"the register of processors lists {listed([provider, *(s.name for s in outside)], 6)} with purpose, "
        "region and contract",
        *(element("system", s.id) for s in outside),
    )


def risks(view: View) -> Answer:
    """Risks are written down and owned."""
    worst = listed((f"{e.name} ({e.data_class})" for e in view.personal), 3)
    return people(f"the risk register starts from the risks of the plan; it names {worst} as what a leak would expose")


def threat_model(view: View) -> Answer:
    """The design was looked at with an attacker's eyes."""
    crossing = sum(f.crosses_boundary for f in view.architecture.flows)
    return done(
        f"the threat model covers {len(view.architecture.flows)} flows, {crossing} across a trust boundary, and "
        f"{len(view.architecture.stores)} stores",
        *services(view),
    )


def runbook(view: View) -> Answer:
    """Somebody knows what to do when it happens."""
    team = view.targets.team.value
    who = "who answers" if team < 2 else f"who of {number(team)} engineers answers"
    return people(f"the incident runbook says {who} for {service_names(view)} and by when")


def notify(view: View) -> Answer:
    """Authorities and people are told in time."""
    who = listed(e.name for e in view.personal)
    return people(f"a stored query finds whose {who} rows were touched; the clock starts when the alert is confirmed")


def pen_test(view: View) -> Answer:
    """Somebody from outside tries to break in."""
    n = len(view.architecture.endpoints)
    what = f"the {counted(n, 'operation')} of the API" if n else service_names(view)
    return people(f"once a year a third party attacks {what}, first those without a scope", *services(view))


def drills(view: View) -> Answer:
    """Failure is rehearsed."""
    truth = view.truth_stores
    return people(f"twice a year {store_names(truth)} is restored into an empty environment and timed", *stores(truth))


def pipeline(view: View) -> Answer:
    """Nothing goes out unchecked."""
    ci = by_decision(view, Dimension.CI)
    if ci:
        return done(f"{ci} runs the tests and scans of {service_names(view)} before each release", *services(view))
    return done(f"the pipeline runs the tests and scans of {service_names(view)} before each release", *services(view))


def change(view: View) -> Answer:
    """Changes are reviewed, and can be undone."""
    how = by_decision(view, Dimension.DEPLOYMENT) or "the roll-out plan"
    team = view.targets.team.value
    if team < 2:
        return people(f"one engineer cannot review own changes: the pipeline's gates stand in; undone by {how}")
    return people(f"a second of {number(team)} engineers approves each change; undone by {how}", *services(view))


def supply(view: View) -> Answer:
    """What is built in is known and signed."""
    languages = listed(s.language for s in view.architecture.services)
    return done(f"{languages} dependencies are locked with hashes; each build of {service_names(view)} lists them",
                *services(view))  # fmt: skip


def patches(view: View) -> Answer:
    """Known flaws are mended in time."""
    own = [d for d in view.architecture.deployments if d.platform in ("vm", "virtual_machine", "compose")]
    hosts = f"; the hosts {listed(d.name for d in own)} are patched weekly" if own else ""
    return people(f"critical flaws in the dependencies of {service_names(view)} are mended within 30 days{hosts}")


def baseline(view: View) -> Answer:
    """Settings come from code."""
    iac = by_decision(view, Dimension.IAC)
    where = tuple(element("deployment", d.id) for d in view.architecture.deployments)
    if iac:
        return done(f"{iac} describes {listed(d.name for d in view.architecture.deployments)}", *where)
    return people(
        f"the settings of {listed(d.name for d in view.architecture.deployments)} are compared monthly", *where
    )


def environments(view: View) -> Answer:
    """Tests do not run on production."""
    return people(f"the test environment has its own account at {view.architecture.provider} and its own secrets")


def clocks(view: View) -> Answer:
    """Clocks agree."""
    where = listed(d.name for d in view.architecture.deployments)
    return done(f"{where} take the time of {view.architecture.provider}",
                *(element("deployment", d.id) for d in view.architecture.deployments))  # fmt: skip


def malware(view: View) -> Answer:
    """Files from strangers are looked at."""
    files = [e.name for e in view.domain.entities if e.blob_bytes.value > 0]
    if not files:
        return done(f"{service_names(view)} takes no files; images are scanned in the pipeline", *services(view))
    return people(f"files of {listed(files)} are scanned before anybody may open them")


def defaults(view: View) -> Answer:
    """The safe setting is the one without a choice."""
    open_ = [e.summary for e in view.architecture.endpoints if e.open]
    said = f"open without signing in: {listed(open_, 3)}" if open_ else "nothing is open without signing in"
    return done(f"{service_names(view)} denies by default; {said}", *services(view))


def page_scripts(view: View) -> Answer:
    """Scripts of a payment page are known."""
    pay = listed(s.name for s in view.domain.systems if s.kind == "payment")
    return people(f"the page that leads to {pay} lists its scripts; a weekly probe compares them and the headers")


def leave(view: View) -> Answer:
    """There is a way out of each provider."""
    stores_ = store_names(view.truth_stores)
    return people(f"the exit plan moves {stores_} away from {view.architecture.provider}: exports, time, cost")


def accessibility(view: View) -> Answer:
    """Pages are tested by and for everyone."""
    outside = listed(a.name for a in view.domain.actors if not a.internal)
    return people(f"the pages for {outside} are tested by tool, keyboard and screen reader before launch")
