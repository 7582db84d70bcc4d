"""How fast the pages and the command are, beside what was promised."""
