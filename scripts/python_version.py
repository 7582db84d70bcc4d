"""Says plainly when the Python at hand is too old; runs on any Python, so no annotations here."""

import sys

NEEDED = (3, 11, 5)

if __name__ == "__main__":
    if sys.version_info < NEEDED:
        if "--quiet" not in sys.argv:
            here = ".".join(str(n) for n in sys.version_info[:3])
            needed = ".".join(str(n) for n in NEEDED)
            print("Jiedui needs Python " + needed + " or newer; this one is " + here + ".")
            print("Install a newer Python, or name it: make PYTHON=/path/to/python3.12 setup")
        sys.exit(1)
