"""DAT106 empty-range."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# A time of day with what shows that it is one: 5 a.m., 17:00, 5 Uhr, 17 h, 5 часов.
_CLOCK = (
    r"\d(?<![\d.,:/].)\d?(?:[:.h]\d\d(?:[ \u00a0](?:[ap]\.?m\b\.?|Uhr\b|uur\b))?"
    r"|[ \u00a0]?(?:[ap]\.?m\b\.?|Uhr\b|heures?\b|h\b|horas?\b|uur\b|часов\b|часа\b|годин[иа]?\b|時|时|点|點))"
)
_TO = r"(?:to|until|till|bis|à|a|alle|às|até|hasta|tot|do|до|til|och|から|至|到|[-\u2013\u2014～〜])"
_RANGE = re.compile(rf"({_CLOCK})[ \u00a0]?{_TO}[ \u00a0]?\1(?![\d.,:]?\d)", re.IGNORECASE)
# A whole day is said with the day on which it ends.
_NEXT_DAY = re.compile(
    r"next|following|nächst|folgend|darauf|lendemain|suivant|siguiente|seguinte|successiv|seguente|volgend|następn"
    r"|kolejn|следующ|наступн|ertesi|翌|次日|隔天|第二天|التالي",
    re.IGNORECASE,
)
_REACH = 40


@rule(
    "DAT106",
    "empty-range",
    Category.DATE,
    Severity.MAJOR,
    examples=(
        example("en", "The road is closed from ⟦9 p.m. to 9 p.m.⟧ on Friday."),
        example("de", "Die Straße ist von ⟦8 Uhr bis 8 Uhr⟧ gesperrt."),
        example("fr", "La route est fermée de ⟦7h30 à 7h30⟧."),
        example("en", "The shift lasts from 8 a.m. to 8 a.m. the next day."),
        example("en", "The road is closed from 9 a.m. to 9 p.m. on Friday."),
        example("de", "Die Wache dauert von 8 Uhr bis 8 Uhr am folgenden Tag."),
        example("ru", "Магазин открыт с 8 часов до 18 часов."),
    ),
)
def empty_range(ctx: Context) -> Iterator[Draft]:
    """A range of hours ends when it begins.

    Why: one of the two hours was lost; the reader does not know when.
    When it is wrong: a whole day, from 8 a.m. to 8 a.m.; where the text names the day on which it ends, the rule
    is silent.
    Norm: ISO 8601 for the reading of hours.
    """
    for match in _RANGE.finditer(ctx.text):
        if not _NEXT_DAY.search(ctx.text[match.end() : match.end() + _REACH].partition("\n")[0]):
            yield ctx.draft(*match.span(), f"“{match.group()}” ends when it begins: one of the hours is wrong.")
