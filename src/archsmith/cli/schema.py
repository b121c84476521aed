"""`archsmith schema`."""


def text(kind: str) -> str:
    """The JSON Schema of this name (`main.SCHEMAS`), as JSON."""
    if kind == "requirements":
        from archsmith.elicit.structured import json_schema
        from archsmith.kernel.canonical import to_json

        return to_json(json_schema()).decode()
    if kind == "reading":
        from archsmith.render.reading import reading_schema

        return reading_schema().decode()
    from archsmith.render import schema

    found = {
        "argument": schema.argument_schema,
        "catalog": schema.catalog_schema,
        "comparison": schema.comparison_schema,
        "design": schema.design_schema,
        "what-if": schema.what_if_schema,
    }
    return found[kind]().decode()
