"""What an API says once, as facts of the model: its version, where it is reached, what goes together under a tag."""

from collections.abc import Iterator

from archsmith.kernel.names import plain, slug
from archsmith.kernel.phrases import duration
from archsmith.model.architecture import Architecture, Service
from archsmith.model.contracts import Act, Audience, Endpoint
from archsmith.model.domain import Domain
from archsmith.verify.parity_api_forms import HOST
from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.parity_json import Said
from archsmith.verify.parity_words import figures


class ApiWhole:
    """The document of `endpoints`, which are all of the `service` or all that callers outside may use."""

    def __init__(
        self, architecture: Architecture, domain: Domain, endpoints: tuple[Endpoint, ...], service: Service | None
    ) -> None:
        self._arch, self._domain, self._endpoints, self._service = architecture, domain, endpoints, service
        called = [n for e in domain.entities for n in (e.name, e.plural, plain(e.name))]
        called += [a.name for a in domain.actors] + [s.name for s in domain.systems]
        self.names = frozenset(f for name in called for f in figures(name))
        """Figures that are but parts of names."""

    @property
    def tells(self) -> bool:
        """Whether messages to others stand in it."""
        return bool(self._arch.webhooks) and self._service is None

    @property
    def base(self) -> str:
        """The path that all paths are below."""
        return self._arch.api.base_path if self._arch.api else f"/v{self._arch.api_version.partition('.')[0]}"

    @property
    def tries(self) -> frozenset[str]:
        """How long and how often a message to others is tried."""
        api = self._arch.api
        return frozenset({duration(api.timeout), f"{api.attempts} times", duration(api.give_up)} if api else ())

    def facts(self) -> Iterator[Fact]:
        """What is said once."""
        order, notice = list(Audience), self._arch.api.notice if self._arch.api else None
        months = {f"{round(notice)} months"} if notice is not None else set()
        purpose = figures(self._service.purpose) if self._service else frozenset()
        said: Said = {
            "OpenAPI": "3.1.1",
            "version": self._arch.api_version,
            "audience": min((e.audience for e in self._endpoints), key=order.index).value,
            "contact": frozenset({f"https://{HOST}/support", f"api@{HOST}"}),
            "license": "LicenseRef-Proprietary",
            "figures": frozenset(months | purpose) - self.names,
        }
        yield from facts_at("", said)
        inner = f"{slug(self._service.id)}.internal" if self._service else "api"
        server = {"url": f"https://{{host}}{self.base}", "internal": "true" if self._service else "false"}
        yield from facts_at(" server 0", server)
        yield from facts_at(" server 0 variable host", {"default": f"{inner}.{HOST}"})
        yield from self._tags()

    def _tags(self) -> Iterator[Fact]:
        """Which operations go together under a tag, and what its words state: how long an entity is kept."""
        grouped: dict[str, list[str]] = {}
        stated: dict[str, frozenset[str]] = {}
        entities = {e.id: e for e in self._domain.entities}
        lasting = {r.entity: f"{round(r.keep, 1):g} months" for r in reversed(self._arch.policies.retention)}
        for endpoint in self._endpoints:
            entity = entities[endpoint.entity]
            label = _label(endpoint.tag or entity.plural or plain(entity.name))
            grouped.setdefault(label, []).append(f"{endpoint.method} {endpoint.path}")
            if not endpoint.tag:
                stated.setdefault(label, figures(entity.description) | {*filter(None, [lasting.get(entity.id)])})
            elif endpoint.act not in (Act.JOB, Act.CALLBACK, Act.SIGN):
                stated.setdefault(label, figures(endpoint.reason or endpoint.summary))
        if self.tells:
            grouped.setdefault("webhooks", [])
            stated.setdefault("webhooks", self.tries)
        for label, places in grouped.items():
            said = stated.get(label, frozenset()) - self.names
            yield from facts_at(f" tag of {min(places, default='webhooks')}", {"figures": said})
        yield Fact("", "tags that go together", frozenset(" + ".join(sorted(places)) for places in grouped.values()))


def _label(tag: str) -> str:
    """A tag as two that look the same have it."""
    return " ".join(tag.split()).casefold()
