"""HOU105 unexpected-language."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_FEW = 8


@rule(
    "HOU105",
    "unexpected-language",
    Category.WRONG_LANGUAGE,
    Severity.CRITICAL,
    needs=("house-languages",),
    authority="user",
    examples=(
        example("de", "⟦Der Hafen ist seit Montag offen.⟧ Das Schiff kam am Abend.", house='languages = ["en", "fr"]'),
        example("pt-BR", "⟦O porto está aberto desde segunda-feira.⟧", house='languages = ["pt-PT"]'),
        example("en", "The port has been open since Monday.", house='languages = ["en", "fr"]'),
        example("pt-BR", "O porto está aberto desde segunda-feira.", house='languages = ["pt"]'),
        example("pt", "O porto está aberto desde segunda-feira.", house='languages = ["pt-BR"]'),
    ),
)
def unexpected_language(ctx: Context) -> Iterator[Draft]:
    """The article is in a language that the house does not publish.

    Why: a translation that went to the wrong desk, or was not translated at all. `languages` in the configuration
    says which there may be.
    When it is wrong: where nobody says the language of a very short text, it is guessed.
    Norm: the user's own configuration.
    """
    tag, told = ctx.language.tag, ctx.article.lang is not None
    if tag == "und" or not ctx.sentences or any(_serves(allowed, tag) for allowed in ctx.house.languages):
        return
    first = ctx.sentences[0]
    yield ctx.draft(
        first.start,
        first.end,
        f"The article is in {ctx.language.name}; your house style allows {', '.join(ctx.house.languages)}.",
        at_most=Confidence.HIGH
        if told or len(ctx.words) > 3 * _FEW
        else Confidence.MEDIUM
        if len(ctx.words) >= _FEW
        else Confidence.LOW,
    )


def _serves(allowed: str, tag: str) -> bool:
    """True where a text of one tag will do where another is allowed: a language without a region fits all regions."""
    wanted, is_ = allowed.lower().replace("_", "-"), tag.lower()
    return is_ == wanted or is_.startswith(f"{wanted}-") or wanted.startswith(f"{is_}-")
