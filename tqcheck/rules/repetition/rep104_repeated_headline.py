"""REP104 repeated-headline."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.repeats import folded
from tqcheck.text.words import count

_SHORTEST = 4


@rule(
    "REP104",
    "repeated-headline",
    Category.REPETITION,
    Severity.MAJOR,
    examples=(
        example("en", "Floods cut off three valleys\n\n⟦Floods cut off three valleys⟧\nRain fell for two days."),
        example("fr", "Trois vallées coupées du monde\n⟦Trois vallées coupées du monde⟧\nIl pleut depuis deux jours."),
        example("en", "Floods cut off three valleys\nFloods cut off three valleys on Monday, police said."),
        example("en", "Sport\nSport\nThe match begins at eight."),
        example("es", "Tres valles aislados por la lluvia\nLlueve desde hace dos días en los tres valles."),
    ),
)
def repeated_headline(ctx: Context) -> Iterator[Draft]:
    """The headline stands again on a line of its own.

    Why: page templates print the title in several places; the scraper takes them all.
    When it is wrong: a refrain that is also the title.
    Norm: none needed.
    """
    if len(ctx.paragraphs) < 2:
        return
    headline = ctx.paragraphs[0]
    key = folded(ctx.text[headline.start : headline.end])
    if count(key) < _SHORTEST:
        return
    for line in ctx.paragraphs[1:]:
        # Headlines are short: no need to fold a long paragraph to know that it is another text.
        alike = abs((line.end - line.start) - (headline.end - headline.start)) <= 8
        if alike and folded(ctx.text[line.start : line.end]) == key:
            yield ctx.draft(*line, "The headline is repeated.")
