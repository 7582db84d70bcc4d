"""Makes the one archive that an office installs without a network, and tries it without one.

`make bundle` and `make bundle-check`. Not for releasing: nothing is signed or sent anywhere.
"""
