"""Make the character model of `jiedui.restore` from counts of character n-grams.

    python scripts/make_language_model.py ../shared/language/char_ngrams.tsv.gz

Input: gzip, one `gram<TAB>count` a line, grams of one to four characters in simplified script,
`^` and `$` for the ends of a line, digits and Latin letters folded to 0. Output, beside the code:
`src/jiedui/restore/model/characters.bin`, laid out as `jiedui.restore.language` reads it. The
same input gives the same bytes.

The smoothing is interpolated absolute discounting: P(c|h) = (n(hc) - D) / n(h) + b(h) P(c|h'),
where b(h) is what the counted continuations leave over. The input leaves rare grams out, so b(h)
is large where little is known, as it should be.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
import zlib
from array import array
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/jiedui/restore/model/characters.bin"
SOURCE = {
    "what": "character 1- to 4-gram counts of a Chinese news text (the evening news, transcribed)",
    "from": "https://github.com/DuckBurnIncense/xin-wen-lian-bo",
    "licence": "MIT (the repository); only counts are kept, no text",
}
LONGEST = 4
BITS = 13
DISCOUNT = 0.75
STEP = 0.0625  # of a natural logarithm, one unit of the stored bytes
LEAST = 1e-9


def read(path: Path) -> list[dict[str, int]]:
    """Read the counts, a dictionary for each length; index 0 stays empty."""
    counts: list[dict[str, int]] = [{} for _ in range(LONGEST + 1)]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            gram, _, count = line.rstrip("\n").rpartition("\t")
            if 1 <= len(gram) <= LONGEST:
                counts[len(gram)][gram] = int(count)
    return counts


def smooth(counts: list[dict[str, int]]) -> tuple[list[dict[str, float]], dict[str, float]]:
    """Turn counts into probabilities of each gram's last character, and weights of histories."""
    total = sum(counts[1].values())
    chances: list[dict[str, float]] = [{}, {one: n / total for one, n in counts[1].items()}]
    weights: dict[str, float] = {}
    for length in range(2, LONGEST + 1):
        followed: defaultdict[str, float] = defaultdict(float)
        for gram, n in counts[length].items():
            followed[gram[:-1]] += n - DISCOUNT
        for history, mass in followed.items():
            weights[history] = max(1 - mass / max(counts[length - 1].get(history, 0), mass), LEAST)
        level: dict[str, float] = {}
        for gram, n in counts[length].items():
            history = gram[:-1]
            seen = max(counts[length - 1].get(history, 0), followed[history])
            shorter = chances[length - 1].get(gram[1:], LEAST)
            level[gram] = (n - DISCOUNT) / seen + weights[history] * shorter
        chances.append(level)
    return chances, weights


def unit(chance: float) -> int:
    """One byte for a probability: how many steps its logarithm lies below zero."""
    return min(255, max(0, round(-math.log(max(chance, LEAST)) / STEP)))


def packed(chances: list[dict[str, float]], weights: dict[str, float]) -> bytes:
    """Lay the model out: a line of JSON, then the compressed columns of each length."""
    alphabet = "".join(sorted(chances[1]))
    number = {one: index + 1 for index, one in enumerate(alphabet)}
    columns: list[bytes] = []
    sizes: list[int] = []
    for length in range(1, LONGEST + 1):
        keys: dict[int, str] = {}
        for gram in chances[length]:
            key = 0
            for one in gram:
                key = key << BITS | number[one]
            keys[key] = gram
        ordered = sorted(keys)
        sizes.append(len(ordered))
        steps = array("Q", (b - a for a, b in zip([0, *ordered], ordered, strict=False)))
        if sys.byteorder == "big":
            steps.byteswap()
        raw = steps.tobytes()
        # Byte planes compress far better than the numbers one after the other.
        columns += [raw[plane::8] for plane in range(8)]
        columns.append(bytes(unit(chances[length][keys[key]]) for key in ordered))
        columns.append(bytes(unit(weights.get(keys[key], 1.0)) for key in ordered))
    head = {"alphabet": alphabet, "sizes": sizes, "bits": BITS, "step": STEP, "source": SOURCE}
    body = zlib.compress(b"".join(columns), 9)
    return json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n" + body


def main() -> None:
    """Make the file."""
    made = packed(*smooth(read(Path(sys.argv[1]))))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(made)
    sys.stdout.write(f"{TARGET}: {len(made):,} bytes\n")


if __name__ == "__main__":
    main()
