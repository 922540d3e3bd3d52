"""UNT103 same-as-source."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "UNT103",
    "same-as-source",
    Category.UNTRANSLATED,
    Severity.CRITICAL,
    needs=("source",),
    yields_to=("SRC101",),
    examples=(
        example(
            "en",
            "⟦Le maire est parti hier. La police cherche des témoins de l’accident.⟧",
            source="⟦Le maire est parti hier. La police cherche des témoins de l’accident.⟧",
            source_lang="fr",
        ),
        example(
            "de",
            "⟦The mayor left town on Monday. The police are looking for witnesses of the accident.⟧",
            source="⟦The mayor left the town on Monday. The police are looking for witnesses of the accident.⟧",
            source_lang="en",
        ),
        example(
            "en",
            "The mayor left yesterday. The police are looking for witnesses of the accident.",
            source="Le maire est parti hier. La police cherche des témoins de l’accident.",
            source_lang="fr",
        ),
        example(
            "de",
            "Real Madrid 2, Bayern München 1, Paris Saint-Germain 3, Juventus Turin 0",
            source="Real Madrid 2, Bayern München 1, Paris Saint-Germain 3, Juventus Turin 0",
            source_lang="en",
        ),
        example(
            "en-GB",
            "The mayor left the town on Monday and the neighbours are looking for a flat.",
            source="The mayor left the town on Monday and the neighbors are looking for a flat.",
            source_lang="en-US",
        ),
    ),
)
def same_as_source(ctx: Context) -> Iterator[Draft]:
    """The target is its original, though the languages differ.

    Why: the translation failed or the wrong file was taken; nothing else need be read.
    When it is wrong: lists of names and figures, which are therefore left alone.
    Norm: none needed; the article is not in its language.
    """
    from tqcheck.witnesses.sameness import is_original, sameness

    bitext = ctx.bitext
    assert bitext is not None
    if not is_original(bitext):
        return
    ours, theirs = ctx.paragraphs, bitext.source.paragraphs
    yield ctx.draft(
        ours[0].start,
        ours[-1].end,
        "The target is its original, hardly or not at all translated.",
        source=Span(theirs[0].start, theirs[-1].end),
        chrf=round(bitext.once(sameness), 1),
    )
