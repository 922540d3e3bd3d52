"""Every figure of the trend report, counted again straight from the tables with SQL of its own, and the verdicts."""

from __future__ import annotations

import json
import math
import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.audit.filled import DAYS, START, fill
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


# Articles with their words and findings, one line each; what they belong to is told by `where`.
ARTICLES = """
SELECT max(v.words, 1), (SELECT count(*) FROM findings f WHERE f.version = v.id {finding})
FROM versions v JOIN runs r ON r.id = v.run
WHERE v.rules = (SELECT id FROM rulesets WHERE signature = 'new') AND r.began >= '2026-01-11T06:00:00Z' AND {where}
"""
OF_FEED = (
    "v.copy < 2 AND v.article IN (SELECT article FROM listings WHERE feed = (SELECT id FROM feeds WHERE name = '{}'))"
)


def articles(path: Path, where: str, finding: str = "") -> list[tuple[int, int]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(ARTICLES.format(where=where, finding=finding)).fetchall()
    finally:
        connection.close()


def tables(report: dict[str, Any]) -> list[tuple[dict[str, Any], str, str]]:
    """Return each row of the report with the conditions that choose its articles and its findings."""
    rows = [(report["total"], "v.copy = 0", "")]
    rows += [(row, OF_FEED.format(row["name"]), "") for row in report["feeds"]]
    rows += [(row, f"v.copy = 0 AND v.lang = '{row['name']}'", "") for row in report["languages"]]
    rows += [(row, "v.copy = 0", f"AND f.code = '{row['name']}'") for row in report["rules"]]
    return rows


def spread(*groups: list[tuple[int, int]]) -> float:
    """Pearson's χ² over the degrees of freedom, by its definition."""
    square, free = 0.0, 0
    for group in groups:
        words, found = sum(w for w, _ in group), sum(n for _, n in group)
        free += len(group) - 1
        square += sum((n - found / words * w) ** 2 / (found / words * w) for w, n in group) if found else 0.0
    return max(1.0, square / free) if free > 0 else 1.0


def gamma(shape: float, x: float) -> float:
    """The lower incomplete gamma function, by Simpson's rule: nothing of what the report uses."""
    power, steps = 4, 20_000  # x = t⁴ takes the steepness at nought away
    top = x ** (1 / power)
    values = [
        power * t ** (power * shape - 1) * math.exp(-(t**power)) if t else 0.0
        for t in (top * n / steps for n in range(steps + 1))
    ]
    whole = values[0] + values[-1] + 4 * sum(values[1:-1:2]) + 2 * sum(values[2:-1:2])
    return whole * top / steps / 3 / math.gamma(shape)


def check_rate(told: dict[str, Any], group: list[tuple[int, int]]) -> None:
    words, found = sum(w for w, _ in group), sum(n for _, n in group)
    assert (told["articles"], told["words"], told["findings"]) == (len(group), words, found)
    if not words:
        assert told["rate"] is told["low"] is told["high"] is None
        return
    assert told["rate"] == pytest.approx(10_000 * found / words)
    # At the limits, the tails of the count that is left after the dispersion are a fortieth each.
    over = spread(group)
    count = found / over
    assert gamma(count + 1, told["high"] * words / over / 10_000) == pytest.approx(0.975, abs=2e-4)
    if found:
        assert gamma(count, told["low"] * words / over / 10_000) == pytest.approx(0.025, abs=2e-4)
    else:
        assert told["low"] == 0


def beta(a: float, b: float, x: float) -> float:
    """The incomplete beta function, by Simpson's rule over log-odds."""
    low, high, steps = -60.0, math.log(x / (1 - x)), 20_000
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    values = []
    for n in range(steps + 1):
        odds = low + (high - low) * n / steps
        log_x = -math.log1p(math.exp(-odds))
        values.append(math.exp(scale + a * log_x + b * (log_x - odds)))
    whole = values[0] + values[-1] + 4 * sum(values[1:-1:2]) + 2 * sum(values[2:-1:2])
    return whole * (high - low) / steps / 3


def check_change(told: dict[str, Any] | None, old: list[tuple[int, int]], new: list[tuple[int, int]]) -> None:
    if not old or not new:
        assert told is None
        return
    assert told is not None
    check_rate(told["old"], old)
    check_rate(told["new"], new)
    (w0, n0), (w1, n1) = ((sum(w for w, _ in g), sum(n for _, n in g)) for g in (old, new))
    assert told["ratio"] == (pytest.approx(n1 / w1 / (n0 / w0)) if n0 else None)
    over = spread(old, new)
    a, b = n1 / over, n0 / over
    shares = [None if r is None else r * w1 / (r * w1 + w0) for r in (told["low"], told["high"])]
    if n1:
        assert shares[0] is not None
        assert beta(a, b + 1, shares[0]) == pytest.approx(0.025, abs=2e-4)
    if n0:
        assert shares[1] is not None
        assert beta(a + 1, b, shares[1]) == pytest.approx(0.975, abs=2e-4)


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


def chance_alone(old: list[tuple[int, int]], new: list[tuple[int, int]]) -> float:
    (w0, n0), (w1, n1) = ((sum(w for w, _ in g), sum(n for _, n in g)) for g in (old, new))
    over, share = spread(old, new), w1 / (w1 + w0)
    above = beta(n1 / over, n0 / over + 1, share) if n1 else 1.0
    below = 1 - beta(n1 / over + 1, n0 / over, share) if n0 else 1.0
    return min(1.0, 2 * min(above, below))


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
