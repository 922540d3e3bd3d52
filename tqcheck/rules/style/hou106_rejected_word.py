"""HOU106 rejected-word."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.witnesses.house_words import replaced


@rule(
    "HOU106",
    "rejected-word",
    Category.TERMINOLOGY,
    Severity.MAJOR,
    needs=("house-words",),
    authority="user",
    examples=(
        example(
            "en",
            "They ⟦utilise⟧ it ⟦going forward⟧.",
            "They use it from now on.",
            house='reject = {"utilise" = "use", "going forward" = "from now on"}',
        ),
        example("de", "Das ist ⟦alternativlos⟧.", house='reject = ["alternativlos"]'),
        example("zh", "他们⟦赋能⟧企业。", house='reject = ["赋能"]'),
        example("en", "They reutilise it.", house='reject = {"utilise" = "use"}'),
        example("de", "Das ist ohne Alternative.", house='reject = ["alternativlos"]'),
        example("en", "See https://example.org/utilise for more.", house='reject = {"utilise" = "use"}'),
    ),
)
def rejected_word(ctx: Context) -> Iterator[Draft]:
    """A word stands on the list of words that the house does not print.

    Why: `reject` in the configuration, or a file of `reject-files`, names it.
    When it is wrong: in a quotation or a name that must stand as it is.
    Norm: the user's own configuration.
    """
    for found in replaced(ctx, ctx.house.rejected):
        instead = f" Write “{found.instead}”." if found.instead else ""
        yield ctx.draft(
            found.start,
            found.end,
            f"“{ctx.text[found.start : found.end]}” is rejected by your house style.{instead}",
            found.instead or None,
            safe=found.safe,
        )
