"""How well the words of a sentence go together, by the pairs that its neighbours make."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from typing import NamedTuple

from tqcheck.languages.bigrams import Bigrams
from tqcheck.text.words import Word

# What a pair that belongs together gives at most: one idiom must not hide a broken sentence.
_MOST = 0.5
# Pairs that a statement is based on at least.
_LEAST = 4
# Letters that are words.
_LETTERS = frozenset("ai")
_GENITIVES = ("'s", "’s")
# Of neighbours so common only, a few look-ups tell whether a sentence is worth the others: of weights
# that add up to more, pairs that never meet, at so much a root of a pair.
_COMMON, _DOUBTFUL = 3.0, -1.0


class Fluency(NamedTuple):
    """How well neighbours go together.

    value  the sum of the pairs' affinities over the root of their number, which has about the same
           spread however long the sentence is: 1.1 ± 0.5 in edited English
    pairs  how many pairs were looked at; 0 where they are too few to tell
    """

    value: float = 0.0
    pairs: int = 0


def fluency(text: str, words: Sequence[Word], known: Bigrams, names: Container[str] = ()) -> Fluency:
    """Return how well the words of one sentence go together.

    Names are skipped (a capital that does not begin the sentence): which stand side by side says
    nothing of grammar; so are words that are one of `names` in other places, since the list of pairs
    knows no capitals, letters by themselves and parts of hyphenated words. A pair is two words with a
    space between them.
    """
    total, pairs = 0.0, 0
    before: str | None = None
    end = -1
    first = True
    for word in words:
        form: str | None = None
        if first or not word.text[0].isupper() or word.text == "I":
            form = word.text.lower()
            form = form[:-2] if form.endswith(_GENITIVES) else form
            if form in names or (len(form) == 1 and form not in _LETTERS) or _hyphened(text, word):
                form = None
        if before is not None and form is not None and word.start == end + 1 and text[end] in " \u00a0":
            total += min(_MOST, known.affinity(before, form))
            pairs += 1
        # Inside quotation marks and after a stop a sentence begins, whose first word has its capital by rule.
        first = text[word.end : word.end + 1] in {".", ":", "?", "!"}
        before, end = form, word.end
    return Fluency(total / math.sqrt(pairs), pairs) if pairs >= _LEAST else Fluency()


def _hyphened(text: str, word: Word) -> bool:
    return text[word.end : word.end + 1] == "-" or text[max(0, word.start - 1) : word.start] == "-"


def doubtful(lowered: Sequence[str], known: Bigrams) -> bool:
    """True where enough very common words (in lower case) meet that never do: a quick look before `fluency`."""
    weights = [known.weight(word) for word in lowered]
    odd = 0.0
    for at in range(len(lowered) - 1):
        if weights[at] + weights[at + 1] > _COMMON:
            odd += min(0.0, known.affinity(lowered[at], lowered[at + 1]))
    return odd < _DOUBTFUL * math.sqrt(max(1, len(lowered) - 1))
