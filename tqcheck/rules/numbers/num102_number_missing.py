"""NUM102 number-missing."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "NUM102",
    "number-missing",
    Category.NUMBER,
    Severity.MAJOR,
    needs=("source", "pairs"),
    examples=(
        example(
            "en",
            "The flood destroyed houses along the river.",
            source="Die Flut zerstörte ⟦340⟧ Häuser entlang des Flusses.",
            source_lang="de",
        ),
        example(
            "de",
            "Der Umsatz stieg im Sommer deutlich.",
            source="Sales rose by ⟦17.5⟧ percent in the summer.",
            source_lang="en",
        ),
        example(
            "en",
            "The flood destroyed 340 houses along the river.",
            source="Die Flut zerstörte 340 Häuser entlang des Flusses.",
            source_lang="de",
        ),
        example(
            "de",
            "Der Umsatz stieg im Sommer um 17,5 Prozent.",
            source="Sales rose by 17.5 percent in the summer.",
            source_lang="en",
        ),
        example(
            "fr",
            "Le village existe depuis le XIXe siècle et compte une centaine d’habitants.",
            source="The village dates from the 19th century and has about 100 inhabitants.",
            source_lang="en",
        ),
    ),
)
def number_missing(ctx: Context) -> Iterator[Draft]:
    """A number of the original is nowhere in the translation.

    Why: figures carry the news; without them the sentence says less than the original.
    When it is wrong: translators leave out what their readers do not need (an age, a year that is
    plain from the context, degrees of an unnamed scale). Small and spelled-out numbers are not looked at.
    Norm: ISO 17100, 5.3.3 (completeness); values are compared, not digits.
    """
    from tqcheck.witnesses.numbers import dispensable, numbers

    if ctx.bitext is None:
        return
    for account, pair in zip(ctx.bitext.once(numbers), ctx.bitext.matched, strict=True):
        for quantity in account.missing:
            said = ctx.bitext.source.text[quantity.start : quantity.end]
            yield ctx.missing(
                Span(quantity.start, quantity.end),
                f"“{said}” of the original is missing here; add it.",
                insert_at=pair.target.end if pair.target is not None else None,
                at_most=Confidence.LOW if dispensable(quantity, ctx.bitext.source.text) else Confidence.HIGH,
                expected=quantity.value,
            )
