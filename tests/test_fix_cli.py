"""`--fix`, `--diff`, `--unsafe-fixes`, `--ask` from outside: what is written, what is not, and what is said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_cli_ends import POSIX, TQCHECK, _run
from tqcheck.cli import atomic
from tqcheck.cli.diff import for_terminal, unified
from tqcheck.errors import InputError

WRONG = "The port was closed in france on Monday.\nThe strike went on in kyiv and and Odesa .\n"
SAFE = "The port was closed in France on Monday.\nThe strike went on in Kyiv and Odesa.\n"
LANG = ("--lang", "en")


def fix(cwd: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return _run("check", *arguments, *LANG, "--no-config", cwd=cwd, **options)  # type: ignore[arg-type]


def test_fix_writes_and_reports(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(WRONG + "They met the the The mayor.\n", "utf-8")
    result = fix(tmp_path, "a.txt", "--fix")
    assert article.read_text("utf-8").startswith(SAFE)
    assert "CAS101 line 1   france → France" in result.stdout
    assert "in 1 file applied" in result.stderr
    again = fix(tmp_path, "a.txt", "--fix")
    assert "no fixes applied" in again.stderr
    assert again.returncode == result.returncode


def test_exit_code_is_that_of_what_remains(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The port in france.\n", "utf-8")
    assert fix(tmp_path, "a.txt", "--diff").returncode == 1
    assert fix(tmp_path, "a.txt").returncode == 1
    assert fix(tmp_path, "a.txt", "--fix").returncode == 0
    assert fix(tmp_path, "a.txt", "--diff").stdout == ""


def test_unsafe_fixes_wait_to_be_asked_for(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("The The port is open again.\n", "utf-8")
    result = fix(tmp_path, "a.txt", "--fix", "--format", "json")
    assert article.read_text("utf-8") == "The The port is open again.\n"
    report = json.loads(result.stdout)["reports"][0]
    assert "--unsafe-fixes" in report["deferred"][0]["reason"]
    result = fix(tmp_path, "a.txt", "--fix", "--unsafe-fixes", "--format", "json")
    assert article.read_text("utf-8") == "The port is open again.\n"
    fixed = json.loads(result.stdout)["reports"][0]["fixed"]
    assert [(f["code"], f["line"], f["before"], f["after"]) for f in fixed] == [("REP101", 1, "The The", "The")]


@pytest.mark.parametrize("safe", [True, False])
def test_diff_is_one_that_patch_applies(tmp_path: Path, safe: bool) -> None:
    text = "One.\n" * 9 + WRONG + "Two.\n" * 9 + "In kyiv"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    diff = fix(tmp_path, "a.txt", "--diff", *([] if safe else ["--unsafe-fixes"]))
    assert (tmp_path / "a.txt").read_text("utf-8") == text
    assert "\\ No newline at end of file" in diff.stdout
    subprocess.run(["git", "apply", "-p0"], input=diff.stdout, text=True, cwd=tmp_path, check=True)
    patched = (tmp_path / "a.txt").read_text("utf-8")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    fix(tmp_path, "a.txt", "--fix", *([] if safe else ["--unsafe-fixes"]))
    assert (tmp_path / "a.txt").read_text("utf-8") == patched
    assert "\x1b" not in diff.stdout


def test_diff_in_colour_obeys_nothing_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("In kyiv \x1b[2J again.\n", "utf-8")
    diff = fix(tmp_path, "a.txt", "--diff", "--color", "always", "--ignore", "ENC").stdout
    assert "\x1b[32m+In Kyiv" in diff
    assert "\x1b[2J" not in diff
    assert for_terminal("--- a\n") == "\x1b[1m--- a\x1b[0m\n"


@pytest.mark.parametrize(
    ("old", "new"), [("", "a\n"), ("a\n", ""), ("a\nb", "a\nb\n"), ("a\nb\nc\n", "a\nc\n"), ("x\n", "a\nx\n")]
)
def test_diffs_at_the_ends(tmp_path: Path, old: str, new: str) -> None:
    (tmp_path / "f").write_text(old, "utf-8")
    patch = "".join(unified("f", old, new))
    subprocess.run(["git", "apply", "-p0"], input=patch, text=True, cwd=tmp_path, check=True)
    assert (tmp_path / "f").read_text("utf-8") == new
    assert list(unified("f", old, old)) == []


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_diff_applies(olds: list[str], news: list[str], ends: bool) -> None:
    old, new = ("\n".join(lines) + ("\n" if lines and ends else "") for lines in (olds * 2, news * 2))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f"
        path.write_text(old, "utf-8")
        patch = "".join(unified("f", old, new))
        if patch:
            subprocess.run(["git", "apply", "-p0"], input=patch, text=True, cwd=folder, check=True)
        assert (path.read_text("utf-8") if path.exists() else "") == new


CAFE = "Le café était fermé à orléans, où l’été a été très chaud. Il était là .\r\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("In kyiv .\r\nIn Lviv.\n".encode("utf-8-sig"), "In Kyiv.\r\nIn Lviv.\n".encode("utf-8-sig")),
        (b"\xff\xfe" + "In kyiv\r\n".encode("utf-16-le"), b"\xff\xfe" + "In Kyiv\r\n".encode("utf-16-le")),
        (b"\xfe\xff" + "In kyiv\r\n".encode("utf-16-be"), b"\xfe\xff" + "In Kyiv\r\n".encode("utf-16-be")),
        (b"In kyiv\rand on.\r", b"In Kyiv\rand on.\r"),
        (b"One.\r\nIn kyiv\nand on.\rEnd", b"One.\r\nIn Kyiv\nand on.\rEnd"),
    ],
    ids=["bom", "utf-16-le", "utf-16-be", "cr", "mixed"],
)
def test_encoding_and_line_ends_are_kept(tmp_path: Path, data: bytes, expected: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    fix(tmp_path, "a.txt", "--fix", "--select", "CAS101,SPA101")
    assert (tmp_path / "a.txt").read_bytes() == expected


def test_a_legacy_encoding_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(CAFE.encode("cp1252"))
    result = _run("check", "a.txt", "--lang", "fr", "--fix", "--select", "SPA101,CAS101", cwd=tmp_path)
    assert "applied" in result.stderr
    data = (tmp_path / "a.txt").read_bytes()
    assert data.decode("cp1252").endswith("Il était là.\r\n")
    assert "café était fermé".encode("cp1252") in data


def test_what_the_encoding_lacks_is_not_written(tmp_path: Path) -> None:
    data = "В понедельник в городе открыли новый парк площадью 12 км2 , сообщили власти.".encode("cp1251")
    (tmp_path / "a.txt").write_bytes(data)
    result = _run("check", "a.txt", "--lang", "ru", "--fix", "--select", "UNI101,SPA101", cwd=tmp_path)
    assert "“км²” cannot be written in cp1251; save the file as UTF-8 first" in " ".join(result.stdout.split())
    assert (tmp_path / "a.txt").read_bytes() == data.replace(b" ,", b",")


@POSIX
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("In kyiv\n", "utf-8")
    real.chmod(0o640)
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert fix(tmp_path, "link.txt", "--fix").returncode == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert real.read_text("utf-8") == "In Kyiv\n"
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.txt", "real.txt"]


@POSIX
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_is_read_only_stays_and_the_rest_goes_on(tmp_path: Path, what: str) -> None:
    closed, other = tmp_path / "closed", tmp_path / "other.txt"
    closed.mkdir()
    (closed / "a.txt").write_text("In kyiv\n", "utf-8")
    other.write_text("In kyiv\n", "utf-8")
    (closed / "a.txt" if what == "file" else closed).chmod(0o444 if what == "file" else 0o555)
    try:
        result = fix(tmp_path, "closed", "other.txt", "--fix")
    finally:
        closed.chmod(0o755)
    assert result.returncode == 3
    told = f"{what if what == 'file' else 'its folder'} is read-only"
    assert told in result.stderr
    assert told in " ".join(result.stdout.split())
    assert (closed / "a.txt").read_text("utf-8") == "In kyiv\n"
    assert other.read_text("utf-8") == "In Kyiv\n"
    assert [p.name for p in closed.iterdir()] == ["a.txt"]
    assert "--diff" in result.stderr
    assert fix(tmp_path, "closed", "--diff").returncode == 1


# Somebody saves the article between the check and the fix.
MEANWHILE = """
import sys
from tqcheck.cli import fix, main
inner = fix.Fixer._fixed
def late(self, report):
    with open(report.article.path, "a") as out:
        out.write({0!r})
    return inner(self, report)
