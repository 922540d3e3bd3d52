"""ADD102 added-part."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "ADD102",
    "added-part",
    Category.ADDITION,
    Severity.MAJOR,
    needs=("record", "encoder"),
    yields_to=("ADD101",),
    examples=(
        example(
            "en",
            "The bridge was closed on Sunday while ⟦two bakers from a small village won the chess championship⟧.",
            source="Le pont a été fermé dimanche.",
            source_lang="fr",
        ),
        example(
            "en",
            "The hospital opened a new ward on Monday, and the ⟦queen of Denmark sang an old song about whales for the "
            "nurses⟧.",
            source="El hospital inauguró el lunes una nueva planta.",
            source_lang="es",
        ),
        example(
            "en",
            "The bridge was closed on Sunday for three weeks.",
            source="Le pont a été fermé dimanche pour trois semaines.",
            source_lang="fr",
        ),
        example(
            "de",
            "Die Brücke wurde am Sonntag für drei Wochen gesperrt.",
            source="The bridge was closed on Sunday for three weeks.",
            source_lang="en",
        ),
        example(
            "es",
            "Las obras durarán tres semanas, según el ayuntamiento.",
            source="The works will last three weeks, according to the town hall.",
            source_lang="en",
        ),
    ),
)
def added_part(ctx: Context) -> Iterator[Draft]:
    """A part of a sentence that nothing in the original says.

    Why: systems finish sentences with what often follows, and an invented fact stands in print.
    When it is wrong: where the translator explained what foreign readers do not know.
    Norm: MQM accuracy/addition.
    """
    from tqcheck.witnesses.gaps import parts

    if ctx.bitext is None:
        return
    for gap in ctx.bitext.once(parts):
        if gap.side == "target":
            yield ctx.draft(
                *gap.span,
                f"Nothing in the original seems to say “{ctx.text[gap.span.start : gap.span.end]}”.",
                source=gap.near,
                at_most=Confidence.HIGH if gap.sure else Confidence.LOW,
                odds=round(gap.extent, 2),
            )
