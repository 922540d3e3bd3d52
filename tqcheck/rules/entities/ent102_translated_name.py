"""ENT102: a name rendered as a common noun."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.context import Context, Draft
from tqcheck.model import Category, Severity
from tqcheck.rules.base import example, rule


@rule(
    "ENT102",
    "translated-name",
    Category.ENTITY,
    Severity.CRITICAL,
    needs=("encoder",),
    examples=(
        example(
            "de",
            "Mit der Karte der ⟦Kreuzung⟧ bezahlten die Kunden weniger.",
            "Mit der Karte der Carrefour bezahlten die Kunden weniger.",
            source="Avec la carte de ⟦Carrefour⟧, les clients ont payé moins.",
            source_lang="fr",
        ),
        example(
            "en",
            "The mayor, Michael ⟦Black⟧, opened the bridge.",
            "The mayor, Michael Schwarz, opened the bridge.",
            source="Der Bürgermeister Michael ⟦Schwarz⟧ eröffnete die Brücke.",
            source_lang="de",
        ),
        example(
            "es",
            "Las acciones de ⟦manzana⟧ subieron el lunes.",
            "Las acciones de Apple subieron el lunes.",
            source="Shares of ⟦Apple⟧ rose on Monday.",
            source_lang="en",
        ),
        example(
            "de",
            "Mit der Karte von Carrefour bezahlten die Kunden weniger.",
            source="Avec la carte de Carrefour, les clients ont payé moins.",
            source_lang="fr",
        ),
        example(
            "de",
            "Der Unfall geschah an der Kreuzung.",
            source="L’accident s’est produit au carrefour.",
            source_lang="fr",
        ),
        example(
            "en",
            "The mayor, Michael Schwarz, opened the black bridge.",
            source="Der Bürgermeister Michael Schwarz eröffnete die schwarze Brücke.",
            source_lang="de",
        ),
    ),
)
def translated_name(ctx: Context) -> Iterator[Draft]:
    """Reports a common noun where the original names a company, a paper or a person.

    Why: Systems translate what looks like a word: a customer card of Carrefour becomes one of the
    “crossroads”, and Mr Schwarz becomes Mr Black.
    When it is wrong: Where the name is left out and another word happens to mean the same.
    Norm: Names of companies, media and living people stay as they are (ISO 5060:2024, “terminology”).
    """
    from tqcheck.witnesses.translated_names import translated

    bitext = ctx.bitext
    if bitext is None:
        return
    for pair in bitext.once(translated):
        for found in pair:
            written = ctx.text[found.target.start : found.target.end]
            name = bitext.source.text[found.source.start : found.source.end]
            yield ctx.draft(
                found.target.start,
                found.target.end,
                f"“{name}” is a name in the original, not the word “{written}”; write “{found.right}”.",
                found.right,
                source=found.source,
                similarity=round(found.similarity, 2),
            )
