"""Diagrams: a graph is prepared once from the model and printed as Mermaid and as plain text."""
