"""SPA104 bracket-spacing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_OPEN = re.compile("(?<![:;8=\\]\\-])[(\\[（]([ \u00a0\u202f]{1,4})(?=[^\\s)\\]）_.…•·:|-])")


@rule(
    "SPA104",
    "bracket-spacing",
    Category.SPACING,
    Severity.MINOR,
    examples=(
        example("en", "The striker scored late ⟦( ⟧90th minute).", "The striker scored late (90th minute)."),
        example("de", "Die Firma ⟦( ⟧1998 gegründet) baut Aufzüge.", "Die Firma (1998 gegründet) baut Aufzüge."),
        example(
            "ru", "Фирма ⟦( ⟧основана в 1998 году) выпускает лифты.", "Фирма (основана в 1998 году) выпускает лифты."
        ),
        example("en", "The firm (founded in 1998) builds lifts."),
        example("en", "We lost :( and the box [ ] stayed empty, as did ( ... )."),
        example("fr", "Le club (fondé en 1904) fête son anniversaire."),
    ),
)
def bracket_spacing(ctx: Context) -> Iterator[Draft]:
    """A space stands behind an opening bracket.

    Why: it is the trace of tokens put together mechanically.
    When it is wrong: smileys, empty boxes and blanks to fill in. Square brackets with spaces on
    both sides may be a site's own style for labels, and full-width ones are spaced in careless
    but human typing: weak evidence.
    Norm: no script sets a space inside round brackets.
    """
    text = ctx.text
    for match in _OPEN.finditer(text):
        bracket = match.group()[0]
        yield ctx.draft(
            match.start(),
            match.end(),
            f"A space stands behind “{bracket}”, where none belongs.",
            bracket,
            safe=True,
            at_most=Confidence.HIGH if bracket == "(" else Confidence.LOW,
        )
