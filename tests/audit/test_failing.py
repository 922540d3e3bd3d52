"""Conditions to fail on: what they say, and what they are about."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.filled import fill
from tqcheck.audit.failing import holding, parse
from tqcheck.audit.store import Store
from tqcheck.errors import ConfigError


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("failing") / "audit.sqlite"
    fill(path)
    return path


def held(path: Path, *texts: str) -> list[tuple[str, float, str | None]]:
    with Store.read(path) as store, store.asking() as db:
        (run,) = db.execute("SELECT max(id) FROM runs").fetchone()
        return [(h.condition.text, h.value, h.feed) for h in holding(db, run, [parse(text) for text in texts])]


def ask(path: Path, query: str) -> tuple[float, ...]:
    with Store.read(path) as store, store.asking() as db:
        return tuple(db.execute(query).fetchone())


NEW = "FROM versions v WHERE v.run = (SELECT max(id) FROM runs) AND v.copy = 0"


def test_counts_and_rates_are_those_of_the_tables(path: Path) -> None:
    (words,) = ask(path, f"SELECT sum(words) {NEW}")
    for name, where in (
        ("critical", "severity = 'critical'"),
        ("casing", "category = 'casing'"),
        ("CAS101", "code = 'CAS101'"),
        ("CAS", "code LIKE 'CAS%'"),
        ("lowercase-name", "code = 'CAS101'"),
        ("findings", "1"),
    ):
        (count,) = ask(path, f"SELECT count(*) FROM findings WHERE {where} AND version IN (SELECT v.id {NEW})")
        assert count > 0
        assert held(path, f"{name} > 0") == [(f"{name} > 0", count, None)]
        assert held(path, f"count({name})>={count:.0f}", f"{name} > {count:.0f}", f"{name} != {count:.0f}") == [
            (f"count({name})>={count:.0f}", count, None)
        ]
        ((_, value, _),) = held(path, f"rate( {name} ) > 0.01")
        assert value == pytest.approx(10_000 * count / words)
        ((_, low, _),) = held(path, f"lower({name}) > 0.01")
        assert 0 < low < value


def test_in_any_feed(path: Path) -> None:
    found = held(path, "rate(findings) > 100 in any feed")
    assert [feed for _, _, feed in found] == ["http://a/feed"]
    assert held(path, "lower(findings) > 100 in any feed") == found or held(path, "lower(findings) > 20 in any feed")
    # A feed in which nothing was new has no rate, so that it is neither good nor bad.
    assert "http://e/feed" in {feed for _, _, feed in held(path, "findings < 1000 in any feed")}


def test_what_gave_no_article(path: Path) -> None:
    assert held(path, "missed > 0") == [("missed > 0", 1.0, None)]
    assert held(path, "missed > 0 in any feed") == [("missed > 0 in any feed", 1.0, "http://c/feed")]
    assert held(path, "missed > 1") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("critcal > 0", "did you mean “critical”"),
        ("rate(casng) > 5", "did you mean “casing”"),
        ("rate(CAS999) > 5", "no severity, category or rule"),
        ("critical", "not understood"),
        ("critical > many", "not understood"),
        ("rate(critical) > 5; DROP TABLE runs", "not understood"),
        ("rate(missed) > 1", "have no rate"),
        ("", "not understood"),
        ("x" * 10_000, "not understood"),
    ],
)
def test_what_is_not_understood_is_said(text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told.replace("(", r"\(")):
        parse(text)
