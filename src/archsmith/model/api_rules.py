"""What holds for the whole HTTP API, each figure with its source in the catalogue."""

from archsmith.kernel.ids import DecisionId
from archsmith.kernel.units import Months, Seconds
from archsmith.model.base import Value


class ApiRules(Value, frozen=True, kw_only=True):
    """What holds for all endpoints. `base_path` carries the major version.

    A version that is to go answers with `Deprecation` (RFC 9745) and `Sunset` (RFC 8594), `notice` months apart.
    `keys_kept`: how long an Idempotency-Key of `key_min` to `key_max` characters is remembered.
    `cursor_max`: characters of a cursor. `parts_max`: parts that
    go with their whole; `select_max`: values of one filter; `groups_max`: groups of a summary. `job_states`: those of
    work that takes long, the first one that in which it begins. `tenant_claim`: the claim of the token that says whose
    data is meant, never a parameter; empty for one tenant. `link_valid`: how long a signed link to a file is good.
    Webhooks that go out: signed with `signature` (a header field), good for `tolerance`, waited for `timeout`, tried
    `attempts` times over at most `give_up`.
    """

    guide: str
    base_path: str
    notice: Months
    keys_kept: Seconds
    key_min: int
    key_max: int
    cursor_max: int
    parts_max: int
    select_max: int
    groups_max: int
    job_states: tuple[str, ...] = ()
    page_size: int
    page_max: int
    batch_max: int
    tenant_claim: str = ""
    link_valid: Seconds
    signature: str
    tolerance: Seconds
    timeout: Seconds
    attempts: int
    give_up: Seconds
    because: tuple[DecisionId, ...]
