"""The relational stores as PostgreSQL DDL."""
