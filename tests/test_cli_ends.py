"""How a run ends: 1 means findings and nothing else, a report is whole or not there, no traceback is shown."""

from __future__ import annotations

import json
import os
import shlex
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs signals")
TQCHECK = [sys.executable, "-m", "tqcheck"]
ONLY = ["--select", "REP101", "--lang", "en"]

# Stands in for `python -m tqcheck` with something broken inside.
BROKEN = """
import sys
from tqcheck.reporters import full, json, jsonl
from tqcheck.cli import check, main
from tqcheck.workers import stream
{0}
main()
"""


def _run(*arguments: str, cwd: Path, code: str | None = None, **options: object) -> subprocess.CompletedProcess[str]:
    start = TQCHECK if code is None else [sys.executable, "-c", BROKEN.format(code)]
    result = subprocess.run(  # type: ignore[call-overload]
        [*start, *arguments], cwd=cwd, check=False, encoding="utf-8", stderr=subprocess.PIPE,
        **{"stdout": subprocess.PIPE, "stdin": subprocess.DEVNULL, **options},
    )  # fmt: skip
    assert "Traceback" not in result.stderr
    assert "Exception ignored" not in result.stderr
    return result  # type: ignore[no-any-return]


def _articles(path: Path, number: int, text: str = "Article has has a fault.") -> None:
    lines = [json.dumps({"id": f"a{n}", "text": text, "lang": "en"}) for n in range(number)]
    path.write_text("\n".join(lines) + "\n", "utf-8")


