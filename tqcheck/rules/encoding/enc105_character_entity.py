"""ENC105 character-entity."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_ENTITY = re.compile(r"&[ \u00a0]?(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}\d{0,2});")


@rule(
    "ENC105",
    "character-entity",
    Category.ENCODING,
    Severity.MINOR,
    examples=(
        example("en", "Marks ⟦&amp;⟧ Spencer closed.", "Marks & Spencer closed."),
        example("fr", "L⟦&#39;⟧accord est signé.", "L'accord est signé."),
        example("en", "Research & development; AT&T grew."),
        example("de", "Müller & Söhne; Maier & Co."),
        example("en", "R&D; that is the point."),
    ),
)
def character_entity(ctx: Context) -> Iterator[Draft]:
    """An HTML character reference that nobody turned into its character.

    Why: readers see code instead of a letter.
    When it is wrong: articles about HTML; put the code into code marks.
    Norm: HTML Living Standard, section 13.5 (named character references).
    """
    if "&" not in ctx.text:
        return
    for match in _ENTITY.finditer(ctx.text):
        entity = match.group().replace(" ", "").replace("\u00a0", "")
        char = html.unescape(entity)
        if char != entity:
            yield ctx.draft(*match.span(), f"“{match.group()}” is code for “{char}”.", char, safe=True)
