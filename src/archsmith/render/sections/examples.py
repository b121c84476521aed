"""A worked call of an endpoint: stand-in until contracts' own examples are used."""

from dataclasses import dataclass

from archsmith.model.contracts import Endpoint
from archsmith.render.view import View


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer."""

    method: str
    path: str
    headers: tuple[str, ...]
    request: object | None
    status: int
    response: object | None


def exchange(view: View, endpoint: Endpoint) -> Exchange:
    """The example of an endpoint."""
    return Exchange(endpoint.method, endpoint.path, (), None, endpoint.success, None)
