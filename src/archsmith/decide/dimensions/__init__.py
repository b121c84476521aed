"""The design space: one file for each group of dimensions, each a function from the ground to its options."""
