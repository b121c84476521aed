"""The worst threats to a design, after what it does about them."""

from collections.abc import Mapping
from typing import Final

from archsmith.evaluate.threats import business, inputs, leaks, load, rights, signing
from archsmith.evaluate.threats.hit import CORRECTNESS, SECRECY, Check, Hit, uptime
from archsmith.evaluate.view import View
from archsmith.knowledge.threats import THREATS, Impact, Likelihood, ThreatRule
from archsmith.model.report import Threat

CHECKS: Final[Mapping[str, Check]] = {
    check.__name__: check
    for check in (
        signing.open_commands,
        signing.password_guessing,
        signing.staff_sign_in,
        signing.long_sessions,
        signing.neighbours,
        signing.callbacks,
        signing.devices,
        rights.foreign_rows,
        rights.staff_functions,
        rights.mass_assignment,
        rights.shared_tables,
        rights.unfiltered_lists,
        inputs.query_text,
        inputs.shown_text,
        inputs.sheet_formulas,
        inputs.steered_calls,
        inputs.uploads,
        inputs.partner_data,
        inputs.recipients,
        load.flooding,
        load.endless_lists,
        load.slow_dependency,
        load.retry_storm,
        load.poison,
        load.hot_keys,
        load.paid_calls,
        load.loud_tenant,
        load.lonely,
        leaks.clear_text,
        leaks.stolen_disk,
        leaks.logged_data,
        leaks.spread_secrets,
        leaks.public_files,
        leaks.addresses_in_urls,
        leaks.shared_cache,
        leaks.backups,
        leaks.kept_for_ever,
        business.repeats,
        business.oversell,
        business.client_prices,
        business.skipped_steps,
        business.dual_write,
        business.old_parts,
        business.exposed_store,
        business.no_trail,
        business.untested_restore,
    )
}
"""The predicates by name; the rows of `knowledge/data/threats.yaml` name them, and a test holds both sides equal."""

MOST: Final = 25
"""Threats that a reader is given: the worst ones. What is left out is milder than all that is shown."""

_CHANCE: Final = (Likelihood.UNLIKELY, Likelihood.LIKELY, Likelihood.VERY_LIKELY, Likelihood.FREQUENT)
_HARM: Final = {Impact.LOW: 1, Impact.MEDIUM: 2, Impact.HIGH: 3, Impact.VERY_HIGH: 4}
_LEVELS: Final = ((1, "low"), (3, "medium"), (8, "elevated"), (12, "high"), (16, "critical"))


def threats(view: View) -> tuple[Threat, ...]:
    """The worst threats first, at most MOST; one row for a rule and an element."""
    rated: list[tuple[int, int, Threat]] = []
    for place, rule in enumerate(view.catalogue.table(THREATS).values()):
        for hit in CHECKS[rule.check](view):
            score = _score(view, rule, hit)
            rated.append((-score, place, _threat(rule, hit, score)))
    kept = {t.id: t for _, _, t in sorted(rated, key=lambda r: (r[0], r[1], r[2].id))}
    return tuple(kept.values())[:MOST]


def _score(view: View, rule: ThreatRule, hit: Hit) -> int:
    """Likelihood (1 to 4, less a step for each step of countermeasure) x impact (1 to 4)."""
    chance = max(1, _CHANCE.index(rule.likelihood) + 1 - hit.steps)
    if rule.impact is Impact.UPTIME:
        harm = uptime(view)
    elif rule.impact is Impact.SECRECY:
        harm = max((SECRECY[e.data_class] for e in hit.reached), default=2)
    elif rule.impact is Impact.CORRECTNESS:
        harm = max((CORRECTNESS[e.data_class] for e in hit.reached), default=2)
    else:
        harm = _HARM[rule.impact]
    return chance * harm


def _threat(rule: ThreatRule, hit: Hit, score: int) -> Threat:
    return Threat(
        id=f"{rule.id}@{hit.element}",
        element=hit.element,
        stride=rule.stride.value,
        threat=f"{rule.threat[0].upper()}{rule.threat[1:]}: {hit.detail}",
        mitigation=hit.mitigation,
        mitigated_by=tuple(dict.fromkeys(hit.by)),
        severity=next(name for limit, name in _LEVELS if score <= limit),
        source=rule.references,
    )
