"""Days of the month where the same word counts days: the data of `sense/days.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

_LAST = 31


class Figure(NamedTuple):
    """A figure with the word behind it, at `[start, end)`."""

    start: int
    end: int
    value: int


def month_days(text: str, tag: str) -> list[Figure]:
    """Return the days of the month that a text names; nothing in a language that is not written down."""
    return [found for found in _found(text, tag, "day") if 0 < found.value <= _LAST]


def scores(text: str, tag: str) -> list[Figure]:
    """Return the ordinal counts of wins, goals and the like; nothing in a language that is not written down."""
    return _found(text, tag, "score")


def _found(text: str, tag: str, kind: str) -> list[Figure]:
    pattern = _patterns(tag.partition("-")[0]).get(kind)
    return [Figure(*m.span(), int(m[1])) for m in pattern.finditer(text)] if pattern else []


@cache
def _patterns(base: str) -> dict[str, re.Pattern[str]]:
    text = (resources.files("tqcheck.languages") / "sense" / "days.toml").read_text(encoding="utf-8")
    return {kind: re.compile(p, re.MULTILINE) for kind, p in tomllib.loads(text).get(base, {}).items()}
