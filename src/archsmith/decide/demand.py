"""The numbers and demands that choices depend on, drawn once from requirements, domain and workload."""

import math

import msgspec

from archsmith.decide.keyed import Keyed
from archsmith.kernel.ids import EntityId, RequirementId
from archsmith.model.base import Value
from archsmith.model.domain import DataClass


class Demand(Value, frozen=True, kw_only=True):
    """What the system must carry at the planning horizon. Rates a second at the peak unless said, sizes in GB, money in
    USD, times in seconds, availability 0 to 1.

    `web`: requests from outside without device and stream traffic; `cacheable`: reads that a cache may answer, and
    `hit` the share of them that it does, `served` what that is and how old it may be;
    `search_work`: searches among so many rows as are usual, of the same work, and `search_wants` the traits that the
    brief asks of a search; `tolerant`: reads that a copy some seconds old may
    answer; `at_edge`: reads that an edge network would answer, as they are open to all and their age is allowed,
    `edge_hit`: the share of them that a cache would answer as well;
    `stream`: messages of streams. `jobs`: work that nobody waits for; `behind_reads` and `behind_writes`: what that and
    streams ask of the primary store. `series`: entities that are measured over time, `logs`: entities that are
    appended in masses and read in sums, `keyed`: those that are asked for row by row. `finders`: queries other
    than by key; `batches`: jobs over many rows. `file_egress_gb`: of files that operations answer with; `media_gb`: of
    files by all that leaves, where answers do not explain it; `new_files_gb`, `file_reads`, `file_writes`: of a month;
    `calls`: USD a month that `systems` outside bill for calls; `connecting`: requests on average that open a
    connection; `load_factor`: peak over mean of the whole workload. `strict`: money, or changes that must be atomic.
    `together`: operations that change several things at once. `crossings`: operations over several contexts,
    `bonds`: references between contexts; `crossings_of_teams`, `bonds_of_teams`: between what several teams own.
    `owned`: kinds of rows that belong to somebody or to a tenant, `shared`: requirements that people grant each other
    access, `cards`: payment by card is taken. `ingests`: a part of the system takes streams in. `apart`: requirements
    that a path works while another part is down. `lost_region`: requirements that the loss of a region is survived,
    `region_rpo`/`region_rto` their targets (infinite where none is stated), `all_serve`: regions serve at the same
    time. `soft`: names of targets that nobody stated, which give way to stated ones. `push_within`: seconds in which a
    pushed result must arrive.
    """

    web: float
    web_average: float
    reads: float
    writes: float
    cacheable: float
    hit: float
    served: tuple[str, ...] = ()
    searches: float
    search_work: float
    search_wants: tuple[str, ...]
    stream: float
    stream_average: float
    messages: float
    messages_average: float
    jobs: float
    jobs_average: float
    behind_reads: float
    behind_writes: float
    users: float
    connections: float
    devices: bool
    mqtt: bool
    peak_factor: float
    database_gb: float
    series_gb: float
    logs_gb: float
    series: tuple[EntityId, ...] = ()
    logs: tuple[EntityId, ...] = ()
    keyed: Keyed = Keyed()
    files: bool
    files_gb: float
    egress_gb: float
    file_egress_gb: float
    media_gb: float
    new_files_gb: float
    file_reads: float
    file_writes: float
    calls: float
    systems: int
    connecting: float
    load_factor: float
    requests_month: float
    public: bool
    real_time: bool
    two_way: bool
    push_within: float
    slow_master: bool
    shared_state: bool
    strict: bool
    aggregates: float
    async_work: bool
    partners: bool
    workforce_sign_in: str
    mfa: bool
    multi_tenant: bool
    modules: int
    relations: int
    finders: int
    batches: int
    crossings: int
    crossings_of_teams: int
    owned: int
    shared: int
    bonds: int
    bonds_of_teams: int
    ingests: bool
    events: int
    data_class: DataClass
    team: int
    teams: int
    skills: tuple[str, ...]
    hourly: float
    horizon: float
    outage: float
    headroom: float
    availability: float
    latency: float
    tightest: float
    rpo: float
    rto: float
    budget: float | None
    on_premises: bool
    offline: bool
    places: tuple[str, ...]
    near: tuple[str, ...]
    baa: bool
    pci: bool
    cards: bool
    apart: tuple[RequirementId, ...] = ()
    tolerant: float = 0.0
    at_edge: float = 0.0
    edge_hit: float = 0.0
    lost_region: tuple[RequirementId, ...] = ()
    region_rpo: float = math.inf
    region_rto: float = math.inf
    all_serve: bool = False
    together: tuple[str, ...] = ()
    soft: frozenset[str] = frozenset()
    binding: dict[str, tuple[RequirementId, ...]] = msgspec.field(default_factory=dict)
    weights: dict[str, float] = msgspec.field(default_factory=dict)

    @property
    def concurrent_polls(self) -> float:
        """Requests a second if all who are connected asked every 5 s."""
        return max(self.connections, 10.0) / 5

    @property
    def heavy_stream(self) -> bool:
        """Whether streams carry more than a job table and its consumers can be asked to."""
        return self.stream > 1000
