"""What `elicit` returns: what the brief says, each item with the words that say it. Nothing about technology is
decided."""

import enum

from archsmith.kernel.findings import Finding
from archsmith.kernel.ids import ActorId, RequirementId, SystemId, TechId
from archsmith.kernel.provenance import Fact, Provenance, Span
from archsmith.kernel.units import Count, Months, Probability, Ratio, Seconds, Usd, UsdPerMonth
from archsmith.model.base import Value


class RequirementClass(enum.StrEnum):
    """What a requirement is about; the classes of summary.json."""

    FUNCTIONAL = "functional"
    PERFORMANCE = "performance"
    SCALABILITY = "scalability"
    AVAILABILITY = "availability"
    RECOVERY = "recovery"
    SECURITY = "security"
    PRIVACY = "privacy"
    COMPLIANCE = "compliance"
    CONSISTENCY = "consistency"
    INTEGRATION = "integration"
    USABILITY = "usability"
    LOCALIZATION = "localization"
    OPERATIONS = "operations"
    CONSTRAINT = "constraint"
    COST = "cost"
    TEAM = "team"
    DEADLINE = "deadline"


class Priority(enum.StrEnum):
    """MoSCoW; `LATER` is wanted, but not in the first release."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"
    LATER = "later"


class Requirement(Value, frozen=True, kw_only=True):
    """One thing that the design must honour."""

    id: RequirementId
    kind: RequirementClass
    priority: Priority
    statement: str
    why: Provenance


class NumberRole(enum.StrEnum):
    """What a stated number says; the roles of summary.json."""

    LOAD = "load"
    POPULATION = "population"
    SIZE = "size"
    LATENCY = "latency"
    AVAILABILITY = "availability"
    RECOVERY = "recovery"
    RETENTION = "retention"
    LIMIT = "limit"
    RATIO = "ratio"
    GROWTH = "growth"
    BUDGET = "budget"
    TEAM = "team"
    DEADLINE = "deadline"
    GEOGRAPHY = "geography"
    OTHER = "other"


class NumberStatus(enum.StrEnum):
    """Whether a stated number binds the design."""

    TARGET = "target"
    CURRENT = "current"
    HISTORY = "history"
    SUPERSEDED = "superseded"
    CONFLICT = "conflict"


class Number(Value, frozen=True, kw_only=True):
    """A number as the brief states it.

    `value` is scaled to plain ones of `unit` ("2.6 million downloads a month" is 2600000 `per month`); `high` is the
    upper end of a range, whose lower end is then `value`. `what` is the counted noun or the limited thing, in lower
    case and as the brief names it. `subject` is the noun or the operation that the number is attached to, if another
    than `what`. `peak` marks a rate that holds in a burst and not on average. `sentence` is the one that it stands in,
    where that says more than its quote.
    """

    id: str
    what: str
    value: float
    high: float | None = None
    unit: str
    role: NumberRole
    status: NumberStatus
    subject: str = ""
    peak: bool = False
    sentence: str = ""
    why: Provenance


class Actor(Value, frozen=True, kw_only=True):
    """Somebody who uses the system. `internal`: staff of the owner, not the public or the owner's customers."""

    id: ActorId
    name: str
    internal: bool
    why: Provenance


class ExternalSystem(Value, frozen=True, kw_only=True):
    """A system outside that this one talks to.

    `protocol` is what the brief says of it (`file drop`, `OIDC`), or empty. `masters` are the nouns whose truth lives
    there. `kind`: payment, mail, sms, identity, erp, crm, maps, files, calendar, partner, device, other.
    """

    id: SystemId
    name: str
    kind: str
    protocol: str = ""
    masters: tuple[str, ...] = ()
    why: Provenance


class Mention(Value, frozen=True, kw_only=True):
    """A thing of the business that the brief names: a candidate entity, singular, lower case.

    `attributes` and `states` are what the brief says of it. `evidence` is what speaks for (and against) its being a
    thing of which records are kept; `doubtful` where that is too little, unless systems of this kind keep such things.
    `why` is Stated for what the words name, Derived for what they imply (an operation's object that stands nowhere as a
    noun, say).
    """

    name: str
    attributes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    doubtful: bool = False
    why: Provenance


class RelationMention(Value, frozen=True, kw_only=True):
    """Two things of which the brief says that the one has the other: `part` belongs to `whole`.

    `most`: how many parts one whole may have, where the text limits them; `single`: it has just one.
    """

    whole: str
    part: str
    most: float | None = None
    single: bool = False
    why: Provenance


class OperationKind(enum.StrEnum):
    """How an operation runs."""

    COMMAND = "command"
    QUERY = "query"
    EVENT = "event"
    BATCH = "batch"
    STREAM = "stream"


