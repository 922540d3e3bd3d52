"""RES101 lone-mark-line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Edit, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# One or two dashes, bullets or bars. Three and more dashes, and asterisks, part sections on purpose.
_LONE = re.compile(r"^[ \t\u00a0]*([-–—_]{1,2}|[|·•>‹›»«/\\=+~]{1,3}|[.,;:]{1,2})[ \t\u00a0]*$\n?", re.MULTILINE)


@rule(
    "RES101",
    "lone-mark-line",
    Category.BOILERPLATE,
    Severity.MINOR,
    examples=(
        example(
            "en", "The talks ended late.\n\n⟦-⟧\n\nThey go on today.", "The talks ended late.\n\n\nThey go on today."
        ),
        example(
            "fr", "La séance est levée.\n⟦--⟧\nElle reprendra demain.", "La séance est levée.\nElle reprendra demain."
        ),
        example("en", "Part one ends here.\n\n* * *\n\nPart two begins."),
        example("en", "Part one ends here.\n\n---\n\nPart two begins."),
        example("de", "– Ja, sagte er.\n– Nein, sagte sie."),
    ),
)
def lone_mark_line(ctx: Context) -> Iterator[Draft]:
    """A line holds nothing but a dash, a bullet or a bar.

    Why: where a page had a video, an advertisement or a separator, the scraped text keeps its mark.
    When it is wrong: typists part sections with marks; “* * *” and three dashes or more are accepted.
    Norm: none needed.
    """
    for match in _LONE.finditer(ctx.text):
        start, end = match.span(1)
        yield Draft(
            start,
            end,
            f"A line with nothing but “{match.group(1)}”: a leftover of the page’s layout.",
            (Edit(match.start(), match.end(), ""),),
            safe=True,
        )
