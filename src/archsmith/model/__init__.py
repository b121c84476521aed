"""The frozen values that stages pass to each other. One module a stage's output."""
