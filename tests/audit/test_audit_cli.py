"""`tqcheck audit` from outside: two days of the sample feeds over HTTP, archives, and all that may be in its way."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from scripts.sample_site import Site, served
from tests.browsing import ask as ask_page
from tests.browsing import visit
from tqcheck.audit.schema import VERSION
from tqcheck.audit.store import Store
from tqcheck.cli import main

BAD = "They met the the mayor in kyiv on Monday, and he told them about the bridge."


class Result(NamedTuple):
    code: int
    out: str
    err: str


Audit = Callable[..., Result]


@pytest.fixture
def audit(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Audit:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: str = "") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        monkeypatch.setattr(sys, "argv", ["tqcheck", "audit", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return Result(int(ended.value.code or 0), *capsys.readouterr())

    return run


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        yield site


def ask(query: str, path: str = "tqcheck-audit.sqlite") -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def fetch(site: Site, *more: str) -> tuple[str, ...]:
    return ("run", f"{site.address}/feeds.opml", "--allow-private", "--delay", "0", "--jobs", "1", *more)


def test_two_days_of_feeds(audit: Audit, site: Site, browser: Any) -> None:
    first = audit(*fetch(site))
    assert first.code == 0
    assert "gone.xml: not-found" in first.err
    assert "run 1: 17 checked, 0 unchanged, 1 without an article; 5 findings" in first.err

    # Nothing has changed: nothing is checked, and not even sent.
    site.asked.clear()
    again = audit(*fetch(site))
    assert "run 2: 0 checked, 17 unchanged" in again.err
    sent = {path: status for path, status in site.asked if status == 200}
    assert set(sent) <= {"/robots.txt", "/feeds.opml"}
    assert ask("SELECT count(*), max(checked) FROM versions") == [(17, 1)]

    # A day later one feed is far worse, and one article is repaired.
    site.day = 2
    later = audit(*fetch(site, "--fail-on", "critical > 0", "--fail-on", "lower(findings) > 100 in any feed"))
    assert later.code == 1
    assert "run 3: 17 checked, 16 unchanged" in later.err
    assert "“critical > 0” holds: 6" in later.err
    assert f"in {site.address}/harbour.xml" in later.err

    report = json.loads(audit("report", "--format", "json").out)
    last = {row["name"].rpartition("/")[2]: row["last_run"] for row in report["feeds"]}
    assert {name: change["verdict"] for name, change in last.items()} == {
        "harbour.xml": "worse",
        "rathaus.xml": "unclear",
        "canal.json": "unclear",
        "sierra.xml": "unclear",
    }
    (edit,) = report["edits"]
    assert edit["key"] == f"{site.address}/sierra/aceite.html"
    assert (edit["before"], edit["after"], edit["added"]) == (3, 0, [])
    assert "REP101 “el el”" in edit["repaired"]
    told = audit("report").out
    assert "worse  feed" in told
    assert "repaired" in told

    # The page shows it too, down to the words.
    assert audit("report", "--format", "html", "--output", "report.html").code == 0
    browser.get(Path("report.html").absolute().as_uri())
    assert "worse" in ask_page(browser, "document.querySelector('.news').textContent")
    visit(browser, "#a1")
    marks = ask_page(browser, "[...document.querySelectorAll('#a1 .t a.m')].map(e => e.textContent)")
    assert "States United" in marks
    assert browser.get_log("browser") == []


def test_a_run_without_news_loads_no_rules_and_starts_no_process(audit: Audit, site: Site) -> None:
    code = """
import sys
from tqcheck.cli import main
try:
    main()
except SystemExit:
    # The modules by which a process is started are imported when one is.
    started = {f"multiprocessing.popen_{way}" for way in ("fork", "forkserver", "spawn_posix", "spawn_win32")}
    checking = {"tqcheck.engine", "tqcheck.rules", "tqcheck.encoders", "tqcheck.workers.pool"}
    print(sorted((checking | started) & {*sys.modules}))
