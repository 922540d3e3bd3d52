"""DAT102 impossible-date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.languages.dates import day_and_month, indices
from tqcheck.languages.record import Calendar
from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_LATE = re.compile(r"[23٢٣]\d(?![\d/])(?<![\d.,:/]..)")
_YEAR = re.compile(r"[ \u00a0,]{1,3}(?:de |del )?(\d{4})(?!\d)")
_CLOCK = re.compile(r":[6-9]\d(?![\d:.,/-]?\d)")
_HOUR = re.compile(r"(?<![\d.,:/-])[0-2]?\d$")
# What shows that two figures are a time of day: the half-days, “Uhr”, a time zone.
_OF_DAY = re.compile(r"[ \u00a0]?(?:[ap]\.?m\b|Uhr\b|uhr\b|GMT\b|UTC\b|CES?T\b|МСК\b|мск\b)", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ \u00a0]$")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHORTEST = 29
_REACH = 25


@rule(
    "DAT102",
    "impossible-date",
    Category.DATE,
    Severity.MAJOR,
    needs=("record", "calendar"),
    examples=(
        example("en", "The deadline ends on ⟦31 June⟧, officials said."),
        example("en", "It was signed on ⟦February 30⟧, 2023, at ⟦25:70 GMT⟧."),
        example("en", "The deadline is ⟦November 31⟧, the council said."),
        example("de", "Die Frist endet am ⟦31. Juni⟧ um Mitternacht."),
        example("ru", "Договор истекает ⟦31 июня⟧ этого года."),
        example("es", "El plazo vence el ⟦29 de febrero de 2023⟧."),
        example("en", "On 31 May and 29 February 2024 all was well; in June 31 people died."),
        example("ru", "Фильм «31 июня» вышел 31 декабря."),
        example("fr", "Le match de basket s’est terminé sur le score de 78:65, le 30 avril."),
    ),
)
def impossible_date(ctx: Context) -> Iterator[Draft]:
    """A day that its month does not have, or a time that no clock shows.

    Why: a figure went wrong on the way; the reader cannot tell the right day.
    When it is wrong: titles (the novel “31 June”), and “in June 31 people”, which only looks like
    a date where the month comes first: there the year or a mark must follow.
    Norm: the Gregorian calendar; orders of day and month in the language record.
    """
    text, calendar = ctx.text, ctx.language.calendar
    patterns = day_and_month(calendar, ctx.language.numbers.ordinals)
    for number in _LATE.finditer(text):
        if int(number.group()) < _SHORTEST:
            continue
        low, high = max(0, number.start() - _REACH), min(len(text), number.end() + _REACH)
        for pattern in patterns:
            match = next((m for m in pattern.finditer(text, low, high) if m.start("d") == number.start()), None)
            if match is not None:
                yield from _day(ctx, match, calendar)
                break
    for clock in _CLOCK.finditer(text):
        hour = _HOUR.search(text, max(0, clock.start() - 3), clock.start())
        marker = _OF_DAY.match(text, clock.end())
        if hour and marker:
            start, end = hour.start(), marker.end()
            yield ctx.draft(start, end, f"“{text[start:end]}” is no time of day.")


def _day(ctx: Context, match: re.Match[str], calendar: Calendar) -> Iterator[Draft]:
    text, groups = ctx.text, match.groupdict()
    day = int(groups["d"])
    month = indices(calendar.months)[groups["m"].lower()] + 1 if groups.get("m") else int(groups["mn"])
    if not 1 <= month <= 12:
        return
    year = _YEAR.match(text, match.end())
    end = match.end()
    level = Confidence.HIGH
    if day == 29 and month == 2 and year is not None:
        if _leap(int(year.group(1))):
            return
        end = year.end()
    elif day <= _LONGEST[month - 1]:
        return
    elif day > 31:
        level = Confidence.LOW  # “the 35 March protesters”
    if groups.get("m") and match.start("m") < match.start("d") and year is None and not _alone(ctx, match):
        return
    if text[match.start() - 1 : match.start()] in tuple('«“„"‘「《') and text[end : end + 1] in tuple('»”“"’」》'):
        return  # a title
    yield ctx.draft(match.start(), end, f"There is no “{text[match.start() : end]}”.", at_most=level)


def _alone(ctx: Context, match: re.Match[str]) -> bool:
    """True for “is June 31, …”, false for “in June 31 people …”, where the number counts something."""
    before = _WORD_BEFORE.search(ctx.text, max(0, match.start() - 20), match.start())
    counted = before is not None and before[1].lower() in ctx.language.words.locative
    return not counted and ctx.text[match.end() : match.end() + 1] in (",", ";", ")", ".")


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
