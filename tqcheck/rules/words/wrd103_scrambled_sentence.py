"""WRD103 scrambled-sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from tqcheck.languages.fluency import doubtful, fluency
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# Edited English has 1.1 ± 0.5; of 3,786 edited sentences none lies lower, of shuffled ones three in four do.
_BROKEN = -2.25
_LEAST = 6


@rule(
    "WRD103",
    "scrambled-sentence",
    Category.WORD_ORDER,
    Severity.CRITICAL,
    needs=("record", "bigrams"),
    yields_to=("MEA105",),
    examples=(
        example("en", "⟦Opened the of bridge new mayor the in Tuesday the presence on ministers of.⟧"),
        example("en", "It rained. ⟦A the was house of by to fire in night the destroyed.⟧ Nobody was hurt."),
        example("en", "The mayor opened the new bridge on Tuesday in the presence of ministers."),
        example("en", "What the one who is to be in it is in for is not for me to say."),
        example("en", "Down the hill and up the next ran the boys, shouting all the way."),
    ),
)
def scrambled_sentence(ctx: Context) -> Iterator[Draft]:
    """A sentence whose words stand in no order: neighbours of it never meet in the language.

    Why: nobody can read it, and what it says can no longer be told.
    When it is wrong: in verse, word games and quoted slips.
    Norm: MQM fluency/grammar/word order; the word pairs are Norvig's (see languages/bigrams.py).
    """
    words = ctx.words
    for start, end in ctx.sentences:
        first, last = bisect_left(words, (start,)), bisect_left(words, (end,))
        if last - first > _LEAST and doubtful(ctx.lowered[first:last], ctx.bigrams):
            found = fluency(ctx.text, words[first:last], ctx.bigrams, ctx.names.single)
            if found.pairs >= _LEAST and found.value < _BROKEN:
                yield ctx.draft(
                    start,
                    end,
                    "The words of this sentence stand in no order: translate it again.",
                    fluency=round(found.value, 2),
                )
