"""Every figure of the trend report, counted again straight from the tables with SQL of its own, and the verdicts."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.audit.filled import DAYS, START, fill
from tests.audit.recount import articles, chance_alone, check_change, check_rate, tables
from tqcheck.audit.moments import in_order
from tqcheck.audit.rates import Sample, change, dispersion, judged, rate
from tqcheck.audit.store import Store
from tqcheck.audit.summary import plain, summary
from tqcheck.audit.values import Checked, Flaw

# The window of 30 days ends with the last run on day 40; texts of before day 12 were checked by other rules.
FIRST_DAY, BORDER_DAY = 12, 26


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("trends") / "audit.sqlite"
    fill(path)
    return path


@pytest.fixture(scope="module")
def report(path: Path) -> dict[str, Any]:
    with Store.read(path) as store, store.asking() as db:
        return json.loads(json.dumps(plain(summary(db, "audit.sqlite"))))


def of(store: Store) -> dict[str, Any]:
    with store.asking() as db:
        return plain(summary(db, "x"))


def day(begin: int, end: int) -> str:
    return " AND ".join(
        f"r.began {sign} '{(START + timedelta(days=n)).strftime('%Y-%m-%dT%H:%M:%SZ')}'"
        for sign, n in ((">=", begin), ("<", end))
    )


def test_every_rate_is_what_the_tables_hold(path: Path, report: dict[str, Any]) -> None:
    rows = tables(report)
    assert len(rows) == 1 + 5 + 4 + 3
    for row, where, finding in rows:
        check_rate(row["rate"], articles(path, where, finding))
        check_rate(row["newest"], articles(path, f"{where} AND {day(40, 41)}", finding))


def test_every_change_is_what_the_tables_hold(path: Path, report: dict[str, Any]) -> None:
    for row, where, finding in tables(report):
        check_change(
            row["last_run"],
            articles(path, f"{where} AND {day(39, 40)}", finding),
            articles(path, f"{where} AND {day(40, 41)}", finding),
        )
        check_change(
            row["month"],
            articles(path, f"{where} AND {day(FIRST_DAY, BORDER_DAY)}", finding),
            articles(path, f"{where} AND {day(BORDER_DAY, 41)}", finding),
        )


def test_every_point_of_a_series_is_what_the_tables_hold(path: Path, report: dict[str, Any]) -> None:
    inside = [n for n in DAYS if n >= FIRST_DAY]
    assert [point[:10] for point in report["window"]["points"]] == [
        f"{START + timedelta(days=n):%Y-%m-%d}" for n in inside
    ]
    for row, where, finding in tables(report):
        for n, value in zip(inside, row["series"], strict=True):
            group = articles(path, f"{where} AND {day(n, n + 1)}", finding)
            words = sum(w for w, _ in group)
            assert value == (pytest.approx(10_000 * sum(x for _, x in group) / words) if words else None)


@pytest.mark.parametrize(("when", "days"), [("last_run", (39, 40, 41)), ("month", (FIRST_DAY, BORDER_DAY, 41))])
def test_chances_are_adjusted_for_their_number(
    path: Path, report: dict[str, Any], when: str, days: tuple[int, int, int]
) -> None:
    every = tables(report)
    for rows in (every[:1], every[1:6], every[6:10], every[10:]):
        alone = {}
        for row, where, finding in rows:
            old, new = (articles(path, f"{where} AND {day(*span)}", finding) for span in pairwise(days))
            if min(len(old), len(new)) >= 3:
                alone[row["name"]] = chance_alone(old, new)
            elif row[when] is not None:
                assert row[when]["verdict"] == "too little"
        ordered = sorted(alone.values())
        adjusted = {p: min(min(ordered[m] * len(ordered) / (m + 1) for m in range(n, len(ordered))), 1.0)
                    for n, p in enumerate(ordered)}  # fmt: skip
        for row, _, _ in rows:
            if row["name"] not in alone:
                continue
            told = row[when]
            assert told["chance"] == pytest.approx(adjusted[alone[row["name"]]], rel=1e-3, abs=1e-6)
            worse = told["new"]["rate"] > told["old"]["rate"]
            assert told["verdict"] == ("unclear" if told["chance"] >= 0.05 else "worse" if worse else "better")


def test_what_got_worse_is_told_and_noise_is_not(report: dict[str, Any]) -> None:
    verdicts = {row["name"]: row["last_run"] and row["last_run"]["verdict"] for row in report["feeds"]}
    assert verdicts.pop("http://a/feed") == "worse"
    assert set(verdicts.values()) == {"unclear"}


def test_edits_worst_articles_and_troubles(path: Path, report: dict[str, Any]) -> None:
    connection = sqlite3.connect(path)
    for edit in report["edits"]:
        old, new = (
            connection.execute(
                "SELECT f.code || ' “' || f.text || '”' FROM findings f JOIN versions v ON v.id = f.version "
                "JOIN articles a ON a.id = v.article WHERE a.key = ? AND v.number = ? ORDER BY 1",
                (edit["key"], number),
            ).fetchall()
            for number in (edit["number"] - 1, edit["number"])
        )
        assert (edit["before"], edit["after"]) == (len(old), len(new))
        assert len(old) - len(edit["repaired"]) + len(edit["added"]) == len(new)
        assert set(edit["repaired"]) <= {row[0] for row in old}
    # On day 12 the rules changed too, so that nobody can say what became of the findings of before.
    assert len(report["edits"]) == len([n for n in DAYS if n > FIRST_DAY])
    lowest = connection.execute(
        "SELECT a.key, v.words, v.score, (SELECT count(*) FROM findings f WHERE f.version = v.id) AS found "
        "FROM articles a JOIN versions v ON v.id = a.version JOIN listings l ON l.article = a.id "
        "WHERE l.run = (SELECT max(id) FROM runs) AND v.copy = 0 AND found > 0 GROUP BY a.id ORDER BY v.score"
    ).fetchall()
    assert [(row["key"], row["words"], row["score"], row["findings"]) for row in report["articles"]] == lowest
    for row in report["articles"]:
        assert row["findings"] == row["critical"] + row["major"] + row["minor"]
        assert row["rate"] == pytest.approx(10_000 * row["findings"] / row["words"])
    assert report["trouble"] == [
        {
            "feed": "http://c/feed",
            "outcome": "no-text",
            "count": 1,
            "where": "http://c/x",
            "message": "the entry has no text",
        }
    ]
    for run in report["runs"]:
        (count, words) = connection.execute(
            "SELECT count(*), sum(words) FROM versions WHERE run = ?", [run["id"]]
        ).fetchone()
        assert (run["articles"], run["words"]) == (count, words)
    connection.close()


def test_since_moves_the_border(path: Path) -> None:
    since = START + timedelta(days=36)
    with Store.read(path) as store, store.asking() as db:
        told = plain(summary(db, "x", since=since))
    check_change(
        told["total"]["month"],
        articles(path, f"v.copy = 0 AND {day(12, 36)}"),
        articles(path, f"v.copy = 0 AND {day(36, 41)}"),
    )


def test_a_rule_set_that_changed_is_not_compared(tmp_path: Path) -> None:
    flaw = Flaw("f", "CAS101", "casing", "major", "high", "m", 0, 1, "x", "⟦x⟧")
    with Store.open(tmp_path / "s") as store:
        for n, rules in enumerate(("old", "new")):
            run = store.begin_run([], rules, START + timedelta(days=n))
            store.add(
                run, [Checked(f"k{n}{m}", "f", f"{n}{m}", rules, "en", 500, 90.0, (flaw,) * 9 * n) for m in range(9)]
            )
        told = of(store)
    assert told["other_rules"] == {"articles": 9, "words": 4500}
    assert told["total"]["last_run"] is None
    assert told["total"]["rate"]["articles"] == 9


def test_nothing_checked(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        assert of(store)["total"] is None


def test_clusters_make_intervals_longer() -> None:
    even = Sample(10, 5000, 30, sum(3 * 3 / 500 for _ in range(10)))
    lumpy = Sample(10, 5000, 30, 30 * 30 / 500)
    assert dispersion(even) == 1
    assert dispersion(lumpy) == pytest.approx(30.0)
    wide, narrow = rate(lumpy), rate(even)
    assert wide.low is not None
    assert narrow.low is not None
    assert wide.low < narrow.low < 60 < (narrow.high or 0) < (wide.high or 0)
    # Thirty findings more in one article out of ten are no trend; three more in each are one.
    calm = Sample(10, 5000, 5, 5 * 1 / 500)
    assert [one.verdict for one in (change(calm, lumpy), change(calm, even)) if one] == ["unclear", "worse"]


def test_one_of_many_feeds_is_not_told_for_being_the_oddest() -> None:
    """A chance of one in fifty is no news where forty feeds are compared."""
    odd = change(Sample(5, 3000, 3, 0.005), Sample(5, 3000, 12, 0.06))
    same = change(Sample(5, 3000, 6, 0.02), Sample(5, 3000, 6, 0.02))
    assert odd is not None
    assert 0.01 < odd.chance < 0.05
    assert odd.verdict == "worse"
    assert next(one.verdict for one in judged([odd, *[same] * 39]) if one) == "unclear"


def test_too_few_articles_are_no_trend() -> None:
    one = change(Sample(2, 900, 0, 0.0), Sample(2, 900, 60, 4.0))
    assert one is not None
    assert one.verdict == "too little"


def test_a_clock_that_jumped_moves_nothing() -> None:
    times = ["2026-01-01", "2026-01-02", "2099-01-01", "2026-01-03", "1970-01-01", "2026-01-04"]
    assert in_order(times) == (
        ["2026-01-01", "2026-01-02", "2026-01-02", "2026-01-03", "2026-01-03", "2026-01-04"],
        [2, 4],
    )
    assert in_order([]) == ([], [])


def test_a_clock_that_jumped_is_said(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        for n, year in enumerate((2026, 2026, 2099, 2026)):
            run = store.begin_run([], "r", datetime(year, 3, n + 1, tzinfo=UTC))
            store.add(run, [Checked(f"k{n}", "f", f"{n}", "r", "en", 500, 90.0)])
        told = of(store)
    assert told["window"]["runs_with_a_wrong_clock"] == [3]
    assert told["window"]["until"] == "2026-03-04T00:00:00+00:00"
    assert told["total"]["rate"]["articles"] == 4
