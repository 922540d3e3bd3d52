"""Suppressions: where each reaches, what is told of idle ones, and that hidden findings stay in the report."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.marks import as_read
from tests.test_cli_ends import _run
from tqcheck.config import Settings
from tqcheck.engine import check_article
from tqcheck.errors import InputError
from tqcheck.model import Report
from tqcheck.readers.directives import MOST
from tqcheck.readers.sidecar import sidecar

# Each holds one fault of REP101 (“the the”) in every paragraph.
ONE, TWO, THREE = "He took the the first bus.", "She took the the second one.", "They took the the last of all."
IGNORE = "<!-- tqcheck: ignore[REP101] said so -->"


def check(
    text: str, reader: str = "markdown", rules: tuple[str, ...] = ("REP101", "SUP101"), **other: object
) -> Report:
    article = replace(as_read(text, reader), lang="en", path="a.md", id="a.md", **other)  # type: ignore[arg-type]
    report = check_article(article, Settings(select=rules))
    assert not report.failures
    return report


def lines(report: Report) -> list[int]:
    """Return the numbers of the paragraphs whose doubled word is still reported."""
    words = [ONE, TWO, THREE]
    text = report.article.text
    starts = [text.find(w) for w in words]
    return [
        n for n, (s, w) in enumerate(zip(starts, words, strict=True), 1)
        if s >= 0 and any(f.code == "REP101" and s <= f.start < s + len(w) for f in report.findings)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{IGNORE}\n{ONE}\n\n{TWO}\n", [1 + 1]),
        (f"{IGNORE}\n\n{ONE}\n\n{TWO}\n", [2]),
        (f"{ONE}\n\n{IGNORE}\n\n{TWO}\n\n{THREE}", [1, 3]),
        (f"{ONE} {IGNORE}\n\n{TWO}\n", [2]),
        (f"{ONE}\n{IGNORE}\n{TWO}\n\n{THREE}", [3]),
        (f"# {ONE} {IGNORE}\n\n{TWO}", [2]),
        (f"- {ONE}\n- {TWO} {IGNORE}\n- {THREE}\n", [1, 3]),
        (f"{IGNORE}\n\n# {ONE}\n\n{TWO}\n", [2]),
        (f"{ONE}\n\n{TWO}\n\n{IGNORE}\n", [1, 2]),
        (f"{ONE}\n\n{TWO} {IGNORE}", [1]),
        (f"Go. {IGNORE} {ONE}\n\n{TWO}", [2]),
        (f"{IGNORE}\n\n> {ONE}\n\n{TWO}", [2]),
        (f"<!--tqcheck:ignore[ rep101 ,QUO ]-->\n{ONE}\n\n{TWO}", [2]),
        (f"<!-- tqcheck: ignore[doubled-word]\nover two lines -->\n{ONE}\n\n{TWO}", [2]),
        (f"<!-- tqcheck: ignore[REP] -->\n{ONE}\n\n{TWO}", [2]),
        (f"<!-- tqcheck: ignore[ALL] -->\n{ONE}\n\n{TWO}", [2]),
        (f"```\n{IGNORE}\n```\n\n{ONE}", [1]),
        (f"Write `{IGNORE}` before it. {ONE}", [1]),
        (f"<!-- tqcheck: ignore[REP101]\n\n{ONE}", [1]),
        (f"---\ntitle: x\n---\n{IGNORE}\n{ONE}\n\n{TWO}", [2]),
        (f"| {ONE} | {TWO} |\n|---|---|\n", [1, 2]),
    ],
)
def test_ignore_in_markdown(text: str, left: list[int]) -> None:
    assert lines(check(text)) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"<p>{ONE}</p>{IGNORE}<p>{TWO}</p><p>{THREE}</p>", [1, 3]),
        (f"<p>{ONE} {IGNORE}</p><p>{TWO}</p>", [2]),
        (f"<p>{IGNORE}{ONE}</p><p>{TWO}</p>", [2]),
        (f"<p>{ONE}</p><p>{IGNORE}{TWO}</p>", [1]),
        (f"<p><b>{ONE}</b> {IGNORE}</p><p>{TWO}</p>", [2]),
        (f"<p>{ONE}</p>\n\n{IGNORE}\n\n<p class='x'>{TWO}</p>", [1]),
        (f"<body>{IGNORE}<h1>{ONE}</h1><p>{TWO}</p></body>", [2]),
        (f"<p>{ONE}</p><script>// {IGNORE}</script><p>{TWO}</p>", [1, 2]),
        (f"<p>{ONE}</p><p>{TWO}</p>{IGNORE}", [1, 2]),
        (f"<ul><li>{ONE}<li>{IGNORE}{TWO}<li>{THREE}</ul>", [1, 3]),
    ],
)
def test_ignore_in_html(text: str, left: list[int]) -> None:
    assert lines(check(text, "html")) == left


def _off(codes: str = "REP101") -> str:
    return f"<!-- tqcheck: disable[{codes}] -->"


def _on(codes: str = "[REP101]") -> str:
    return f"<!-- tqcheck: enable{codes} -->"


@pytest.mark.parametrize(
    ("blocks", "left"),
    [
        ([_off(), ONE, _on(), TWO, THREE], [2, 3]),
        ([ONE, _off(), TWO, THREE], [1]),
        ([_off("REP"), ONE, _on(""), TWO], [2]),
        ([_off("REP"), ONE, _on(), TWO], [2]),
        ([_off(), ONE, _off("REP"), TWO, _on(), THREE], [3]),
        ([_off("QUO101"), ONE, _on(), TWO], [1, 2]),
        ([_off(), ONE, _on("[QUO]"), TWO], []),
        ([_off(), IGNORE, ONE, _on(), TWO], [2]),
    ],
)
@pytest.mark.parametrize("reader", ["markdown", "html"])
def test_regions(blocks: list[str], left: list[int], reader: str) -> None:
    text = "\n\n".join(blocks) if reader == "markdown" else "".join(b if b[0] == "<" else f"<p>{b}</p>" for b in blocks)
    assert lines(check(text, reader)) == left


def test_two_that_overlap_hide_a_finding_once() -> None:
    report = check(f"{_off()}\n\n{IGNORE}\n{IGNORE}\n{ONE}\n\n{_on()}")
    assert not report.findings  # none of them is idle either
    assert [(s.finding.code, s.by) for s in report.suppressed] == [("REP101", "comment")]


@pytest.mark.parametrize(
    ("front", "hidden"),
    [
        ("tqcheck-ignore: REP101", True),
        ("tqcheck_ignore: [REP101, 'QUO'] # house style", True),
        ("title: x\ntqcheck-ignore:\n  - QUO # why\n  - REP101\nlang: en", True),
        ("tqcheck-ignore: QUO", False),
    ],
)
@pytest.mark.parametrize("reader", ["markdown", "text"])
def test_front_matter(front: str, hidden: bool, reader: str) -> None:
    report = check(f"---\n{front}\n---\n\n{ONE}\n", reader)
    assert bool(lines(report)) is not hidden
    assert [s.by for s in report.suppressed] == ["front matter"] * hidden


def test_reasons_of_the_front_matter() -> None:
    said = as_read("---\ntqcheck-ignore:\n - QUO # ours\n - REP101\nlang: en\n---\nText.", "markdown").suppressions
    assert [(s.codes, s.reason) for s in said] == [(("QUO", "REP101"), "ours")]
    text = "---\ntqcheck-ignore: [QUO, REP101] # ours\n---\n"
    (only,) = as_read(text, "text").suppressions
    assert text[only.start : only.end] == "[QUO, REP101] # ours"


def test_hidden_findings_stay_in_the_report() -> None:
    report = check(f"{IGNORE}\n{ONE}\n\n{TWO}")
    (hidden,) = report.suppressed
    assert (hidden.finding.text, hidden.by, hidden.reason) == ("the the", "comment", "said so")
    clean = check("He took the first bus.\n\n" + TWO)
    assert report.score == clean.score  # what is hidden costs nothing


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("<!-- tqcheck: ignore[REP101] -->", "“REP101” hides nothing; take this suppression out."),
        ("<!-- tqcheck: ignore[REP1O1] -->", "This hides nothing: no rule is called “REP1O1”; did you mean “REP101”?"),
        ("<!-- tqcheck: ignore -->", "it must say which rules, as in ignore[CAS101] or ignore[ALL]"),
        ("<!-- tqcheck: ignroe[REP101] -->", "“ignroe” is no word for it; did you mean “ignore”?"),
        ("<!-- tqcheck: enable[REP101] -->", "Nothing is disabled here"),
        ("<!-- tqcheck: enable -->", "Nothing is disabled here"),
        ("<!-- tqcheck -->", None),
        ("<!-- see tqcheck: ignore[REP101] -->", None),
        ("<!-- tqcheck: ignore[QUO101] -->", None),  # it did not run
    ],
)
def test_idle_suppressions_are_findings(comment: str, message: str | None) -> None:
    report = check(f"{comment}\n\nAll is well here.\n\n{ONE}")
    idle = [f for f in report.findings if f.code == "SUP101"]
    assert [f.text for f in idle] == ([comment] if message else [])
    assert all(message is not None and message in f.message for f in idle)


def test_an_idle_suppression_can_be_suppressed() -> None:
    text = f"---\ntqcheck-ignore: SUP101\n---\n\n{IGNORE}\n\nAll is well.\n"
    report = check(text)
    assert not report.findings
    assert [s.finding.code for s in report.suppressed] == ["SUP101"]


def test_a_hidden_finding_of_low_confidence_makes_no_suppression_idle() -> None:
    text = "<!-- tqcheck: ignore[ALL] -->\n\n" + ONE
    assert not check(text, rules=()).findings


def test_thousands_of_comments_cost_little() -> None:
    text = f"{IGNORE}\n" * (2 * MOST) + f"{ONE} " * 3000
    report = check(text)
    assert len(report.suppressed) == 3000
    assert len(report.article.suppressions) == MOST


SIDE = '[[ignore]]\ncodes = ["REP101"]\ntext = "the the first"\nreason = "a song"\n'


def test_a_file_beside_the_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{ONE}\n\n{TWO}\n", "utf-8")
    (tmp_path / "a.txt.tqcheck.toml").write_text(SIDE, "utf-8")
    options = ("--lang", "en", "--select", "REP101,SUP101", "--format", "json")
    result = _run("check", ".", *options, cwd=tmp_path)
    report = json.loads(result.stdout)["reports"][0]
    assert [f["line"] for f in report["findings"]] == [3]
    assert [(f["line"], f["suppressed"]) for f in report["suppressed"]] == [(1, {"by": "sidecar", "reason": "a song"})]
    (tmp_path / "a.txt").write_text(f"{TWO}\n", "utf-8")
    report = json.loads(_run("check", "a.txt", *options, cwd=tmp_path).stdout)["reports"][0]
    idle = [f for f in report["findings"] if f["code"] == "SUP101"]
    assert [f["text"] for f in idle] == ["She"]
    assert idle[0]["message"].startswith("a.txt.tqcheck.toml (“the the first”): “REP101” hides nothing")
    (tmp_path / "a.txt.tqcheck.toml").write_text('[[ignore]]\ncodes = ["REP"]\n', "utf-8")
    assert _run("check", "a.txt", *options, cwd=tmp_path).returncode == 0
    # Under --fix, what is hidden is not touched.
    (tmp_path / "a.txt.tqcheck.toml").write_text(SIDE.replace("first", "second"), "utf-8")
    (tmp_path / "a.txt").write_text(f"{ONE}\n\n{TWO}\n", "utf-8")
    _run("check", "a.txt", "--lang", "en", "--select", "REP101,SUP101", "--fix", cwd=tmp_path)
    assert (tmp_path / "a.txt").read_text("utf-8") == f"He took the first bus.\n\n{TWO}\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[broken", "not valid TOML"),
        ("x = " + "[" * 9000, "not valid TOML"),
        ("[ignore]\ncodes = ['REP101']", "two pairs of brackets"),
        ("[[ignore]]\ncode = ['REP101']", "unknown key “code”; did you mean “codes”?"),
        ("[[ignore]]\ncodes = 'REP101'", "codes must be a list"),
        ("[[ignore]]\ncodes = []", "codes must be a list"),
        ("[[ignore]]\ncodes = ['REP101']\ntext = ''", "text must be words"),
        ("[[ignore]]\ncodes = ['REP101']\nreason = 1", "reason must be a string"),
        ("[[suppress]]\n", "unknown key “suppress”"),
        ("[[ignore]]\ncodes = ['A']\n" * 1001, "more than 1,000 entries"),
        ("#" * (1 << 20) + "##", "larger than 1 MiB"),
    ],
)
def test_a_bad_file_beside_the_article(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "a.txt.tqcheck.toml").write_text(content, "utf-8")
    with pytest.raises(InputError) as told:
        sidecar(str(tmp_path / "a.txt"))
    assert message in str(told.value)
    assert str(told.value).endswith("mend it or take it away")


def test_a_bad_file_beside_the_article_costs_only_that_article(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("All is well.\n", "utf-8")
    (tmp_path / "a.txt.tqcheck.toml").write_text("[broken", "utf-8")
    result = _run("check", ".", "--lang", "en", cwd=tmp_path)
    assert result.returncode == 3
    assert "a.txt.tqcheck.toml: not valid TOML" in result.stderr
    assert "b.txt   en" in result.stdout


def test_the_full_report_counts_what_it_hides(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{IGNORE}\n{ONE}\n", "utf-8")
    result = _run("check", "a.md", "--lang", "en", cwd=tmp_path)
    assert result.returncode == 0
    assert "not shown 1 by comments" in result.stdout


def test_a_record_says_what_to_hide(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "a", "text": ONE, "lang": "en", "ignore": ["REP101"]},
        {"id": "b", "text": TWO, "lang": "en"},
        {"id": "c", "text": "The port is open.", "lang": "en", "ignore": ["doubled-word"]},
        {"id": "d", "text": THREE, "lang": "en", "ignore": "REP101"},
    ]
    (tmp_path / "f.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    ran = _run("check", "f.jsonl", "--format", "jsonl", "--select", "REP101,SUP101", cwd=tmp_path)
    assert "“ignore” must be a list of rules" in ran.stderr
    reports = [json.loads(line) for line in ran.stdout.splitlines()][:3]
    assert [[f["code"] for f in each["findings"]] for each in reports] == [[], ["REP101"], ["SUP101"]]
    assert [s["suppressed"] for s in reports[0]["suppressed"]] == [{"by": "record", "reason": ""}]
    assert reports[2]["findings"][0]["message"].startswith("ignore in the record: “doubled-word” hides nothing")


@pytest.mark.parametrize("place", [0, 1])
def test_what_is_missing_at_the_end_of_a_paragraph_is_hidden_there(place: int) -> None:
    said = "<!-- tqcheck: ignore[OMI101] cut for length -->"
    text = "The council passed the budget on Monday. The library will get a new reading room."
    text = (f"{said}\n{text}\n", f"{text} {said}\n")[place]
    source = (
        "Der Stadtrat hat am Montag den Haushalt beschlossen. Die Bibliothek bekommt einen neuen Lesesaal. "
        "Die Mieten in den Altstadtgassen steigen um ein Drittel."
    )
    report = check(text, rules=("OMI101", "SUP101"), source=source, source_lang="de")
    assert ([f.code for f in report.findings], [s.finding.code for s in report.suppressed]) == ([], ["OMI101"])
