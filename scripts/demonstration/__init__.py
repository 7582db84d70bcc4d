"""Makes the files of the demonstration: `python -m scripts.demonstration`."""
