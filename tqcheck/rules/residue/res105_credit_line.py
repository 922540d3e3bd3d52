"""RES105 credit-line."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.labels import leading

_LONGEST = 80


@rule(
    "RES105",
    "credit-line",
    Category.BOILERPLATE,
    Severity.MINOR,
    needs=("record",),
    yields_to=("RES103",),
    examples=(
        example("en", "Rain is due on Friday.\n⟦Photo credit: Nadia Brown / Coast News⟧\nSnow may follow."),
        example("fr", "Il pleuvra vendredi.\n⟦© Agence du littoral⟧\nIl neigera samedi."),
        example("en", "Photo: a love story is the title of her book, which came out in May."),
        example("en", "The picture was taken by a reader of Coast News."),
        example("de", "Das Foto zeigt den Hafen bei Nacht."),
    ),
)
def credit_line(ctx: Context) -> Iterator[Draft]:
    """A line credits a picture that is not there.

    Why: the picture stayed on the page, its credit came with the text and reads as nonsense.
    When it is wrong: an article published with its pictures and their credits in the text; only
    short lines that do not end as sentences are reported.
    Norm: none needed; the labels are in the language record.
    """
    if len(ctx.paragraphs) < 2:
        return
    labels = leading(ctx.language.boilerplate.credits)
    for span in ctx.paragraphs:
        line = ctx.text[span.start : span.end]
        if len(line) <= _LONGEST and line[-1] not in ".!?…" and labels.match(line):
            # Many desks publish credits in the text: without the page, this is no more than a hint.
            yield ctx.draft(*span, "The credit of a picture that may not be there.", at_most=Confidence.LOW)
