"""SPA101 space-before-mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_SPACE = "[ \\t\u00a0\u2009\u202f]"
# What follows tells prose from code, smileys, decimals (.5), names (.NET) and ellipses.
_MARK = re.compile(
    rf"{_SPACE}{{1,4}}(?:"
    rf"[.;:!?](?=[\s\"'”’»›)\]—–-]|$)(?!{_SPACE}?[.)(=])"
    r"|[,،؛؟。，！？；：、](?![,،、。])"
    r"|[)\]])"
)
# A mark after a mark is stray, which is another rule's business; “U.S. ,” is no such thing.
_ABBREVIATION = re.compile(r"(?:^|[\s(“\"«])(?:[^\W\d_]\.)+$")
# Full-width marks are spaced by careless typists too, square brackets as a style of labels.
_CARELESS = frozenset("]。，！？；：、")
_OPENING = frozenset(" \t\r\n\u00a0\u2009\u202f({[<«‹„¿¡")
_CLOSING = "\"'”’»›)]%€$£°²³+*/&…"


@rule(
    "SPA101",
    "space-before-mark",
    Category.SPACING,
    Severity.MINOR,
    needs=("record",),
    yields_to=("PUN101", "SPA107"),
    examples=(
        example("en", "Of course⟦ ,⟧ nobody was hurt⟦ .⟧", "Of course, nobody was hurt."),
        example(
            "en", "The minister was clear⟦\u00a0:⟧ no deal before May.", "The minister was clear: no deal before May."
        ),
        example(
            "de",
            "Die Straße⟦ ,⟧ die gesperrt war (bis Mai⟦ )⟧, ist frei.",
            "Die Straße, die gesperrt war (bis Mai), ist frei.",
        ),
        example("ru", "Кто заплатит за ремонт⟦ ?⟧ Мэрия молчит.", "Кто заплатит за ремонт? Мэрия молчит."),
        example("fr", "Pourquoi partir\u00a0? Il reste une question : laquelle ?"),
        example("en", "He waited ... and then ran .NET on a .22 laptop :) at odds of 3 : 1."),
        example("de", "Das Spiel endete 3 : 1, und dann war Ruhe."),
        example("es", "El 58 % votó (según el recuento), y el resto no."),
    ),
)
def space_before_mark(ctx: Context) -> Iterator[Draft]:
    """A space stands before a comma, stop, colon, question mark or closing bracket.

    Why: translation systems put tokens together with a space too many, or keep the French space
    before a colon in a language that has none.
    When it is wrong: languages whose norm has the space (the record says before which marks);
    ratios (3 : 1), smileys, ellipses and names such as .NET are left alone.
    Norm: the record of the language (space_before, space_before_accepted).
    """
    text = ctx.text
    lawful = ctx.language.spacing.space_before | ctx.language.spacing.space_before_accepted
    abbreviations = ctx.language.words.abbreviations
    for match in _MARK.finditer(text):
        start, end = match.span()
        mark = text[end - 1]
        before = text[start - 1 : start]
        if mark in lawful or not before or before in _OPENING:
            continue
        if mark == ":" and before.isdigit() and text[end : end + 3].lstrip()[:1].isdigit():
            continue
        if not before.isalnum() and before not in _CLOSING:
            word = text[max(0, start - 16) : start].rpartition(" ")[2]
            if before != "." or mark == "." or (word not in abbreviations and not _ABBREVIATION.search(word)):
                continue
        level = Confidence.LOW if mark in _CARELESS else Confidence.HIGH
        # Between digits, the other space is as wrong, or all of it a list: 20 , 000.
        torn = mark in ",." and before.isdigit() and text[end : end + 2].lstrip()[:1].isdigit()
        fixed = None if torn else mark
        message = f"A space stands before “{mark}”, where none belongs."
        yield ctx.draft(start, end, message, fixed, safe=True, at_most=level)
