"""Baselines: what counts as the same finding, the file, and the commands."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.test_cli_ends import _run
from tqcheck.baseline import Baseline, current, load
from tqcheck.config import Settings, resolve
from tqcheck.engine import check_article
from tqcheck.errors import ConfigError
from tqcheck.model import Article, Confidence, Report

FILE = "tqcheck-baseline.json"
LANG = ("--lang", "en", "--select", "REP101,CAS101")
TEXT = "The port in france is open.\n\nHe took the the first bus.\n\nShe took the the last one home.\n"


def report(text: str, path: str = "a.txt", **other: str) -> Report:
    article = Article(text, lang="en", path=path, **{"id": path, **other})  # type: ignore[arg-type]
    return check_article(article, Settings(select=("REP101", "CAS101")))


def taken(text: str = TEXT) -> Baseline:
    baseline = Baseline()
    baseline.update(report(text), "a.txt")
    return load(baseline.dump(), FILE)


def new(text: str, path: str = "a.txt") -> list[str]:
    return [f.text for f in taken().narrow(report(text, path), path).findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, []),
        ("A new first paragraph.\n\n" + TEXT, []),
        ("\n\n".join(reversed(TEXT.strip().split("\n\n"))), []),  # paragraphs that moved
        (TEXT.replace("\n", "\r\n"), []),
        (TEXT.replace("first bus", "first bus of the day, as he said"), []),  # an edit in the same sentence
        (TEXT.replace("the the first", "the first"), []),
        (TEXT + "\nIn kyiv too.\n", ["kyiv"]),
        (TEXT + "\nIn france too.\n", ["france"]),
        (TEXT + "\nThe the end.\n", ["The the"]),
        (TEXT + "\n" + TEXT.split("\n\n")[1], ["the the"]),
    ],
)
def test_only_new_findings_are_reported(text: str, expected: list[str]) -> None:
    assert new(text) == expected


def test_of_two_copies_the_place_decides_which_rule_speaks() -> None:
    headline = "The council wants to close the old harbour"
    blocks = [headline, "It rains in the old town again today.", headline.upper(), f"Nobody knows when. {headline}."]
    settings = Settings(select=("REP",), min_confidence=Confidence.LOW)

    def reports(order: list[str]) -> Report:
        return check_article(Article("\n\n".join(order), lang="en", path="a.txt"), settings)

    baseline = Baseline()
    baseline.update(reports(blocks), "a.txt")
    assert [f.code for f in reports(blocks).findings] != [f.code for f in reports(blocks[::-1]).findings]
    for order in (blocks[::-1], blocks[1:] + blocks[:1], blocks[-1:] + blocks[:-1]):
        assert not baseline.narrow(reports(order), "a.txt").findings
    other = reports([*blocks, blocks[1]])
    assert [f.code for f in baseline.narrow(other, "a.txt").findings] == ["REP103"]


def test_known_findings_stay_in_the_report() -> None:
    narrowed = taken().narrow(report(TEXT), "a.txt")
    assert [s.finding.text for s in narrowed.suppressed] == ["france", "the the", "the the"]
    assert {s.by for s in narrowed.suppressed} == {"baseline"}
    assert narrowed.score == report(TEXT).score  # they are faults all the same


def test_another_article_has_a_baseline_of_its_own() -> None:
    assert new(TEXT, "b.txt") == ["france", "the the", "the the"]
    record = replace(report(TEXT).article, id="7", line=1)
    assert len(taken().narrow(replace(report(TEXT), article=record), "a.txt").findings) == 3


def test_prune_adds_nothing() -> None:
    baseline = taken()
    fewer = TEXT.replace("france", "France") + "\nIn kyiv too.\n"
    baseline.prune(report(fewer), "a.txt")
    assert [e.text for e in baseline.entries["a.txt"]] == ["the the", "the the"]
    assert [f.text for f in baseline.narrow(report(fewer), "a.txt").findings] == ["kyiv"]


def test_the_file_is_sorted_and_made_for_diffs() -> None:
    baseline = taken()
    baseline.update(report("In kyiv\u2028now\ud800.\n", "b.txt"), "b.txt")
    baseline.update(report("All is well.", "c.txt"), "c.txt")
    text = baseline.dump()
    assert text.encode()
    data = json.loads(text)
    assert list(data) == ["version", "articles"]
    assert list(data["articles"]) == ["a.txt", "b.txt"]
    assert len([line for line in text.splitlines() if "fingerprint" in line]) == 4
    assert load(text, FILE).dump() == text
    assert [e.code for e in current(report(TEXT), "a.txt")] == ["CAS101", "REP101", "REP101"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "damaged, or no baseline"),
        ("<<<<<<< HEAD", "damaged, or no baseline"),
        ("[" * 100_000, "damaged, or no baseline"),
        ("[]", "it has no version"),
        ('{"articles": {}}', "it has no version"),
        ('{"version": true, "articles": {}}', "it has no version"),
        (
            '{"version": 2, "articles": {}}',
            "a baseline of version 2, and this tqcheck reads version 1; use the tqcheck",
        ),
        ('{"version": 1}', "damaged"),
        ('{"version": 1, "articles": []}', "damaged"),
        ('{"version": 1, "articles": {"a": [{"code": "X"}]}}', "damaged"),
        ('{"version": 1, "articles": {"a": [{"code": "X", "text": 1, "fingerprint": "y"}]}}', "not made of strings"),
    ],
)
def test_a_file_that_is_no_baseline(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)) as told:
        load(content, FILE)
    assert "tqcheck baseline create" in str(told.value)
    (tmp_path / FILE).write_text(content, "utf-8")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    if content == "":  # one of them from outside
        result = _run("check", "a.txt", "--baseline", FILE, cwd=tmp_path)
        assert result.returncode == 2
        assert FILE in result.stderr


def test_create_check_update_prune(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    article = tmp_path / "sub" / "a.txt"
    article.write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text("In kyiv.\n", "utf-8")
    created = _run("baseline", "create", ".", *LANG, cwd=tmp_path)
    assert created.stdout == f"{FILE}: 4 findings (before: 0)\n"
    assert created.returncode == 0
    assert list(json.loads((tmp_path / FILE).read_text("utf-8"))["articles"]) == ["b.txt", "sub/a.txt"]
    # From another folder, by another path, and through a link: the same articles.
    for cwd, path in ((tmp_path, "."), (tmp_path / "sub", "a.txt"), (tmp_path, str(article))):
        known = ("--baseline", str(tmp_path / FILE))
        assert _run("check", path, *LANG, *known, cwd=cwd).returncode == 0
    article.write_text(TEXT.replace("france", "France") + "\nIn kyiv.\n", "utf-8")
    checked = _run("check", ".", *LANG, "--baseline", FILE, "--format", "json", cwd=tmp_path)
    assert checked.returncode == 1
    report = json.loads(checked.stdout)["reports"][1]
    assert [f["text"] for f in report["findings"]] == ["kyiv"]
    assert [f["suppressed"]["by"] for f in report["suppressed"]] == ["baseline", "baseline"]
    assert "4 findings" in _run("baseline", "update", "b.txt", *LANG, cwd=tmp_path).stdout
    assert "3 findings (before: 4)" in _run("baseline", "prune", "sub", *LANG, cwd=tmp_path).stdout
    assert "4 findings (before: 3)" in _run("baseline", "update", "sub", *LANG, cwd=tmp_path).stdout
    (tmp_path / "b.txt").unlink()
    assert "3 findings (before: 4)" in _run("baseline", "prune", "sub", *LANG, cwd=tmp_path).stdout
    again = _run("baseline", "create", ".", *LANG, cwd=tmp_path)
    assert again.returncode == 2
    assert "exists already; use `tqcheck baseline update`" in again.stderr


def test_update_baseline_of_check(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    options = (*LANG, "--baseline", FILE)
    assert _run("check", "a.txt", *options, "--update-baseline", cwd=tmp_path).returncode == 0
    assert _run("check", "a.txt", *options, cwd=tmp_path).returncode == 0
    assert "needs a baseline" in _run("check", "a.txt", *LANG, "--update-baseline", cwd=tmp_path).stderr


def test_the_configuration_names_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "tqcheck.toml").write_text(f'lang = "en"\nselect = ["REP101"]\nbaseline = "{FILE}"\n', "utf-8")
    assert resolve(tmp_path / "sub", {}).settings.baseline == str(tmp_path / FILE)
    missing = _run("check", "sub", cwd=tmp_path)
    assert missing.returncode == 2
    assert "no such baseline; make it with `tqcheck baseline create`" in missing.stderr
    assert _run("baseline", "create", "a.txt", cwd=tmp_path / "sub").returncode == 0
    assert (tmp_path / FILE).exists()
    assert _run("check", "sub", cwd=tmp_path).returncode == 0


def test_records_have_their_own_entries(tmp_path: Path) -> None:
    rows = [{"id": n, "text": "In france.", "lang": "en"} for n in "abc"]
    (tmp_path / "f.jsonl").write_text("\n".join(map(json.dumps, rows[:2])), "utf-8")
    _run("baseline", "create", "f.jsonl", *LANG, cwd=tmp_path)
    assert list(json.loads((tmp_path / FILE).read_text("utf-8"))["articles"]) == ["f.jsonl#a", "f.jsonl#b"]
    (tmp_path / "f.jsonl").write_text("\n".join(map(json.dumps, reversed(rows[1:]))), "utf-8")
    lines = _run("check", "f.jsonl", *LANG, "--baseline", FILE, "--format", "jsonl", cwd=tmp_path).stdout.splitlines()
    assert [(r["id"], len(r["findings"])) for r in map(json.loads, lines)] == [("c", 1), ("b", 0)]
    assert "1 finding " in _run("baseline", "prune", "f.jsonl", *LANG, cwd=tmp_path).stdout


def test_what_cannot_be_read_keeps_its_entries(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    _run("baseline", "create", "a.txt", *LANG, cwd=tmp_path)
    before = (tmp_path / FILE).read_text("utf-8")
    (tmp_path / "a.txt").write_bytes(b"a\0b")
    result = _run("baseline", "prune", "a.txt", *LANG, cwd=tmp_path)
    assert result.returncode == 3
    assert "a binary file" in result.stderr
    assert (tmp_path / FILE).read_text("utf-8") == before


def test_fix_leaves_what_the_baseline_holds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The port in france is open.\n", "utf-8")
    _run("baseline", "create", "a.txt", *LANG, cwd=tmp_path)
    (tmp_path / "a.txt").write_text("The port in france and kyiv is open.\n", "utf-8")
    result = _run("check", "a.txt", *LANG, "--baseline", FILE, "--fix", cwd=tmp_path)
    assert (tmp_path / "a.txt").read_text("utf-8") == "The port in france and Kyiv is open.\n"
    assert result.returncode == 0
    assert _run("check", "a.txt", *LANG, "--baseline", FILE, cwd=tmp_path).returncode == 0


def test_a_baseline_in_sarif(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("<!-- tqcheck: ignore[REP101] a song -->\nIn the the end.\n\nIn france.\n", "utf-8")
    _run("baseline", "create", "a.md", *LANG, cwd=tmp_path)
    result = _run("check", "a.md", *LANG, "--baseline", FILE, "--format", "sarif", cwd=tmp_path)
    assert result.returncode == 0
    found = {r["ruleId"]: r["suppressions"] for r in json.loads(result.stdout)["runs"][0]["results"]}
    assert found == {
        "CAS101": [{"kind": "external", "justification": "baseline"}],
        "REP101": [{"kind": "inSource", "justification": "comment: a song"}],
    }
