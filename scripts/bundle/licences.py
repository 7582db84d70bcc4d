"""What each wheel may be used under: its licence by name, and the texts it brings.

A package without a text, with a licence that is not known here, or with a library inside that is
not listed is refused: whoever hands the bundle on must be able to say what is in it.
Not for judging licences: what may stand in a bundle was decided by people and is listed here.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from email.parser import BytesParser
from typing import TYPE_CHECKING

from scripts.bundle.wheels import BundleError, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from email.message import Message
    from pathlib import Path

ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "PSF-2.0",
}  # fmt: skip
# How packages that name no SPDX expression say the same.
SAID = {
    "Apache License 2.0": "Apache-2.0",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "License :: OSI Approved :: MIT License": "MIT",
}
# What somebody has read: the words of the package exactly, what they come to, and why it may stay.
# Other words in a later version are refused until they are read too.
READ: dict[str, tuple[str, str, str]] = {
    "psycopg": (
        "LGPL-3.0-only",
        "LGPL-3.0-only",
        "unchanged, loaded as a library, replaceable: nothing of Jiedui comes under its terms",
    ),
    "psycopg-binary": (
        "LGPL-3.0-only",
        "LGPL-3.0-only",
        "as psycopg; psycopg built from source takes its place",
    ),
    "pypdfium2": (
        "BSD-3-Clause, Apache-2.0, dependency licenses",
        "BSD-3-Clause AND Apache-2.0",
        "PDFium and what it is made of, all permissive; their texts come with it",
    ),
}
# Shared libraries that a wheel carries beside its own code.
CARRIED = {
    "libcom_err": "MIT",
    "libcrypt": "LGPL-2.1-or-later (libxcrypt, replaceable)",
    "libcrypto": "Apache-2.0",
    "libgssapi_krb5": "MIT",
    "libk5crypto": "MIT",
    "libkeyutils": "LGPL-2.1-or-later (the library alone, replaceable)",
    "libkrb5": "MIT",
    "libkrb5support": "MIT",
    "liblber": "OLDAP-2.8",
    "libldap": "OLDAP-2.8",
    "libpq": "PostgreSQL",
    "libsasl2": "BSD-4-Clause (Carnegie Mellon)",
    "libssl": "Apache-2.0",
}
_TEXT = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Licensed:
    """A package: its licence, the libraries it carries, and its texts by their path in it."""

    name: str
    version: str
    licence: str
    carried: tuple[str, ...]
    texts: dict[str, bytes]


def of_all(wheels: Iterable[Path]) -> list[Licensed]:
    """Read every wheel; raises `BundleError` naming all that may not be handed on."""
    found: dict[tuple[str, str], Licensed] = {}
    faults: list[str] = []
    for wheel in sorted(wheels, key=lambda path: path.name):
        try:
            one = of_wheel(wheel)
        except BundleError as fault:
            faults.append(str(fault))
            continue
        found.setdefault((one.name, one.version), one)
    if faults:
        raise BundleError("\n".join(sorted(set(faults))))
    return list(found.values())


def of_wheel(wheel: Path) -> Licensed:
    """Read the licence of one wheel; raises `BundleError` when it may not be handed on."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        (about,) = (name for name in names if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        metadata = BytesParser().parsebytes(archive.read(about), headersonly=True)
        texts = {name: archive.read(name) for name in names if is_text(name)}
    name, version = name_of(metadata["Name"]), metadata["Version"]
    if not any(content.strip() for content in texts.values()):
        raise BundleError(f"{name} {version}: no text of its licence in {wheel.name}")
    carried = {match[1] for n in names if (match := re.search(r"\.libs/(lib\w+)[^/]*\.so", n))}
    if strange := sorted(carried - CARRIED.keys()):
        raise BundleError(f"{name} {version}: carries {', '.join(strange)}, not listed in CARRIED")
    return Licensed(name, version, judged(name, metadata), tuple(sorted(carried)), texts)


def is_text(path: str) -> bool:
    """Say whether a file of a wheel is the text of a licence, of the package or of a part."""
    *folders, name = path.split("/")
    if name.endswith((".py", ".pyc", ".pyi")):
        return False
    apart = [part.lower() for part in folders]
    return bool(_TEXT.match(name)) or (
        folders != [] and folders[0].endswith(".dist-info") and "licenses" in apart
    )


def judged(name: str, metadata: Message) -> str:
    """Give the licence of a package by its SPDX name; raises `BundleError` for one not allowed."""
    classified = [c for c in metadata.get_all("Classifier") or [] if c.startswith("License ::")]
    first = (metadata["License"] or "").strip()
    # Some paste the whole text here; the classifier then says its name.
    named = [first] if first and "\n" not in first else []
    said = [metadata["License-Expression"]] if metadata["License-Expression"] else []
    words = (said or named or classified or ["nothing"])[0]
    if name in READ:
        if words != READ[name][0]:
            raise BundleError(f"{name}: now says {words}; read it again, then change READ")
        return READ[name][1]
    expression = SAID.get(words, words)
    if not may_stand(expression):
        raise BundleError(f"{name}: its licence says {words}, which is not allowed")
    return expression


def may_stand(expression: str) -> bool:
    """Say whether an SPDX expression of names, AND and OR can be kept with allowed licences."""
    return all(
        any(choice.strip(" ()") in ALLOWED for choice in part.split(" OR "))
        for part in expression.split(" AND ")
    )


def listing(packages: list[Licensed]) -> str:
    """Give the list of packages with their licences, as tab-separated text."""
    lines = ["package\tversion\tlicence\tcarries\twhy it may stay"]
    for one in sorted(packages, key=lambda package: package.name):
        carried = "; ".join(f"{lib}: {CARRIED[lib]}" for lib in one.carried)
        why = READ[one.name][2] if one.name in READ else ""
        lines.append("\t".join((one.name, one.version, one.licence, carried, why)))
    return "\n".join(lines) + "\n"
