"""ENC104 replacement-character."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# U+FFFD, and the question marks that a lossy conversion puts in place of letters.
_LOST = re.compile(r"\ufffd+|\?(?:(?<=[^\W\d_].)\?*(?=[a-zà-öø-ÿа-яё])|(?<!\S.)\?+(?=[^\W\d_])|\?{3,}(?=[ \w]))")


@rule(
    "ENC104",
    "replacement-character",
    Category.ENCODING,
    Severity.MAJOR,
    examples=(
        example("fr", "Le pr⟦�⟧sident a parlé."),
        example("de", "Die B⟦?⟧rger warten."),
        example("en", "Really? yes, he said. Why??"),
        example("es", "¿Cómo? ¿Por qué? ¡No!"),
        example("en", "See https://example.org/?q=1&p=x?y for more."),
    ),
)
def replacement_character(ctx: Context) -> Iterator[Draft]:
    """A letter was lost on the way and stands as � or as a question mark inside a word.

    Why: what the letter was cannot be known from the text.
    When it is wrong: codes with a question mark inside.
    Norm: Unicode Standard, chapter 23.8 (U+FFFD).
    """
    if "\ufffd" not in ctx.text and "?" not in ctx.text:
        return
    for match in _LOST.finditer(ctx.text):
        yield ctx.draft(*match.span(), "A character was lost here.")