"""
    audit(*fetch(site))
    command, _, *rest = fetch(site)
    feeds = (f'<outline xmlUrl="{site.address}/{name}"/>' for name in ("harbour.xml", "sierra.xml"))
    Path("feeds.opml").write_text(f"<opml><body>{''.join(feeds)}</body></opml>")
    again = [sys.executable, "-c", code, "audit", command, "feeds.opml", *rest]
    ended = subprocess.run(again, capture_output=True, text=True, check=True)
    assert "0 checked, 9 unchanged" in ended.stderr
    assert ended.stdout == "[]\n"


def test_the_demo(tmp_path: Path) -> None:
    script = Path(__file__).parents[2] / "scripts" / "demo_audit.py"
    ended = subprocess.run(
        [sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, cwd=script.parent.parent
    )
    assert ended.returncode == 0, ended.stderr
    assert "worse  feed" in ended.stdout
    assert "La cosecha de aceitunas será buena  3 → 0 findings  repaired" in ended.stdout
    assert {"report.html", "findings.xml", "parquet", "audit.sqlite"} <= {path.name for path in tmp_path.iterdir()}


def test_an_interrupted_run_goes_on_and_asks_again_only_for_what_it_lacks(audit: Audit, site: Site) -> None:
    part = audit(*fetch(site, "--limit", "6"))
    assert "6 checked" in part.err
    rest = audit(*fetch(site))
    assert "11 checked, 6 unchanged" in rest.err
    assert ask("SELECT count(*) FROM versions") == [(17,)]


def test_sample_and_since(audit: Audit, site: Site) -> None:
    site.day = 2
    some = audit(*fetch(site, "--since", "2026-03-03"))
    assert "16 checked, 0 unchanged, 17 left out" in some.err
    few = audit(*fetch(site, "--sample", "30%", "--store", "few.sqlite"))
    again = audit(*fetch(site, "--sample", "0.3", "--store", "few.sqlite"))
    assert "left out" in few.err
    assert "0 checked" in again.err
    assert audit(*fetch(site, "--sample", "0")).code == 2
    assert audit(*fetch(site, "--since", "yesterday")).code == 2


def test_archives_and_lists_on_standard_input(audit: Audit, site: Site) -> None:
    Path("articles").mkdir()
    for n in range(3):
        Path(f"articles/{n}.en.txt").write_text(f"{BAD} It was number {n}.\n")
    records = "".join(json.dumps({"id": str(n), "text": f"{BAD} Record {n}."}) + "\n" for n in range(4))
    Path("records.jsonl").write_text(records)
    names = f"{site.address}/harbour.xml\narticles\nrecords.jsonl\n"
    both = audit("run", "-", "--allow-private", "--delay", "0", "--jobs", "1", stdin=names)
    assert both.code == 0
    assert "12 checked" in both.err
    again = audit("run", "-", "--allow-private", "--delay", "0", "--jobs", "1", stdin=names)
    assert "0 checked, 5 unchanged, 2 shards done before" in again.err
    stream = audit("run", "-", "--store", "s", "--jobs", "1", stdin=records)
    assert "4 checked" in stream.err
    assert ask("SELECT key FROM articles ORDER BY 1", "s")[0] == ("-#0",)


def test_what_gives_no_article_ends_with_3_only_where_nothing_does(audit: Audit) -> None:
    nothing = audit("run", "missing.jsonl")
    assert nothing.code == 3
    Path("a.jsonl").write_text(json.dumps({"text": BAD}) + "\n{\n")
    some = audit("run", "missing.jsonl", "a.jsonl", "--jobs", "1")
    assert some.code == 0
    assert "1 checked" in some.err
    assert audit("run", "a.jsonl", "missing.jsonl", "--jobs", "1", "--fail-on", "missed > 0").code == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "x.jsonl", "--fail-on", "critcal > 0"), "did you mean “critical”"),
        (("run", "x.jsonl", "--engine", "spark"), "write local, dask"),
        (("run", "x.jsonl", "--select", "NOPE"), "no rule is called"),
        (("run", "x.jsonl", "--store", "."), "this is a folder"),
        (("run", "x.jsonl", "--store", "text"), "no store of tqcheck"),
        (("report", "--store", "none"), "no such store"),
        (("report", "--store", "newer"), "newer tqcheck"),
        (("run", "x.jsonl", "--store", "newer"), "newer tqcheck"),
        (("export", "out", "--store", "none"), "no such store"),
    ],
)
def test_what_cannot_be_done_is_said(audit: Audit, arguments: tuple[str, ...], told: str) -> None:
    Path("text").write_text("An article.\n")
    Store.open("newer").close()
    ask(f"PRAGMA user_version = {VERSION + 1}", "newer")
    result = audit(*arguments)
    assert result.code == 2
    assert told in result.err
    assert Path("text").read_text() == "An article.\n"


def test_two_audits_at_once(audit: Audit) -> None:
    with Store.open("tqcheck-audit.sqlite") as store:
        store.begin_run([], "r")
        second = audit("run", "x.jsonl")
        assert second.code == 2
        assert "another audit is writing to this store (run 1" in second.err
        assert audit("report").code == 0


def test_a_damaged_store_is_kept_aside(audit: Audit) -> None:
    Path("a.jsonl").write_text(json.dumps({"text": BAD}) + "\n")
    audit("run", "a.jsonl", "--jobs", "1")
    whole = Path("tqcheck-audit.sqlite").read_bytes()
    Path("tqcheck-audit.sqlite").write_bytes(os.urandom(len(whole)))
    assert "damaged" in audit("report").err
    again = audit("run", "a.jsonl", "--jobs", "1")
    assert again.code == 0
    assert "it was kept as tqcheck-audit.sqlite.damaged-1" in again.err
    assert "1 checked" in again.err


def read_only(folder: str) -> list[str]:
    """Return the beginning of a command for which nothing can be written in a folder, whoever runs it.

    The folder is mounted anew where only that command sees it, so nothing is left behind, however it ends.
    """
    shell = 'mount -o bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    begin = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"]), "sh", "-c", shell, folder]
    if shutil.which("unshare") is None or subprocess.run([*begin, "true"], capture_output=True).returncode != 0:
        pytest.skip("no right to mount here")
    return begin


def test_a_store_where_nothing_can_be_written_is_read(audit: Audit, tmp_path: Path) -> None:
    Path("a.jsonl").write_text(json.dumps({"text": BAD}) + "\n")
    Path("ro").mkdir()
    audit("run", "a.jsonl", "--store", "ro/s", "--jobs", "1")
    command = [*read_only("ro"), sys.executable, "-m", "tqcheck", "audit"]
    report = subprocess.run([*command, "report", "--store", "ro/s"], capture_output=True, text=True)
    assert report.returncode == 0, report.stderr
    assert "CAS101" in report.stdout
    refused = subprocess.run([*command, "run", "a.jsonl", "--store", "ro/s"], capture_output=True, text=True)
    assert refused.returncode == 3
    assert "cannot be written" in refused.stderr
    assert "ro" not in [line.split()[1].rpartition("/")[2] for line in Path("/proc/mounts").read_text().splitlines()]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_report_on_a_full_disk(audit: Audit) -> None:
    Store.open("tqcheck-audit.sqlite").close()
    full = audit("report", "--format", "json", "--output", "/dev/full")
    assert full.code == 3
    assert "No space left" in full.err


def test_a_terminal_has_a_bar_and_a_log_has_lines(audit: Audit) -> None:
    Path("a").mkdir()
    for n in range(30):
        Path(f"a/{n}.txt").write_text(f"{BAD} It was number {n}. " * 20)
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "tqcheck", "audit", "run", "a", "--jobs", "1"]
    with subprocess.Popen(command, stderr=terminal, env={**os.environ, "TERM": "xterm", "COLUMNS": "100"}) as process:
        os.close(terminal)
        shown = b""
        with suppress(OSError):  # the end of a terminal
            while piece := os.read(controller, 65536):
                shown += piece
    os.close(controller)
    assert process.returncode == 0
    assert b"articles" in shown
    assert "━".encode() in shown
    assert b"run 1: 30 checked, 0 unchanged; 1,770 findings" in shown
    quiet = audit("run", "a", "-q", "--store", "other")
    assert quiet == (0, "", "")


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_the_end_of_a_service(audit: Audit, wish: signal.Signals) -> None:
    names = [f"{n}.jsonl" for n in range(30)]
    for name in names:  # each is a shard of its own
        records = (json.dumps({"id": str(n), "text": f"{BAD} Record {n} of {name}. " * 12}) for n in range(4))
        Path(name).write_text("\n".join(records) + "\n")
    command = [sys.executable, "-m", "tqcheck", "audit", "run", *names, "--jobs", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        while not (Path("tqcheck-audit.sqlite").exists() and _rows("shards") > 0):
            assert process.poll() is None
        # The terminal tells all processes, a manager of services the first alone.
        os.killpg(process.pid, wish) if wish == signal.SIGINT else process.send_signal(wish)
        assert process.stderr is not None
        told = process.stderr.read()
    assert process.returncode == 130
    assert told.splitlines()[-1] == "tqcheck: interrupted"
    assert "the same command goes on from there" in told
    assert "Traceback" not in told
    assert ask("SELECT state FROM runs") == [("interrupted",)]
    kept = _rows("articles")
    assert 0 < kept < 120
    assert kept % 4 == 0
    rest = audit("run", *names)
    assert f"{120 - kept} checked" in rest.err
    assert re.search(rf"\b{kept // 4} shards? done before", rest.err)
    assert ask("SELECT count(*), count(DISTINCT article) FROM versions") == [(120, 120)]


def _rows(table: str) -> int:
    try:
        return int(ask(f"SELECT count(*) FROM {table}")[0][0])
    except sqlite3.OperationalError:
        return 0
