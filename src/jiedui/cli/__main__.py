"""`python -m jiedui.cli`: the same as the `jiedui` script; nothing else belongs here."""

from __future__ import annotations

from jiedui.cli import main

if __name__ == "__main__":
    main()
