"""PUN105 dialogue-dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# A stop may end an abbreviation, so a longer word must stand before it.
_DASH = re.compile(r"[.,] [-–—](?= [^\W\d_])(?:(?<=[^\W\d_]{3}\. .)|(?<=[^\W\d_]{2}, .))")
_WORD = re.compile(r"[^\W\d_]+$")


@rule(
    "PUN105",
    "dialogue-dash",
    Category.PUNCTUATION,
    Severity.MINOR,
    needs=("record",),
    languages=("en", "de", "nl"),
    examples=(
        example(
            "en",
            "“It hurts at night,” the doctor argued⟦. -⟧ Rest helps.",
            "“It hurts at night,” the doctor argued. Rest helps.",
        ),
        example("de", "Das ist ein Fehler⟦, –⟧ sagte der Minister am Montag."),
        example("en", "The rest – a third – went home, as planned - or so they said."),
        example("de", "Er kam – spät, aber er kam – und blieb."),
        example("en", "LONDON. - The mayor of St. Louis, Mo. - a city in the U.S. - left."),
    ),
)
def dialogue_dash(ctx: Context) -> Iterator[Draft]:
    """A dash after a comma or stop sets off speech, as Russian and its neighbours write it.

    Why: the marks of the original's dialogue were copied; the reader misses the quotation marks.
    When it is wrong: a dash of the writer's own after a stop; datelines and abbreviations are
    left alone.
    A true dash after a stop is right between sentences in German and Dutch: low confidence.
    Norm: direct speech stands in quotation marks (Chicago 13.37; Duden K 8).
    """
    if "- " not in ctx.text and "– " not in ctx.text and "— " not in ctx.text:
        return
    for match in _DASH.finditer(ctx.text):
        start, end = match.span()
        found = _WORD.search(ctx.text, max(0, start - 24), start)
        if found is None or not found.group()[-3:].islower():
            continue
        stop = match.group()[0] == "."
        if stop and f"{found.group()}." in ctx.language.words.abbreviations:
            continue
        right = "." if stop else None  # after a comma only new quotation marks help
        near = ctx.text[found.start() : end + 12].replace("\n", " ")
        message = f"“{near}” sets off speech by a dash as another language does."
        # A true dash between sentences marks a change of subject or speaker.
        level = Confidence.LOW if stop and match.group()[-1] != "-" else Confidence.HIGH
        yield ctx.draft(start, end, message, right, at_most=level)
