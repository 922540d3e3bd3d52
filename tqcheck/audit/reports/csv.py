"""One table for a spreadsheet: a line for all, for each feed, language and rule."""

from __future__ import annotations

import csv

from tqcheck.audit.rates import Change, Rate
from tqcheck.audit.reports import Options
from tqcheck.audit.summary import Summary
from tqcheck.audit.trends import Row
from tqcheck.reporters.safe import safe

# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_RATE = ("articles", "words", "findings", "rate", "low", "high")
_CHANGE = ("ratio", "low", "high", "chance", "verdict")
HEAD = (
    "kind",
    "name",
    "family",
    *_RATE,
    *(f"newest_{name}" for name in _RATE),
    *(f"last_run_{name}" for name in _CHANGE),
    *(f"month_{name}" for name in _CHANGE),
)


def write(summary: Summary, options: Options) -> None:
    """Write the table; decimal points, no thousands."""
    table = csv.writer(options.out, lineterminator="\n")
    table.writerow(HEAD)
    found = summary.trends
    if found is None:
        return
    for kind, rows in (
        ("all", (found.total,)),
        ("feed", found.feeds),
        ("language", found.languages),
        ("rule", found.rules),
    ):
        table.writerows(_line(kind, row) for row in rows)


def _line(kind: str, row: Row) -> list[object]:
    name = safe(row.name)
    name = f"'{name}" if name.startswith(_FORMULA) else name
    return [kind, name, row.family, *_rate(row.rate), *_rate(row.newest), *_change(row.last), *_change(row.month)]


def _rate(rate: Rate) -> list[object]:
    sample = rate.sample
    return [sample.articles, sample.words, sample.findings, *map(_number, (rate.value, rate.low, rate.high))]


def _change(change: Change | None) -> list[object]:
    if change is None:
        return [""] * len(_CHANGE)
    return [*map(_number, (change.ratio, change.low, change.high, change.chance)), change.verdict]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
