"""Technologies against each other, against the place where all runs, and against the budget."""

import re
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.budgets import per_month
from archsmith.elicit.conflicts.rule import Matter, Rule
from archsmith.elicit.numbers import of_role
from archsmith.elicit.reading import Sentence
from archsmith.elicit.stance import stance_at
from archsmith.elicit.technologies import TechName
from archsmith.kernel.provenance import Span
from archsmith.knowledge.catalogue import Catalogue, Sourced, Table
from archsmith.knowledge.technologies import TECHNOLOGIES
from archsmith.model.base import Value
from archsmith.model.requirements import Conflict, NumberRole, Stance


class Licence(Value, frozen=True, kw_only=True):
    """What the smallest licence of a product costs by its public list. `id`: its name in `tech_names.yaml`."""

    id: str
    month: Sourced


LICENCES: Final = Table("licences", Licence)
_NO_CLOUD: Final = re.compile(
    r"\b(?:no|without(?: any)?|not (?:in|on|use)(?: (?:the|a|any))?|never (?:in|on) (?:the|a)"
    r"|avoid(?: the)?) (?:public )?cloud\b(?! (?:lock|vendor|native))"
    r"|\b(?:on our own (?:servers|hardware|machines)|in our (?:own )?data cent(?:re|er)|air-?gapped"
    r"|strictly on[- ]prem\w*"
    r"|on[- ]premises? only|must (?:run|be hosted|stay) on[- ]prem\w*)\b",
    re.I,
)
_OPEN: Final = re.compile(
    r"\b(?:no (?:vendor )?lock-?in|without (?:vendor )?lock-?in|avoid (?:vendor )?lock-?in|cloud[- ](?:agnostic"
    r"|neutral|independent)"
    r"|vendor[- ](?:neutral|independent)|portable (?:between|across) (?:clouds|providers)|(?:change|switch"
    r"|move to another) (?:cloud )?provider)\b",
    re.I,
)
_FREE: Final = re.compile(
    r"\b(?:open[- ]source (?:software )?only|only open[- ]source|no (?:commercial|proprietary|paid"
    r"|closed[- ]source) (?:software|licen[cs]es?|products?|tools?)"
    r"|no licen[cs]e (?:fees?|costs?)|without licen[cs]e (?:fees?|costs?)"
    r"|free (?:and open[- ]source )?software only)\b",
    re.I,
)
_WANTED: Final = frozenset({Stance.MUST_USE, Stance.PREFER})
_CLOUDS: Final = frozenset({"aws", "gcp", "azure"})
_PUBLIC: Final = frozenset(
    "AWS|Azure|Google Cloud|GCP|Amazon Web Services|Heroku|Snowflake|BigQuery|Firebase|Cloudflare R2|Databricks".split(
        "|"
    )
)


def _named(matter: Matter) -> Iterator[tuple[Sentence, int, int, TechName]]:
    for sentence in matter.wanted():
        for first, last, row in matter.technical.find(sentence):
            if not row.exact or sentence.tokens[first].text != row.exact or first:
                yield sentence, first, last, row


def _both_ways(matter: Matter, rule: Rule) -> Iterator[Conflict]:
    """A name that one sentence demands and another bans."""
    wanted: dict[str, Span] = {}
    banned: dict[str, Span] = {}
    for sentence, first, last, row in _named(matter):
        stance = stance_at(sentence, first, last)
        if stance is Stance.MUST_USE:
            wanted.setdefault(row.id, sentence.span())
        elif stance is Stance.MUST_NOT_USE:
            banned.setdefault(row.id, sentence.span())
    for name in sorted(wanted.keys() & banned.keys()):
        if wanted[name] != banned[name]:
            yield rule.conflict(
                wanted[name],
                banned[name],
                f"does without {name}: a ban outweighs a wish, as breaking it can't be undone by a later choice",
                name,
            )


def _pairs(matter: Matter, ban: re.Pattern[str], names: frozenset[str]) -> Iterator[tuple[Sentence, Sentence, str]]:
    """The first sentence with the ban, and each technology of `names` that another sentence wants."""
    source = next((s for s in matter.wanted() if ban.search(s.text)), None)
    if source is None:
        return
    for sentence, first, last, row in _named(matter):
        if row.id in names and sentence is not source and stance_at(sentence, first, last) in _WANTED:
            yield source, sentence, row.id


def _no_cloud(matter: Matter, rule: Rule) -> Iterator[Conflict]:
    """No public cloud, and a service that only a public cloud offers."""
    for one, two, name in _pairs(matter, _NO_CLOUD, _bound(matter.reading.catalogue) | _PUBLIC):
        yield rule.conflict(
            one.span(),
            two.span(),
            f"stays out of the cloud and replaces {name} by a product that runs on own machines",
            name,
        )


def _lock_in(matter: Matter, rule: Rule) -> Iterator[Conflict]:
    """No lock-in, and a service that one provider alone offers."""
    for one, two, name in _pairs(matter, _OPEN, _bound(matter.reading.catalogue)):
        yield rule.conflict(
            one.span(), two.span(), f"uses {name}, since it is asked for by name, behind an interface of its own", name
        )


def _bound(catalogue: Catalogue) -> frozenset[str]:
    """The names of technologies that only one provider offers."""
    from archsmith.elicit.technologies import TECH_NAMES

    rows = catalogue.table(TECHNOLOGIES)
    ids = {
        i
        for i, r in rows.items()
        if r.run is None
        and {o.provider for o in r.offers}
        and {o.provider for o in r.offers} <= _CLOUDS
        and len(r.offers) == 1
    }
    return frozenset(r.id for r in catalogue.table(TECH_NAMES).values() if r.tech in ids)


def _licence(matter: Matter, rule: Rule) -> Iterator[Conflict]:
    """A product that must be used and costs more than the budget, or costs at all where nothing may."""
    rows = matter.reading.catalogue.table(LICENCES)
    for one, two, name in _pairs(matter, _FREE, frozenset(rows)):
        price = rows[name].month.value
        yield rule.conflict(
            one.span(),
            two.span(),
            f"uses an open product in place of {name} ({price:,.0f} USD a month at least by list)",
            name,
        )
    budgets = [
        (f, per_month(matter.reading, f.number.value, f.number.unit)) for f in of_role(matter.found, NumberRole.BUDGET)
    ]
    least = min(((m, f.context.sentence) for f, m in budgets if m is not None), key=lambda r: r[0], default=None)
    if least is None:
        return
    amount, source = least
    for sentence, first, last, row in _named(matter):
        price = rows[row.id].month.value if row.id in rows else 0.0
        if price > amount and sentence is not source and stance_at(sentence, first, last) is Stance.MUST_USE:
            yield rule.conflict(
                source.span(),
                sentence.span(),
                f"{row.id} costs {price:,.0f} USD a month at least by list, the budget is {amount:,.0f}: the"
                f" product is used"
                " only if its licence is paid from elsewhere",
                row.id,
            )


BOTH_WAYS: Final = Rule(
    "CFL131", "technology wanted and forbidden", "One and the same product can't be used and be avoided.", _both_ways
)
NO_CLOUD: Final = Rule(
    "CFL132", "no cloud, and a cloud service", "The service runs in the provider's cloud and nowhere else.", _no_cloud
)
BOUND: Final = Rule(
    "CFL133",
    "no lock-in, and a service of one provider",
    "What one provider alone offers can't be taken along.",
    _lock_in,
)
LICENCE: Final = Rule("CFL134", "licence and budget", "The licence alone is more than what may be spent.", _licence)
