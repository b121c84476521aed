"""The HTTP API: what stands in it beside the operations of the brief, and what holds for all of it."""
