"""Names of hosts that nobody knows before the deployment: under `.invalid`, which never resolves (RFC 2606)."""

from typing import Final

DOMAIN: Final = "your-domain.invalid"


def host(name: str) -> str:
    """A host of the design.

    >>> host("api")
    'api.your-domain.invalid'
    """
    return f"{name}.{DOMAIN}"
