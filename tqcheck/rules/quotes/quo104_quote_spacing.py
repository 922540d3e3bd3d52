"""QUO104 quote-spacing."""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.quotes import SINGLE, Pair, quotations

_ANGLE = "«»‹›"
_FAR = 160


@rule(
    "QUO104",
    "quote-spacing",
    Category.QUOTES,
    Severity.MINOR,
    needs=("record", "spaced"),
    yields_to=("QUO103",),
    examples=(
        example("en", 'They wanted to⟦" ⟧bring down⟦ "⟧the old house.', 'They wanted to "bring down" the old house.'),
        example("fr", 'Selon le⟦"⟧Rheinische Post", il part.', 'Selon le "Rheinische Post", il part.'),
        example("de", "Er las die „Zeit“ im Zug."),
        example("en", "He said ⟦“ ⟧yes” to it.", "He said “yes” to it."),
        example("fr", "Il a dit «\xa0oui\xa0» et « non »."),
        example("tr", '"Hürriyet"in haberi doğru.'),
        example("en", 'The 12" pipe and the 6" one cost "nothing".'),
    ),
)
def quote_spacing(ctx: Context) -> Iterator[Draft]:
    """A quotation mark has its space on the wrong side, or none outside.

    Why: systems that split marks from words join them again on the wrong side.
    When it is wrong: suffixes and particles joined to a closing mark are left alone, and so is
    the inner space of « » where the language record allows it.
    Norm: marks are set close to what they quote; the record lists languages with inner spaces.
    """
    text = ctx.text
    for pair in quotations(text, ctx.language.quotes).pairs:
        if not pair.known:
            continue
        opening, closing = _opening(ctx, pair), _closing(ctx, pair)
        inside = text[pair.opening.end : pair.closing.start]
        if opening is not None and (len(inside) > _FAR or inside[:1] in ",.;:!?)\n"):
            continue  # rather two marks that lost their partners
        # Turned round alone, a straight mark is no slip: it opens or closes another quotation, whose
        # partner is lost.
        turned = [
            draft is not None and draft[2].strip() != draft[2] and draft[1] - draft[0] > 1
            for draft in (opening, closing)
        ]
        lost = turned[0] != turned[1] and pair.opening.glyph == '"'
        for draft in (opening, closing):
            if draft is not None:
                start, end, fixed = draft
                # A space inside alone is a typist's slip too; glued to the next word it is a system's.
                glued = fixed[0] == " " or fixed[-1] == " "
                sure = glued and not lost and pair.opening.glyph not in SINGLE
                level = Confidence.HIGH if sure else Confidence.LOW
                message = f"The quotation mark in “{_near(text, start, end)}” has its space on the wrong side or none."
                yield ctx.draft(start, end, message, fixed, at_most=level)


def _opening(ctx: Context, pair: Pair) -> tuple[int, int, str] | None:
    start, end, glyph, _role = pair.opening
    text = ctx.text
    glued = start > 0 and _latin(text[start - 1])
    spaced = text[end : end + 1] in (" ", "\xa0") and not (glyph in _ANGLE and ctx.language.quotes.inner_space)
    if not glued and not spaced:
        return None
    return start, end + spaced, f"{' ' if glued else ''}{glyph}"


def _closing(ctx: Context, pair: Pair) -> tuple[int, int, str] | None:
    start, end, glyph, _role = pair.closing
    text = ctx.text
    spaced = text[start - 1] in " \xa0" and not (glyph in _ANGLE and ctx.language.quotes.inner_space)
    if not spaced or start - 1 < pair.opening.end + 1:
        return None
    glued = text[end : end + 1].isalpha()
    return start - 1, end, f"{glyph}{' ' if glued else ''}"


def _latin(char: str) -> bool:
    return char.isalpha() and char < "\u0590"


def _near(text: str, start: int, end: int) -> str:
    return text[max(0, start - 12) : end + 12].replace("\n", " ").strip()
