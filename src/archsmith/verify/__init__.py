"""Reads the artifacts back with real tools. A tool that is missing gives "not run" with the reason, never "passed"."""

from archsmith.verify.evidence import evidence_artifacts
from archsmith.verify.registry import verify

__all__ = ["evidence_artifacts", "verify"]
