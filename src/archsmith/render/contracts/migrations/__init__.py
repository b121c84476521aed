"""The first migration of each database, as the tool of the service's language runs it."""
