"""The data dictionary: what is kept about what and whom, where, how long, and why it may be."""
