"""RES104 read-also-line."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.labels import leading


@rule(
    "RES104",
    "read-also-line",
    Category.BOILERPLATE,
    Severity.MINOR,
    needs=("record",),
    yields_to=("RES102",),
    examples=(
        example("en", "The bridge is closed.\n⟦Read also: Storm closes ports on the coast⟧\nIt opens on Monday."),
        example("fr", "Le pont est fermé.\n⟦Lire aussi : La tempête ferme les ports⟧\nIl ouvre lundi."),
        example("en", "Read also the letters he sent to his sister."),
        example("fr", "Lire aussi longtemps fatigue les yeux."),
        example("en", "Related problems were found in two other plants."),
    ),
)
def read_also_line(ctx: Context) -> Iterator[Draft]:
    """A line advertises another article of the same site.

    Why: readers of the translation take the teaser for the next paragraph.
    When it is wrong: a real list of further reading set by the editor.
    Norm: none needed; the labels are in the language record.
    """
    labels = leading(ctx.language.boilerplate.read_also)
    for span in ctx.paragraphs:
        if span.end - span.start > 250:
            continue
        line = ctx.text[span.start : span.end]
        match = labels.match(line)
        if match and line[match.end() :].lstrip(" \u00a0\u202f")[:1] in (":", "：", "|", ">", "→", "»"):
            yield ctx.draft(*span, f"“{match.group(1)}” is a teaser for another article.", label=match.group(1))
