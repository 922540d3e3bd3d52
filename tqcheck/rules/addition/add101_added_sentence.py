"""ADD101 added-sentence."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_ORIGINAL = (
    "Le conseil municipal a voté le budget lundi. {}La bibliothèque aura une nouvelle salle de lecture. "
    "La piscine reste fermée jusqu’à l’automne."
)
_TRANSLATION = (
    "The city council passed the budget on Monday. {}The library will get a new reading room. "
    "The swimming pool remains closed until autumn."
)


@rule(
    "ADD101",
    "added-sentence",
    Category.ADDITION,
    Severity.MAJOR,
    needs=("record", "encoder"),
    examples=(
        example(
            "en",
            _TRANSLATION.format("⟦Fishermen found two bottles with letters on the beach.⟧ "),
            source=_ORIGINAL.format(""),
            source_lang="fr",
        ),
        example(
            "de",
            "Die Brücke wurde am Sonntag gesperrt. ⟦Der Bäcker verkauft jetzt auch Eis.⟧ "
            "Die Arbeiten dauern laut Rathaus drei Wochen.",
            source="The bridge was closed on Sunday. The works will last three weeks, according to the town hall.",
            source_lang="en",
        ),
        example(
            "en",
            _TRANSLATION.format("Fishermen found two bottles with letters on the beach. "),
            source=_ORIGINAL.format("Des pêcheurs ont trouvé deux bouteilles avec des lettres sur la plage. "),
            source_lang="fr",
        ),
        example(
            "en",
            "The city council passed the budget on Monday. It was close.",
            source="Le conseil municipal a voté le budget lundi, de justesse.",
            source_lang="fr",
        ),
        example(
            "es",
            "El puente se cerró el domingo. Las obras durarán tres semanas, según el ayuntamiento.",
            source="The bridge was closed on Sunday. The works will last three weeks, according to the town hall.",
            source_lang="en",
        ),
    ),
)
def added_sentence(ctx: Context) -> Iterator[Draft]:
    """A sentence of the translation whose content is nowhere in the original.

    Why: systems invent sentences, and leave in what a page says around an article.
    When it is wrong: where an editor added a sentence on purpose, a note for foreign readers say.
    Norm: MQM accuracy/addition.
    """
    from tqcheck.witnesses.gaps import gaps

    if ctx.bitext is None:
        return
    for gap in ctx.bitext.once(gaps):
        if gap.side == "target":
            yield ctx.draft(
                *gap.span,
                "Nothing in the original says this sentence: check it, or take it out.",
                source=gap.near,
                covered=round(gap.extent, 2),
            )
