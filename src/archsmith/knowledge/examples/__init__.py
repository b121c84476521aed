"""Synthetic rows, made out of shapes and samples by a fixed rule: contracts show them, seeds hold them, checks ask for
them."""
