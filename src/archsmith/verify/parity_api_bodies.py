"""What the bodies of endpoints have to hold, as facts of the model."""

from collections.abc import Iterable
from typing import Final

from archsmith.kernel.ids import EntityId
from archsmith.kernel.phrases import size
from archsmith.kernel.units import Bytes
from archsmith.model.architecture import Architecture
from archsmith.model.bodies import Bodies
from archsmith.model.contracts import Act, Body, Endpoint, Webhook
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field
from archsmith.verify.parity_api_forms import CURSOR, STREAM, cloud_event, form, job, outcomes, summary
from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.parity_json import Said, field_wanted

_FILE: Final = "application/octet-stream"
_JSON: Final = "application/json"
_TOTALLED: Final = frozenset({AttributeType.MONEY, AttributeType.INTEGER, AttributeType.DECIMAL})


class ApiBodies:
    """The bodies of the endpoints that stand in one document. Empty where nothing goes in or comes out."""

    def __init__(self, architecture: Architecture, bodies: Bodies):
        self._bodies = bodies
        self._contracts = {c.event: c for c in architecture.event_contracts}
        self._rules = architecture.rules
        self._read: dict[EntityId, list[Fact]] = {}

    def sent(self, endpoint: Endpoint) -> list[Fact]:
        """What a request carries."""
        fields = self._bodies.sent(endpoint, endpoint.entity)
        match endpoint.request:
            case Body.CREATE:
                return _of(_JSON, self._creation(endpoint))
            case Body.BATCH:
                items: Said = {"list": "yes", "required": "yes", "least": "1", "most": str(endpoint.batch)}
                whole = [*facts_at("", {"type": "object", "closed": "yes"}), *facts_at(".items", items | _each("yes"))]
                return _of(_JSON, [*whole, *_inside(".items", self._creation(endpoint))])
            case Body.UPDATE:
                return _of("application/merge-patch+json", self._object(fields, change=True))
            case Body.FIELDS if endpoint.takes:
                closed = endpoint.act is not Act.CALLBACK  # what others send may have more in it
                return _of(_JSON, self._object(endpoint.takes, closed=closed))
            case Body.FILE:
                file = facts_at(".file", {"required": "yes", **_file(endpoint)})
                whole = self._object(fields if endpoint.response is Body.ONE else [])
                kinds = ", ".join(endpoint.media_types)
                part = facts_at(" part file", {"kinds": kinds}) if kinds else []
                return _of("multipart/form-data", [*whole, *file, *part])
        return []

    def given(self, endpoint: Endpoint) -> list[Fact]:
        """What an answer carries."""
        match endpoint.response:
            case Body.ONE:
                return _of(_JSON, self.read(endpoint.entity))
            case Body.PAGE:
                return _of(_JSON, self._page(endpoint))
            case Body.FIELDS if endpoint.gives:
                return _of(_JSON, self._object(endpoint.gives, closed=False))
            case Body.SUMMARY:
                return _of(_JSON, self._figures(endpoint.entity))
            case Body.ACCEPTED:
                return _of(_JSON, form(job(self._rules.job_states)))
            case Body.BATCH:
                return _of(_JSON, form(outcomes(endpoint.batch or self._rules.batch_max)))
            case Body.FILE:
                kind = endpoint.media_types[0] if endpoint.media_types else _FILE
                return _of(kind, facts_at("", _file(endpoint)))
            case Body.EVENTS if endpoint.success == 200:
                every = frozenset({f"{endpoint.heartbeat:.0f} s"} if endpoint.heartbeat else ())
                return _of("text/event-stream", [*form(STREAM), *facts_at("", {"figures": every})])
        return []

    def told(self, webhook: Webhook) -> list[Fact]:
        """What a message to others carries: the fields of its event in the envelope of CloudEvents."""
        fields = self._bodies.shapes[webhook.entity].told(self._contracts[webhook.event].attributes)
        data = [*_within(".data", self._object(fields, closed=False)), Fact(".data", "required", "yes")]
        return _of("application/cloudevents+json", [*form(cloud_event(webhook.type)), *data])

    def read(self, entity: EntityId) -> list[Fact]:
        """An entity as it is read, with the parts that come with it."""
        if entity not in self._read:
            found = self._object(self._bodies.read(entity), closed=False)
            for name, part in self._bodies.parts_of(entity):
                most = str(self._rules.parts_max)
                found += facts_at(f".{name}", {"list": "yes", "most": most, "read only": "yes", **_each("")})
                found += _inside(f".{name}", self.read(part))
            self._read[entity] = found
        return self._read[entity]

    def _page(self, endpoint: Endpoint) -> list[Fact]:
        most = next((p.maximum for p in endpoint.parameters if p.name == "limit"), None) or self._rules.page_max
        items: Said = {"list": "yes", "required": "yes", "most": str(most), **_each("")}
        return [
            *facts_at("", {"type": "object"}),
            *facts_at(".items", items),
            *_within(".next", form(CURSOR | {"maxLength": self._rules.cursor_max})),
            *_inside(".items", self.read(endpoint.entity)),
        ]

    def _figures(self, entity: EntityId) -> list[Fact]:
        fields = [f for f in self._bodies.read(entity) if f.type in _TOTALLED and f.attribute]
        return form(summary([f"{f.name}_total" for f in fields], self._rules.groups_max))

    def _creation(self, endpoint: Endpoint) -> list[Fact]:
        found = self._object(self._bodies.sent(endpoint, endpoint.entity))
        for name, part in self._bodies.parts(endpoint):
            most = str(self._rules.parts_max)
            items: Said = {"list": "yes", "required": "yes", "least": "1", "most": most}
            back = self._bodies.back(part, endpoint.entity)
            own = [f for f in self._bodies.sent(endpoint, part) if f.name not in back]
            found += [*facts_at(f".{name}", {**items, **_each("yes")}), *_inside(f".{name}", self._object(own))]
        return found

    def _object(self, fields: Iterable[Field], *, closed: bool = True, change: bool = False) -> list[Fact]:
        fields = list(fields)
        least = "1" if change and fields else ""
        found = facts_at("", {"type": "object", "closed": "yes" if closed else "", "at least": least})
        for field in fields:
            said: Said = {"required": "yes" if field.required and not change else "", **field_wanted(field)}
            if change and not field.required:
                said |= {"null": "yes", "null among values": "yes" if "values" in said else ""}
            found += facts_at(f".{field.name}", said)
        return found


def _of(media: str, facts: Iterable[Fact]) -> list[Fact]:
    """The facts of a body, each body with its examples."""
    place = f" body {media}"
    return [Fact(place), Fact(place, "example", "yes"), *_within(place, facts)]


def _within(place: str, facts: Iterable[Fact]) -> list[Fact]:
    """Facts of what stands at a place."""
    return [Fact(f"{place}{f.place}", f.what, f.value) for f in facts]


def _inside(place: str, facts: Iterable[Fact]) -> list[Fact]:
    """The properties of an object, without what it says of itself."""
    return _within(place, (f for f in facts if f.place))


def _each(closed: str) -> Said:
    """What the elements of a list of objects are."""
    return {"each type": "object", "each closed": closed}


def _file(endpoint: Endpoint) -> Said:
    limit = frozenset({size(Bytes(endpoint.max_bytes))} if endpoint.max_bytes else ())
    return {"type": "file", "max length": str(endpoint.max_bytes or ""), "figures": limit}
