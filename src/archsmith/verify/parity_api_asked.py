"""What a request carries beside its body, as facts of the model: parameters and header fields."""

from collections.abc import Iterator
from typing import Final

from archsmith.kernel.phrases import duration
from archsmith.model.architecture import Architecture
from archsmith.model.bodies import Bodies
from archsmith.model.contracts import Endpoint, Parameter
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Source
from archsmith.verify.parity_api_forms import CURSOR, KEY, TAG, form
from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.parity_json import Said, form_wanted, shown
from archsmith.verify.parity_words import figures

_PLAIN: Final = frozenset({AttributeType.INTEGER, AttributeType.DECIMAL, AttributeType.BOOLEAN})
_WORDS_MAX: Final = 200


class ApiParameters:
    """The parameters of the endpoints of one document."""

    def __init__(self, architecture: Architecture, bodies: Bodies) -> None:
        self._arch = architecture
        self._fields = bodies

    def of(self, endpoint: Endpoint) -> Iterator[tuple[str, list[Fact]]]:
        """Each by place and name (`query cursor`), header fields last."""
        for parameter in endpoint.parameters:
            yield f"{parameter.place} {parameter.name}", facts_at("", self._parameter(parameter, endpoint))
        for name, facts in self._headers(endpoint):
            yield f"header {name}", facts

    def _parameter(self, parameter: Parameter, endpoint: Endpoint) -> Said:
        asked = parameter.required or parameter.place == "path"
        said: Said = {
            "required": "yes" if asked else "",
            "example": "yes",
            "figures": figures(parameter.description),
        }
        value = {**self._selects(parameter, endpoint), "default": _default(parameter)}
        if not parameter.many:
            return said | value
        most = self._arch.rules.select_max
        several = min(len(set(parameter.choices)), most) if parameter.choices else most
        said |= {"style": "form", "exploded": "false", "list": "yes", "each once": "yes", "least": "1"}
        return said | {"most": str(several)} | {f"each {k}": v for k, v in value.items()}

    def _selects(self, parameter: Parameter, endpoint: Endpoint) -> dict[str, str]:
        """Type and limits of one value of a parameter: those of the field that it selects by, else its own."""
        if parameter.choices:
            return {"type": "text", "values": ", ".join(map(shown, dict.fromkeys(parameter.choices)))}
        shape = self._fields.shapes[endpoint.entity]
        field = (shape.of(parameter.attribute) or shape.field(parameter.attribute)) if parameter.attribute else None
        if field is not None and not field.many and field.type is parameter.type:
            said = form_wanted(field)
            return {**said, "min length": ""} if field.type is AttributeType.TEXT else said
        if parameter.name == "cursor":
            return {f.what: str(f.value) for f in form(CURSOR | {"maxLength": self._arch.rules.cursor_max}) if f.what}
        is_text = parameter.type is AttributeType.TEXT
        bare = Field(
            name=parameter.name, source=Source.MESSAGE, type=parameter.type, description="", required=False,
            min_length=1 if is_text else None, max_length=(parameter.maximum or _WORDS_MAX) if is_text else None,
            minimum=None if is_text else parameter.minimum, maximum=None if is_text else parameter.maximum,
        )  # fmt: skip
        return form_wanted(bare)

    def _headers(self, endpoint: Endpoint) -> Iterator[tuple[str, list[Fact]]]:
        if endpoint.idempotency_key:
            remembered = frozenset({duration(self._arch.api.keys_kept)} if self._arch.api else ())
            key = KEY | {"minLength": self._arch.rules.key_min, "maxLength": self._arch.rules.key_max}
            yield "Idempotency-Key", [*form(key), *facts_at("", always(remembered))]
        if endpoint.etag:
            reads = endpoint.method == "GET"
            said: Said = {"example": "yes"} if reads else always(frozenset())
            yield "If-None-Match" if reads else "If-Match", [*form(TAG), *facts_at("", said)]


def always(said: frozenset[str]) -> Said:
    """A header field that every request has."""
    return {"required": "yes", "example": "yes", "figures": said}


def _default(parameter: Parameter) -> str:
    """The default as a value of its type."""
    said = parameter.default
    if parameter.choices or parameter.type not in _PLAIN or not said:
        return shown(said) if said else ""
    return shown(float(said)) if parameter.type is AttributeType.DECIMAL else said
