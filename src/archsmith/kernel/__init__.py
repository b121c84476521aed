"""Ids, unit types, provenance, findings, canonical JSON: knows nothing of architecture."""
