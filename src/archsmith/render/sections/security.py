"""Section 6: which rules apply, who may do what, how data is protected, what could go wrong, which controls answer."""

from collections.abc import Iterator

from archsmith.model.architecture import Authentication, Encryption, OwnershipRule, RateLimit, RetentionRule, Scope
from archsmith.model.report import Control, ControlStatus, Threat
from archsmith.model.requirements import Regime
from archsmith.render import show
from archsmith.render.diagrams.dataflow import data_of
from archsmith.render.markdown import clause, code, join, sentence, table, text
from archsmith.render.prose import capital, elements, ids, origin, some
from archsmith.render.sections.arguments import SECURITY, told
from archsmith.render.view import View, grouped

_SEVERITIES = {"critical": 0, "high": 1, "elevated": 2, "medium": 3, "low": 4}
THREATS = ("Threat", "To", "Kind", "Answer", "Left")
CONTROLS = ("Control", "Asks", "Status", "Answer", "Evidence")
INVENTORY = ("Data", "Class", "Sensitive columns", "Seen by", "Kept", "Then")
WORST = 8
HARMLESS = frozenset({"public", "internal"})


def security(view: View) -> str:
    """The section's text, without its heading."""
    rules, report = view.arch.policies, view.design.report
    return join(
        [
            "### Which rules apply" if view.design.requirements.regimes else "",
            table(("Regime", "Applies", "Because", "Words"), [_regime(r) for r in view.design.requirements.regimes]),
            "### Sensitive data",
            table(INVENTORY, inventory(view)),
            "### Who may do what",
            table(
                ("Who", "Proves it by", "Second factor", "Session"),
                [_authentication(view, a) for a in rules.authentication],
            ),
            table(("Scope", "Opens", "Given to"), [_scope(view, s) for s in rules.scopes]),
            sentence(rules.tenancy) if rules.tenancy else "",
            table(("Limit on", "Requests", "Burst", "From"), [_limit(view, x) for x in rules.rate_limits]),
            "### Encryption",
            table(("Where", "At rest", "In transit", "Fields apart"), [_encryption(view, e) for e in rules.encryption]),
            table(("Crosses a trust boundary", "By", "Encrypted", "Carries"), boundaries(view)),
            told(view, SECURITY),
            "### Threats" if report.threats else "",
            table(THREATS, threats(view, limit=WORST // 2 if view.small else WORST)),
            _more(view),
            "### Controls" if report.controls else "",
            *_regimes(view),
        ]
    )


def inventory(view: View) -> list[tuple[str, ...]]:
    """Entities whose leak harms somebody, with the rules that hold for them."""
    owners = grouped((r.entity, _owner(view, r)) for r in view.arch.policies.ownership)
    ends = grouped((r.entity, _ends(r)) for r in view.arch.policies.retention)
    rows: list[tuple[str, ...]] = []
    for entity in view.domain.entities:
        if entity.data_class in HARMLESS:
            continue
        columns = [code(a.name, in_table=True) for a in entity.attributes if a.data_class not in HARMLESS]
        owned, ended = some(owners.get(entity.id, ())), some(ends.get(entity.id, ()))
        kept = show.months(entity.retention.value) if entity.retention else "no limit"
        rows.append((capital(entity.name), text(entity.data_class), some(columns, 6), owned, kept, ended))
    return rows


def threats(view: View, limit: int | None = None) -> list[tuple[str, ...]]:
    """Threats as rows, the worst first."""
    found = sorted(view.design.report.threats, key=lambda t: (_SEVERITIES.get(t.severity.lower(), 9), t.id))
    return [_threat(view, t) for t in found[:limit]]


def controls(view: View) -> list[tuple[str, ...]]:
    """Controls as rows: those left open first, then those that people must do."""
    rank = {"open": 0, "by_team": 1, "by_design": 2}
    found = sorted(view.design.report.controls, key=lambda c: (rank.get(c.status, 9), c.regime, c.id))
    return [_control(view, c) for c in found]


def _regimes(view: View) -> Iterator[str]:
    """What is open of each regime, then what the design and the team answer; the answers are in the file."""
    found = grouped((c.regime, c) for c in view.design.report.controls)
    open_ones = [c for controls_of in found.values() for c in controls_of if c.status is ControlStatus.OPEN]
    yield table(CONTROLS[:-1], [_control(view, c)[:-1] for c in open_ones])
    for regime, controls_of in found.items():
        by_design = [text(c.clause) for c in controls_of if c.status is ControlStatus.BY_DESIGN]
        by_team = [text(c.clause) for c in controls_of if c.status is ControlStatus.BY_TEAM]
        said = [f"the design answers {', '.join(by_design)}"] if by_design else []
        said += [f"the team has to do {', '.join(by_team)}"] if by_team else []
        if said:
            yield f"**{text(regime)}** in {text(view.title)}: {'; '.join(said)} ([how](security/controls.md))."


def boundaries(view: View) -> list[tuple[str, ...]]:
    """Flows that cross a trust boundary."""
    rows: list[tuple[str, ...]] = []
    for f in view.arch.flows:
        if f.crosses_boundary:
            ends = f"{capital(view.name(f.source))} to {text(view.name(f.target))}"
            encrypted = "yes" if f.encrypted else "**no**"
            rows.append((ends, text(f.protocol), encrypted, some([text(c) for c in data_of(view, (f,))])))
    return list(dict.fromkeys(rows))


def _more(view: View) -> str:
    title = text(view.title)
    return (
        f"All threats to {title} are in [security/threats.md](security/threats.md)."
        if len(view.design.report.threats) > 12
        else ""
    )


def _regime(regime: Regime) -> tuple[str, ...]:
    return text(regime.id), text(regime.status), clause(regime.reason), origin(regime.why)


def _authentication(view: View, a: Authentication) -> tuple[str, ...]:
    how = text(a.method.replace("_", " ")) + (f" ({clause(a.note)})" if a.note else "")
    return (
        capital(view.name_of_actor(a.actor)),
        how,
        "yes" if a.second_factor else "no",
        show.duration(a.session) if a.session else "",
    )


def _scope(view: View, scope: Scope) -> tuple[str, ...]:
    opens = some([text(view.operation_name(o)) for o in scope.operations], 8)
    return code(scope.id, in_table=True), opens, some([text(view.name_of_actor(a)) for a in scope.actors])


def _owner(view: View, rule: OwnershipRule) -> str:
    who = text(view.name_of_actor(rule.actor)) if rule.actor else "the tenant"
    return f"{who} by {code(rule.column, in_table=True)}"


def _ends(rule: RetentionRule) -> str:
    return f"{text(rule.action)} ({ids(rule.requirements)})" if rule.requirements else text(rule.action)


def _limit(view: View, rule: RateLimit) -> tuple[str, ...]:
    requests = f"{show.number(rule.limit)} in {show.duration(rule.window)}"
    return (
        f"{capital(view.name(rule.applies_to))}, {code(rule.id, in_table=True)}",
        requests,
        show.number(rule.burst),
        code(rule.formula, in_table=True),
    )


def _encryption(view: View, rule: Encryption) -> tuple[str, ...]:
    fields = some([code(f, in_table=True) for f in rule.fields], 8)
    return capital(view.name(rule.subject)), clause(rule.at_rest), clause(rule.in_transit), fields


def _threat(view: View, t: Threat) -> tuple[str, ...]:
    by = f" ({elements(view, t.mitigated_by, 3)})" if t.mitigated_by else ""
    return clause(t.threat), capital(view.name(t.element)), text(t.stride), clause(t.mitigation) + by, text(t.severity)


def _control(view: View, c: Control) -> tuple[str, ...]:
    status = {"by_design": "by design", "by_team": "team", "open": "**open**"}[c.status]
    where = f" ({elements(view, c.elements, 3)})" if c.elements else ""
    return f"{text(c.regime)} {text(c.clause)}", clause(c.asks), status, clause(c.answer) + where, clause(c.evidence)
