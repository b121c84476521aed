"""Rows to begin with: synthetic, the same each time, within every rule of the schema."""
