"""Pure numbers with units and sources: queueing, delays along a path, availability, cost, sizing, growth, schedule."""
