"""How callers prove who they are, as facts of the model: the schemes, and the ways of each operation."""

from collections.abc import Iterable, Iterator
from typing import Final

from archsmith.kernel.phrases import duration, listed
from archsmith.model.architecture import Architecture
from archsmith.model.contracts import Endpoint
from archsmith.verify.parity_api import Block
from archsmith.verify.parity_api_forms import HOST
from archsmith.verify.parity_facts import facts_at
from archsmith.verify.parity_json import Said
from archsmith.verify.parity_words import figures

_ISSUER: Final = f"https://identity.{HOST}"
_CODE: Final[Said] = {
    "authorizationUrl": f"{_ISSUER}/authorize", "tokenUrl": f"{_ISSUER}/token", "refreshUrl": f"{_ISSUER}/token",
}  # fmt: skip
_BEARER: Final[Said] = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
_SCHEMES: Final[dict[str, tuple[str, Said, str, Said]]] = {
    "oidc": ("openId", {"type": "oauth2"}, "authorizationCode", _CODE),
    "password": ("accessToken", _BEARER, "", {}),
    "api_key": ("clientCredentials", {"type": "oauth2"}, "clientCredentials", {"tokenUrl": f"{_ISSUER}/token"}),
    "service_token": ("serviceToken", _BEARER, "", {}),
    "device_certificate": ("deviceCertificate", {"type": "mutualTLS"}, "", {}),
    "signed_link": ("signedLink", {"type": "apiKey", "in": "header", "name": "Link-Token"}, "", {}),
    "webhook_signature": ("webhookSignature", {"type": "apiKey", "in": "header"}, "", {}),
}
"""Of each proof that a request carries outside its body: its scheme, and the flow that lists its scopes."""
_LASTING: Final = frozenset({"oidc", "password", "api_key", "device_certificate"})
"""Proofs that say for how long they are good."""


def security(endpoint: Endpoint) -> Said:
    """The ways to prove who calls, each enough, and the scopes where no scheme can list them."""
    shown = any(_SCHEMES[p][2] for p in _proofs(endpoint))
    ways = frozenset(_way(proof, endpoint) for proof in _proofs(endpoint))
    return {"proofs": ways or frozenset({"open"}), "scopes beside": frozenset(() if shown else endpoint.scopes)}


def schemes(
    architecture: Architecture, endpoints: Iterable[Endpoint], names: frozenset[str], signs: bool
) -> Iterator[tuple[str, Block]]:
    """A scheme for each proof that the endpoints ask for; `signs`: messages to others are signed too."""
    opened: dict[str, set[str]] = {}
    for endpoint in endpoints:
        for proof in _proofs(endpoint):
            opened.setdefault(proof, set()).update(endpoint.scopes)
    api = architecture.api
    signature = api.signature if api else "Webhook-Signature"
    for proof, scopes in opened.items():
        name, said, flow, urls = _SCHEMES[proof]
        more: Said = {"name": signature} if proof == "webhook_signature" else {}
        found = facts_at("", said | more | {"figures": _lasting(architecture, proof) - names})
        found += facts_at(f" flow {flow}", urls | {"scopes": frozenset(scopes)}) if flow else []
        yield f"scheme {name}", frozenset(found)
    if signs:
        late = frozenset({duration(api.tolerance)} if api else ())
        said = {"type": "apiKey", "in": "header", "name": signature, "figures": late - names}
        yield "scheme sentSignature", frozenset(facts_at("", said))


def _lasting(architecture: Architecture, proof: str) -> frozenset[str]:
    who = [a for a in architecture.policies.authentication if a.method == proof and proof in _LASTING]
    lasting = listed(duration(a.session) for a in who if a.session)
    return figures(lasting) | frozenset(f for a in who for f in figures(a.note))


def _way(proof: str, endpoint: Endpoint) -> str:
    name, _, flow, _ = _SCHEMES[proof]
    return f"{name} for {', '.join(sorted(endpoint.scopes))}" if flow and endpoint.scopes else name


def _proofs(endpoint: Endpoint) -> list[str]:
    """The proofs that have a scheme; where scopes are asked for, a token is."""
    return [p for p in endpoint.proofs if p in _SCHEMES] or (["oidc"] if endpoint.scopes else [])
