"""RES103 page-label."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.labels import folded, stripped

_LONGEST = 60


@rule(
    "RES103",
    "page-label",
    Category.BOILERPLATE,
    Severity.MINOR,
    needs=("record",),
    examples=(
        example("en", "Rain is due on Friday.\n⟦Share this article⟧"),
        example("es", "Lloverá el viernes.\n⟦Compartir en Facebook⟧"),
        example("en", "Share prices fell on Friday."),
        example("en", "He asked readers to share this article with friends."),
        example("de", "Teilen ist das neue Haben, sagt sie."),
    ),
)
def page_label(ctx: Context) -> Iterator[Draft]:
    """A line is nothing but the label of a button, a box or a media player.

    Why: it belongs to the page around the article, not to the article.
    When it is wrong: a crosshead that happens to be such a word.
    Norm: none needed; the labels are in the language record.
    """
    furniture = ctx.language.boilerplate
    labels = (
        folded(furniture.navigation) | folded(furniture.share) | folded(furniture.read_also) | folded(furniture.caption)
    )
    if len(ctx.paragraphs) < 2:
        return
    for span in ctx.paragraphs:
        if span.end - span.start <= _LONGEST and stripped(ctx.text[span.start : span.end]) in labels:
            line = ctx.text[span.start : span.end]
            yield ctx.draft(*span, f"“{line}” is a label of the page around the article.")
