"""How the schema changes while it is in use: the changes that this design foresees, on its own tables."""
