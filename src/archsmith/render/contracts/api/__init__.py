"""The HTTP API as an OpenAPI 3.1 document: built as data, part by part, then dumped."""
