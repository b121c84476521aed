"""Header fields of responses: versions, caching, rate limits, places."""

from typing import Any, Final

from archsmith.kernel.phrases import duration
from archsmith.model.architecture import RateLimit
from archsmith.model.contracts import Endpoint
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.json_schema import integer

ETAG: Final = '"3"'
"""What an entity tag looks like: the version of the row."""
ETAG_SCHEMA: Final[Json] = {"type": "string", "maxLength": 64, "pattern": r'^(W/)?"[!#-~]*"$'}
VISIBLE: Final = r"^[ -~]*$"
"""Characters that a header field may hold (RFC 9110, section 5.5), without the obsolete ones."""
REFERENCE: Final[Json] = {"type": "string", "format": "uri-reference", "maxLength": 2048}
_WAIT_MAX: Final = 86_400
"""Seconds: a client that is told to come back tomorrow has been told enough."""


def words(longest: int = 255) -> Json:
    """A header field in words."""
    return {"type": "string", "maxLength": longest, "pattern": VISIBLE}


def header(description: str, example: Any, schema: Json | None = None) -> Json:
    """A header field."""
    return {"description": description, "schema": schema or words(), "example": example}


def response_headers(endpoint: Endpoint, limit: RateLimit | None, location: str, components: Components) -> Json:
    """The header fields of a success."""
    found: Json = {}
    if location:
        found["Location"] = header("Where the result is read.", location, REFERENCE)
    if endpoint.retry_after:
        found |= retry_after(round(endpoint.retry_after))
    if endpoint.etag and endpoint.method != "DELETE":
        said = "Version of what is returned, for If-Match and If-None-Match."
        found["ETag"] = components.add("headers", "ETag", header(said, ETAG, ETAG_SCHEMA))
    if endpoint.method == "GET":
        found["Cache-Control"] = header(_cache_words(endpoint), cache_control(endpoint))
    return found | limit_headers(limit, components)


def limit_headers(limit: RateLimit | None, components: Components) -> Json:
    """What is on every answer: the RateLimit fields (draft-ietf-httpapi-ratelimit-headers)."""
    found: Json = {}
    if limit:
        name, window = limit.id.rpartition("-")[2] or limit.id, f"{limit.window:.0f}"
        policy = header(
            "The limits that apply to the caller: quota `q` in a window of `w` seconds.",
            f'"{name}";q={limit.limit};w={window}',
        )
        left = header(
            "What is left: `r` requests until the window ends in `t` seconds.",
            f'"{name}";r={limit.limit - 1};t={window}',
        )
        found["RateLimit-Policy"] = components.apart(
            "headers", "RateLimit-Policy", policy, f"RateLimit-Policy-{limit.id}"
        )
        found["RateLimit"] = components.apart("headers", "RateLimit", left, f"RateLimit-{limit.id}")
    return found


def retry_after(seconds: int) -> Json:
    """When to try or to ask again."""
    return {"Retry-After": header("Seconds to wait before the next try.", seconds, integer(0, _WAIT_MAX))}


def challenge() -> Json:
    """How to prove who calls."""
    return {"WWW-Authenticate": header("How to prove who calls (RFC 6750).", 'Bearer error="invalid_token"')}


def cache_control(endpoint: Endpoint) -> str:
    """Cache-Control of an answer: as long as the model allows; a caller's own data never in a shared cache."""
    if endpoint.cache:
        return f"{'public' if endpoint.shared or not endpoint.scopes else 'private'}, max-age={endpoint.cache:.0f}"
    return "private, no-cache" if endpoint.etag else "no-store"


def _cache_words(endpoint: Endpoint) -> str:
    if endpoint.cache:
        return f"May be kept for {duration(endpoint.cache)}: the data may be that old."
    return "May be kept, but must be asked for anew." if endpoint.etag else "Must not be kept."
