"""Count, over many articles, how words are written: with a capital inside a sentence, in lower case, side by side.

Only what stands inside a sentence counts: a capital at its beginning, in a headline in title case or in a line in
capitals says nothing. Memory grows with the number of distinct words; `_MOST` of each kind are kept, those that were
met once go first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tqcheck.context import Context
from tqcheck.languages.name_finder import adjoining
from tqcheck.learning.style import Marks
from tqcheck.text.case import lower
from tqcheck.text.words import APOSTROPHES, Word

_MOST = 1_000_000
# A capital behind these says as little as at the beginning of a sentence.
_OPENERS = frozenset("\"'“”„«»‘’‹›([:;–—•…/\n")
# A paragraph with so large a share of capitals is a headline; shorter ones are too short to tell.
_TITLE_CASE, _SHORTEST = 0.6, 4
# Words of a name.
_LONGEST = 4
# Characters to either side of an example.
_AROUND = 40


class Places(dict[str, list[int]]):
    """Where each form stands in one article."""

    def put(self, form: str, at: int) -> None:
        """Add a place."""
        self.setdefault(form, []).append(at)


@dataclass
class Seen:
    """How often something was met, in how many articles, and one place of it."""

    times: Counter[str] = field(default_factory=Counter)
    articles: Counter[str] = field(default_factory=Counter)
    example: dict[str, str] = field(default_factory=dict)

    def add(self, article: Places, text: str) -> None:
        """Count what one article has: each form with its places."""
        for form, places in article.items():
            self.times[form] += len(places)
            self.articles[form] += 1
            if form not in self.example:
                self.example[form] = around(text, places[0], places[0] + len(form))
        if len(self.times) > _MOST:
            for form in [form for form, times in self.times.items() if times == 1]:
                del self.times[form], self.articles[form], self.example[form]


class Counts:
    """What was counted so far, in one language."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.articles = self.words = 0
        # Words and runs of words with a capital, inside sentences.
        self.capital, self.runs = Seen(), Seen()
        # Words in lower case, wherever they stand; and compounds with a hyphen, both in lower case.
        self.small, self.hyphened = Seen(), Seen()
        self.marks = Marks()

    def add(self, ctx: Context) -> None:
        """Count one article, which must be in a language that has capitals or in none that needs them."""
        self.articles += 1
        self.words += len(ctx.words)
        self.marks.add(ctx)
        named = {word.start for run in runs_of(ctx) for word in run}
        capital, small, runs, hyphened = Places(), Places(), Places(), Places()
        for run in runs_of(ctx):
            _close(run, runs)
        for word in ctx.words:
            for start, part in parts(word):
                if part.islower():
                    small.put(part, start)
                elif word.start in named:
                    capital.put(part, start)
        for left, right in pairwise(ctx.words):
            if ctx.text[left.end : right.start] in ("-", "\u2010") and (left.text + right.text).isalpha():
                hyphened.put(lower(f"{left.text}-{right.text}", ctx.language.tag), left.start)
        self.capital.add(capital, ctx.text)
        self.small.add(small, ctx.text)
        self.runs.add(runs, ctx.text)
        self.hyphened.add(hyphened, ctx.text)


def runs_of(ctx: Context) -> Iterator[list[Word]]:
    """Yield the words that may be names, those together that stand side by side."""
    skipped = list(_headlines(ctx))
    run: list[Word] = []
    for word in ctx.words:
        if _capital(ctx, word, skipped):
            if run and not adjoining(ctx.text, run[-1], word):
                yield run
                run = []
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def around(text: str, start: int, end: int) -> str:
    """Return a stretch with a few words to either side, in one line."""
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if left:
        left = text.find(" ", left, start) + 1 or start
    if right < len(text):
        right = text.rfind(" ", end, right) if " " in text[end:right] else end
    return " ".join(text[left:right].split())


def _headlines(ctx: Context) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs in title case or in capitals."""
    threshold = 1.0 if ctx.language.naming.nouns_capital else _TITLE_CASE
    for span in ctx.paragraphs:
        words = ctx.words[bisect_left(ctx.words, (span.start,)) : bisect_left(ctx.words, (span.end,))]
        big = sum(word.text[:1].isupper() for word in words)
        shouted = sum(word.text.isupper() for word in words)
        if len(words) < _SHORTEST or big >= threshold * len(words) or 2 * shouted >= len(words):
            yield span.start, span.end


def _capital(ctx: Context, word: Word, skipped: list[tuple[int, int]]) -> bool:
    """True for a word whose capital tells of a name: inside a sentence, outside headlines."""
    if not word.text[0].isupper() or any(char.isdigit() for char in word.text) or len(word.text) < 2:
        return False
    at = bisect_left(skipped, (word.start + 1,)) - 1
    if at >= 0 and word.start < skipped[at][1]:
        return False
    before = ctx.text[max(0, word.start - 3) : word.start].rstrip(" \u00a0\u202f")
    return word.start not in ctx.sentence_starts and bool(before) and before[-1] not in _OPENERS


def parts(word: Word) -> Iterator[tuple[int, str]]:
    """Yield the longest part of a word at its apostrophes: what is elided or added is no word."""
    start, best = 0, (0, "")
    for at, char in enumerate(word.text + "'"):
        if char in APOSTROPHES:
            if at - start > len(best[1]):
                best = (start, word.text[start:at])
            start = at + 1
    if len(best[1]) > 1 and best[1].isalpha():
        yield word.start + best[0], best[1]


def _close(run: list[Word], runs: Places) -> None:
    """Keep a run of two words or more; the last one without what an apostrophe adds."""
    if 2 <= len(run) <= _LONGEST and not any(mark in word.text for word in run[:-1] for mark in APOSTROPHES):
        last = run[-1].text
        for mark in APOSTROPHES:
            last = last.partition(mark)[0]
        runs.put(" ".join([*(word.text for word in run[:-1]), last]), run[0].start)
