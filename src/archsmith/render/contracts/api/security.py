"""Security schemes: how each kind of caller proves who it is, and which scopes an operation asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from archsmith.kernel.phrases import duration, listed
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.words import prose, sentence
from archsmith.render.placeholders import host
from archsmith.render.view import View

ISSUER: Final = f"https://{host('identity')}"
"""A host that can't exist (RFC 2606): to be replaced when the identity provider is known."""
_JWT: Final = "Tokens are JWTs; they are checked as RFC8725 asks (algorithm, issuer, audience, times)."


class Security:
    """The security schemes of a design and the requirements of its endpoints."""

    def __init__(self, view: View, components: Components) -> None:
        self._view = view
        self._components = components

    def of(self, endpoint: Endpoint) -> list[Json]:
        """The requirements of an operation, each an alternative; the empty one where it is open to all."""
        found: list[Json] = [
            {self._scheme(proof): list(endpoint.scopes) if _SCHEMES[proof].scoped else []}
            for proof in _proofs(endpoint)
        ]
        return found or [{}]

    def scopes(self, endpoint: Endpoint) -> Json:
        """The scopes where no scheme can list them: OpenAPI has them for OAuth 2 alone."""
        told = any(_SCHEMES[proof].scoped for proof in _proofs(endpoint))
        return {"x-scopes": list(endpoint.scopes)} if endpoint.scopes and not told else {}

    def _scheme(self, proof: str) -> str:
        name = _SCHEMES[proof].name
        if not self._components.has("securitySchemes", name):
            built = _SCHEMES[proof].build(self._said(proof), self)
            self._components.add("securitySchemes", name, built)
        return name

    def _said(self, method: str) -> str:
        """Who proves it so, and for how long that is good."""
        who = [a for a in self._view.arch.policies.authentication if a.method == method]
        if not who:
            return ""
        actors = {a.id: a.name for a in self._view.domain.actors}
        said = f"For {listed((prose(actors.get(a.actor, a.actor)) for a in who), 6)}."
        said += "".join(f" {s}" for s in dict.fromkeys(sentence(a.note) for a in who) if s)
        lasting = dict.fromkeys(duration(a.session) for a in who if a.session)
        said += f" A sign-in lasts {listed(lasting)}." if lasting else ""
        strict = [prose(actors.get(a.actor, a.actor)) for a in who if a.second_factor]
        return said + (f" A second factor is asked of {listed(strict)}." if strict else "")

    def asked(self, proof: str) -> Json:
        """The scopes that operations ask of callers who prove it so, with what each opens."""
        wanted = {s for e in self._view.arch.endpoints if proof in _proofs(e) for s in e.scopes}
        return {s.id: sentence(s.description) for s in self._view.arch.policies.scopes if s.id in wanted}

    @property
    def signs_in_here(self) -> str:
        """The path at which a password is exchanged for a token; empty where the API has none."""
        found = (e for e in self._view.arch.endpoints if e.act is Act.SIGN and e.response is Body.FIELDS)
        return next((e.path for e in found), "")

    @property
    def signature(self) -> str:
        """The header field that signs a webhook."""
        return self._view.arch.api.signature if self._view.arch.api else "Webhook-Signature"


def _proofs(endpoint: Endpoint) -> list[str]:
    """The proofs that have a scheme; where scopes are asked for, a token is."""
    return [p for p in endpoint.proofs if p in _SCHEMES] or (["oidc"] if endpoint.scopes else [])


def _open_id(said: str, security: Security) -> Json:
    """The flow is written out, since a reader of the document wants to see the scopes; discovery gives the same."""
    flow: Json = {
        "authorizationUrl": f"{ISSUER}/authorize",
        "tokenUrl": f"{ISSUER}/token",
        "refreshUrl": f"{ISSUER}/token",
        "scopes": security.asked("oidc"),
    }
    words = f"{said} OpenID Connect: authorization code with PKCE. {_JWT}".strip()
    return {"type": "oauth2", "description": words, "flows": {"authorizationCode": flow}}


def _accounts(said: str, security: Security) -> Json:
    path = security.signs_in_here
    where = f" It comes from `POST {path}`." if path else ""
    words = f"{said} An access token of our own.{where} {_JWT}".strip()
    return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": words}


def _client(said: str, security: Security) -> Json:
    """No refresh token, so no `refreshUrl`: the server should issue none for this grant (RFC 6749, section 4.4.3)."""
    flow: Json = {"tokenUrl": f"{ISSUER}/token", "scopes": security.asked("api_key")}
    words = f"{said} Client credentials: when a token ends, the next one is asked for with the key. {_JWT}".strip()
    return {"type": "oauth2", "description": words, "flows": {"clientCredentials": flow}}


def _service(_said: str, _security: Security) -> Json:
    words = (
        "A token that one of our services gets for itself with client credentials (RFC 6749, section 4.4): its "
        f"audience is the service that it calls, its subject stands among `x-callers` of the operation. {_JWT}"
    )
    return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": words}


def _certificate(said: str, _security: Security) -> Json:
    return {"type": "mutualTLS", "description": said or "A certificate of the caller's own."}


def _signed_link(_said: str, _security: Security) -> Json:
    words = (
        "For somebody without an account: the token of the link in the mail, which opens what that person made and "
        "nothing else. In a header field, so that it stands in no log."
    )
    return {"type": "apiKey", "in": "header", "name": "Link-Token", "description": words}


def _signature(_said: str, security: Security) -> Json:
    words = "The sender signs the bytes of the body with the secret that it shares with us; replays are refused."
    return {"type": "apiKey", "in": "header", "name": security.signature, "description": words}


@dataclass(frozen=True, slots=True)
class _Scheme:
    """The name in the document, whether scopes stand beside it, and what it says."""

    name: str
    scoped: bool
    build: Callable[[str, Security], Json]


_SCHEMES: Final = {
    "oidc": _Scheme("openId", True, _open_id),
    "password": _Scheme("accessToken", False, _accounts),
    "api_key": _Scheme("clientCredentials", True, _client),
    "device_certificate": _Scheme("deviceCertificate", False, _certificate),
    "service_token": _Scheme("serviceToken", False, _service),
    "signed_link": _Scheme("signedLink", False, _signed_link),
    "webhook_signature": _Scheme("webhookSignature", False, _signature),
}
"""By proof. A one-time token and a refresh token stand in the body of the request, so they need none."""
