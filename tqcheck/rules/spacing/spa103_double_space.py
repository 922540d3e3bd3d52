"""SPA103 double-space."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_RUN = re.compile("(?<=[^\\s.!?:…|>«。！？])[ \u00a0]{2,}(?=[^\\s|])")
# A no-break space may belong to a guillemet or a French mark; the run is then half lawful.
_NO_BREAK = "\u00a0"


@rule(
    "SPA103",
    "double-space",
    Category.SPACING,
    Severity.MINOR,
    examples=(
        example("en", "The vote⟦  ⟧takes place on Thursday.", "The vote takes place on Thursday."),
        example("ru", "Цены на топливо⟦   ⟧выросли.", "Цены на топливо выросли."),
        example("en", "He left.  Two spaces after a stop are a typist's habit."),
        example("en", "Name    Goals    Points    Cards"),
        example("fr", "Le vote aura lieu jeudi."),
    ),
)
def double_space(ctx: Context) -> Iterator[Draft]:
    """Two or more spaces stand between two words.

    Why: they show where a system or a page lost a word, a link or markup.
    When it is wrong: after a stop, where typists set two; tables made with spaces. Human texts
    have them nearly as often as machine texts, so it is weak evidence.
    Norm: one space between words, in every script that has spaces.
    """
    text = ctx.text
    if "  " not in text and _NO_BREAK not in text:
        return
    for paragraph in ctx.paragraphs:
        runs = list(_RUN.finditer(text, paragraph.start, paragraph.end))
        # Three wide gaps in a line are columns, not slips.
        if sum(run.end() - run.start() > 2 for run in runs) > 2:
            continue
        for run in runs:
            yield ctx.draft(
                run.start(),
                run.end(),
                "There is more than one space between two words.",
                _NO_BREAK if _NO_BREAK in run.group() else " ",
                safe=True,
                at_most=Confidence.LOW,
            )
