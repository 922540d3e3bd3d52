"""Weekdays, months and times of day as a text names them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tqcheck.languages.dates import indices
from tqcheck.languages.loader import load
from tqcheck.languages.numerals import numerals

_SHORTEST = 4
_COMPOUND = 6
# Behind a count the first character of 周一 belongs to the count: 一周一次.
_COUNT = "一二两兩三四五六七八九十每几幾"


class Moment(NamedTuple):
    """A weekday or month (from 0), or a time in minutes, at `[start, end)`; `sure` where the form says
    nothing else."""

    start: int
    end: int
    value: int
    sure: bool


@cache
def _forms(tag: str, months: bool) -> tuple[re.Pattern[str] | None, dict[str, int]]:
    language = load(tag)
    calendar = language.calendar
    known = indices(calendar.months if months else calendar.days)
    # An abbreviation is too short to be sure of; of “segunda-feira” the first half is said alone.
    forms = {form: number for form, number in known.items() if not form.endswith(".") and not form[0].isdigit()}
    for form, number in list(forms.items()):
        forms.setdefault(form.partition("-")[0], number)
    if not forms:
        return None, {}
    every = "|".join(re.escape(f) for f in sorted(forms, key=lambda f: (-len(f), f)))
    spaced = language.spaced
    pattern = rf"(?<![^\W\d_])(?P<m>{every})(?P<rest>[^\W\d_]*)" if spaced else rf"(?P<m>{every})(?P<rest>)"
    return re.compile(pattern, re.IGNORECASE), forms


def weekdays(text: str, tag: str) -> list[Moment]:
    """Return the weekdays that a text names, in order."""
    pattern, forms = _forms(tag, months=False)
    words = numerals(tag)
    found = []
    for match in pattern.finditer(text) if pattern else ():
        form = match["m"].lower()
        number = forms.get(form)
        if number is None:
            continue
        # Sonnabendmorgen, cumadan: the longer the form, the more may hang on it.
        bare = not match["rest"] or len(form) >= _COMPOUND
        long = len(form) >= _SHORTEST or form[0] > "\u2e80"
        counted = form[0] == "周" and text[match.start() - 1 : match.start()] in tuple(_COUNT)
        sure = bare and long and not counted and words.find(match["m"]) is None
        found.append(Moment(match.start(), match.end("m"), number, sure))
    return found


def begins_alike(form: str, other: int, tag: str) -> bool:
    """True where a name of a day begins as that of the day with number `other` does and no third one: Sonnabend is
    Saturday, and begins as Sonntag; pazartesi, Monday, as pazar.
    """
    language = load(tag)
    groups = language.calendar.days
    if not language.spaced or len(form) < _COMPOUND:
        return False
    start = form[:_SHORTEST].lower()
    return {n for n, names in enumerate(groups) if any(name.lower().startswith(start) for name in names)} == {
        other,
        indices(groups).get(form.lower(), other),
    }


def months(text: str, tag: str) -> list[Moment]:
    """Return the months that a text names by word; sure are those beside a figure."""
    pattern, forms = _forms(tag, months=True)
    found = []
    for match in pattern.finditer(text) if pattern else ():
        number = forms.get(match["m"].lower())
        if number is None:
            continue
        start, end = match.span("m")
        beside = _FIGURE_BEFORE.search(text, max(0, start - 8), start) or _FIGURE_AFTER.match(text, match.end())
        found.append(Moment(start, end, number, beside is not None and not match["rest"]))
    return found + [Moment(m.start(1), m.end(), int(m[1]) - 1, True) for m in _NUMBERED.finditer(text)]


_FIGURE_BEFORE = re.compile(r"\d(?:st|nd|rd|th|er|º|\.|-?го|-?е)?(?:[ \u00a0](?:of|de))?[ \u00a0]$")
_FIGURE_AFTER = re.compile(r"\.?,?(?:[ \u00a0](?:de|del|of))?[ \u00a0]\d")
_NUMBERED = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])[ ]?月(?!間)")

_TIME = re.compile(
    r"(?<![\d:.,])(?P<h>[01]?\d|2[0-4])"
    r"(?:[:：hH](?P<m>[0-5]\d)(?![\d:])"
    r"|[ \u00a0]?(?:часов|часа|час|годин[аиі]?|Uhr|heures?|horas?|uur|時|时|點|点)[ \u00a0]?(?:und |i |y |e |et )?"
    r"(?P<n>[0-5]?\d)[ \u00a0]?(?:минут|хвилин|Minuten|分|minut|mínútur))"
)


def times(text: str) -> list[Moment]:
    """Return the times of day that give their minutes, as minutes since midnight or noon."""
    found = []
    for match in _TIME.finditer(text):
        minutes = int(match["m"] or match["n"])
        found.append(Moment(match.start(), match.end(), int(match["h"]) % 12 * 60 + minutes, True))
    return found
