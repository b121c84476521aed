"""The disk: reading a brief, writing an output tree. Nothing else in the package touches it."""
