"""JSON Schemas that several contracts share: each entity once, and the data of each message."""