class OperationMention(Value, frozen=True, kw_only=True):
    """Who does what with what, from one clause: actor and object singular, verb as its lemma, all in lower case."""

    actor: str
    verb: str
    object: str
    kind: OperationKind
    priority: Priority = Priority.MUST
    why: Provenance


class Excluded(Value, frozen=True, kw_only=True):
    """Named in the brief and not to be built (now)."""

    what: str
    why: Provenance


class Conflict(Value, frozen=True, kw_only=True):
    """Two statements that can't both hold; `resolution` says which one the design uses and why.

    `rule`: the id of the rule that found it, or empty where a person wrote it.
    """

    rule: str = ""
    what: str
    spans: tuple[Span, ...]
    resolution: str


class RegimeStatus(enum.StrEnum):
    """Whether a regime applies: for certain, depending on an answer, or ruled out by the brief."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"
    EXCLUDED = "excluded"


class Regime(Value, frozen=True, kw_only=True):
    """A law or standard that applies or may apply. `id` is its common name (`GDPR`, `PCI DSS`)."""

    id: str
    status: RegimeStatus
    reason: str
    confidence: Probability
    why: Provenance


class Stance(enum.StrEnum):
    """What the brief wants of a technology."""

    MUST_USE = "must_use"
    PREFER = "prefer"
    EXISTING = "existing"
    MUST_NOT_USE = "must_not_use"


class TechnologyWish(Value, frozen=True, kw_only=True):
    """A technology that the brief names. `tech` is its id in the catalogue, or None where the catalogue lacks it.

    `EXISTING` says that it is there today, which is neither a wish nor a ban.
    """

    name: str
    tech: TechId | None
    stance: Stance
    why: Provenance


class FixedDecision(Value, frozen=True, kw_only=True):
    """A decision that a person took: dimension and option as `archsmith catalog` names them."""

    dimension: str
    option: str
    why: Provenance


class Needs(Value, frozen=True, kw_only=True):
    """The stated limits that bind the whole design, normalised; None or empty where the brief is silent.

    `availability` of the whole; `budget` for running it; `build_budget` for building it; `deadline` from today;
    `team` engineers who build it; `skills` languages, frameworks and stores that the team knows; `regions` where
    data must
    live (`eu`, `us`, `uk`, ...); `homes` where the users or the operator are; `users` those of the largest group at the
    planning horizon; `growth` factor over `growth_months`; `peak_factor` peak over mean; `on_premises`: no public
    cloud.
    """

    availability: Fact[Probability] | None = None
    latency_p95: Fact[Seconds] | None = None
    rpo: Fact[Seconds] | None = None
    rto: Fact[Seconds] | None = None
    budget: Fact[UsdPerMonth] | None = None
    build_budget: Fact[Usd] | None = None
    deadline: Fact[Months] | None = None
    team: Fact[Count] | None = None
    teams: Fact[Count] | None = None
    users: Fact[Count] | None = None
    concurrent: Fact[Count] | None = None
    growth: Fact[Ratio] | None = None
    growth_months: Fact[Months] | None = None
    peak_factor: Fact[Ratio] | None = None
    multi_tenant: Fact[bool] | None = None
    on_premises: Fact[bool] | None = None
    offline: Fact[bool] | None = None
    skills: tuple[Fact[str], ...] = ()
    regions: tuple[Fact[str], ...] = ()
    homes: tuple[Fact[str], ...] = ()
    languages: tuple[Fact[str], ...] = ()


class Weight(Value, frozen=True, kw_only=True):
    """A quality that the brief puts first: cost, latency, availability, effort or security; 1 is neutral."""

    quality: str
    weight: Ratio
    why: Provenance


class Question(Value, frozen=True, kw_only=True):
    """What the brief leaves open, what the design uses meanwhile, and how much the answer could change.

    `topic`: what it asks for, by name (`availability`, `law:DORA`), or empty where a person wrote it. `spans`: the
    words that raise it; none where the brief is silent.
    """

    topic: str = ""
    question: str
    used: str
    worth: str
    spans: tuple[Span, ...] = ()


class Requirements(Value, frozen=True, kw_only=True):
    """All that the brief says. Also the content of requirements.yaml, so every field can be edited by a person."""

    title: str
    source: str
    summary: str = ""
    must_use: tuple[TechnologyWish, ...] = ()
    must_not_use: tuple[TechnologyWish, ...] = ()
    technologies: tuple[TechnologyWish, ...] = ()
    fixed: tuple[FixedDecision, ...] = ()
    priorities: tuple[Weight, ...] = ()
    needs: Needs = Needs()
    requirements: tuple[Requirement, ...] = ()
    numbers: tuple[Number, ...] = ()
    actors: tuple[Actor, ...] = ()
    systems: tuple[ExternalSystem, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[RelationMention, ...] = ()
    operations: tuple[OperationMention, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    regimes: tuple[Regime, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
