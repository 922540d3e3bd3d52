"""ENC102 invisible-character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# Zero-width space and no-break space, word joiner, stray controls. Soft hyphens are hyphenation
# points that any reader program hides; joiners are letters in Arabic, Indic and emoji sequences.
# Beside a space they are a habit of web editors that changes nothing: only inside a word is reported.
_INVISIBLE = re.compile(
    r"(?<=[^\W_])[\u200b\u2060\ufeff]+(?=[^\W_])|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]+"
)
_ANY = re.compile("[\u200b-\u200d\u2060\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]")
_JOINER = re.compile("(?<=[A-Za-z\u00c0-\u024f\u0400-\u04ff])[\u200c\u200d]+(?=[A-Za-z\u00c0-\u024f\u0400-\u04ff])")


@rule(
    "ENC102",
    "invisible-character",
    Category.ENCODING,
    Severity.MINOR,
    examples=(
        example("en", "The min⟦\u200b⟧ister resigned.", "The minister resigned."),
        example("de", "Der Mi⟦\u200d⟧nister ging.", "Der Minister ging."),
        example("en", "A family 👨\u200d👩\u200d👧 on the beach."),
        example("ar", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 كتاب"),
        example("de", "Die Donau\u00addampf\u00adschiff\u00adfahrt ruht."),
    ),
)
def invisible_character(ctx: Context) -> Iterator[Draft]:
    """A character that nobody sees inside the text: zero-width space, byte-order mark, control.

    Why: search, line breaking and screen readers stumble over it; it is left by page markup.
    When it is wrong: joiners are letters in some scripts and in emoji; those are left alone, and
    so are soft hyphens.
    Norm: Unicode Standard, chapter 23.2 (layout controls).
    """
    if not _ANY.search(ctx.text):
        return
    for pattern in (_INVISIBLE, _JOINER):
        for match in pattern.finditer(ctx.text):
            char = match.group()[0]
            name = unicodedata.name(char, f"control character U+{ord(char):04X}").lower()
            yield ctx.draft(*match.span(), f"An invisible character stands here ({name}).", "", safe=True)
