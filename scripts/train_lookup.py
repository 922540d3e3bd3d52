"""Estimate how much each state of a word tells, and write tqcheck/witnesses/lookup.json.

    python scripts/train_lookup.py ../shared/eval/data

Words of human translations (the good twins of DEMETR, MIT; the human ones of the Google MQM data, Apache-2.0)
that stand beside their original, and words of other sentences of the same set put beside it: how often each is
met in each state (witnesses/lookup.py) at each likeness. The ratio of the two is smoothed by a Gaussian kernel and made
to fall with likeness. Nothing of the texts is kept.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from train_risk import BATCH, OUT, Case, bitexts, records

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.languages.dictionary import bare
from tqcheck.model import Span
from tqcheck.text.words import Word
from tqcheck.witnesses.coverage import distinct
from tqcheck.witnesses.lookup import KIN, LINK, NONE, UNKNOWN, Meanings
from tqcheck.witnesses.norms import counterpart

KNOTS = (0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.6, 1.8)
WIDTH = 0.06
# Words of other sentences put beside each original; pairs taken of each two languages.
STRANGERS, EACH_PAIR = 12, 300
# As if so much of a word of each kind had been seen at each knot, and no state may tell more than this.
SEEN, MOST = 0.3, 4.0


class Seen(NamedTuple):
    """A word beside an original: its side, its state, its likeness, and whether it belongs there."""

    side: str
    state: str
    like: float
    belongs: bool


def sound(folder: Path) -> list[Case]:
    """Return pairs of sentences that are translations of each other."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for r in records(folder, "demetr"):
        found[r["source_lang"], r["lang"]][r["source"]] = r["good"]
    for r in records(folder, "mqm"):
        if r["human"] and r["score"] <= 1:
            found[r["source_lang"], r["lang"]][r["source"]] = r["text"]
    return [
        Case("", *pair, source, target, 0.0)
        for pair, both in sorted(found.items())
        for source, target in sorted(both.items())[:EACH_PAIR]
        if source.strip() and target.strip()
    ]


def words(folder: Path) -> Iterator[Seen]:
    """Yield the words of all pairs, and strangers."""
    chosen = random.Random(0)
    cases = sound(folder)
    pairs = [both for start in range(0, len(cases), BATCH) for both in bitexts(cases[start : start + BATCH])]
    pools: dict[tuple[str, str], list[str]] = defaultdict(list)
    for both in pairs:
        for side in (both.source, both.target):
            pools[_pair(both), side.language.base] += [bare(w, side.language) for w in _lowered(both, side)]
    for both in pairs:
        for side, other in ((both.source, both.target), (both.target, both.source)):
            pool = pools[_pair(both), side.language.base]
            yield from _beside(both, side, other, chosen.sample(pool, min(STRANGERS, len(pool))))


def _pair(both: Bitext) -> str:
    return f"{both.source.language.base}-{both.target.language.base}"


def _lowered(both: Bitext, side: Context) -> list[str]:
    """Return the words of a side without those that have a capital."""
    there = distinct(both, side, Span(0, len(side.text)))
    return [text for text, word in there.items() if word.text == text]


def _beside(both: Bitext, side: Context, other: Context, strangers: list[str]) -> Iterator[Seen]:
    mine, theirs = Meanings.of(both, side), Meanings.of(both, other)
    here, there = Span(0, len(side.text)), Span(0, len(other.text))
    own, others = distinct(both, side, here), distinct(both, other, there)
    if mine is None or theirs is None or both.lexical is None or not own or not others:
        return
    none, one = counterpart(both)
    whole, particles = theirs.whole(there, list(others.values())), mine.particles(here)
    belonging = dict.fromkeys(mine.content(here, own.values()).values())
    # Beyond the text: no name of it is there.
    away = [Word(len(side.text), len(side.text), word) for word in strangers if word not in belonging]
    content = [*belonging, *mine.content(here, away).values()]
    if not content:
        return
    best = both.lexical.similarity(content, list(others)).max(axis=1)
    name = "english" if mine.own is None else "other"
    for word, cosine in zip(content, best, strict=True):
        like = (float(cosine) - none) / (one - none)
        yield Seen(name, mine.state(word, particles, theirs, whole), like, word in belonging)


def ratio(seen: list[Seen], side: str, state: str) -> list[list[float]]:
    """Return the knots and the log-likelihood ratio at each."""
    of_side = [word for word in seen if word.side == side]
    heights: Any = []
    for belongs in (False, True):
        likes = np.array([w.like for w in of_side if w.state == state and w.belongs is belongs])
        all_of_kind = sum(w.belongs is belongs for w in of_side)
        strangers = sum(not w.belongs for w in of_side)
        near = [float(np.exp(-0.5 * ((likes - knot) / WIDTH) ** 2).sum()) for knot in KNOTS]
        heights.append([np.log(n / all_of_kind + SEEN / strangers) for n in near])
    falling = np.minimum.accumulate(np.array(heights[0]) - np.array(heights[1]))
    return [list(KNOTS), [round(float(h), 2) for h in np.clip(falling, -MOST, MOST)]]


def main() -> int:
    """Write the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    seen = list(words(parser.parse_args().data))
    content = {
        side: {state: ratio(seen, side, state) for state in (LINK, KIN, NONE, UNKNOWN)} for side in ("english", "other")
    }
    (OUT / "lookup.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    for side, rows in content.items():
        for state, (_, heights) in rows.items():
            there = [sum(w.belongs is b and w.state == state for w in seen if w.side == side) for b in (True, False)]
            print(side, state, "belongs, does not:", there, heights)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
