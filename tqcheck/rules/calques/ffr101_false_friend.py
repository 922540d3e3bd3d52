"""FFR101 false-friend."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "FFR101",
    "false-friend",
    Category.FALSE_FRIEND,
    Severity.MAJOR,
    needs=("record", "pairs", "calques"),
    examples=(
        example(
            "en",
            "The museum is ⟦actually⟧ closed for repairs.",
            "The museum is currently closed for repairs.",
            source="Le musée est ⟦actuellement⟧ fermé pour travaux.",
            source_lang="fr",
        ),
        example(
            "en",
            "Two ⟦constipated⟧ players missed the training on Monday.",
            source="Dos jugadores ⟦constipados⟧ faltaron al entrenamiento del lunes.",
            source_lang="es",
        ),
        example(
            "en",
            "The museum is actually closed for repairs.",
            source="Le musée est en fait fermé pour travaux.",
            source_lang="fr",
        ),
        example(
            "en",
            "The museum, currently closed, is actually older than the town.",
            source="Le musée, actuellement fermé, est en fait plus ancien que la ville.",
            source_lang="fr",
        ),
        example(
            "en",
            "The current poll puts the party ahead.",
            source="Die aktuelle Umfrage sieht die Partei vorn.",
            source_lang="de",
        ),
    ),
)
def false_friend(ctx: Context) -> Iterator[Draft]:
    """A word that looks like the original's and means something else.

    Why: “actually” for “actuellement” reads well and says what the original does not.
    When it is wrong: where the target's word renders another word of the same sentence.
    Norm: usage; each entry of languages/pairs names the word and what is written for it.
    """
    from tqcheck.witnesses.calques import confirmed

    if ctx.bitext is None:
        return
    for found in (found for pair in ctx.bitext.once(confirmed) for found in pair):
        if found.entry.kind == "false-friend":
            wrong = ctx.text[found.target.start : found.target.end]
            theirs = ctx.bitext.source.text[found.source.start : found.source.end]
            message = f"“{wrong}” is not what “{theirs}” means; write {found.entry.advice(wrong)}."
            yield found.draft(ctx, message)
