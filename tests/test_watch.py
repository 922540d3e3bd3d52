"""`check --watch`, as a real process that a person ends with Ctrl-C."""

from __future__ import annotations

import io
import json
import os
import pty
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from tests.test_changed import git
from tests.test_cli_ends import ONLY, POSIX, TQCHECK, _run
from tqcheck import engine
from tqcheck.cli.memory import Memory
from tqcheck.config import Settings
from tqcheck.model import Article, Report
from tqcheck.patterns import Pattern
from tqcheck.readers import Unread, read
from tqcheck.readers.originals import Habits, Originals

pytestmark = POSIX
FINE, FAULTY = "It was the end.\n", "It was the the end.\n"
_FOUND = "a.md:1:8: REP101"


class Watching:
    """A running watch, and what it says: report and messages in one stream, in their order."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: Queue[str] = Queue()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line)

    def until(self, word: str) -> str:
        """Return what is said up to and with the line that holds a word."""
        said = ""
        while word not in said:
            said += self._lines.get(timeout=120)
        return said

    def ends(self) -> int:
        """Press Ctrl-C; return the exit code."""
        os.killpg(self._process.pid, signal.SIGINT)
        return self._process.wait(timeout=60)


@contextmanager
def watching(folder: Path, *arguments: str) -> Iterator[Watching]:
    command = [*TQCHECK, "check", "--watch", "--lang", "en", "--format", "concise", *arguments]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", start_new_session=True
    ) as process:
        try:
            yield Watching(process)
        finally:
            process.kill()


def _write(path: Path, text: str) -> None:
    """Save as many editors do: a new file in the place of the old."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, "utf-8")
    part.replace(path)


