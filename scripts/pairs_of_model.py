"""Write the pairs of a character 2-gram model of KenLM, for `make_language_model.py --pairs`.

    pip install kenlm
    python scripts/pairs_of_model.py people_chars_lm.klm pairs.tsv

Output: `pair<TAB>logarithm to 10` a line, of the characters of GBK and the ends of a line (`^`,
`$`), as far as the model has seen the pair.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

SIGNS = "，。、；：？！“”‘’《》（）—…·％.,"


def pairs(model: Any, kenlm: Any) -> list[str]:
    """All pairs that the model has seen, each a line."""
    hanzi = (chr(point) for point in range(0x4E00, 0x9FA6))
    known = [one for one in (*hanzi, *SIGNS, *"0123456789") if one in model]
    start, empty, behind = kenlm.State(), kenlm.State(), kenlm.State()
    model.BeginSentenceWrite(start)
    model.NullContextWrite(empty)
    found: list[str] = []
    for first in ("^", *known):
        state = start
        if first != "^":
            state = kenlm.State()
            model.BaseScore(empty, first, state)
        for second in (*known, "$"):
            told = model.BaseFullScore(state, "</s>" if second == "$" else second, behind)
            if told.ngram_length > 1:
                found.append(f"{first}{second}\t{told.log_prob:.4f}\n")
    return found


def main() -> None:
    """Write the file."""
    import kenlm  # type: ignore[import-not-found]

    source, target = sys.argv[1:]
    Path(target).write_text("".join(pairs(kenlm.Model(source), kenlm)), "utf-8")


if __name__ == "__main__":
    main()
