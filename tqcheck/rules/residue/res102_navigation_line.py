"""RES102 navigation-line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.labels import leading

_CRUMBS = re.compile(r"[^.!?>›»]{2,40}(?:\s[>›»]\s[^.!?>›»]{2,60}){2,8}$")


@rule(
    "RES102",
    "navigation-line",
    Category.BOILERPLATE,
    Severity.MAJOR,
    needs=("record",),
    examples=(
        example("en", "The vote is over.\n⟦NEXT Storm closes ports on the coast⟧"),
        example("en", "⟦Home > World > Europe⟧\nMinisters meet in Oslo."),
        example("fr", "Le vote est clos.\n⟦Article suivant : La tempête ferme les ports⟧"),
        example("en", "Next year the port will close."),
        example("en", "Previous attempts failed.\nNEXT shares fell by 3 per cent in London."),
        example("de", "Weiter so, sagte der Trainer."),
    ),
)
def navigation_line(ctx: Context) -> Iterator[Draft]:
    """A line leads to another article, or says where on the site the reader is.

    Why: the titles of other stories are read as part of this one.
    When it is wrong: a headline may begin with a capitalised brand (NEXT shares fell): such a line
    must not end in a full stop, and must stand at the end or the start of the article.
    Norm: none needed; the labels are in the language record.
    """
    labels = leading(ctx.language.boilerplate.navigation)
    last = len(ctx.paragraphs) - 1
    for place, span in enumerate(ctx.paragraphs):
        if span.end - span.start > 250:
            continue
        line = ctx.text[span.start : span.end]
        if _CRUMBS.match(line):
            yield ctx.draft(*span, "A breadcrumb: the path through the site, not part of the article.")
            continue
        match = labels.match(line)
        if match is None or match.end() == len(line):
            continue
        label, rest = match.group(1), line[match.end() :]
        sets_off = rest.lstrip()[:1] in ":>›»→|-–" or line[0] in "←→«»‹›<>"
        shouts = label.isupper() and len(label) > 3 and not rest.rstrip().endswith((".", "!", "?"))
        at_edge = place >= last - 3 or place == 0
        if sets_off or (shouts and at_edge):
            yield ctx.draft(
                *span, f"“{label}” leads to another article: a leftover of the page’s navigation.", label=label
            )