fix.Fixer._fixed = late
main()
"""


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path, name: str) -> None:
    text = json.dumps({"id": "1", "text": "In kyiv"}) + "\n" if name == "a.jsonl" else "In kyiv\n"
    (tmp_path / name).write_text(text, "utf-8")
    code = MEANWHILE.format("More.\n")
    if name == "a.jsonl":
        code = code.replace('"a") as out', '"w") as out')
    command = [sys.executable, "-c", code, "check", name, *LANG, "--fix"]
    result = subprocess.run(command, cwd=tmp_path, text=True, capture_output=True, check=False)
    assert result.returncode == 3
    assert "the file changed while it was checked" in result.stderr
    assert (tmp_path / name).read_text("utf-8") == ("More.\n" if name == "a.jsonl" else "In kyiv\nMore.\n")


def test_a_change_in_the_last_moment_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one", "utf-8")
    known = atomic.state(str(path))
    path.write_text("other", "utf-8")
    with pytest.raises(InputError, match="changed while"):
        atomic.replace(str(path), [b"two"], known)
    assert path.read_text("utf-8") == "other"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_standard_input_comes_out_fixed(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes("\ufeffIn kyiv .\r\n".encode())
    with open(tmp_path / "in", "rb") as stdin:
        raw = subprocess.run([*TQCHECK, "check", "-", "--fix", *LANG], cwd=tmp_path, stdin=stdin, capture_output=True)
    assert raw.stdout == "\ufeffIn Kyiv.\r\n".encode()
    assert b"CAS101 line 1" in raw.stderr
    (tmp_path / "in").write_bytes(b"All is well.\n")
    with open(tmp_path / "in", "rb") as stdin:
        result = fix(tmp_path, "-", "--fix", "--output", "report.json", "--format", "json", stdin=stdin)
    assert result.stdout == "All is well.\n"
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["reports"][0]["path"] == "-"


LINES = [
    '{"id": "a", "text": "In kyiv\\nand in france ."}',
    "",
    "{broken",
    '{"n": 1.10, "id": "b", "text": "Nothing here."}',
    '{"id": "c", "text": "\\u00c9t\\u00e9 in kyiv"}',
]


def test_records_are_rewritten_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text("\n".join(LINES), "utf-8")
    diff = fix(tmp_path, "feed.jsonl", "--diff")
    assert path.read_text("utf-8") == "\n".join(LINES)
    result = fix(tmp_path, "feed.jsonl", "--fix", "--format", "jsonl")
    assert result.returncode == 3  # the broken line
    new = path.read_text("utf-8").split("\n")
    assert new == [
        LINES[0].replace("kyiv", "Kyiv").replace("france .", "France."),
        *LINES[1:4],
        LINES[4].replace("kyiv", "Kyiv"),
    ]
    assert [len(json.loads(line)["fixed"]) for line in result.stdout.splitlines()] == [3, 0, 0, 1]
    path.write_text("\n".join(LINES), "utf-8")
    subprocess.run(["git", "apply", "-p0", "--unidiff-zero"], input=diff.stdout, text=True, cwd=tmp_path, check=True)
    assert path.read_text("utf-8").split("\n") == new


def test_records_of_standard_input(tmp_path: Path) -> None:
    (tmp_path / "in").write_text("\n".join(LINES), "utf-8")
    with open(tmp_path / "in", "rb") as stdin:
        result = fix(tmp_path, "-", "--fix", "--stdin-filename", "x.jsonl", stdin=stdin)
    assert result.stdout.split("\n")[1:4] == LINES[1:4]
    assert '"In Kyiv\\nand in France."' in result.stdout


def test_markup_around_a_fix_stays(tmp_path: Path) -> None:
    page = (
        '<html lang="en"><body><p class="kyiv">In <b>kyiv</b> &amp; in&nbsp;france .</p>\n<!-- kyiv --></body></html>\n'
    )
    (tmp_path / "a.html").write_text(page, "utf-8")
    (tmp_path / "a.md").write_text(
        "---\ntitle: In kyiv\n---\n\nIn **kyiv** and `kyiv`, see [france](kyiv.html).\n", "utf-8"
    )
    fix(tmp_path, "a.html", "a.md", "--fix", "--select", "CAS101,SPA101")
    assert (tmp_path / "a.html").read_text("utf-8") == page.replace("<b>kyiv", "<b>Kyiv").replace("france .", "France.")
    assert (tmp_path / "a.md").read_text("utf-8").endswith("In **Kyiv** and `kyiv`, see [France](kyiv.html).\n")


def test_originals_are_never_touched(tmp_path: Path) -> None:
    # The original is an article of the same run, and has a fault that could be fixed.
    original = "Der Hafen von Hamburg war am Montag geschlossen .\n"
    (tmp_path / "a.de.txt").write_text(original, "utf-8")
    (tmp_path / "a.en.txt").write_text("The port of Hamburg was closed on Monday .\n", "utf-8")
    (tmp_path / "tqcheck.toml").write_text('source-lang = "de"\npairs = "{stem}.{lang}.txt"\n', "utf-8")
    result = _run("check", ".", "--fix", "--unsafe-fixes", cwd=tmp_path)
    assert (tmp_path / "a.de.txt").read_text("utf-8") == original
    assert (tmp_path / "a.en.txt").read_text("utf-8") == "The port of Hamburg was closed on Monday.\n"
    assert "the original of another article" in " ".join(result.stdout.split())
    given = _run(
        "check", "a.en.txt", "a.de.txt", "--no-config", "--fix", "--source", ".", "--source-lang", "de", cwd=tmp_path
    )
    assert (tmp_path / "a.de.txt").read_text("utf-8") == original
    assert given.returncode == 1


def test_a_file_named_twice_is_fixed_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("In kyiv\n", "utf-8")
    result = fix(tmp_path, "a.txt", ".", "./a.txt", "--fix", "--format", "jsonl")
    assert len(result.stdout.splitlines()) == 1
    assert result.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--unsafe-fixes",), "give --fix to apply them or --diff"),
        (("--ask",), "--ask goes with --fix"),
        (("--fix", "--ask", "--diff"), "--ask goes with --fix alone"),
        (("--fix", "--ask"), "--ask needs a terminal"),
        (("--diff", "--format", "json"), "leave out --format"),
    ],
)
def test_options_that_do_not_fit(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    (tmp_path / "a.txt").write_text("In kyiv\n", "utf-8")
    result = fix(tmp_path, "a.txt", *arguments)
    assert result.returncode == 2
    assert message in result.stderr
    assert (tmp_path / "a.txt").read_text("utf-8") == "In kyiv\n"


@POSIX
@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("y\nn\n", ["The The"]),
        ("a\n", ["The The", "It It"]),
        ("q\n", []),
        ("what\nn\nyes\n", ["It It"]),
        ("\x04", []),
    ],
)
def test_ask_shows_each_in_its_line(tmp_path: Path, typed: str, taken: list[str]) -> None:
    import pty

    text = "The The port in kyiv is open.\n\nIt It closes on Monday.\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*TQCHECK, "check", "a.txt", *LANG, "--fix", "--ask"], cwd=tmp_path, stdin=theirs, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    os.write(ours, typed.encode())
    try:
        _out, err = process.communicate(timeout=60)
    finally:
        process.kill()
        os.close(ours)
        os.close(theirs)
    new = text.replace("kyiv", "Kyiv")
    for words in taken:
        new = new.replace(words, words.split()[0])
    assert (tmp_path / "a.txt").read_text("utf-8") == new
    assert "a.txt:1: REP101 doubled-word (high)" in err
    assert "  - The The port in kyiv is open." in err
    assert "  + The port in kyiv is open." in err
    assert "Traceback" not in err
