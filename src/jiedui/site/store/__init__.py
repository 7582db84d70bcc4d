"""The book: tables, the one door to them, the chain of links, and the vault.

Only this package opens tables. Every function that reads or writes people's or offices' words
takes a viewer.
"""
