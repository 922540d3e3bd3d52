"""SPA107 number-spacing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_SPACE = "[ \u00a0\u202f]"
_NOT_IN_NUMBER = r"(?<![\d.,:/+-])(?<!\d[.,:] )"
_PARTED = re.compile(
    rf"{_NOT_IN_NUMBER}(?:"
    rf"(?P<colon>\d{{1,2}}:{_SPACE}\d{{1,2}}(?![:.,]?\d|%))"
    rf"|(?P<decimal>\d{{1,3}} [.,] ?\d{{1,2}}(?=\s?[^\W\d_]|\s?[%％]))"
    rf"|(?P<group>\d{{1,3}}(?:[.,] 0\d\d)+)"
    rf"|(?P<plain>[1-9]\d{{0,2}}(?: \d{{3}}){{0,2}} 000)"
    rf"|(?P<percent>\d+(?:[.,]\d+)?{_SPACE}%|(?<!\d )(?<!\S)%{_SPACE}\d+(?:,\d+)?)"
    r")(?!\d)"
)
# The cheap sign of a torn number, near which the pattern above is tried.
_TORN = re.compile(r"[\d%][.,:]?[ \u00a0\u202f][\d.,%]")
_NEAR = 16
# Zipf of words so common that they are closed-class even where the record does not list them.
_CLOSED_CLASS = 6.5
_WORD_BEFORE = re.compile(r"[^\W\d_]+[ \u00a0]$")
_WORD_AFTER = re.compile(r"[ \u00a0]?([^\W\d_]+)")


@rule(
    "SPA107",
    "number-spacing",
    Category.SPACING,
    Severity.MINOR,
    needs=("record",),
    examples=(
        example(
            "de", "Am Ende stand es ⟦1: 2⟧, und die Gäste jubelten.", "Am Ende stand es 1:2, und die Gäste jubelten."
        ),
        example("ru", "Инфляция составила ⟦3 , 5⟧ процента.", "Инфляция составила 3,5 процента."),
        example(
            "en",
            "More than ⟦10 000⟧ people marched, ⟦50 %⟧ of them young.",
            "More than 10,000 people marched, 50% of them young.",
        ),
        example("en", "It cost ⟦5, 000⟧ dollars.", "It cost 5,000 dollars."),
        example("en", "Rooms 100, 200 and 300; in Group 3: 12 teams; on pages 3, 5 and 7."),
        example("fr", "Plus de 10 000 personnes, soit 50 % des inscrits, à 12:30."),
        example("de", "Das Spiel endete 2:1. Runde 10: 30 Fahrer. Im Jahr 2010: 12 Fälle."),
    ),
)
def number_spacing(ctx: Context) -> Iterator[Draft]:
    """A number is torn apart: 1: 2, 3 . 5, 5, 000, or spaced as another language would.

    Why: the reader sees two numbers where there is one.
    When it is wrong: lists of numbers and “Group 3: 12 teams” have the same shape; a score must
    therefore follow a plain word and precede a mark or a closed-class word.
    Norm: separators and the space before % of the language record.
    """
    text = ctx.text
    done = 0
    for torn in _TORN.finditer(text):
        match = _PARTED.search(text, max(done, torn.start() - _NEAR), torn.end() + _NEAR)
        if match is None or match.start() > torn.end():
            continue
        done = match.end()
        kind, number = match.lastgroup, match.group()
        fixed = re.sub(_SPACE, "", number)
        if kind == "colon":
            faulty = _score(ctx, *match.span())
        elif kind == "decimal":
            faulty = _decimal(ctx, number, match.end())
        elif kind == "group":
            faulty = number.lstrip("0123456789")[0] in ctx.language.numbers.thousands
        elif kind == "plain":
            separators = ctx.language.numbers.thousands
            faulty = bool(separators) and " " not in separators
            fixed = number.replace(" ", separators[0]) if faulty else ""
        else:
            faulty = ctx.language.spacing.percent == "none"
        if faulty:
            # Where no words stand apart, nothing tells a score from “Group 3: 12 teams”.
            unsure = not ctx.language.spaced and kind in ("colon", "percent")
            level = Confidence.LOW if unsure else Confidence.HIGH
            message = f"The number “{number}” should be written “{fixed}”."
            yield ctx.draft(match.start(), match.end(), message, fixed, at_most=level)


def _score(ctx: Context, start: int, end: int) -> bool:
    """True after a plain word and before a mark or a closed-class word: “stood 1: 2, and”."""
    if not ctx.language.spaced:
        return True
    before = _WORD_BEFORE.search(ctx.text, max(0, start - 30), start)
    plain = before is not None and before.group().islower()
    return plain and _closed(ctx, end, absent=True)


def _closed(ctx: Context, end: int, absent: bool) -> bool:
    """True where a closed-class word follows; `absent` is the answer where no word does."""
    after = _WORD_AFTER.match(ctx.text, end)
    if after is None:
        return absent
    word = after.group(1).lower()
    return (
        word in ctx.language.words.function
        or word in ctx.language.quotes.elisions
        or ctx.frequencies.zipf(word) >= _CLOSED_CLASS
    )


def _decimal(ctx: Context, number: str, end: int) -> bool:
    """True for “3 , 5 percent”, false for “3 , 5 and 7”: a list goes on with a closed-class word."""
    mark = ctx.language.numbers.decimal
    return mark in number and (mark != "," or not _closed(ctx, end, absent=False))
