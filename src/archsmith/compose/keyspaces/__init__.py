"""Keys, collections, indexes and prefixes of the stores that are no relational database."""
