"""`archsmith schema`."""


def text(kind: str) -> str:
    """The JSON Schema of `design`, `reading` or `requirements`, as JSON."""
    if kind == "requirements":
        from archsmith.elicit.structured import json_schema
        from archsmith.kernel.canonical import to_json

        return to_json(json_schema()).decode()
    if kind == "reading":
        from archsmith.render.reading import reading_schema

        return reading_schema().decode()
    from archsmith.render.schema import design_schema

    return design_schema().decode()
