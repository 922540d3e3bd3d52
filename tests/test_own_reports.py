"""A report of ours that lies among the articles is none of them."""

from __future__ import annotations

from pathlib import Path

from tests.test_cli_ends import _run
from tqcheck.audit.shards import Shard, cut, entries
from tqcheck.audit.values import Missed
from tqcheck.model import Article
from tqcheck.readers.own import own
from tqcheck.reporters.page.frame import opening

BAD = "They met the the mayor in Kyiv."


def test_a_report_in_a_folder_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD)
    options = ("--lang", "en", "--select", "REP101")
    made = _run("check", "a.txt", *options, "--format", "html", "--output", "report.html", cwd=tmp_path)
    assert made.returncode == 1
    again = _run("check", ".", *options, "--format", "concise", cwd=tmp_path)
    assert again.returncode == 1
    assert again.stdout.count("REP101") == 1
    assert "report.html: left out: a report of tqcheck, no article" in again.stderr
    named = _run("check", "report.html", *options, cwd=tmp_path)
    assert named.returncode == 3
    assert "this is a report of tqcheck" in named.stderr
    found = [one for shard in cut([str(tmp_path)]) if isinstance(shard, Shard) for one in entries(shard)]
    assert [one.outcome for one in found if isinstance(one, Missed)] == ["own-report"]
    assert len(found) == 2


def test_pages_of_audits_are_known_too() -> None:
    assert own(Article(opening("A trend report", "p { color: red }"), path="trends.HTML"))
    assert not own(Article(opening(), path="quoted.txt"))


def test_a_page_that_speaks_of_tqcheck_is_an_article(tmp_path: Path) -> None:
    page = f'<html lang="en"><head><meta name="generator" content="Hugo"></head><body><p>{BAD} By tqcheck 1.</p></body>'
    (tmp_path / "a.html").write_text(page)
    assert "REP101" in _run("check", ".", "--select", "REP101", "--format", "concise", cwd=tmp_path).stdout
