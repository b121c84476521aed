"""Keys, collections, indexes and prefixes of the stores that are no relational database."""

from archsmith.compose.keyspaces.build import keyspaces

__all__ = ["keyspaces"]
