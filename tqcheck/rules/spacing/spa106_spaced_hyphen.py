"""SPA106 spaced-hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_SPACED = re.compile(r"(?<=[^\W_]) ?- ?(?=[^\W_])")
_BEFORE = re.compile(r"[^\W_]+$")
_AFTER = re.compile(r"[^\W_]+")
# The second of two dashes around an aside: “his wife -a doctor from Lyon- agreed”.
_CLOSING_DASH = re.compile(r"[^\W_]-(?![\w-])")
_HYPHENATED = re.compile(r"(?<![\w-])[^\W\d_]{2,30}-[^\W\d_]{2,30}(?![\w-])")
_REACH = 30
_SHORT = 3
# Zipf of the word written as one (wellbeing, longterm): once in ten million words is enough,
# since a dash between two clauses hardly ever parts the two halves of a word.
_KNOWN = 1.0


@rule(
    "SPA106",
    "spaced-hyphen",
    Category.SPACING,
    Severity.MINOR,
    needs=("record", "frequencies"),
    examples=(
        example("en", "It harms the ⟦well - being⟧ of children.", "It harms the well-being of children."),
        example("en", "A ⟦long - term⟧ plan was signed.", "A long-term plan was signed."),
        example("ru", "Он ⟦всё - таки⟧ пришёл.", "Он всё-таки пришёл."),
        example("en", "He was tired - but happy - in the end."),
        example("de", "Die Vor- und Nachteile des Ein- und Ausbaus sind bekannt."),
        example("ar", "قال أبو هريرة -رضي الله عنه- إن النبي نهى عن ذلك."),
        example("fr", "Le mieux - être ou ne pas être - reste à voir."),
        example("en", "The London - Paris train left; the score was 1 - 0."),
    ),
)
def spaced_hyphen(ctx: Context) -> Iterator[Draft]:
    """The hyphen of a compound has spaces around it.

    Why: the reader takes it for a dash; it comes from tokens put together mechanically.
    When it is wrong: dashes between clauses or around an aside, suspended hyphens (Vor- und Nachteile). Only
    compounds that are known are reported: from the names, the article itself or the frequencies.
    Norm: a hyphen has no space on either side.
    """
    text = ctx.text
    if " -" not in text and "- " not in text:
        return
    own: frozenset[str] | None = None
    for match in _SPACED.finditer(text):
        if len(match.group()) == 1:
            continue
        before = _BEFORE.search(text, max(0, match.start() - _REACH), match.start())
        after = _AFTER.match(text, match.end(), match.end() + _REACH)
        if before is None or after is None:
            continue
        if match.group() == " -" and _CLOSING_DASH.search(text, match.end(), _line_end(text, match.end())):
            continue
        if own is None:
            own = frozenset(_HYPHENATED.findall(text))
        left, right = before.group(), after.group()
        whole = f"{left}-{right}"
        if whole in own or _known(ctx, left, right, suspended=len(match.group()) == 2):
            message = f"The hyphen of “{whole}” has spaces around it."
            yield ctx.draft(before.start(), after.end(), message, whole, safe=True)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _known(ctx: Context, left: str, right: str, suspended: bool) -> bool:
    """True where the two halves make a compound of the names or of the frequencies."""
    if not (left.isalpha() and right.isalpha()) or min(len(left), len(right)) < 2:
        return False
    if f"{left}-{right}".lower() in ctx.names.single:
        return True
    if left.istitle() != right.istitle() or left.isupper():
        return False
    # A closed-class word follows a suspended hyphen (Ein- und Ausbau) or a dash (even - to do that).
    if right in ctx.language.words.function and (suspended or len(right) <= _SHORT):
        return False
    return ctx.frequencies.zipf((left + right).lower()) >= _KNOWN
