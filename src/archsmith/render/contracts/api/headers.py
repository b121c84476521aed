"""Header fields of responses: versions, caching, rate limits, places."""

from typing import Any

from archsmith.model.architecture import RateLimit
from archsmith.model.contracts import Endpoint
from archsmith.render.contracts.api.components import Components, Json

ETAG = '"3"'
"""What an entity tag looks like: the version of the row."""


def header(description: str, example: Any, kind: str = "string", **more: Any) -> Json:
    """A header field."""
    return {"description": description, "schema": {"type": kind, **more}, "example": example}


def response_headers(endpoint: Endpoint, limit: RateLimit | None, location: str, components: Components) -> Json:
    """The header fields of a success."""
    found: Json = {}
    if location:
        found["Location"] = header("Where the result is.", location, format="uri-reference")
    if endpoint.etag and endpoint.method != "DELETE":
        said = "Version of what is returned, for If-Match and If-None-Match."
        found["ETag"] = components.add("headers", "ETag", header(said, ETAG))
    if endpoint.method == "GET":
        found["Cache-Control"] = header(_cache_words(endpoint), cache_control(endpoint))
    if limit:
        found |= limit_headers(limit, components)
    return found


def limit_headers(limit: RateLimit, components: Components) -> Json:
    """The RateLimit header fields (draft-ietf-httpapi-ratelimit-headers), the same on every answer."""
    name, window = limit.id.rpartition("-")[2] or limit.id, f"{limit.window:.0f}"
    policy = header(
        "The limits that apply to the caller: quota `q` in a window of `w` seconds.",
        f'"{name}";q={limit.limit};w={window}',
    )
    left = header(
        "What is left: `r` requests until the window ends in `t` seconds.", f'"{name}";r={limit.limit - 1};t={window}'
    )
    return {
        "RateLimit-Policy": components.add("headers", "RateLimitPolicy", policy),
        "RateLimit": components.add("headers", "RateLimit", left),
    }


def retry_after(limit: RateLimit | None) -> Json:
    """When to try again: at the latest when the window of the limit is over."""
    window = round(limit.window) if limit else 1
    return {"Retry-After": header("Seconds to wait before the next try.", window, "integer", minimum=0)}


def challenge() -> Json:
    """How to prove who calls."""
    return {"WWW-Authenticate": header("How to prove who calls.", 'Bearer error="invalid_token"')}


def cache_control(endpoint: Endpoint) -> str:
    """Cache-Control of an answer: as long as the model allows; a caller's own data never in a shared cache."""
    if endpoint.cache:
        return f"{'private' if endpoint.scopes else 'public'}, max-age={endpoint.cache:.0f}"
    return "private, no-cache" if endpoint.etag else "no-store"


def _cache_words(endpoint: Endpoint) -> str:
    if endpoint.cache:
        return f"May be kept for {endpoint.cache:.0f} seconds."
    return "May be kept, but must be asked for anew." if endpoint.etag else "Must not be kept."
