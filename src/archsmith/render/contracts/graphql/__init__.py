"""The API as GraphQL, where that is the style: schema, persisted operations."""
