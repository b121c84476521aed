"""Shows what was understood of a brief: for the terminal, as JSON and YAML, and as an annotated page."""

from archsmith.render.reading.document import READING_SCHEMA, Reading, as_json, as_yaml, reading, reading_schema

__all__ = ["READING_SCHEMA", "Reading", "as_json", "as_yaml", "reading", "reading_schema"]
