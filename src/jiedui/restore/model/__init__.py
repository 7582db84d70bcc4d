"""The packaged character model; `characters.bin` is described in the README beside it."""
