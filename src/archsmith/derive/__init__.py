"""Requirements to domain, workload and targets. No technology is decided here."""

from archsmith.derive.run import derive

__all__ = ["derive"]
