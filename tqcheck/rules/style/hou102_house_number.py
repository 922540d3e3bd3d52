"""HOU102 house-number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.house import SPACES, NumberFormat
from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_NUMBER = re.compile(
    rf"(?<![\w.,'’/:-])(?<!\d[{SPACES}])"
    rf"(?P<whole>[1-9]\d{{0,2}}(?:(?P<group>[.,'’٬{SPACES}])\d{{3}}(?:(?P=group)\d{{3}})*)|\d+)(?:(?P<decimal>[.,٫])(?P<rest>\d+))?"
    rf"(?![\w'’/:-]|[.,]\w|[{SPACES}]\d)"
)
_UNIT = re.compile(rf"[{SPACES}]?(?:[%‰°€$£¥₽₴₺₹]|(?:km|cm|mm|kg|kWh|MW|GW|TWh|ha|mm|°C|EUR|USD|GBP|CHF|м|км|кг)\b)")
_CURRENCY = re.compile(rf"[€$£¥₽₴₺₹][{SPACES}]?$")
_WORD = re.compile(rf"[{SPACES}]([^\W\d_]+)")
_EVEN = SPACES + "'’"


@rule(
    "HOU102",
    "house-number",
    Category.NUMBER,
    Severity.MINOR,
    needs=("house-numbers",),
    yields_to=("SPA107",),
    authority="user",
    examples=(
        example(
            "en",
            "The plant cost ⟦1.234.567,50⟧ euros.",
            "The plant cost 1,234,567.50 euros.",
            house='number-format = "1,234.5"',
        ),
        example(
            "fr",
            "L’usine a coûté ⟦1.234.567⟧ euros.",
            "L’usine a coûté 1 234 567 euros.",
            house='number-format = "1 234,5"',
        ),
        example(
            "de", "Die Preise stiegen um ⟦3.5⟧ %.", "Die Preise stiegen um 3,5 %.", house='number-format = "1.234,5"'
        ),
        example("fr", "Plus de 12 300 personnes et 3,5 % des inscrits.", house='number-format = "1\u202f234,5"'),
        example(
            "de", "Um 10.30 Uhr, am 12.11., in Version 14.2 und in Kapitel 3.1.", house='number-format = "1.234,5"'
        ),
        example(
            "en", "In 2020 some 12345 people lived at 1.2.3.4, on pages 3,5 and 7.", house='number-format = "1,234.5"'
        ),
    ),
)
def house_number(ctx: Context) -> Iterator[Draft]:
    """A number is not written with the marks of the house.

    Why: `number-format` in the configuration holds the number 1234.5 as the house writes it.
    When it is wrong: a number with one mark has two readings; it counts only with a percent sign, a currency, a unit
    or a word such as million beside it, or where the language knows but one. Numbers without marks are left alone.
    Norm: the user's own configuration.
    """
    wanted = ctx.house.numbers
    if wanted is None:
        return
    for match in _NUMBER.finditer(ctx.text):
        if match["group"] is None and match["decimal"] is None:
            continue
        read = _read(ctx, match, wanted)
        if read is None:
            continue
        digits, rest, sure = read
        fixed = _written(digits, rest, wanted)
        if _same(match.group(), fixed):
            continue
        yield ctx.draft(
            *match.span(),
            f"Your house style writes “{fixed}”.",
            fixed,
            safe=sure,
            at_most=Confidence.HIGH if sure else Confidence.MEDIUM,
        )


def _read(ctx: Context, match: re.Match[str], wanted: NumberFormat) -> tuple[str, str, bool] | None:
    """Return the digits before and after the decimal mark, and whether there is no other reading; None where
    the number may be something else."""
    group, decimal, whole = match["group"], match["decimal"], match["whole"]
    digits = re.sub(r"\D", "", whole)
    if group is not None and decimal is not None:
        return (digits, match["rest"], True) if group != decimal else None
    measured = _measured(ctx, match)
    if group is not None:
        if len(digits) > 6:
            return digits, "", measured or group not in " ."
        if group in _EVEN:
            return digits, "", group != " "
        # One mark before three digits: what the language and the house agree on.
        numbers = ctx.language.numbers
        return (digits, "", measured) if group in numbers.thousands and group != numbers.decimal else None
    if decimal == wanted.decimal or not measured or len(match["rest"]) == 3:
        return None
    return digits, match["rest"], True


def _measured(ctx: Context, match: re.Match[str]) -> bool:
    """True where a percent sign, a currency, a unit or a word such as million stands beside a number."""
    text = ctx.text
    if _UNIT.match(text, match.end()) or _CURRENCY.search(text, max(0, match.start() - 2), match.start()):
        return True
    word = _WORD.match(text, match.end())
    return word is not None and word.group(1) in ctx.language.numbers.magnitudes


def _written(digits: str, rest: str, wanted: NumberFormat) -> str:
    if wanted.grouping and len(digits) > 3:
        digits = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", wanted.grouping, digits)
    return f"{digits}{wanted.decimal}{rest}" if rest else digits


def _same(number: str, fixed: str) -> bool:
    """True where two ways to write a number differ at most by the kind of a space or an apostrophe, or by the
    mark in a number of four digits, which many houses leave out."""
    table = str.maketrans({**dict.fromkeys(SPACES, " "), "’": "'"})
    return number.translate(table) == fixed.translate(table)
