"""Reporters over one sample with astral characters, combining marks, right-to-left text and CRLF."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tqcheck.model import Article, Category, Confidence, Edit, Failure, Finding, Fix, Report, Severity, Skip
from tqcheck.reporters import FORMATS, Options, create
from tqcheck.reporters.excerpt import excerpt, shorten
from tqcheck.reporters.lines import Lines
from tqcheck.reporters.records import dump
from tqcheck.reporters.safe import reveal, safe

TEXT = (
    "𝕳ere e\u0301 kyiv stands.\r\n"
    "總統週六宣布，兩名北韓士兵,外國軍隊據稱的介入構成了重大升級。\r\n"
    "قال الرئيس في في كييف إن الحرب مستمرة.\n"
    "Esc \x1b[31m and kyiv and zero\u200bwidth, a\u202eb."
)


def _finding(text: str, severity: Severity, new: str | None = None, nth: int = 1, whole: str = TEXT) -> Finding:
    start = -1
    for _ in range(nth):
        start = whole.index(text, start + 1)
    fix = None if new is None else Fix((Edit(start, start + len(text), new),), safe=severity is Severity.MINOR)
    return Finding(
        "REP101" if new is None else "CAS101",
        "doubled-word" if new is None else "lowercase-name",
        Category.REPETITION if new is None else Category.CASING,
        severity,
        Confidence.HIGH,
        f"About “{text}”.",
        start,
        start + len(text),
        text,
        fix=fix,
        evidence={"lexicon": ["places"], "seen": {"b", "a"}},
    )


FINDINGS = (
    _finding("kyiv", Severity.MAJOR, "Kyiv"),
    _finding(",外", Severity.MINOR, "，外"),
    _finding("في في", Severity.CRITICAL),
    _finding("kyiv", Severity.MAJOR, "Kyiv", nth=2),
    _finding("zero\u200bwidth", Severity.MINOR, "zerowidth"),
)
REPORT = Report(
    Article(TEXT, id="a1", path="s.jsonl", source_lang="fr", notes=("read as cp1252",)),
    "en",
    FINDINGS,
    hidden=2,
    skipped=(Skip("NAM101", "no data for this language yet"),),
    failures=(Failure("QUO101", "ValueError: x"),),
    score=71.5,
    words=1020,
    signature="tqcheck:0",
)


class _Missing:
    id, path, where, message = "9", "s.jsonl", "s.jsonl:9", "not valid \x1b JSON"


def _write(form: str, *reports: Report | _Missing, width: int = 80, color: bool = False, verbose: bool = False) -> str:
    out = io.StringIO()
    reporter = create(form, Options(out, "tqcheck:0", width, color, verbose))
    for report in reports:
        if isinstance(report, Report):
            reporter.report(report)
        else:
            reporter.missing(report)
    reporter.finish()
    return out.getvalue()


FULL = """\
s.jsonl   a1   en ← fr   1,020 words   score 72   1 critical · 2 major · 2 minor
 note      read as cp1252
 failed    QUO101: ValueError: x

  1 │ 𝕳ere é kyiv stands.
    │        ~~~~
    │ major     CAS101 lowercase-name (high)   About “kyiv”.
    │ fix       Kyiv   (look first)
    │ also      line 4

  2 │ 總統週六宣布，兩名北韓士兵,外國軍隊據稱的介入構成了重大升級。
    │                           ~~~
    │ minor     CAS101 lowercase-name (high)   About “,外”.
    │ fix       ，外

  3 │ قال الرئيس ⟦في في⟧ كييف إن الحرب مستمرة.
    │ critical  REP101 doubled-word (high)   About “في في”.

  4 │ Esc ␛[31m and kyiv and zero<U+200B>width, a b.
    │                        ~~~~~~~~~~~~~~~~~
    │ minor     CAS101 lowercase-name (high)   About “zero\u200bwidth”.
    │ fix       zerowidth

 by family casing 4 · repetition 1
 fixes     2 safe, 2 to look at first
 hidden    2 findings of lower confidence (--min-confidence low shows them)
 not run   1 rule: no data for this language yet
"""


def test_full() -> None:
    assert _write("full", REPORT) == FULL.replace("a b.", "a\ufffdb.").replace("e\u0301", "e\u0301").replace(
        "ere é", "ere e\u0301"
    )


def test_full_marks_stand_under_the_stretch() -> None:
    lines = _write("full", REPORT).split("\n")
    for above, below in pairwise(lines):
        if marks := re.search("~+", below):
            start, end = cell_len(below[: marks.start()]), cell_len(below[: marks.end()])
            cells = [c for c in above if cell_len(c)]
            at = 0
            under = ""
            for cell in cells:
                under += cell if start <= at < end else ""
                at += cell_len(cell)
            assert under in {"kyiv", ",外", "zero<U+200B>width"}


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_full_keeps_to_the_width(width: int) -> None:
    for verbose in (False, True):
        text = _write("full", REPORT, REPORT, _Missing(), width=width, verbose=verbose)
        assert max(cell_len(line) for line in text.split("\n")) <= width
        assert "\x1b" not in text


def test_full_with_colour_says_the_same() -> None:
    coloured = _write("full", REPORT, color=True)
    assert "\x1b[" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == _write("full", REPORT)


def test_full_shows_the_worst_where_there_is_not_room() -> None:
    words = " ".join(f"w{n:03}" for n in range(200))
    many = [_finding(f"w{n:03}", Severity.MINOR, "x", whole=words) for n in range(199)]
    worst = _finding("w199", Severity.CRITICAL, whole=words)
    report = Report(Article(words, id="m"), "en", (*many, worst), words=200)
    text = _write("full", report)
    assert "About “w199”" in text
    assert "150 minor not shown here; -v shows all" in text
    assert text.count("│ fix ") == 49
    assert _write("full", report, verbose=True).count("│ fix ") == 199


def test_full_is_calm_where_nothing_was_found() -> None:
    report = Report(Article("Fine.", id="a.txt", path="a.txt"), "en", words=1)
    assert _write("full", report) == "a.txt   en   1 word   score 100   nothing to mend\n"


def test_overview_lists_the_lowest_scores_first() -> None:
    reports = [
        Report(
            Article("kyiv", id=f"{n}.txt", path=f"{n}.txt"),
            "en",
            (_finding("kyiv", Severity.MINOR, whole="kyiv"),),
            score=n,
        )
        for n in range(30)
    ]
    table = _write("full", *reports).split("lowest scores")[1]
    assert [line.split()[0] for line in table.split("\n")[1:21]] == [f"{n}.txt" for n in range(20)]
    assert "30 articles" in table


def test_concise() -> None:
    lines = _write("concise", REPORT).split("\n")
    assert lines[0] == "s.jsonl#a1:1:9: CAS101 lowercase-name major/high About “kyiv”. [Kyiv]"
    assert lines[1].startswith("s.jsonl#a1:2:14: ")
    assert lines[3].startswith("s.jsonl#a1:4:15: ")


def test_jsonl_and_json_hold_the_same() -> None:
    lines = _write("jsonl", REPORT, _Missing()).splitlines()
    document = json.loads(_write("json", REPORT, _Missing()))
    assert [json.loads(line) for line in lines] == document["reports"]
    first, missing = document["reports"]
    assert [TEXT[f["start"] : f["end"]] == f["text"] for f in first["findings"]] == [True] * 5
    assert [(f["line"], f["column"]) for f in first["findings"]] == [(1, 9), (2, 14), (3, 12), (4, 15), (4, 24)]
    assert first["findings"][0]["evidence"] == {"lexicon": ["places"], "seen": ["a", "b"]}
    assert missing["score"] is None
    assert missing["failures"] == [{"where": "s.jsonl:9", "message": "not valid \x1b JSON"}]
    assert json.loads(_write("json")) == {"version": 1, "reports": []}


def test_every_format_takes_hostile_text() -> None:
    text = "\ud800" + "x" * 50_000 + "\u2028kyiv\x85" + "漢" * 5_000
    report = Report(Article(text, id="h"), "en", (_finding("kyiv", Severity.MINOR, "", whole=text),), words=1)
    for form in FORMATS:
        out = _write(form, report)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\ud800]", out)
        assert "kyiv" in out


@given(st.text(alphabet="ab ,漢e\u0301א𝕳\u200d\n", min_size=1, max_size=120), st.data())
def test_excerpt_fits_and_holds_the_stretch(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    cut = excerpt(text, Lines(text), start, end, 40)
    assert cell_len(cut.before + cut.stretch + cut.after) <= 44  # a lone gap may stand on either side
    if end - start < 10:
        assert cut.stretch.strip("⟦⟧") == reveal(text[start:end])


def test_shorten_and_safe() -> None:
    assert shorten("one two three four five", 15) == "one … five"
    assert safe("a\r\nb\tc") == "a  b c"
    assert reveal(" ") == "␣"
    assert reveal("\u00a0") == "⍽"


def test_lines() -> None:
    lines = Lines("a\r\nb\rc\n")
    assert [lines.position(n) for n in range(7)] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1), (3, 2)]
    assert lines.around(3, 4) == (3, 4)


def test_delete_is_escaped_in_json() -> None:
    assert dump({"a": "b\x7fc"}) == '{"a": "b\\u007fc"}'
    assert json.loads(dump({"a": "b\x7fc\x9b"})) == {"a": "b\x7fc\x9b"}


# Each is one sign on the screen: emoji with selectors and joiners, combining marks, wide and right-to-left letters.
LEFT = [
    *(
        "a",
        "word",
        "kyiv",
        ".",
        " ",
        " ",
        "e\u0301",
        "o\u0302\u0323",
        "漢",
        "字",
        "한",
        "，",
        "क\u094d\u0937\u093f",
        "ก\u0e31",
    ),
    *("\u2764\ufe0f", "\u260e\ufe0f", "1\ufe0f\u20e3", "👩\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈", "🇫🇷", "👍🏽", "😀"),
    *("\u2764\ufe0f\u200d🔥", "\u2764", "𝕳"),
]
SIGNS = [*LEFT, "א", "שלום", "قال", "ع\u0651"]


def _report(text: str, start: int, end: int) -> Report:
    finding = Finding(
        *("REP101", "doubled-word", Category.REPETITION, Severity.MAJOR, Confidence.HIGH),
        *(f"About “{text[start:end]}”.", start, end, text[start:end]),
        fix=Fix((Edit(start, end, text[start:end] * 2),), safe=True),
        evidence={"text": text},
    )
    return Report(Article(text, id="a", path="a.txt"), "en", (finding,), words=1)


@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=160), st.integers(40, 140), st.data())
def test_signs_of_all_kinds_keep_to_the_width(signs: list[str], width: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(signs) - 1))
    last = data.draw(st.integers(first + 1, len(signs)))
    start, end = len("".join(signs[:first])), len("".join(signs[:last]))
    report = _report("".join(signs), start, end)
    for verbose in (False, True):
        out = _write("full", report, report, width=width, verbose=verbose)
        assert max(cell_len(line) for line in out.split("\n")) <= width
    cut = excerpt(report.article.text, Lines(report.article.text), start, end, width)
    assert cell_len(cut.before + cut.stretch + cut.after) <= width
    if not cut.brackets:
        assert cut.marks == (cell_len(cut.before), max(1, cell_len(cut.stretch)))


@given(st.lists(st.sampled_from(LEFT), max_size=30), st.lists(st.sampled_from(LEFT), max_size=30))
def test_marks_stand_under_the_very_signs(before: list[str], after: list[str]) -> None:
    text = "".join([*before, "teh", *after])
    start = len("".join(before))
    lines = _write("full", _report(text, start, start + 3), width=140).split("\n")
    above = next(line for line in lines if line.startswith("  1 │ "))
    below = lines[lines.index(above) + 1]
    assert cell_len(below[: below.index("~")]) == cell_len(above[: above.index("teh")])
    assert below.count("~") == 3


@given(st.text(alphabet="a 漢❤\ufe0f\u200d\u0301👩א\u200f\u00ad\n\t", min_size=1, max_size=90), st.data())
def test_a_stretch_may_begin_anywhere(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for width in (40, 80, 140):
        for form in FORMATS:
            _write(form, _report(text, start, end), width=width, verbose=True)
    cut = excerpt(text, Lines(text), start, end, 40)
    column, length = cut.marks
    assert column + length <= cell_len(cut.before + cut.stretch + cut.after) + 1
    for room in range(1, 12):
        shorten(text, room)


def test_marks_stand_under_the_whole_sign() -> None:
    text = "so ❤\ufe0f it"
    assert excerpt(text, Lines(text), 4, 5, 40).marks == (3, 2)
    assert excerpt(text, Lines(text), 3, 4, 40).marks == (3, 2)
    assert excerpt("e\u0301a", Lines("e\u0301a"), 1, 2, 40).marks == (0, 1)
