"""The command line, from outside.

Each folder of `tests/cli/` is a case: `cmd` (the arguments, after variables such as COLUMNS=60; a
second line is standard input), `exit`, `stdout`, words that `stderr` must hold, and the input files.
`TQCHECK_UPDATE=1 pytest tests/test_cli.py` writes `stdout` and `exit` anew; look at the difference
before you keep it.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from jsonschema import Draft202012Validator

import tqcheck
from tqcheck.cli import main
from tqcheck.rules import precision

CASES = sorted(p for p in (Path(__file__).parent / "cli").iterdir() if p.is_dir())
SCHEMA = json.loads((Path(tqcheck.__file__).parent / "schema" / "report.schema.json").read_text("utf-8"))
# What is measured changes with the data; the cases must not.
RATES = {"REP101": {"en": (0.0, 5.0), "fr": (0.4, 4.0), "de": (3.0, 4.0)}}
UPDATE = bool(os.environ.get("TQCHECK_UPDATE"))


class Result(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setattr(precision, "_table", lambda: RATES)
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def start(*arguments: str, stdin: bytes = b"") -> Result:
        streams = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="") for data in (stdin, b"", b"")]
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            monkeypatch.setattr(sys, name, stream)
        monkeypatch.setattr(sys, "argv", ["tqcheck", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        for stream in streams[1:]:
            stream.flush()
        out, err = (s.buffer.getvalue().decode("utf-8") for s in streams[1:])  # type: ignore[attr-defined]
        code = ended.value.code
        return Result(code if isinstance(code, int) else 0, out, err)

    return start


def _steady(text: str) -> str:
    """Hide what changes with every rule and every machine."""
    text = re.sub(r"tqcheck:\d[^\"\s]*", "tqcheck:SIGNATURE", text)
    return text.replace(f"{Path.cwd()}/", "")


@pytest.mark.parametrize("case", CASES, ids=[c.name for c in CASES])
def test_case(case: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(case, tmp_path, dirs_exist_ok=True)
    command, _, stdin = (case / "cmd").read_text("utf-8").partition("\n")
    arguments = shlex.split(command)
    while "=" in arguments[0]:  # COLUMNS=60 check …
        monkeypatch.setenv(*arguments.pop(0).split("=", 1))
    result = run(*arguments, stdin=stdin.encode())
    out = _steady(result.out)
    if UPDATE:
        (case / "stdout").write_text(out, "utf-8")
        (case / "exit").write_text(f"{result.code}\n", "utf-8")
    assert out == (case / "stdout").read_text("utf-8")
    assert result.code == int((case / "exit").read_text("utf-8")), result.err
    expected = case / "stderr"
    if expected.exists():
        for line in expected.read_text("utf-8").splitlines():
            assert line in result.err
    else:
        assert result.err == ""
    assert "Traceback" not in result.err


JSON_CASES = [c for c in CASES if "--format json" in (c / "cmd").read_text("utf-8")]


@pytest.mark.parametrize("case", JSON_CASES, ids=lambda c: c.name)
def test_json_follows_the_schema(case: Path) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    out = (case / "stdout").read_text("utf-8")
    streamed = "--format jsonl" in (case / "cmd").read_text("utf-8")
    for value in map(json.loads, out.splitlines()) if streamed else [json.loads(out)]:
        Draft202012Validator(SCHEMA).validate(value)


def _articles(path: Path, number: int) -> None:
    lines = [json.dumps({"id": f"a{n}", "text": f"Article {n} has has a fault.", "lang": "en"}) for n in range(number)]
    lines.insert(7, "{broken")
    path.write_text("\n".join(lines), "utf-8")


def test_jobs_change_nothing(run: Run, tmp_path: Path) -> None:
    _articles(tmp_path / "in.jsonl", 120)
    arguments = ("check", "in.jsonl", "--format", "jsonl", "--select", "REP101")
    one = run(*arguments, "--jobs", "1")
    assert one.code == 3
    assert [json.loads(line)["id"] for line in one.out.splitlines()][:9] == [*(f"a{n}" for n in range(7)), "8", "a7"]
    assert run(*arguments, "--jobs", "2") == one
    assert run(*arguments) == one


def test_a_worker_that_dies_costs_one_article(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tqcheck import engine

    check = engine.check_article

    def deadly(article: tqcheck.Article, settings: tqcheck.Settings) -> tqcheck.Report:
        if article.id == "a20":
            os._exit(9)
        return check(article, settings)

    monkeypatch.setattr(engine, "check_article", deadly)
    _articles(tmp_path / "in.jsonl", 60)
    result = run("check", "in.jsonl", "--format", "jsonl", "--jobs", "2", "--select", "REP101")
    reports = [json.loads(line) for line in result.out.splitlines()]
    assert len(reports) == 61
    assert [r["id"] for r in reports if r["score"] is None] == ["8", "a20"]
    assert "in.jsonl: a20: the process that checked it died" in result.err
    assert result.code == 3


def test_a_rule_that_fails_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tqcheck import engine

    def broken(article: tqcheck.Article, settings: tqcheck.Settings) -> tqcheck.Report:
        raise ValueError("oh")

    monkeypatch.setattr(engine, "check_article", broken)
    (tmp_path / "a.txt").write_text("Text.", "utf-8")
    result = run("check", "a.txt")
    assert result.code == 3
    assert "ValueError: oh" in result.err


def test_output_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It has has one.", "utf-8")
    result = run("check", "a.txt", "--lang", "en", "--select", "REP101", "--format", "concise", "--output", "out.txt")
    assert (result.code, result.out) == (1, "")
    assert (tmp_path / "out.txt").read_text("utf-8").startswith("a.txt:1:4: REP101")


def test_output_never_overwrites_an_article(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It was the the end.", "utf-8")
    result = run("check", "a.txt", "--output", "./a.txt")
    assert result.code == 2
    assert "name another file" in result.err
    assert (tmp_path / "a.txt").read_text("utf-8") == "It was the the end."
    assert run("check", ".", "--lang", "en", "--output", "report.txt", "--select", "REP101").code == 1
    assert "report.txt" not in (tmp_path / "report.txt").read_text("utf-8")


def test_output_never_overwrites_an_original(run: Run, tmp_path: Path) -> None:
    words = "Le maire a dit non."
    for name in ("fr/a.md", "b.fr.md", "c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words, "utf-8")
    for name in ("en/a.md", "b.en.md", "d.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("---\nsource: c.md\n---\nHe said said no.", "utf-8")
    (tmp_path / "tqcheck.toml").write_text('pairs = "{stem}.{lang}.md"\nsource-lang = "fr"', "utf-8")
    (tmp_path / "b.en.md").write_text("He said said no.", "utf-8")
    for arguments, original in (
        (("en", "--source", "fr"), "fr/a.md"),
        (("d.md", "--source", "fr/a.md"), "fr/a.md"),
        (("b.en.md",), "b.fr.md"),
        (("d.md",), "c.md"),
    ):
        result = run("check", *arguments, "--output", original, "--select", "REP101")
        assert result.code == 2, arguments
        assert "this is the original of" in result.err
        assert (tmp_path / original).read_text("utf-8") == words


def test_concise_tells_notes_on_standard_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("", "utf-8")
    assert run("check", "a.txt", "--format", "concise") == Result(0, "", "tqcheck: a.txt: the file is empty\n")


@pytest.mark.parametrize(
    ("environment", "option", "coloured"),
    [
        ({}, "auto", False),
        ({"FORCE_COLOR": "1"}, "auto", True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": "1"}, "always", True),
        ({"FORCE_COLOR": "1"}, "never", False),
    ],
)
def test_colour(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], option: str, coloured: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "a.txt").write_text("It has has one.", "utf-8")
    result = run("check", "a.txt", "--lang", "en", "--select", "REP101", "--color", option)
    assert ("\x1b[" in result.out) is coloured


def test_hostile_article_cannot_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\x1b]0;pwned\x07 It has\x1b[2J has has\u202e one \x9b31m.", "utf-8")
    for form in ("full", "concise", "json"):
        result = run("check", "a.txt", "--lang", "en", "--min-confidence", "low", "--format", form)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", result.out), form


def _python(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_an_article_alone_loads_nothing_for_originals(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("The port was shut on Monday .", encoding="utf-8")
    command = ("-X", "importtime", "-m", "tqcheck", "check", "--lang", "en", str(article))
    loaded = {line.rpartition("|")[2].strip() for line in _python(*command).stderr.decode().splitlines()}
    assert "tqcheck.engine" in loaded
    beside = {"tqcheck.alignment", "tqcheck.witnesses.evidence", "tqcheck.languages.entities"}
    assert not loaded & {"numpy", "tqcheck.readers.glossary.table", *beside}


def test_version_is_quick_and_imports_little() -> None:
    begin = time.perf_counter()
    result = _python("-m", "tqcheck", "--version")
    assert result.stdout == f"tqcheck {tqcheck.__version__}\n".encode()
    assert time.perf_counter() - begin < 2  # the budget is 0.15 s on a quiet machine
    loaded = _python("-X", "importtime", "-m", "tqcheck", "--version").stderr.decode()
    for heavy in ("rich", "numpy", "tqcheck.engine", "tqcheck.rules", "langdetect", "wordfreq"):
        assert not re.search(rf"\| +{re.escape(heavy)}$", loaded, re.MULTILINE), heavy


def test_version_is_told_once() -> None:
    from tqcheck.engine import signature

    assert signature().startswith(f"tqcheck:{tqcheck.__version__}|")


def test_a_locale_without_unicode_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Київ київ 漢字 has has.", "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = _python("-m", "tqcheck", "check", str(tmp_path / "a.txt"), "--min-confidence", "low", env=environment)
    assert b"Traceback" not in result.stderr
    assert result.stdout.decode("utf-8")


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    _articles(tmp_path / "in.jsonl", 40)
    command = f"{shlex.quote(sys.executable)} -m tqcheck check {tmp_path}/in.jsonl --format jsonl | head -n 1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert b"Traceback" not in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_public_names() -> None:
    for name in tqcheck.__all__:
        assert getattr(tqcheck, name) is not None
    assert set(tqcheck.__all__) <= set(dir(tqcheck))
    with pytest.raises(AttributeError):
        _ = tqcheck.nothing  # type: ignore[attr-defined]


def test_lists(run: Run) -> None:
    rules = json.loads(run("rules", "--format", "json").out)
    assert {r["code"] for r in rules} == {r.code for r in tqcheck.load_rules()}
    languages = json.loads(run("languages", "--format", "json").out)
    assert languages[0].keys() >= {"tag", "name", "families", "data", "rules", "confidence"}
    assert "REP101" in run("rules", "--lang", "fr").out
    assert "Rules that run" in run("languages").out
    told = run("explain", "doubled-word").out
    for part in ("REP101", "Why:", "⟦the the⟧", "fix  ", "human", "high"):
        assert part in told


def test_compare_beside_the_original(run: Run, tmp_path: Path) -> None:
    for name, words in {
        "a.md": "The mayor spent 40 euros. He said said no.",
        "b.md": "The mayor spent 14 euros. He said no.",
        "o.md": "Der Bürgermeister gab 14 Euro aus. Er lehnte ab.",
        "de/a.md": "Der Bürgermeister gab 14 Euro aus. Er lehnte ab.",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words, "utf-8")
    arguments = ("compare", "a.md", "--reference", "b.md", "--lang", "en", "--min-confidence", "low")
    result = run(*arguments, "--select", "NUM101", "--source", "o.md")
    assert (result.code, result.err) == (0, "")
    assert "a.md beside b.md   en ← de   original o.md" in result.out
    assert "gone    NUM101 critical  The original has “14” where this has “40”" in result.out
    assert "\n            de: 14\n" in result.out
    told = json.loads(run(*arguments, "--source", "de", "--format", "json").out)
    assert {told["target"]["source_path"], told["reference"]["source_path"]} == {"de/a.md"}
    assert told["target"]["findings"][told["gone"][0]]["source"]["text"] == "14"
    missing = run(*arguments, "--source", "none.md")
    assert (missing.code, missing.out) == (2, "")
    assert "--source none.md: no such file" in missing.err
