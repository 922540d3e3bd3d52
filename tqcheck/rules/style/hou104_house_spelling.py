"""HOU104 house-spelling."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.witnesses.house_words import replaced


@rule(
    "HOU104",
    "house-spelling",
    Category.TERMINOLOGY,
    Severity.MINOR,
    needs=("house-spellings",),
    authority="user",
    examples=(
        example(
            "en",
            "The mayor of ⟦Kiev⟧ spoke on Monday.",
            "The mayor of Kyiv spoke on Monday.",
            house='spellings = ["Kyiv"]',
        ),
        example(
            "en",
            "⟦Advisors⟧ met in ⟦BOMBAY⟧.",
            "Advisers met in MUMBAI.",
            house='prefer = {"advisors" = "advisers", "Bombay" = "Mumbai"}',
        ),
        example(
            "de",
            "Das war ⟦selbständig⟧ gedacht.",
            "Das war selbstständig gedacht.",
            house='spellings = ["selbstständig"]',
        ),
        example(
            "ru",
            "Посол ⟦Белоруссии⟧ молчит.",
            "Посол Беларуси молчит.",
            house='prefer = {ru = {"Белоруссии" = "Беларуси"}}',
        ),
        example("en", "The mayor of Kyiv spoke on Monday.", house='spellings = ["Kyiv"]'),
        example(
            "fr", "Le maire de Kiev a parlé lundi.", house='prefer = {en = {"Kiev" = "Kyiv"}, fr = {"Lvov" = "Lviv"}}'
        ),
        example("en", "Nord Stream 2 was stopped.", house='prefer = {"Nord Stream" = "Nord Stream 2"}'),
        example("en", "The advisory board advised him.", house='prefer = {"advisor" = "adviser"}'),
    ),
)
def house_spelling(ctx: Context) -> Iterator[Draft]:
    """A word is spelt otherwise than the house wants it.

    Why: `spellings` in the configuration chooses among forms that are known, `prefer` names any others.
    When it is wrong: in the name of an institution, a title or a product that keeps its old form. Such a word, or one
    whose replacement may ask for another article, is not replaced without a look. What was learned from the house's own
    articles stays hidden until it is accepted.
    Norm: the user's own configuration.
    """
    for found in replaced(ctx, ctx.house.spellings):
        yield ctx.draft(
            found.start,
            found.end,
            f"Your house style writes “{found.instead}”, not “{ctx.text[found.start : found.end]}”.",
            found.instead,
            safe=found.safe,
            at_most=Confidence.LOW if found.learned else Confidence.HIGH,
        )