@FULL
@pytest.mark.parametrize("command", ["check a.txt", "check a.txt --format json", "rules", "--help", "--version"])
def test_a_full_disk_is_told(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.txt").write_text("It has has one.", "utf-8")
    with open("/dev/full", "w") as full:
        result = _run(*command.split(), cwd=tmp_path, stdout=full)
    assert result.returncode == 3
    assert "No space left on device" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@FULL
def test_a_full_disk_under_output_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It has has one.", "utf-8")
    result = _run("check", "a.txt", "--output", "/dev/full", cwd=tmp_path)
    assert result.returncode == 3
    assert result.stderr == "tqcheck: stopped: /dev/full: No space left on device\n"


@POSIX
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("command", ["check in.jsonl --format jsonl", "check in.jsonl", "rules"])
def test_a_closed_pipe_is_no_finding(tmp_path: Path, command: str, jobs: str) -> None:
    _articles(tmp_path / "in.jsonl", 60)
    if command != "rules":
        command += f" --jobs {jobs}"
    line = f"{shlex.join(TQCHECK)} {command} | head -n 1 >&2; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, check=False, encoding="utf-8")
    assert result.stdout.strip() in ({"141"} if command != "rules" else {"0", "141"})
    assert len(result.stderr.splitlines()) == 1


@POSIX
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_at_once(tmp_path: Path, jobs: str) -> None:
    process = subprocess.Popen(
        [*TQCHECK, "check", "-", "--format", "jsonl", "--stdin-filename", "in.jsonl", "--jobs", jobs, *ONLY],
        cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    with process:
        for number in (0, 1):
            process.stdin.write(json.dumps({"id": str(number), "text": "It has has one."}).encode() + b"\n")
            process.stdin.flush()
            time.sleep(2.0 * (1 - number))
        # The live stream is told of, though the batches are far from full.
        assert json.loads(process.stdout.readline())["id"] == "0"
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to parent and workers
        begin = time.monotonic()
        _out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.decode().strip() == "tqcheck: interrupted"
    assert time.monotonic() - begin < 5


def test_a_reporter_that_fails_costs_one_report(tmp_path: Path) -> None:
    _articles(tmp_path / "in.jsonl", 3)
    code = """
def hurt(module):
    right = module.Reporter.report
    def wrong(self, report):
        right(self, report)
        if report.article.id == "a1":
            raise IndexError("string index")
    module.Reporter.report = wrong
hurt(full), hurt(json), hurt(jsonl)
"""
    told = "tqcheck: in.jsonl: a1: its report could not be written (IndexError: string index); please report this\n"
    for form in ("json", "jsonl"):
        result = _run("check", "in.jsonl", "--format", form, *ONLY, cwd=tmp_path, code=code)
        assert (result.returncode, result.stderr) == (3, told)
        reports = (
            json.loads(result.stdout)["reports"] if form == "json" else map(json.loads, result.stdout.split("\n")[:3])
        )
        assert [(r["id"], len(r["findings"]), len(r["failures"])) for r in reports] == [
            ("a0", 1, 0),
            ("a1", 0, 1),
            ("a2", 1, 0),
        ]
    result = _run("check", "in.jsonl", *ONLY, cwd=tmp_path, code=code)
    assert (result.returncode, result.stderr) == (3, told)
    assert result.stdout.count("REP101") == 2
    assert "1 not read" in result.stdout


def test_a_fault_of_our_own_is_no_finding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It has has one.", "utf-8")
    result = _run("check", "a.txt", cwd=tmp_path, code="check._write = None")
    assert result.returncode == 3
    assert result.stderr.startswith("tqcheck: stopped by a fault of its own (TypeError: ")
    result = _run("check", "a.txt", cwd=tmp_path, code="import tqcheck.readers\ntqcheck.readers.read = None")
    assert result.returncode == 3
    assert "tqcheck: a.txt: could not be read (TypeError: " in result.stderr


def test_emoji_kill_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The minister said the the " + "\u2764\ufe0f" * 30, "utf-8")
    (tmp_path / "b.txt").write_text("\u2764\ufe0f" * 40 + " The minister said the the end.", "utf-8")
    result = _run("check", "a.txt", "b.txt", *ONLY, "--min-confidence", "low", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout.count("~~~~~~~") == 2


def test_output_is_whole_or_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It has has one.", "utf-8")
    out = tmp_path / "out.txt"
    out.write_text("before", "utf-8")
    out.chmod(0o640)
    code = "check._fails = lambda *_: 1 / 0"
    assert _run("check", "a.txt", "--output", "out.txt", *ONLY, cwd=tmp_path, code=code).returncode == 3
    assert out.read_text("utf-8") == "before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "out.txt"]
    assert _run("check", "a.txt", "--output", "out.txt", *ONLY, cwd=tmp_path).returncode == 1
    assert "REP101" in out.read_text("utf-8")
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "out.txt"]
    (tmp_path / "link.txt").symlink_to("out.txt")
    assert _run("check", "a.txt", "--output", "link.txt", "--format", "json", *ONLY, cwd=tmp_path).returncode == 1
    assert (tmp_path / "link.txt").is_symlink()
    assert json.loads(out.read_text("utf-8"))["reports"]


def test_output_knows_an_article_by_any_name(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("It has has one.", "utf-8")
    (tmp_path / "soft.txt").symlink_to("a.txt")
    (tmp_path / "hard.txt").hardlink_to(article)
    for name in ("soft.txt", "hard.txt"):
        result = _run("check", "a.txt", "--output", name, cwd=tmp_path)
        assert result.returncode == 2
        assert "name another file" in result.stderr
    # Found in a folder, the article is checked; the report takes the other name only.
    assert _run("check", ".", "--output", "hard.txt", *ONLY, cwd=tmp_path).returncode == 1
    assert article.read_text("utf-8") == "It has has one."
    assert "REP101" in (tmp_path / "hard.txt").read_text("utf-8")


def test_output_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It has has one.", "utf-8")
    for name, told in ((".", "this is a folder"), ("none/out.txt", "No such file")):
        result = _run("check", "a.txt", "--output", name, cwd=tmp_path)
        assert result.returncode == 2
        assert told in result.stderr
    assert _run("check", "a.txt", "--output", os.devnull, *ONLY, cwd=tmp_path).returncode == 1
    assert not Path(os.devnull).is_file()


def test_jobs_beyond_reason(tmp_path: Path) -> None:
    _articles(tmp_path / "in.jsonl", 3)
    for number, code in (("9" * 5000, 1), ("0002", 1), ("0", 2), ("-1", 2), ("²", 2), ("x", 2)):
        assert _run("check", "in.jsonl", "--jobs", number, *ONLY, cwd=tmp_path).returncode == code, number[:9]


def test_a_broken_configuration_further_down_costs_its_files(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text("It has has one.", "utf-8")
    (tmp_path / "b" / "tqcheck.toml").write_text("\x1b]0;x = [", "utf-8")
    result = _run("check", ".", "--format", "json", *ONLY, cwd=tmp_path)
    assert result.returncode == 3
    assert "b/tqcheck.toml: not valid TOML" in result.stderr
    reports = json.loads(result.stdout)["reports"]
    assert [(r["id"], len(r["findings"]), len(r["failures"])) for r in reports] == [
        ("a/x.txt", 1, 0),
        ("b/x.txt", 0, 1),
        ("c/x.txt", 1, 0),
    ]
    assert _run("check", "b/x.txt", cwd=tmp_path).returncode == 2


def test_messages_cannot_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It has has one.", "utf-8")
    (tmp_path / "tqcheck.toml").write_text('"\\u001b]0;x\\u0007\\u009b31m\\u202e" = 1', "utf-8")
    for arguments in (("check", "a.txt"), ("explain", "\x1b[31mx"), ("check", "--\x1b[31mx"), ("\x1b[31mx",)):
        result = _run(*arguments, cwd=tmp_path)
        assert result.returncode == 2
        assert not set(result.stderr) & set("\x1b\x07\x9b\u202e")


@POSIX
@pytest.mark.parametrize(("closed", "code"), [("<&-", 1), (">&-", 2)])
def test_a_closed_stream(tmp_path: Path, closed: str, code: int) -> None:
    (tmp_path / "a.txt").write_text("It has has one.", "utf-8")
    line = f"{shlex.join([*TQCHECK, 'check', 'a.txt', *ONLY])} {closed}"
    result = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, check=False)
    assert result.returncode == code
    assert b"Traceback" not in result.stderr
