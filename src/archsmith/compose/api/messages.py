"""Fields that stand in one request or response only, in no row."""

from archsmith.model.domain import AttributeType, DataClass
from archsmith.model.shapes import Field, Source


def said(
    name: str,
    kind: AttributeType,
    description: str,
    *,
    required: bool = True,
    secret: bool = False,
    min_length: int | None = None,
    max_length: int | None = None,
    minimum: int | None = None,
    maximum: int | None = None,
    pattern: str = "",
    states: tuple[str, ...] = (),
    example: str = "",
) -> Field:
    """A field of a message; a `secret` one never stands in a log."""
    return Field(
        name=name,
        source=Source.MESSAGE,
        type=kind,
        description=description,
        required=required,
        min_length=min_length,
        max_length=max_length,
        minimum=minimum,
        maximum=maximum,
        pattern=pattern,
        states=states,
        example=example,
        data_class=DataClass.CREDENTIAL if secret else DataClass.INTERNAL,
    )


def moment(name: str, description: str) -> Field:
    """A point in time."""
    return said(name, AttributeType.TIMESTAMP, description)
