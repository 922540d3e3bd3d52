"""OMI102 missing-part."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "OMI102",
    "missing-part",
    Category.OMISSION,
    Severity.MAJOR,
    needs=("record", "encoder"),
    yields_to=("OMI101",),
    examples=(
        example(
            "en",
            "The minister of finance resigned.",
            source="Le ministre des Finances a démissionné ⟦lundi après des semaines de manifestations⟧.",
            source_lang="fr",
        ),
        example(
            "de",
            "Die Polizei nahm zwei Männer fest.",
            source=(
                "Police arrested two men on ⟦Friday night who had tried to break into a jeweller's shop in the harbour "
                "district⟧."
            ),
            source_lang="en",
        ),
        example(
            "en",
            "The minister of finance resigned on Monday after weeks of protests in the capital.",
            source="Le ministre des Finances a démissionné lundi après des semaines de manifestations dans la capitale.",
            source_lang="fr",
        ),
        example(
            "de",
            "Die Brücke wurde am Sonntag gesperrt.",
            source="The bridge was closed on Sunday.",
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
def missing_part(ctx: Context) -> Iterator[Draft]:
    """A part of a sentence of the original that the translation does not say.

    Why: a clause is lost more often than a sentence, and the rest reads well without it.
    When it is wrong: where the translator put it more shortly, or left out what the reader knows.
    Norm: MQM accuracy/omission; ISO 17100, 5.3.1: the translation is complete.
    """
    from tqcheck.witnesses.gaps import parts, place

    if ctx.bitext is None:
        return
    for gap in ctx.bitext.once(parts):
        if gap.side == "source":
            text = ctx.bitext.source.text[gap.span.start : gap.span.end]
            yield ctx.missing(
                gap.span,
                f"“{text}” of the original seems to be missing from the translation.",
                insert_at=place(ctx.bitext, gap),
                at_most=Confidence.HIGH if gap.sure else Confidence.LOW,
                odds=round(gap.extent, 2),
            )
