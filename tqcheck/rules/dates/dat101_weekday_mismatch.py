"""DAT101 weekday-mismatch."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from tqcheck.languages.dates import alternation, indices, orders
from tqcheck.languages.record import Calendar
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.words import words

_YEAR = re.compile(r"[12١٢]\d{3}(?!\d)(?<!\d.{4})")
_REACH = 60
# The last countries of Europe left the Julian calendar in 1923.
_JULIAN_UNTIL = 1924


@rule(
    "DAT101",
    "weekday-mismatch",
    Category.DATE,
    Severity.MAJOR,
    needs=("record", "calendar"),
    examples=(
        example("en", "The talks resume on ⟦Tuesday, March 4, 2024⟧, in Geneva."),
        example("fr", "La réunion a eu lieu le ⟦mardi 4 mars 2024⟧ à Genève."),
        example("de", "Sie öffnet am ⟦Dienstag, dem 4. März 2024⟧, um 18 Uhr."),
        example("ru", "Соглашение подписали во ⟦вторник, 4 марта 2024 года⟧."),
        example("zh", "会议于⟦2024年3月4日星期二⟧举行。"),
        example("en", "The talks resume on Monday, March 4, 2024, and on Tuesday 5th March 2024."),
        example("fr", "La réunion a eu lieu le lundi 4 mars 2024, puis un mardi de mars 2024."),
        example("ru", "В воскресенье, 9 января 1905 года, шествие остановили войска."),
    ),
)
def weekday_mismatch(ctx: Context) -> Iterator[Draft]:
    """The weekday does not fit the date beside it.

    Why: one of the two is wrong, so the reader comes on the wrong day.
    When it is wrong: dates of the Julian calendar, which countries kept until 1923: before 1924 a
    weekday that fits either calendar is accepted. Dates without a year are not looked at.
    Norm: the Gregorian calendar; orders of dates in the language record.
    """
    text, calendar = ctx.text, ctx.language.calendar
    done = 0
    days = _weekdays(ctx)
    for year in _YEAR.finditer(text) if days else ():
        low, high = max(done, year.start() - _REACH), min(len(text), year.end() + _REACH // 2)
        if bisect_left(days, low) == bisect_left(days, high):
            continue
        for pattern in orders(calendar, ctx.language.numbers.ordinals):
            match = next((m for m in pattern.finditer(text, low, high) if m.start("y") == year.start()), None)
            if match is None:
                continue
            done = match.end()
            actual = _mismatch(match, calendar)
            if actual is not None:
                yield ctx.draft(
                    match.start(),
                    match.end(),
                    f"“{match.group()}” is no {match['w']}: that day is a {calendar.days[actual][0]}.",
                    weekday=actual,
                )
            break


def _weekdays(ctx: Context) -> list[int]:
    """Return where a weekday may be named: few dates have one, and the patterns of dates are slow."""
    days = ctx.language.calendar.days
    if not ctx.language.spaced:
        return [match.start() for match in _names(days).finditer(ctx.text)]
    firsts = _first_words(days)
    return [start for start, word in zip(ctx.word_starts, ctx.lowered, strict=True) if word in firsts]


@cache
def _names(days: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    return re.compile(alternation(days), re.IGNORECASE)


@cache
def _first_words(days: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(next(iter(words(form.lower()))).text for forms in days for form in forms)


def _mismatch(match: re.Match[str], calendar: Calendar) -> int | None:
    """Return the weekday of the date where the text has another one, else None."""
    groups = match.groupdict()
    month = indices(calendar.months)[groups["m"].lower()] + 1 if groups.get("m") else int(groups["mn"])
    try:
        day = date(int(groups["y"]), month, int(groups["d"]))
    except ValueError:
        return None  # an impossible date is another rule's business
    said = indices(calendar.days)[groups["w"].lower()]
    lawful = {day.weekday()}
    if day.year < _JULIAN_UNTIL:
        century = day.year // 100
        lawful.add((day + timedelta(days=century - century // 4 - 2)).weekday())
    return None if said in lawful else day.weekday()
