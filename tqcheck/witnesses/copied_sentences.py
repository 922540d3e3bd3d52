"""Which sentences of the target stand so in the original, though the languages differ."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from tqcheck.bitext import Bitext
from tqcheck.model import Span
from tqcheck.text.words import count
from tqcheck.witnesses.copies import copies

# Of the words of a sentence at least this share is copied; fewer words make no sentence.
_SHARE, _LEAST = 0.75, 4
# Names and international words weigh nothing: of the words so much must weigh, on average.
_WEIGHT = 0.3
# In scripts without spaces a sentence has at least so many letters.
_LETTERS = 8
_BARE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class CopiedSentences:
    """Sentences of the target with those stretches of the original that they repeat, in order."""

    target: list[Span]
    source: list[Span | None]


def copied_sentences(bitext: Bitext) -> CopiedSentences:
    """Return the sentences that were left as they are in the original."""
    found = CopiedSentences([], [])
    left = bitext.once(copies)
    starts = [copy.target.start for copy in left]
    for sentence in bitext.target.sentences:
        inside = left[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        if not inside:
            continue
        words = count(bitext.target.text[sentence.start : sentence.end])
        script = [copy for copy in inside if copy.script]
        if script:
            letters = sum(copy.target.end - copy.target.start for copy in script)
            own = len(_BARE.sub("", bitext.target.text[sentence.start : sentence.end]))
            whole = letters >= max(_LETTERS, _SHARE * own)
        else:
            copied = sum(copy.words for copy in inside)
            weight = sum(copy.weight for copy in inside)
            lower = sum(copy.lower for copy in inside)
            whole = words >= _LEAST and copied >= _SHARE * words and weight >= max(2.0, _WEIGHT * words)
            whole = whole and 2 * lower >= copied
        if whole:
            places = [copy.source for copy in inside if copy.source is not None]
            found.target.append(sentence)
            found.source.append(_sentences(bitext, places[0].start, places[-1].end) if places else None)
    return found


def _sentences(bitext: Bitext, start: int, end: int) -> Span:
    """Return the stretch widened to whole sentences of the original."""
    spans = bitext.source.sentences
    first = max(0, bisect_right(spans, start, key=lambda span: span.start) - 1)
    last = max(first, bisect_left(spans, end, key=lambda span: span.start) - 1)
    return Span(spans[first].start, spans[last].end)
