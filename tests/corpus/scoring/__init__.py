"""Compares what archsmith says of a brief with what a reviewer expects, by the rules of the corpus README."""
