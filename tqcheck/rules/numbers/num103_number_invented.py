"""NUM103 number-invented."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule


@rule(
    "NUM103",
    "number-invented",
    Category.NUMBER,
    Severity.MAJOR,
    needs=("source", "pairs"),
    examples=(
        example(
            "en",
            "The minister resigned after ⟦34⟧ days in office.",
            source="Der Minister trat nach kurzer Amtszeit zurück.",
            source_lang="de",
        ),
        example(
            "fr",
            "Le musée a rouvert ses portes en ⟦1987⟧ après les travaux.",
            source="The museum reopened its doors after the works.",
            source_lang="en",
        ),
        example(
            "en",
            "The minister resigned after 34 days in office.",
            source="Der Minister trat nach vierunddreißig Tagen im Amt zurück.",
            source_lang="de",
        ),
        example(
            "fr",
            "Le musée a rouvert ses portes en 1987, à 17 h.",
            source="The museum reopened its doors at 5 p.m. in 1987.",
            source_lang="en",
        ),
        example(
            "en",
            "The house costs 300,000 yuan (about $41,000).",
            source="这套房子售价30万元。",
            source_lang="zh",
        ),
        example(
            "en",
            "Apollo 13 never landed. An oxygen tank had burst. Everyone waited for news. In April the crew of Apollo 13 "
            "came home.",
            source="Apollo 13 ist nie gelandet. Ein Tank mit Sauerstoff war geplatzt. Alle warteten auf Nachrichten. Im "
            "April kam die Mannschaft heim.",
            source_lang="de",
        ),
    ),
)
def number_invented(ctx: Context) -> Iterator[Draft]:
    """A number stands in the translation that the original does not have.

    Why: an invented figure is an invented fact.
    When it is wrong: an editor added what his readers need (a year, a conversion). Small and
    spelled-out numbers are not looked at, nor sums converted to another currency, nor numbers of a name
    that the original holds elsewhere.
    Norm: ISO 17100, 5.3.3 (no addition); values are compared, not digits.
    """
    from tqcheck.witnesses.numbers import dispensable, labelled, numbers

    if ctx.bitext is None:
        return
    for account in ctx.bitext.once(numbers):
        for quantity in account.invented:
            if labelled(quantity, ctx.text, ctx.bitext.source.text):
                continue
            written = ctx.text[quantity.start : quantity.end]
            yield ctx.draft(
                quantity.start,
                quantity.end,
                f"The original has no “{written}”; check where the number comes from.",
                at_most=Confidence.LOW if dispensable(quantity, ctx.text) else Confidence.HIGH,
                found=quantity.value,
            )
