"""The tables of the work database: what passes, beside the book and never in it."""
