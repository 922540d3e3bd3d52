"""CAL102 calque-confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "CAL102",
    "calque-confirmed",
    Category.CALQUE,
    Severity.MINOR,
    needs=("record", "pairs", "calques"),
    examples=(
        example(
            "en",
            "The two leaders embraced ⟦at the issue of⟧ the talks.",
            "The two leaders embraced at the end of the talks.",
            source="Les deux dirigeants se sont embrassés ⟦à l’issue des⟧ discussions.",
            source_lang="fr",
        ),
        example(
            "en",
            "⟦Without embargo⟧, the plan was approved on Monday.",
            "However, the plan was approved on Monday.",
            source="⟦Sin embargo⟧, el plan fue aprobado el lunes.",
            source_lang="es",
        ),
        example(
            "en",
            "Trade with the island went on without embargo or tax.",
            source="El comercio con la isla continuó sin bloqueo ni impuestos.",
            source_lang="es",
        ),
        example(
            "en",
            "The two leaders embraced after the talks.",
            source="Les deux dirigeants se sont embrassés à l’issue des discussions.",
            source_lang="fr",
        ),
        example(
            "en",
            "The lord mayor opened the fair on Monday.",
            source="Der Oberbürgermeister eröffnete am Montag die Messe.",
            source_lang="de",
        ),
    ),
)
def calque_confirmed(ctx: Context) -> Iterator[Draft]:
    """A fixed expression of the original, rendered word by word as no native would put it.

    Why: the original shows which expression was meant, so it is not a turn of the writer's own.
    When it is wrong: where the original's words are meant literally, and the target's too.
    Norm: usage; each entry of languages/pairs names the expression and what is written for it.
    """
    from tqcheck.witnesses.calques import confirmed

    if ctx.bitext is None:
        return
    for found in (found for pair in ctx.bitext.once(confirmed) for found in pair):
        if found.entry.kind == "calque":
            wrong = ctx.text[found.target.start : found.target.end]
            theirs = ctx.bitext.source.text[found.source.start : found.source.end]
            message = f"“{wrong}” copies “{theirs}” word by word; write {found.entry.advice(wrong)}."
            yield found.draft(ctx, message)
