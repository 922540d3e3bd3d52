"""NUM101 number-mismatch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tqcheck.languages.quantity import Firmness
from tqcheck.model import Category, Confidence, Edit, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule

if TYPE_CHECKING:
    from tqcheck.witnesses.numbers import Change

_PLAIN = re.compile(r"\D*([0-9]+)\D*")
# Beside that many others, a small number may sum them up.
_LIST = 3


@rule(
    "NUM101",
    "number-mismatch",
    Category.NUMBER,
    Severity.CRITICAL,
    needs=("source", "pairs"),
    examples=(
        example(
            "en",
            "The group invests ⟦2.75 million⟧ euros in the new port.",
            source="Le groupe investit ⟦2,75 mds⟧ d’euros dans le nouveau port.",
            source_lang="fr",
        ),
        example(
            "en",
            "The bridge was closed in ⟦2020⟧ and will be rebuilt.",
            "The bridge was closed in 2019 and will be rebuilt.",
            source="Die Brücke wurde ⟦2019⟧ gesperrt und wird neu gebaut.",
            source_lang="de",
        ),
        example(
            "de",
            "Die Feuerwehr rettete ⟦sieben⟧ Menschen aus dem Haus.",
            source="Firefighters rescued ⟦five⟧ people from the house.",
            source_lang="en",
        ),
        example(
            "en",
            "The city spent ⟦30 million⟧ yuan on new buses.",
            source="该市花费⟦3亿⟧元购买新公交车。",
            source_lang="zh",
        ),
        example(
            "en",
            "The company lost 2.75 billion euros and twenty-five ships in 2019.",
            source="Le groupe a perdu 2,75 mds d’euros et vingt-cinq navires en 2019.",
            source_lang="fr",
        ),
        example(
            "de",
            "Der Fahrer war mit 235 km/h unterwegs.",
            source="The driver was going 146 mph.",
            source_lang="en",
        ),
        example(
            "en",
            "Some 35,000 people came to the square at 3 p.m.",
            source="下午3点，约3万5千人来到广场。",
            source_lang="zh",
        ),
        example(
            "ru",
            "В двадцать первом веке город вырос на полтора миллиона человек.",
            source="In the 21st century the city grew by 1.5 million people.",
            source_lang="en",
        ),
    ),
)
def number_mismatch(ctx: Context) -> Iterator[Draft]:
    """A number of the original has become another one.

    Why: a wrong year, sum or count is a wrong fact, and the reader has no means to notice.
    When it is wrong: the translator counted up or reckoned on his own; a conversion of units that
    the tables lack.
    Norm: ISO 17100, 5.3.3 (revision against the source); values are compared, not digits: units
    by the SI brochure, magnitude words by the language's data.
    """
    from tqcheck.witnesses.numbers import numbers

    if ctx.bitext is None:
        return
    for account in ctx.bitext.once(numbers):
        for change in account.changed:
            source, target = change
            said = ctx.bitext.source.text[source.start : source.end]
            written = ctx.text[target.start : target.end]
            message = f"The original has “{said}” where this has “{written}”{_factor(change)}; give the number of the original."
            draft = ctx.draft(
                target.start,
                target.end,
                message,
                at_most=_level(change, len(account.matched)),
                source=Span(source.start, source.end),
                expected=source.value,
                found=target.value,
            )
            edit = _edit(change, said, written)
            yield draft if edit is None else replace(draft, edits=(edit,))


def _level(change: Change, beside: int) -> Confidence:
    firm = min(change.source.firmness, change.target.firmness)
    if firm == Firmness.SPELLED and beside >= _LIST:
        return Confidence.LOW
    return Confidence.HIGH


def _factor(change: Change) -> str:
    source, target = change
    if source.mantissa != target.mantissa or not source.value or not target.value:
        return ""
    factor = max(source.value, target.value) / min(source.value, target.value)
    return f", {factor:,.0f} times {'less' if target.value < source.value else 'more'}" if factor > 1 else ""


def _edit(change: Change, said: str, written: str) -> Edit | None:
    """Return the repair where both sides write plain figures that need no separators."""
    ours, theirs = _PLAIN.fullmatch(written), _PLAIN.fullmatch(said)
    if ours is None or theirs is None or change.source.magnitude != change.target.magnitude:
        return None
    if change.source.value != float(theirs[1]) or change.target.value != float(ours[1]):
        return None
    start = change.target.start + ours.start(1)
    return Edit(start, start + len(ours[1]), theirs[1])
