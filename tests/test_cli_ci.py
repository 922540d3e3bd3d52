"""What changes where a service runs the check: the form of the report, its paths, the job summary."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_cli import Run, run

__all__ = ["run"]  # a fixture

CHECK = ("check", "a.txt", "--lang", "en", "--select", "REP101")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("𝕳e has has one.\n", "utf-8")
    return path


def test_github_is_chosen_by_itself(run: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "::" not in run(*CHECK).out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    result = run(*CHECK)
    assert result.out.startswith("::notice title=REP101 doubled-word (high),file=a.txt,line=1,endLine=1,col=5,")
    assert result.code == 1
    assert run(*CHECK, "--format", "concise").out.startswith("a.txt:1:4: REP101")
    # Nobody reads commands in a file.
    run(*CHECK, "--output", "out.txt")
    assert "::" not in (article.parent / "out.txt").read_text("utf-8")


def test_summary_is_appended(run: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = article.parent / "summary.md"
    summary.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run(*CHECK, "--format", "concise")
    assert summary.read_text("utf-8") == "before\n"
    run(*CHECK, "--format", "github")
    text = summary.read_text("utf-8")
    assert text.startswith("before\n## tqcheck\n\n**1 article** · 1 minor\n")
    assert "<code>has has</code>" in text


def test_summary_leaves_room_for_what_is_there(run: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = article.parent / "summary.md"
    summary.write_bytes(b"x" * (1024 * 1024 - 17 * 1024))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    articles = [json.dumps({"id": str(n), "text": "He has has one.", "lang": "en"}) for n in range(20)]
    (article.parent / "a.jsonl").write_text("\n".join(articles), "utf-8")
    run("check", "a.jsonl", "--select", "REP101", "--format", "github")
    assert summary.stat().st_size <= 1024 * 1024
    assert "more articles have no room here" in summary.read_text("utf-8")


def test_a_summary_that_cannot_be_written_costs_only_itself(
    run: Run, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(article.parent / "none" / "summary.md"))
    result = run(*CHECK, "--format", "github")
    assert result.code == 1
    assert "::notice" in result.out
    assert "the job summary" in result.err
    assert "cannot be written: No such file" in result.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_summary_that_is_full_costs_only_itself(run: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "/dev/full")
    result = run(*CHECK, "--format", "github")
    assert (result.code, "::notice" in result.out) == (1, True)
    assert "the job summary /dev/full cannot be written" in result.err


def test_paths_start_from_the_checkout(run: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = article.parent
    (root / "sub").mkdir()
    article.rename(root / "sub" / "a.txt")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(root))
    monkeypatch.setenv("CI_PROJECT_DIR", str(root))
    monkeypatch.chdir(root / "sub")
    assert "file=sub/a.txt," in run(*CHECK, "--format", "github").out
    assert json.loads(run(*CHECK, "--format", "gitlab").out)[0]["location"]["path"] == "sub/a.txt"
    log = json.loads(run(*CHECK, "--format", "sarif").out)
    assert log["runs"][0]["artifacts"][0]["location"]["uri"] == "sub/a.txt"
    # reviewdog starts from where it runs, as do people.
    assert json.loads(run(*CHECK, "--format", "rdjson").out)["diagnostics"][0]["location"]["path"] == "a.txt"
    assert run(*CHECK, "--format", "concise").out.startswith("a.txt:")


def test_notes_are_told_where_the_format_has_no_place_for_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("La mairie de Créteil a fermé.".encode("cp1252"))
    for form in ("github", "gitlab", "junit", "rdjson"):
        assert "a.txt: not UTF-8" in run("check", "a.txt", "--lang", "fr", "--format", form).err
    for form in ("sarif", "markdown"):
        result = run("check", "a.txt", "--lang", "fr", "--format", form)
        assert result.err == ""
        assert "not UTF-8" in result.out


def test_places_of_records_are_lines_of_the_file(run: Run, tmp_path: Path) -> None:
    records = [{"id": "x", "text": "Fine."}, {"id": "y", "text": "It has\nhas has one.", "source": "Il en a un."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    (tmp_path / "b.jsonl").write_text("\n" + json.dumps({"id": "y", "text": "Il en a un."}), "utf-8")
    common = ("--select", "REP101", "--lang", "en", "--encoder", "none")
    result = run("check", "a.jsonl", *common, "--source", "b.jsonl", "--source-lang", "fr", "--format", "rdjson")
    (diagnostic,) = json.loads(result.out)["diagnostics"]
    assert diagnostic["location"] == {"path": "a.jsonl", "range": {"start": {"line": 2}}}
    assert diagnostic["message"].endswith("(line 2, column 1 of the record y)")


@pytest.mark.parametrize("fail_on", ["minor", "major", "critical", "never"])
@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Nobody was hurt.", None),
        ("It was the the end.", "minor"),
        ("They met in kyiv on Monday.", "major"),
        ("The Nations United met on Monday.", "critical"),
    ],
)
def test_exit_codes(run: Run, tmp_path: Path, text: str, severity: str | None, fail_on: str) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    order = ["minor", "major", "critical", "never"]
    fails = severity is not None and order.index(severity) >= order.index(fail_on)
    check = ("check", "a.txt", "--lang", "en", "--min-confidence", "low", "--fail-on", fail_on, "--format", "json")
    result = run(*check, "--select", "REP101,CAS101,NAM101")
    assert {f["severity"] for f in json.loads(result.out)["reports"][0]["findings"]} == ({severity} - {None})
    assert result.code == int(fails)
    # What could not be read weighs more than what was found, and a wrong option more than both.
    assert run(*check, "none.txt").code == 3
    assert run(*check, "--select", "NOTHING").code == 2
