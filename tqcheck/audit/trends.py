"""The trend report as values: rates of feeds, languages and rules, and what became of them.

Two comparisons are made for each. *Last run*: the texts that the newest run saw first, against those of the run
before that had any. *Month*: the texts of the newer half of the window (30 days), against those of its older half;
`since` moves the border between the two, which answers whether a repair of that day helped.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tqcheck.audit.cells import Cells, Counted, count, select_sound
from tqcheck.audit.moments import in_order, moment
from tqcheck.audit.rates import Change, Rate, Sample, change, judged, rate

DAYS = 30
# Points of a series: a run each where there are no more, else a day each.
_POINTS = 31


@dataclass(frozen=True, slots=True)
class Row:
    """A feed, language or rule (or all): its rate in the window, its changes, and its rates one after another."""

    name: str
    rate: Rate
    newest: Rate
    last: Change | None
    month: Change | None
    series: tuple[float | None, ...]
    family: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The runs that are looked at: from the first to the newest; from `border` on a text is of the newer half."""

    since: datetime
    border: datetime
    until: datetime
    first: int
    newest: int
    points: tuple[str, ...] = ()
    # Runs whose clock did not fit the order of the runs.
    jumped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Trends:
    """All that was counted in a window."""

    window: Window
    total: Row
    feeds: tuple[Row, ...]
    languages: tuple[Row, ...]
    rules: tuple[Row, ...]
    # Articles and words left out, since other rules checked them.
    other_rules: tuple[int, int] = (0, 0)

    @property
    def told(self) -> list[tuple[str, Row, str, Change]]:
        """What got worse or better beyond chance: what it is (“feed”, …), its row, since when, the change."""
        tables = (("all", (self.total,)), ("feed", self.feeds), ("language", self.languages), ("rule", self.rules))
        return [
            (kind, row, when, one)
            for kind, rows in tables
            for row in rows
            for when, one in (("last run", row.last), ("month", row.month))
            if one is not None and one.verdict in {"worse", "better"}
        ]


@dataclass(slots=True)
class _Spans:
    """Which run is before which, and to which point and half of the window it belongs."""

    newest: int
    point: dict[int, int] = field(default_factory=dict)
    newer: set[int] = field(default_factory=set)
    points: int = 0


def trends(db: sqlite3.Connection, days: int = DAYS, since: datetime | None = None) -> Trends | None:
    """Return the trends of the `days` up to the newest run; None where no run has checked anything.

    With `since`, texts from then on are compared with those of the `days` before it.
    """
    window, times = _window(db, days, since)
    if window is None:
        return None
    select_sound(db, window.first, window.newest)
    counted = count(db, window.first, window.newest)
    spans, labels = _spans(counted, times, window)
    tables = {name: _rows(cells, spans) for name, cells in _tables(counted)}
    return Trends(
        window=replace(window, points=labels),
        total=_row("all", counted.total, spans),
        feeds=tables["feeds"],
        languages=tables["languages"],
        rules=tuple(replace(row, family=counted.families[row.name]) for row in tables["rules"]),
        other_rules=counted.other_rules,
    )


def _window(db: sqlite3.Connection, days: int, since: datetime | None) -> tuple[Window | None, dict[int, datetime]]:
    runs = db.execute("SELECT id, began FROM runs ORDER BY id").fetchall()
    stamps, odd = in_order([began for _, began in runs])
    times = {run: moment(at) for (run, _), at in zip(runs, stamps, strict=True)}
    (newest,) = db.execute("SELECT max(run) FROM versions").fetchone()
    if newest is None:
        return None, times
    until = max(times.values())
    begin = (since or until) - timedelta(days=days)
    inside = [run for run, at in times.items() if at >= begin]
    first = min(inside)
    begin = max(begin, times[first])
    border = since or begin + (until - begin) / 2
    jumped = tuple(runs[n][0] for n in odd)
    return Window(begin, border, until, first, newest, jumped=jumped), times


def _spans(counted: Counted, times: Mapping[int, datetime], window: Window) -> tuple[_Spans, tuple[str, ...]]:
    runs = sorted(counted.total)
    spans = _Spans(window.newest, newer={run for run in runs if times[run] >= window.border})
    names = {run: times[run].strftime("%Y-%m-%d %H:%M") for run in runs}
    if len(runs) > _POINTS:
        names = {run: name[:10] for run, name in names.items()}
        labels = list(dict.fromkeys(names.values()))
        spans.point = {run: labels.index(name) for run, name in names.items()}
    else:
        labels = list(names.values())
        spans.point = {run: n for n, run in enumerate(runs)}
    spans.points = len(labels)
    return spans, tuple(labels)


def _tables(counted: Counted) -> Iterable[tuple[str, Cells]]:
    return (("feeds", counted.feeds), ("languages", counted.languages), ("rules", counted.rules))


def _rows(cells: Cells, spans: _Spans) -> tuple[Row, ...]:
    """Return the rows of a table, the highest rates first that are surely high."""
    rows = [_row(name, runs, spans) for name, runs in sorted(cells.items())]
    last = judged([row.last for row in rows])
    month = judged([row.month for row in rows])
    rows = [replace(row, last=one, month=other) for row, one, other in zip(rows, last, month, strict=True)]
    return tuple(sorted(rows, key=lambda row: (-(row.rate.low or 0.0), -(row.rate.value or 0.0), row.name)))


def _row(name: str, runs: Mapping[int, Sample], spans: _Spans) -> Row:
    newest = runs.get(spans.newest, Sample())
    before = [run for run, sample in runs.items() if run < spans.newest and sample.words]
    halves = (
        _sum(s for r, s in runs.items() if r not in spans.newer),
        _sum(s for r, s in runs.items() if r in spans.newer),
    )
    points = [Sample()] * spans.points
    for run, sample in runs.items():
        points[spans.point[run]] += sample
    return Row(
        name=name,
        rate=rate(_sum(runs.values())),
        newest=rate(newest),
        last=change(runs[max(before)], newest) if before else None,
        month=change(*halves),
        series=tuple(sample.rate for sample in points),
    )


def _sum(samples: Iterable[Sample]) -> Sample:
    return sum(samples, Sample())
