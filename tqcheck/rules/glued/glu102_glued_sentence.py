"""GLU102 glued-sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.case import lower

_GLUED = re.compile(r"(?:[!?؟۔…]|\.(?:\.\.)?)(?=[^\W\d_])")
_BEFORE = re.compile(r"[\w'’-]+$")
_AFTER = re.compile(r"[\w'’-]+")
_REACH = 40
_KNOWN = 3.0


@rule(
    "GLU102",
    "glued-sentence",
    Category.GLUED_WORDS,
    Severity.MINOR,
    needs=("record", "spaced", "frequencies"),
    yields_to=("ENC104",),
    examples=(
        example("en", "The clinic was hit by ⟦Corona.I⟧ was there.", "The clinic was hit by Corona. I was there."),
        example(
            "fr",
            "L’épidémie recule dans le ⟦pays.Les⟧ écoles rouvrent.",
            "L’épidémie recule dans le pays. Les écoles rouvrent.",
        ),
        example(
            "ru",
            "Штраф составил сто ⟦рублей.Компания⟧ подаст жалобу.",
            "Штраф составил сто рублей. Компания подаст жалобу.",
        ),
        example("en", "The trial begins in ⟦2024.He⟧ denies it.", "The trial begins in 2024. He denies it."),
        example("de", "Am ⟦34.Spieltag⟧ verlor der Verein.", "Am 34. Spieltag verlor der Verein."),
        example("en", "He read Booking.com and Dr.Who on ASP.NET with Node.js, at 3.5 a.m., Ph.D. in hand."),
        example("de", "Der e.V. und die z.B. genannte G.m.b.H. liegen am Rhein."),
        example("fr", "M. Macron, J.K. Rowling et Yahoo! restent."),
        example("pl", "Spotkanie odbyło się o godz. 19.30 w św. Annie."),
    ),
)
def glued_sentence(ctx: Context) -> Iterator[Draft]:
    """No space stands between the end of a sentence and the next one.

    Why: sentences are translated one by one and put together without the space.
    When it is wrong: addresses, abbreviations and names with a dot inside (Node.js, Dr.Who): both
    sides must be common words, the second with a capital.
    Norm: every script with spaces sets one after a sentence.
    """
    text = ctx.text
    abbreviations = ctx.language.words.abbreviations
    for match in _GLUED.finditer(text):
        mark = match.group()
        before = _BEFORE.search(text, max(0, match.start() - _REACH), match.start())
        after = _AFTER.match(text, match.end(), match.end() + _REACH)
        if before is None or after is None:
            continue
        left, right = before.group(), after.group()
        start, end = before.start(), after.end()
        # A second dot makes an abbreviation, an address or a file name.
        if text[start - 1 : start] in (*".@/&#$", "\\") or text[end : end + 1] in (*"@/=(", "_"):
            continue
        if text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum():
            continue
        if f"{left}." in abbreviations or f"{left.lower()}." in abbreviations:
            continue
        level = _ordinal(ctx, left, right, mark) if left.isdigit() else _level(ctx, left, right)
        if level is None:
            continue
        yield ctx.draft(
            start,
            end,
            f"A space is missing after “{mark}” in “{text[start:end]}”.",
            f"{left}{mark} {right}",
            safe=level is Confidence.HIGH and not left.isdigit(),
            at_most=level,
        )


def _level(ctx: Context, left: str, right: str) -> Confidence | None:
    zipf, tag = ctx.frequencies.zipf, ctx.language.tag
    if len(left) < 3 or zipf(lower(left, tag)) < _KNOWN:
        return None
    if not ctx.language.cased:
        return Confidence.LOW if len(right) > 2 else None
    if zipf(lower(right, tag)) < _KNOWN:
        return None
    if not left[1:].islower() or not right[0].isupper() or (len(right) > 1 and not right[1:].islower()):
        return None
    if len(right) == 1:
        return (
            Confidence.HIGH
            if right in ctx.language.words.pronoun_capital or right.lower() in ctx.language.words.function
            else None
        )
    # Two capitals may be a name with a dot inside; a sentence that opens with a closed-class word is none.
    if left[0].isupper() and right.lower() not in ctx.language.words.function:
        return Confidence.LOW
    return Confidence.HIGH


def _ordinal(ctx: Context, left: str, right: str, mark: str) -> Confidence | None:
    if mark == "." and len(left) == 4 and right[0].isupper() and right.lower() in ctx.language.words.function:
        return Confidence.HIGH  # a year
    if mark != "." or len(left) > 2 or len(right) < 4 or not right[1:].islower():
        return None
    if ctx.frequencies.zipf(lower(right, ctx.language.tag)) < _KNOWN:
        return None
    return Confidence.HIGH if ctx.language.cased else Confidence.LOW
