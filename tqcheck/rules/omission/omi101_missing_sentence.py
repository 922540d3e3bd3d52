"""OMI101 missing-sentence."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_ORIGINAL = (
    "Der Stadtrat hat am Montag den Haushalt beschlossen. {}"
    "Die Bibliothek bekommt einen neuen Lesesaal. Das Schwimmbad bleibt bis zum Herbst geschlossen."
)
_TRANSLATION = (
    "The city council passed the budget on Monday. {}"
    "The library will get a new reading room. The swimming pool remains closed until autumn."
)
_RENTS = "Die Mieten in den Altstadtgassen steigen um ein Drittel. "


@rule(
    "OMI101",
    "missing-sentence",
    Category.OMISSION,
    Severity.MAJOR,
    needs=("record", "encoder"),
    examples=(
        example(
            "en",
            _TRANSLATION.format(""),
            source=_ORIGINAL.format("⟦" + _RENTS.strip() + "⟧ "),
            source_lang="de",
        ),
        example(
            "fr",
            "Le pont a été fermé dimanche. Les travaux dureront trois semaines, selon la mairie.",
            source=(
                "The bridge was closed on Sunday. ⟦Two lorry drivers were taken to hospital with burns.⟧ "
                "The works will last three weeks, according to the town hall."
            ),
            source_lang="en",
        ),
        example(
            "en",
            _TRANSLATION.format("Rents in the lanes of the old town will rise by a third. "),
            source=_ORIGINAL.format(_RENTS),
            source_lang="de",
        ),
        example(
            "en",
            "The city council passed the budget on Monday, and the library will get a new reading room.",
            source="Der Stadtrat hat am Montag den Haushalt beschlossen. Die Bibliothek bekommt einen neuen Lesesaal.",
            source_lang="de",
        ),
        example(
            "es",
            "El puente se cerró el domingo. Las obras durarán tres semanas, según el ayuntamiento.",
            source="The bridge was closed on Sunday. The works will last three weeks, according to the town hall.",
            source_lang="en",
        ),
    ),
)
def missing_sentence(ctx: Context) -> Iterator[Draft]:
    """A sentence of the original whose content is nowhere in the translation.

    Why: systems skip sentences, above all in long paragraphs, and the reader cannot know.
    When it is wrong: where an editor cut the article on purpose.
    Norm: MQM accuracy/omission; ISO 17100, 5.3.1: the translation is complete.
    """
    from tqcheck.witnesses.gaps import gaps, place

    if ctx.bitext is None:
        return
    for gap in ctx.bitext.once(gaps):
        if gap.side == "source":
            yield ctx.missing(
                gap.span,
                "This sentence of the original is not in the translation: translate it, or say that it was cut.",
                insert_at=place(ctx.bitext, gap),
                covered=round(gap.extent, 2),
            )
