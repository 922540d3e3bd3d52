"""`--changed`: only what stands in paragraphs that differ from a git revision, in a real repository."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.test_cli_ends import _run
from tqcheck.cli.changed import Changed
from tqcheck.errors import ConfigError

LANG = ("--lang", "en", "--select", "REP101,CAS101,SUP101")
TEXT = "The port in france is open.\n\nHe took the the first bus.\n\nShe took the the last one home.\n"


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(TEXT, "utf-8")
    git(tmp_path, "init", ".")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "first")
    return tmp_path


def found(folder: Path, *arguments: str, **options: object) -> list[str]:
    result = _run("check", *arguments, *LANG, "--format", "json", cwd=folder, **options)  # type: ignore[arg-type]
    assert result.returncode in {0, 1}, result.stderr
    return [f["text"] for report in json.loads(result.stdout)["reports"] for f in report["findings"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, []),
        ("\n\n".join(reversed(TEXT.strip().split("\n\n"))), []),
        (TEXT.replace("\n", "\r\n"), []),
        ("Something new.\n\n" + TEXT, []),
        (TEXT.replace("first bus", "first one"), ["the the"]),
        (TEXT + "\nIn kyiv.\n", ["kyiv"]),
        (TEXT + "\nThe port in france is open.\n", ["france"]),
        (TEXT.replace("france", "France"), []),
    ],
)
def test_only_changed_paragraphs_count(repository: Path, text: str, expected: list[str]) -> None:
    (repository / "news" / "a.txt").write_bytes(text.encode())
    assert found(repository, "news/a.txt", "--changed") == expected
    assert found(repository, ".", "--changed=HEAD") == expected


def test_what_did_not_change_stays_in_the_report(repository: Path) -> None:
    result = _run("check", "news", *LANG, "--format", "json", "--changed", cwd=repository)
    hidden = json.loads(result.stdout)["reports"][0]["suppressed"]
    assert [f["text"] for f in hidden] == ["france", "the the", "the the"]
    assert hidden[0]["suppressed"] == {"by": "unchanged", "reason": "in HEAD too"}
    assert "3 in paragraphs that did not change" in _run("check", "news", *LANG, "--changed", cwd=repository).stdout


def test_new_files_and_other_revisions(repository: Path) -> None:
    (repository / "new.txt").write_text("In kyiv.\n", "utf-8")
    assert found(repository, ".", "--changed") == ["kyiv"]
    git(repository, "checkout", "-b", "branch")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "second")
    assert found(repository, ".", "--changed") == []
    assert found(repository, ".", "--changed", "main") == ["kyiv"]
    assert found(repository, ".", "--changed", "HEAD~1") == ["kyiv"]
    git(repository, "checkout", "main")
    (repository / "news" / "a.txt").write_text("All is well.\n", "utf-8")
    git(repository, "commit", "-am", "third")
    git(repository, "checkout", "branch")
    # Where the branch began, not what main has become since.
    assert found(repository, "news", "--changed", "main...") == []
    assert found(repository, "news", "--changed", "main") == ["france", "the the", "the the"]


def test_markup_records_and_comments(repository: Path) -> None:
    page, idle = "<p>In {}.</p><p>He took the the bus.</p>", "<!-- tqcheck: ignore[QUO101] -->"
    (repository / "p.html").write_text(page.format("Kyiv"), "utf-8")
    (repository / "c.md").write_text(f"{idle}\n\nAll is well.\n", "utf-8")
    rows = [{"id": n, "text": TEXT} for n in "ab"]
    (repository / "r.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "second")
    (repository / "p.html").write_text(page.format("<b>kyiv</b>"), "utf-8")
    rows[1]["text"] += "\nIn kyiv.\n"
    (repository / "r.jsonl").write_text("\n".join(map(json.dumps, reversed(rows))), "utf-8")
    assert found(repository, ".", "--changed") == ["kyiv", "kyiv"]


def test_inside_a_hook(repository: Path) -> None:
    (repository / "news" / "a.txt").write_text(TEXT + "\nIn kyiv.\n", "utf-8")
    hook = {**os.environ, "GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index", "GIT_PREFIX": ""}
    assert found(repository, "news/a.txt", "--changed", env=hook) == ["kyiv"]


def test_fix_mends_what_changed(repository: Path) -> None:
    path = repository / "news" / "a.txt"
    path.write_text(TEXT.replace("the the last", "the the very last"), "utf-8")
    _run("check", "news", *LANG, "--changed", "--fix", cwd=repository)
    assert path.read_text("utf-8") == TEXT.replace("the the last", "the very last")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("news", "--changed", "nowhere"), "has no revision “nowhere”; fetch it first"),
        (("--changed", "news"), "--changed took “news”; write --changed=HEAD"),
        (("news", "--changed", "news/a.txt"), "if news/a.txt is an article, write --changed=HEAD news/a.txt"),
        (("-", "--changed"), "say it with --stdin-filename"),
        (("news", "--changed", "--update-baseline", "--baseline", "b"), "leave one of them out"),
    ],
)
def test_what_cannot_be_compared(repository: Path, arguments: tuple[str, ...], message: str) -> None:
    result = _run("check", *arguments, *LANG, cwd=repository)
    assert result.returncode == 2
    assert message in result.stderr


@pytest.mark.parametrize("rev", ["--output=x", "-x", "HEAD:news", "a b", "", "...", "--all..."])
def test_a_revision_is_never_an_option(repository: Path, rev: str) -> None:
    with pytest.raises(ConfigError, match="has no revision"):
        Changed(rev, [str(repository / "news")])
    assert sorted(p.name for p in repository.iterdir()) == [".git", "news"]


def test_no_repository_and_no_git(tmp_path: Path, repository: Path) -> None:
    plain = tmp_path.parent / f"{tmp_path.name}-plain"
    plain.mkdir()
    (plain / "a.txt").write_text(TEXT, "utf-8")
    result = _run("check", "a.txt", "--changed", cwd=plain)
    assert result.returncode == 2
    assert "is in no git repository" in result.stderr
    result = _run("check", "news", "--changed", cwd=repository, env={**os.environ, "PATH": ""})
    assert result.returncode == 2
    assert "needs git" in result.stderr
