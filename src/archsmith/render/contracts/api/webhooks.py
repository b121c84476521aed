"""Webhooks: what we send to others when something happens, as CloudEvents, signed."""

from archsmith.kernel.phrases import duration, listed
from archsmith.knowledge.examples.values import identifier, token
from archsmith.model.contracts import EventContract, Webhook
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.api.content import Content
from archsmith.render.contracts.api.headers import REFERENCE, retry_after, words
from archsmith.render.contracts.api.schemas import Schemas
from archsmith.render.contracts.api.streams import contract_of, envelope
from archsmith.render.contracts.json_schema import moment, uuid
from archsmith.render.contracts.words import prose, sentence, title
from archsmith.render.view import View

_CLOUD_EVENT = "application/cloudevents+json"


class Webhooks:
    """The webhooks of a design, by name."""

    def __init__(self, view: View, schemas: Schemas, components: Components) -> None:
        self._view = view
        self._schemas = schemas
        self._components = components

    def as_data(self) -> Json:
        """The `webhooks` of OpenAPI; empty where nothing is sent."""
        found = {}
        for webhook in self._view.arch.webhooks:
            contract = contract_of(self._view, webhook.event)
            if contract is not None:
                found[webhook.name] = {"post": self._post(webhook, contract)}
        return found

    def _post(self, webhook: Webhook, contract: EventContract) -> Json:
        event = self._envelope(webhook, contract)
        example = envelope(self._view, self._schemas, contract)
        content = Content(_CLOUD_EVENT, event, example, webhook.summary or webhook.type)
        return {
            "operationId": webhook.name,
            "tags": ["Webhooks"],
            "summary": title(webhook.summary),
            "description": self._description(webhook),
            "security": [{self._scheme(): []}],
            "parameters": [self._delivery()],
            "requestBody": {"required": True, "content": content.as_data()},
            "responses": {
                "204": {"description": "The receiver has it, and will not be sent it again."},
                "410": {"description": "The receiver wants no more of it: nothing is sent there from now on."},
                "429": {"description": "Too many for the receiver: sent again later.", "headers": retry_after(60)},
            },
        }

    def _description(self, webhook: Webhook) -> str:
        rules = self._view.arch.api
        said = [sentence(webhook.description)]
        if webhook.receivers:
            said.append(f"Sent to {listed(map(prose, webhook.receivers), 6)}.")
        if rules:
            said.append(
                f"Waits {duration(rules.timeout)} for an answer; any other than 2xx or 410 is tried again, "
                f"{rules.attempts} times in all over {duration(rules.give_up)}. It may come twice and out of order: "
                "compare `id`, and `time` or the version."
            )
        return " ".join(s for s in said if s)

    def _scheme(self) -> str:
        rules = self._view.arch.api
        name = rules.signature if rules else "Webhook-Signature"
        late = f" Refuse what is older than {duration(rules.tolerance)}." if rules else ""
        said = (
            "HMAC-SHA-256, in hexadecimal, of the time in the header, a full stop and the bytes of the body, with the "
            f"secret of the subscription: `t=1772443800,v1={token('signature', 16)}...`.{late}"
        )
        scheme = {"type": "apiKey", "in": "header", "name": name, "description": said}
        self._components.add("securitySchemes", "sentSignature", scheme)
        return "sentSignature"

    def _delivery(self) -> Json:
        return self._components.add(
            "parameters",
            "WebhookId",
            {
                "name": "Webhook-Id",
                "in": "header",
                "required": True,
                "description": "The same on every try of one message.",
                "schema": uuid(),
                "example": identifier("webhook"),
            },
        )

    def _envelope(self, webhook: Webhook, contract: EventContract) -> Json:
        """The schema of the event: the envelope of CloudEvents 1.0 around the fields that its contract names."""
        shape = self._schemas.fields.shapes[webhook.entity]
        said = f"The {webhook.type} as it was when it happened."
        data = self._schemas.object(shape.told(contract.attributes), said, closed=False)
        schema: Json = {
            "type": "object",
            "description": "A CloudEvent (version 1.0).",
            "required": ["specversion", "id", "source", "type", "time", "data"],
            "properties": {
                "specversion": {"type": "string", "const": "1.0", "description": "Version of CloudEvents."},
                "id": {**uuid(), "description": "The same for each delivery of one event: drop what you have seen."},
                "source": {**REFERENCE, "description": "Who tells it."},
                "type": {"type": "string", "const": contract.type, "description": "What happened."},
                "time": {**moment(), "description": "When it happened."},
                "datacontenttype": {**words(100), "description": "Media type of `data`."},
                "data": data,
            },
        }
        return self._components.shared(f"{shape.type_name}{_pascal(webhook.name)}", schema)


def _pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.replace("-", "_").split("_"))
