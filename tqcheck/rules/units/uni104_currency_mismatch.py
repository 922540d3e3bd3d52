"""UNI104 currency-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "UNI104",
    "currency-mismatch",
    Category.UNIT,
    Severity.CRITICAL,
    needs=("source", "pairs"),
    examples=(
        example(
            "en",
            "The club paid ⟦30 million dollars⟧ for the striker.",
            source="Le club a payé ⟦30 millions d’euros⟧ pour l’attaquant.",
            source_lang="fr",
        ),
        example(
            "de",
            "Die Reparatur kostet ⟦450 Euro⟧.",
            source="The repair costs ⟦$450⟧.",
            source_lang="en",
        ),
        example(
            "en",
            "The club paid 30 million euros ($32 million) for the striker.",
            source="Le club a payé 30 millions d’euros pour l’attaquant.",
            source_lang="fr",
        ),
        example(
            "de",
            "Die Reparatur kostet rund 410 Euro.",
            source="The repair costs $450.",
            source_lang="en",
        ),
        example(
            "en",
            "The house costs 3 million yuan.",
            source="这套房子售价300万元。",
            source_lang="zh",
        ),
    ),
)
def currency_mismatch(ctx: Context) -> Iterator[Draft]:
    """The sum of the original stands in another currency.

    Why: 30 million dollars are not 30 million euros; a currency that changes without its sum
    changes the fact.
    When it is wrong: currencies that happen to be at par.
    Norm: ISO 4217 for the currencies; a conversion to the reader's currency changes the sum.
    """
    from tqcheck.witnesses.numbers import numbers, other_currency

    if ctx.bitext is None:
        return
    for account in ctx.bitext.once(numbers):
        for change in account.matched:
            if not other_currency(change):
                continue
            (start, end), source = change.target.outer, Span(*change.source.outer)
            said = ctx.bitext.source.text[source.start : source.end]
            yield ctx.draft(
                start,
                end,
                f"The original says “{said}”; “{ctx.text[start:end]}” is the same sum in another currency.",
                source=source,
            )
