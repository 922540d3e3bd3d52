"""REP102 phrase-loop."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_LONGEST = 12


@rule(
    "REP102",
    "phrase-loop",
    Category.REPETITION,
    Severity.MAJOR,
    needs=("spaced",),
    examples=(
        example(
            "en", "The report gives ⟦the number of the number of⟧ victims.", "The report gives the number of victims."
        ),
        example("fr", "Il parle ⟦de la ville de la ville⟧ depuis hier.", "Il parle de la ville depuis hier."),
        example("en", "Prices rose year after year after year."),
        example("en", "They spoke more and more and more quietly."),
        example("de", "Er ging von Haus zu Haus, von Tür zu Tür."),
    ),
)
def phrase_loop(ctx: Context) -> Iterator[Draft]:
    """A phrase of two to twelve words is repeated at once.

    Why: a decoder that loops is the surest sign that nobody read the text.
    When it is wrong: idioms swing round one word (year after year after year, more and more and
    more); a phrase of two words is reported only from its third copy. Chants and refrains carry
    punctuation between the copies and are left alone.
    Norm: none needed.
    """
    lowered = ctx.lowered
    last_seen: dict[str, int] = {}
    distance, run = 0, 0
    # Where a paragraph begins, a loop begins anew: what stands above it is no copy.
    heads = iter([bisect_left(ctx.words, p.start, key=itemgetter(0)) for p in ctx.paragraphs[1:]])
    head = next(heads, -1)
    for at, word in enumerate(lowered):
        while head == at:
            last_seen.clear()
            head = next(heads, -1)
        gap = at - last_seen.get(word, -99)
        last_seen[word] = at
        if gap == distance and 1 < gap <= _LONGEST:
            run += 1
        else:
            if draft := _loop(ctx, at, distance, run):
                yield draft
            distance, run = gap, 1
    if draft := _loop(ctx, len(lowered), distance, run):
        yield draft


def _loop(ctx: Context, after: int, distance: int, run: int) -> Draft | None:
    """Return a draft where the `run` words before `after` repeat those `distance` before them."""
    if not 1 < distance <= _LONGEST or run < distance * (2 if distance == 2 else 1):
        return None
    copies = 1 + run // distance
    first = after - run - distance
    start, end = ctx.words[first].start, ctx.words[first + copies * distance - 1].end
    stretch = ctx.text[start:end]
    phrase = ctx.text[start : ctx.words[first + distance - 1].end]
    # Plain spaces only, and the copies alike to the letter: what has commas may be rhetoric.
    if stretch != " ".join([phrase] * copies) or not any(c.isalpha() for c in phrase):
        return None
    return ctx.draft(start, end, f"The phrase “{phrase}” is repeated at once.", phrase, copies=copies)
