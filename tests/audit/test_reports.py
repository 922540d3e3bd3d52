"""The forms of an audit report: what they hold, and that no word of an article gets out of its place."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import feedparser
import pyarrow.parquet as parquet
import pytest
from markdown_it import MarkdownIt

from tests.audit.filled import fill
from tests.html_pages import WICKED
from tqcheck.audit.export import TABLES, export
from tqcheck.audit.reports import FORMATS, Options, words, write
from tqcheck.audit.shards import cut
from tqcheck.audit.store import Store
from tqcheck.audit.summary import plain, summary
from tqcheck.audit.values import Checked, Flaw, Missed

EVIL = Flaw("f", "CAS101", "casing", "critical", "high", WICKED, 0, 10, WICKED[:10], f"⟦{WICKED[:10]}⟧{WICKED}", WICKED)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "audit.sqlite"
    fill(path)
    return path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "audit.sqlite"
    wicked = Checked(
        WICKED, WICKED, "h", "r", "en", 90, 1.0, (EVIL, replace(EVIL, start=-1, end=-1)), title=WICKED, text=WICKED
    )
    with Store.open(path) as store:
        run = store.begin_run([WICKED], "r")
        store.add(run, [wicked, replace(wicked, key="=cmd|' /C calc'!A0", text_hash="g", text=None)])
        store.add(run, [replace(wicked, key=address, feed="=1+1", text_hash=address) for address in ADDRESSES])
        store.missed(run, [Missed(WICKED, WICKED, "no-text", WICKED)])
        second = store.begin_run([WICKED], "r")
        store.add(second, [replace(wicked, text_hash="edited", flaws=(EVIL,) * 3)])
    return path


ADDRESSES = ("javascript:alert(1)", "data:text/html,x", "http://u:p@x/", "https://x/a?b=1&c=%22", "http://[::bad")


def told(path: Path, format_: str, width: int = 120, most: int = 50) -> str:
    out = io.StringIO()
    with Store.read(path) as store, store.asking() as db:
        write(format_, summary(db, path.name, most=most), Options(out, db, width))
    return out.getvalue()


def test_the_terminal_tells_what_changed_first(path: Path) -> None:
    text = told(path, "terminal", 150)
    lines = text.splitlines()
    assert lines[0].startswith("audit.sqlite   2026-01-13 06:00 to 2026-02-10 06:00 UTC")
    news = next(n for n, line in enumerate(lines) if line.startswith("worse  feed http://a/feed"))
    table = next(n for n, line in enumerate(lines) if line.startswith("Feed "))
    assert news < table
    assert "since the last run" in lines[news]
    assert any(line.startswith("http://b/feed") and "no clear change" in line for line in lines)
    assert "repaired" in text


def test_the_terminal_says_of_an_article_where_it_is_and_what_is_worst(path: Path) -> None:
    lines = told(path, "terminal", 100).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("Articles in their feeds"))
    with Store.read(path) as store, store.asking() as db:
        first = next(row for row in summary(db, path.name).worst if row.critical)
    found = next(n for n in range(at, len(lines)) if lines[n].strip() == first.key)
    assert lines[found - 1].startswith(f"{first.score:3.0f}  {first.lang}  {first.title}  {first.critical} critical")
    assert lines[found + 1].strip().startswith("NAM101 “word")
    assert any(line.startswith("CAS101 lowercase-name ") for line in lines)


def test_names_are_told_apart_by_their_ends() -> None:
    assert words.apart(["https://news.test/a/one.xml", "https://news.test/a/two.xml"]) == ["…/one.xml", "…/two.xml"]
    assert words.apart(["https://news.test/feed", "https://other.test/feed"]) == [
        "https://news.test/feed",
        "https://other.test/feed",
    ]
    assert words.apart(["/all/b/c/d/e", "/all/b/c/d/e/f"]) == ["…/e", "…/e/f"]
    assert words.apart(["/a/very/long/folder"]) == ["/a/very/long/folder"]
    assert words.rule("ZZZ999") == "ZZZ999"


@pytest.mark.parametrize("format_", ["terminal", "markdown", "html"])
def test_one_run_is_compared_with_nothing(path: Path, tmp_path: Path, format_: str) -> None:
    with Store.open(tmp_path / "s") as store:
        run = store.begin_run(["f"], "r")
        store.add(run, [Checked(f"k{n}", "f", f"h{n}", "r", "en", 300, 70.0) for n in range(9)])
    assert "nothing to compare yet" in told(tmp_path / "s", format_)
    assert "nothing to compare yet" not in told(path, format_)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(path: Path, hostile: Path, width: int) -> None:
    from rich.cells import cell_len

    for each in (path, hostile):
        assert max(cell_len(line) for line in told(each, "terminal", width).splitlines()) <= width


def test_csv_holds_the_figures_of_json_and_no_formula(path: Path, hostile: Path) -> None:
    whole = json.loads(told(path, "json"))
    rows = list(csv.DictReader(io.StringIO(told(path, "csv"))))
    for kind, key in (("feed", "feeds"), ("language", "languages"), ("rule", "rules")):
        lines = [row for row in rows if row["kind"] == kind]
        assert [row["name"] for row in lines] == [row["name"] for row in whole[key]]
        for line, row in zip(lines, whole[key], strict=True):
            assert int(line["words"]) == row["rate"]["words"]
            assert float(line["rate"]) == pytest.approx(row["rate"]["rate"], rel=1e-5)
            verdict = row["last_run"]["verdict"] if row["last_run"] else ""
            assert line["last_run_verdict"] == verdict
    names = [row["name"] for row in csv.DictReader(io.StringIO(told(hostile, "csv")))]
    assert "'=1+1" in names
    assert not [name for name in names if name.startswith(("=", "+", "-", "@"))]


def test_json_is_the_summary(path: Path) -> None:
    with Store.read(path) as store, store.asking() as db:
        assert json.loads(told(path, "json")) == json.loads(json.dumps(plain(summary(db, path.name))))


def test_the_feed_of_findings_is_read_by_a_reader_of_feeds(path: Path) -> None:
    text = told(path, "atom")
    feed = feedparser.parse(text)
    assert not feed.bozo
    assert feed.version == "atom10"
    entries = feed.entries
    assert entries
    assert len({entry.id for entry in entries}) == len(entries)
    assert [entry.updated for entry in entries] == sorted((entry.updated for entry in entries), reverse=True)
    assert feed.feed.updated == entries[0].updated == "2026-02-10T06:00:00Z"
    assert all(entry.link.startswith("http://") for entry in entries)
    assert "CAS101" in entries[0].content[0].value
    # The same store gives the same feed, so that no reader shows an entry twice.
    assert told(path, "atom") == text


def test_the_feed_holds_no_markup_of_an_article(hostile: Path) -> None:
    root = ET.fromstring(told(hostile, "atom"))
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= set(
        "feed id title updated author name generator entry link category content div p ul li b br".split()
    )
    assert [link.get("href") for link in root.iter("{http://www.w3.org/2005/Atom}link")] == ["https://x/a?b=1&c=%22"]


def test_markdown_holds_no_markup_of_an_article(hostile: Path) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(told(hostile, "markdown"))
    for forbidden in ("<script", "<img", "<svg", "<a ", "<iframe", "<style", "<h1>hacked"):
        assert forbidden not in html


@pytest.mark.parametrize("format_", FORMATS)
def test_a_store_without_a_run_has_a_report(tmp_path: Path, format_: str) -> None:
    Store.open(tmp_path / "s").close()
    assert told(tmp_path / "s", format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_reports_of_a_hostile_store_can_be_written(hostile: Path, format_: str) -> None:
    text = told(hostile, format_)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text.encode("utf-8")


def test_the_export_holds_every_row(path: Path, tmp_path: Path) -> None:
    with Store.read(path) as store, store.asking() as db:
        counts = export(db, tmp_path / "out")
        for name in TABLES:
            table = "versions" if name == "articles" else name
            assert counts[name] == db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    assert set(counts) == set(TABLES)
    articles = parquet.read_table(tmp_path / "out" / "articles.parquet").to_pylist()
    findings = parquet.read_table(tmp_path / "out" / "findings.parquet").to_pylist()
    assert sum(row["findings"] for row in articles) == len(findings)
    assert {type(row["words"]) for row in articles} == {int}
    assert {row["text"] for row in findings} > {"word0"}
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(f"{name}.parquet" for name in TABLES)
    # In a folder that is audited it is no archive of articles.
    assert {getattr(item, "outcome", "") for item in cut([str(tmp_path / "out")])} == {"own-report"}
