"""What `plan` returns: how the design gets built, by whom, by when, at what cost, and what could go wrong."""

from archsmith.kernel.findings import Finding
from archsmith.kernel.ids import DecisionId, ElementId, RequirementId, RiskId, WorkPackageId
from archsmith.kernel.units import Days, Months, PersonDays, Probability, Usd
from archsmith.model.base import Value


class Estimate(Value, frozen=True, kw_only=True):
    """Three points of effort and the PERT mean and standard deviation; `reason` says what drives them."""

    low: PersonDays
    likely: PersonDays
    high: PersonDays
    mean: PersonDays
    deviation: PersonDays
    reason: str


class WorkPackage(Value, frozen=True, kw_only=True):
    """A piece of work with a result. Days count working days from the start of the project; `slack` zero is
    critical."""

    id: WorkPackageId
    title: str
    phase: str
    role: str
    estimate: Estimate
    people: int
    depends: tuple[WorkPackageId, ...]
    start: Days
    end: Days
    slack: Days
    critical: bool
    delivers: tuple[ElementId, ...]
    requirements: tuple[RequirementId, ...]
    done_when: str


class Milestone(Value, frozen=True, kw_only=True):
    """A date at which something can be shown."""

    title: str
    day: Days
    after: tuple[WorkPackageId, ...]
    shows: str


class Risk(Value, frozen=True, kw_only=True):
    """What may go wrong, how likely, what it costs, what is done about it. `rank` = probability x impact."""

    id: RiskId
    title: str
    probability: Probability
    impact: Usd
    exposure: Usd
    mitigation: str
    sign: str
    elements: tuple[ElementId, ...]


class Gate(Value, frozen=True, kw_only=True):
    """A test or check that stops a change: what, where it runs, the threshold (from the model), and why."""

    name: str
    stage: str
    check: str
    threshold: str
    elements: tuple[ElementId, ...]
    requirements: tuple[RequirementId, ...] = ()


class RolloutStep(Value, frozen=True, kw_only=True):
    """A step of putting a release out, when to go on, and how to go back."""

    step: str
    go_on_when: str
    roll_back: str


class Role(Value, frozen=True, kw_only=True):
    """Who is needed, how many, for how much work, and which skills."""

    name: str
    people: float
    days: PersonDays
    skills: tuple[str, ...]


class Plan(Value, frozen=True, kw_only=True):
    """The way there. `months` of calendar time with `engineers`; `fits` None where no deadline was stated."""

    packages: tuple[WorkPackage, ...]
    milestones: tuple[Milestone, ...]
    risks: tuple[Risk, ...]
    gates: tuple[Gate, ...]
    rollout: tuple[RolloutStep, ...]
    roles: tuple[Role, ...]
    engineers: int
    effort: PersonDays
    deviation: PersonDays
    duration: Days
    months: Months
    cost: Usd
    deadline: Months | None
    fits: bool | None
    deferred: tuple[str, ...]
    because: tuple[DecisionId, ...]
    findings: tuple[Finding, ...]
