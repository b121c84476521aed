"""Security schemes: how each kind of caller proves who it is, and which scopes an operation asks for."""

from typing import Final

from archsmith.kernel.ids import ActorId, OperationId
from archsmith.kernel.phrases import duration, listed
from archsmith.model.architecture import Scope
from archsmith.model.contracts import Endpoint
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.words import prose, sentence
from archsmith.render.view import View

_NAMES: Final = {
    "oidc": "openId",
    "password": "accounts",
    "api_key": "clientCredentials",
    "device_certificate": "deviceCertificate",
}
"""Method of the model -> name of the scheme."""


class Security:
    """The security schemes of a design and the requirements of its endpoints."""

    def __init__(self, view: View, components: Components) -> None:
        self._view = view
        self._components = components
        self._method = {a.actor: a.method for a in view.arch.policies.authentication}
        self._scopes = {s.id: s for s in view.arch.policies.scopes}

    def of(self, endpoint: Endpoint) -> list[Json]:
        """The requirements of an operation, each an alternative; an empty list where it is open to all."""
        if not endpoint.scopes:
            return []
        methods = [m for m in dict.fromkeys(self._method.get(a, "") for a in self._actors(endpoint)) if m in _NAMES]
        used = methods or [m for m in dict.fromkeys(self._method.values()) if m in _NAMES] or ["oidc"]
        return [{self._scheme(method): list(endpoint.scopes)} for method in used]

    def _actors(self, endpoint: Endpoint) -> list[ActorId]:
        """Who may have one of the endpoint's scopes; first whoever the operation is for."""
        served: tuple[OperationId, ...] = (endpoint.operation, *endpoint.also)
        own = [self._view.operations[o].actor for o in served if o in self._view.operations]
        holders = [a for s in endpoint.scopes if s in self._scopes for a in self._scopes[s].actors]
        return list(dict.fromkeys([*(a for a in own if a in holders), *holders]))

    def _scheme(self, method: str) -> str:
        name = _NAMES[method]
        if not self._components.has("securitySchemes", name):
            self._components.add("securitySchemes", name, self._described(method))
        return name

    def _described(self, method: str) -> Json:
        who = [a for a in self._view.arch.policies.authentication if a.method == method]
        actors = {a.id: a.name for a in self._view.domain.actors}
        said = f"For {listed((prose(actors.get(a.actor, a.actor)) for a in who), 6)}."
        said += "".join(f" {s}" for s in dict.fromkeys(sentence(a.note) for a in who) if s)
        if who:
            said += f" A session lasts {listed(dict.fromkeys(duration(a.session) for a in who))}."
        if any(a.second_factor for a in who):
            strict = listed(prose(actors.get(a.actor, a.actor)) for a in who if a.second_factor)
            said += f" A second factor is asked of {strict}."
        return _SCHEMES[method](said, self._granted(method))

    def _granted(self, method: str) -> list[Scope]:
        return [s for s in self._view.arch.policies.scopes if any(self._method.get(a) == method for a in s.actors)]


def _open_id(said: str, scopes: list[Scope]) -> Json:
    """The flow is written out, since a reader of the document wants to see the scopes; discovery gives the same."""
    issuer = "https://identity.example.com"
    flow: Json = {
        "authorizationUrl": f"{issuer}/authorize",
        "tokenUrl": f"{issuer}/token",
        "refreshUrl": f"{issuer}/token",
        "scopes": _listed(scopes),
    }
    return {
        "type": "oauth2",
        "description": f"{said} OpenID Connect: authorization code with PKCE.",
        "flows": {"authorizationCode": flow},
    }


def _accounts(said: str, scopes: list[Scope]) -> Json:
    flow: Json = {"authorizationUrl": "/oauth/authorize", "tokenUrl": "/oauth/token", "scopes": _listed(scopes)}
    return {
        "type": "oauth2",
        "description": f"{said} Authorization code with PKCE.",
        "flows": {"authorizationCode": flow},
    }


def _client(said: str, scopes: list[Scope]) -> Json:
    flow: Json = {"tokenUrl": "/oauth/token", "scopes": _listed(scopes)}
    return {"type": "oauth2", "description": said, "flows": {"clientCredentials": flow}}


def _certificate(said: str, _scopes: list[Scope]) -> Json:
    return {"type": "mutualTLS", "description": said}


def _listed(scopes: list[Scope]) -> Json:
    return {scope.id: sentence(scope.description) for scope in scopes}


_SCHEMES: Final = {"oidc": _open_id, "password": _accounts, "api_key": _client, "device_certificate": _certificate}
