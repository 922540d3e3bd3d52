"""Patterns of dates made of the calendar of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from tqcheck.languages.record import Calendar

_SPACE = "[ \u00a0\u202f]{1,2}"
_FIELD = re.compile(r"\{(w|d|m|mn|y)\}")


@cache
def indices(forms: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """Return the number, from 0, of the month or day that a lower-case form names."""
    found: dict[str, int] = {}
    for number, group in enumerate(forms):
        for form in group:
            found.setdefault(form.lower(), number)
    return found


@cache
def alternation(forms: tuple[tuple[str, ...], ...]) -> str:
    """Return a pattern of all forms, the longest first so that it wins."""
    every = {form for group in forms for form in group}
    return "|".join(re.escape(form) for form in sorted(every, key=lambda f: (-len(f), f)))


@cache
def orders(calendar: Calendar, ordinals: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return a pattern for each order of a full date with its weekday, the longest first.

    Named groups: w, d, y, and m (a name) or mn (a number).
    """
    return tuple(
        re.compile(_pattern(order, calendar, ordinals), re.IGNORECASE)
        for order in sorted(calendar.dates, key=lambda o: (-len(o), o))
        if "{w}" in order and "{y}" in order
    )


@cache
def day_and_month(calendar: Calendar, ordinals: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return a pattern for each order in which a day and a month follow each other."""
    found = {
        match.group()
        for order in calendar.dates
        for match in re.finditer(r"\{d\}[^{]*\{m\}|\{m\} \{d\}|\{mn\}月\{d\}[日号]", order)
    }
    return tuple(
        re.compile(_pattern(order, calendar, ordinals), re.IGNORECASE)
        for order in sorted(found, key=lambda o: (-len(o), o))
    )


def _pattern(order: str, calendar: Calendar, ordinals: Iterable[str]) -> str:
    endings = "|".join(re.escape(o) for o in sorted(ordinals, key=lambda o: (-len(o), o)))
    day = r"(?P<d>(?<!\d)\d{1,2}(?!\d))" + (f"(?:{endings})?" if endings else "")
    fields = {
        # In scripts without spaces a word may stand right before a weekday.
        "w": ("(?<![^\\W\\d_])" if " " in order else "") + f"(?P<w>{alternation(calendar.days)})",
        "m": f"(?P<m>{alternation(calendar.months)})",
        "mn": r"(?P<mn>(?<!\d)\d{1,2}(?!\d))",
        "d": day,
        "y": r"(?P<y>(?<!\d)\d{4}(?!\d))",
    }
    pattern, used = "", set()
    for piece in re.split(r"(\{\w+\})", order):
        match = _FIELD.fullmatch(piece)
        if match is None:
            pattern += "".join(_SPACE if char == " " else re.escape(char) for char in piece)
        elif match.group(1) in used:
            pattern += re.sub(r"\(\?P<\w+>", "(?:", fields[match.group(1)])  # January/Kanun: a second name
        else:
            used.add(match.group(1))
            pattern += fields[match.group(1)]
    return pattern + (r"(?![^\W\d_])" if " " in order else "")
