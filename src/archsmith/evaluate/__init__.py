"""Stage evaluate: the figures of an architecture, recomputed from it alone, and what is wrong with it."""
