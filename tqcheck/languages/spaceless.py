"""Words of a script that writes no spaces: the most probable way to cut a run, by word frequencies.

A unigram model: of all ways to cut, the one whose words are the most frequent together (Viterbi,
https://doi.org/10.1109/TIT.1967.1054010). Good enough to compare words; not a morphological analysis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.languages.frequency import Frequencies
from tqcheck.text.words import Word

_LONGEST = 6
# Cost of a word is 9 − Zipf, the negative logarithm of its probability; a character in no list
# costs more than any listed word.
_CERTAIN, _UNKNOWN = 9.0, 12.0
# Digits and letters of other scripts inside a run stay whole. A longer stretch is cut at this
# length, so that memory stays small on any input.
_PART = re.compile(r"[0-9０-９A-Za-zＡ-Ｚａ-ｚ]{1,512}|[^0-9０-９A-Za-zＡ-Ｚａ-ｚ]{1,512}")
_WHOLE = re.compile(r"[0-9０-９A-Za-zＡ-Ｚａ-ｚ]")


def cut(word: Word, frequencies: Frequencies) -> Iterator[Word]:
    """Yield the words of a run without spaces, in order, with the offsets of the text it stands in."""
    for part in _PART.finditer(word.text):
        run, begin = part.group(), word.start + part.start()
        if _WHOLE.match(run):
            yield Word(begin, begin + len(run), run)
            continue
        at = 0
        for length in _lengths(run, frequencies):
            yield Word(begin + at, begin + at + length, run[at : at + length])
            at += length


def _lengths(run: str, frequencies: Frequencies) -> list[int]:
    best = [0.0] + [float("inf")] * len(run)
    step = [1] * (len(run) + 1)
    for end in range(1, len(run) + 1):
        for length in range(1, min(_LONGEST, end) + 1):
            zipf = frequencies.zipf(run[end - length : end])
            if not zipf and length > 1:
                continue
            cost = best[end - length] + (_CERTAIN - zipf if zipf else _UNKNOWN)
            if cost < best[end]:
                best[end], step[end] = cost, length
    lengths = []
    end = len(run)
    while end:
        lengths.append(step[end])
        end -= step[end]
    return lengths[::-1]
