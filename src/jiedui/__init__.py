"""Jiedui: two regions' cooperation programme, with a proof behind every figure."""

__version__ = "0.1.0"