def test_a_change_is_checked_and_ctrl_c_ends_with_the_last_state(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text(FINE, "utf-8")
    with watching(tmp_path, "a.md", *ONLY) as watch:
        assert _FOUND not in watch.until("watching 1 file; Ctrl-C ends")
        _write(article, FAULTY)
        assert watch.until("watching").startswith(f"tqcheck: changed: a.md\n{_FOUND}")
        article.unlink()
        assert "a.md: no such file or folder" in watch.until("watching")
        article.write_text(FAULTY, "utf-8")
        assert _FOUND in watch.until("watching")
        assert watch.ends() == 1


def test_a_configuration_that_appears_breaks_and_is_mended(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").write_text(FAULTY, "utf-8")
    with watching(tmp_path, "news", *ONLY) as watch:
        assert f"news/{_FOUND}" in watch.until("watching")
        (tmp_path / "tqcheck.toml").write_text("fail-on = 3", "utf-8")
        assert "fail-on cannot be" in watch.until("watching")
        (tmp_path / "tqcheck.toml").write_text('fail-on = "major"', "utf-8")
        assert f"news/{_FOUND}" in watch.until("watching 2 files")
        (tmp_path / "news" / "a.md.tqcheck.toml").write_text('[[ignore]]\ncodes = ["REP101"]', "utf-8")
        assert "REP101 doubled" not in watch.until("watching")
        (tmp_path / "news" / "b.md").write_text(FAULTY, "utf-8")
        assert "news/b.md:1:8: REP101" in watch.until("watching 4 files")
        assert watch.ends() == 0


def test_originals_and_lists_that_appear_and_change(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "fr").mkdir()
    (tmp_path / "terms.csv").write_text("source,target\nmaire,mayor\n", "utf-8")
    settings = 'pairs = "{lang}/{stem}.md"\nsource-lang = "fr"\nglossary = ["terms.csv"]\nencoder = "none"\n'
    settings += '[[paths]]\nfiles = ["en/*"]\nreject-files = ["words.txt"]\n'
    (tmp_path / "words.txt").write_text("# none yet\n", "utf-8")
    (tmp_path / "tqcheck.toml").write_text(settings, "utf-8")
    (tmp_path / "en" / "a.md").write_text("The mayor spent 40 euros on the levy.\n", "utf-8")
    rules = ("--select", "NUM101,TER101,HOU106", "--min-confidence", "low")
    with watching(tmp_path, "en/a.md", *rules) as watch:
        assert "1 article has no original" in watch.until("watching")
        (tmp_path / "fr" / "a.md").write_text("Le maire a dépensé 14 euros pour la taxe.\n", "utf-8")
        assert "NUM101" in watch.until("watching")
        (tmp_path / "fr" / "a.md").write_text("Le maire a dépensé 40 euros pour la taxe.\n", "utf-8")
        assert "NUM101" not in watch.until("watching")
        (tmp_path / "terms.csv").write_text("source,target\ntaxe,tax\n", "utf-8")
        assert "TER101" in watch.until("watching")
        (tmp_path / "words.txt").write_text("levy = tax\n", "utf-8")
        assert "HOU106" in watch.until("watching")
        assert watch.ends() == 1


def test_the_report_in_a_watched_folder_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY, "utf-8")
    with watching(tmp_path, ".", *ONLY, "--format", "html", "--output", "report.html") as watch:
        watch.until("watching 1 file;")
        _write(tmp_path / "a.md", FINE)
        assert watch.until("watching 1 file;") == "tqcheck: changed: a.md\ntqcheck: watching 1 file; Ctrl-C ends\n"
        assert watch.ends() == 0
    assert "<html" in (tmp_path / "report.html").read_text("utf-8")


def test_a_terminal_shows_the_last_report_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY, "utf-8")
    ours, theirs = pty.openpty()
    command = [*TQCHECK, "check", "a.md", "--watch", *ONLY]
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    ) as process:
        os.close(theirs)
        said = b""
        while b"watching" not in said:
            said += os.read(ours, 4096)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=60) == 1
    os.close(ours)
    assert said.startswith(b"\x1b[H\x1b[2J\x1b[3J")
    assert said.count(b"\x1b") == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-",), "--watch looks at files"),
        (("a.md", "--fix"), "--watch only reports"),
        (("a.md", "--baseline", "b.json", "--update-baseline"), "--watch only reports"),
        (("a.md", "--select", "NOTHING"), "NOTHING"),
    ],
)
def test_what_cannot_be_watched_ends_at_once(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    (tmp_path / "a.md").write_text(FAULTY, "utf-8")
    result = _run("check", *arguments, "--watch", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_stream_of_reports_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FINE, "utf-8")
    with watching(tmp_path, "a.md", *ONLY, "--format", "jsonl") as watch:
        first = watch.until("watching").splitlines()[0]
        _write(tmp_path / "a.md", FAULTY)
        second = watch.until("watching").splitlines()[1]
        assert [len(json.loads(line)["findings"]) for line in (first, second)] == [0, 1]
        assert watch.ends() == 1


def test_only_what_changed_is_checked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    check = engine.check_article

    def counting(article: Article, settings: Settings) -> Report:
        checked.append(article.path or "")
        return check(article, settings)

    monkeypatch.setattr(engine, "check_article", counting)
    monkeypatch.chdir(tmp_path)
    for name in ("a.en.md", "b.en.md", "c.en.txt", "d.jsonl"):
        (tmp_path / name).write_text(json.dumps({"id": "d", "text": FAULTY}) if "json" in name else FAULTY, "utf-8")
    (tmp_path / "b.fr.md").write_text("C’était la fin.\n", "utf-8")
    (tmp_path / "words.txt").write_text("# none\n", "utf-8")
    memory = Memory()

    def again(**options: object) -> list[str]:
        settings = Settings(lang="en", select=("REP101", "HOU106"), reject_files=("words.txt",), encoder="none")
        settings = replace(settings, **options)  # type: ignore[arg-type]
        habits = Habits((Pattern("{stem}.{lang}.md"),), tmp_path, "en", "fr")
        names = ["a.en.md", "b.en.md", "c.en.txt", "d.jsonl", "none.md"]
        items = read(names, io.BytesIO(), None, Originals(None, lambda path: habits))
        checked.clear()
        outcomes = list(memory.run((item if isinstance(item, Unread) else (item, settings) for item in items), 1))
        assert [outcome.path if isinstance(outcome, Unread) else outcome.article.path for outcome in outcomes] == names
        assert all(len(o.findings) == 1 for o in outcomes if isinstance(o, Report) and o.article.path != "a.en.md")
        return list(checked)

    names = ["a.en.md", "b.en.md", "c.en.txt", "d.jsonl"]
    assert again() == names
    assert again() == []
    (tmp_path / "a.en.md").write_text(FINE, "utf-8")
    assert again() == ["a.en.md"]
    (tmp_path / "b.fr.md").write_text("C’était bien la fin.\n", "utf-8")
    assert again() == ["b.en.md"]
    assert again(fail_on=None) == names
    (tmp_path / "words.txt").write_text("never = no\n", "utf-8")
    assert again(fail_on=None) == names
    assert again(fail_on=None) == []


def test_a_revision_that_moves_is_noticed(tmp_path: Path) -> None:
    git(tmp_path, "init", ".")
    (tmp_path / "a.md").write_text(FINE, "utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "fine")
    (tmp_path / "a.md").write_text(FAULTY, "utf-8")
    with watching(tmp_path, "--changed=HEAD", "a.md", *ONLY) as watch:
        assert _FOUND in watch.until("watching 1 file;")
        git(tmp_path, "commit", "-a", "-m", "faulty")
        said = watch.until("watching 1 file;")
        assert said.startswith("tqcheck: changed: the revision\n")
        assert _FOUND not in said
        git(tmp_path, "checkout", "-b", "older", "HEAD~1")
        (tmp_path / "a.md").write_text(FAULTY, "utf-8")
        while _FOUND not in watch.until("watching 1 file;"):
            pass
        assert watch.ends() == 1


def test_a_branch_that_moves_is_noticed(tmp_path: Path) -> None:
    repository, beside = tmp_path / "news", tmp_path / "beside"
    git(tmp_path, "init", "news")
    (repository / "a.md").write_text(FINE, "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "fine")
    git(repository, "checkout", "-b", "topic")
    git(repository, "worktree", "add", str(beside), "-b", "other")
    (beside / "a.md").write_text(FAULTY, "utf-8")
    with watching(beside, "--changed=main", "a.md", *ONLY) as watch:
        assert _FOUND in watch.until("watching 1 file;")
        git(repository, "pack-refs", "--all")
        (repository / "a.md").write_text(FAULTY, "utf-8")
        git(repository, "commit", "-a", "-m", "faulty")
        git(repository, "branch", "-f", "main", "topic")
        while _FOUND in watch.until("watching 1 file;"):
            pass
        assert watch.ends() == 0
