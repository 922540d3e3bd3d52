"""Reports for services: valid by their schemas, places right in their units, and no word of an article is
anything but a word.

`TQCHECK_UPDATE=1 pytest tests/test_service_reports.py` writes `tests/reports/` anew; look at the difference
before you keep it.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from tests.report_schemas import validate
from tests.test_reporters import REPORT, SIGNS, _Missing
from tqcheck.model import Article, Category, Confidence, Edit, Failure, Finding, Fix, Report, Severity, Skip, Span
from tqcheck.reporters import Options, create
from tqcheck.reporters.lines import Lines, utf8, utf16
from tqcheck.reporters.markup import code, quiet, words
from tqcheck.reporters.safe import reveal, safe

HERE = Path(__file__).parent
NAMES = {
    "sarif": "sample.sarif",
    "github": "sample.github.txt",
    "gitlab": "sample.gitlab.json",
    "junit": "sample.junit.xml",
    "rdjson": "sample.rdjson",
    "markdown": "sample.md",
}

TARGET = "Le maire a dit 𝕳.\r\nLa ville de kyiv , שלום kyiv.\r\nFin."
SOURCE = "𝕳 said the mayor.\nThe city of Kyiv.\nIt rained for two days.\n"


def _finding(text: str, whole: str, side: str = "target", **more: Any) -> Finding:
    start = whole.index(text)
    facts: dict[str, Any] = {"code": "ENT101", "name": "missing-name", "severity": Severity.CRITICAL, **more}
    return Finding(
        category=Category.ENTITY,
        confidence=Confidence.MEDIUM,
        message=facts.pop("message", f"“{text}”: see [this](1) and {{0}}."),
        start=start,
        end=start + len(text),
        text=text,
        side=side,
        **facts,
    )


_COMMA = TARGET.index(" ,")
_KYIV = (SOURCE.index("Kyiv"), SOURCE.index("Kyiv") + 4)
BESIDE = Report(
    Article(
        TARGET,
        id="news/ville é.fr.md",
        path="./news/ville é.fr.md",
        source=SOURCE,
        source_lang="en",
        source_path="news/ville é.en.md",
    ),
    "fr",
    (
        _finding("kyiv , ש", TARGET, source=Span(*_KYIV)),
        _finding(
            "kyiv",
            TARGET,
            code="CAS101",
            name="lowercase-name",
            severity=Severity.MINOR,
            fix=Fix((Edit(_COMMA, _COMMA + 1, ""), Edit(_COMMA - 4, _COMMA - 3, "K")), safe=True),
        ),
        _finding("It rained for two days.", SOURCE, "source", code="OMI101", insert_at=TARGET.index("Fin")),
        _finding("It rained", SOURCE, "source", code="OMI102", severity=Severity.MAJOR),
    ),
    skipped=(Skip("NAM101", "no data for this language yet"), Skip("QUO101", "no data for this language yet")),
    words=9,
    score=12.3,
    source_lang="en",
)
RECORD = Report(
    Article(TARGET, id="r7", path="feed.jsonl", line=7, source=SOURCE, source_path="orig.jsonl", source_line=3),
    "fr",
    (
        _finding("kyiv", TARGET, fix=Fix((Edit(_COMMA - 4, _COMMA, "Kyiv"),)), source=Span(*_KYIV)),
        _finding("It rained", SOURCE, "source", code="OMI102"),
    ),
)
PIPED = replace(
    BESIDE,
    article=replace(BESIDE.article, path="-", id="-", source_path=None),
    failures=(Failure("QUO101", "ValueError: x"),),
)
CLEAN = Report(Article("Fine.", id="ok.txt", path="ok.txt"), "en", words=1)
SAMPLE = (REPORT, BESIDE, RECORD, PIPED, CLEAN, _Missing())


def _write(form: str, *reports: Report | _Missing, **options: Any) -> str:
    out = io.StringIO()
    reporter = create(form, Options(out, "tqcheck:0", **options))
    for report in reports:
        if isinstance(report, Report):
            reporter.report(report)
        else:
            reporter.missing(report)
    reporter.finish()
    return out.getvalue()


@pytest.mark.parametrize("form", NAMES)
def test_sample(form: str) -> None:
    text = _write(form, *SAMPLE)
    validate(form, text)
    if form == "sarif":  # the words of rules are theirs to change
        log = json.loads(text)
        driver = log["runs"][0]["tool"]["driver"]
        driver["rules"] = [rule["id"] for rule in driver["rules"]]
        text = json.dumps(log, ensure_ascii=False, indent=1) + "\n"
    path = HERE / "reports" / NAMES[form]
    if os.environ.get("TQCHECK_UPDATE"):
        path.write_text(text, "utf-8", newline="")
    assert text == path.read_bytes().decode()


@pytest.mark.parametrize("form", NAMES)
def test_nothing_at_all_is_valid(form: str) -> None:
    validate(form, _write(form))
    validate(form, _write(form, CLEAN))


# Places: what stands there, by the unit of the format, is what was found.


def _slice(text: str, line: int, column: int, end_line: int, end_column: int, codec: str, unit: int) -> str:
    """Return what a reader sees that counts code units of a codec in lines that end at line feeds."""
    lines = [each.encode(codec, "surrogatepass") for each in text.split("\n")]
    feed = "\n".encode(codec)
    if line == end_line:
        return lines[line - 1][(column - 1) * unit : (end_column - 1) * unit].decode(codec, "surrogatepass")
    parts = [lines[line - 1][(column - 1) * unit :], *lines[line : end_line - 1]]
    return feed.join([*parts, lines[end_line - 1][: (end_column - 1) * unit]]).decode(codec, "surrogatepass")


def _utf16(text: str, region: dict[str, Any]) -> str:
    keys = ("startLine", "startColumn", "endLine", "endColumn")
    return _slice(text, *(region[key] for key in keys), codec="utf-16-le", unit=2)


def _bytes(text: str, span: dict[str, Any]) -> str:
    ends = (span[end][key] for end in ("start", "end") for key in ("line", "column"))
    return _slice(text, *ends, codec="utf-8", unit=1)


def _commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner of GitHub does (ActionCommand.TryParseV2)."""
    commands = []
    for line in text.removesuffix("\n").split("\n"):
        match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
        assert match, line
        properties = dict(pair.split("=", 1) for pair in match[2].split(","))
        commands.append((match[1], {k: _decoded(v) for k, v in properties.items()}, _decoded(match[3])))
    return commands


def _decoded(value: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(escape, character)
    return value


def _articles(signs: list[str], first: int, last: int) -> Report:
    text, start, end = "".join(signs), len("".join(signs[:first])), len("".join(signs[:last]))
    finding = _finding(text[start:end], text) if text[start:end] else _finding(text, text)
    finding = replace(finding, start=start, end=end, text=text[start:end])
    fix = Fix((Edit(start, start + 1, "A"), Edit(end, end, "B\n𝕳")) if end > start else (Edit(start, end, "C"),))
    return Report(Article(text, id="a.txt", path="a.txt"), "en", (replace(finding, fix=fix),), words=1)


@given(st.lists(st.sampled_from([*SIGNS, "\r\n", "\n", "\r", "\u2028", "x" * 700]), min_size=1, max_size=60), st.data())
def test_places_and_repairs_are_right_in_their_units(signs: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(signs)))
    last = data.draw(st.integers(first, len(signs)))
    report = _articles(signs, first, last)
    text, (finding,) = report.article.text, report.findings
    assert finding.fix is not None
    run = json.loads(_write("sarif", report))["runs"][0]
    assert run["columnKind"] == "utf16CodeUnits"
    result = run["results"][0]
    assert _utf16(text, result["locations"][0]["physicalLocation"]["region"]) == finding.text
    for replacement, edit in zip(
        result["fixes"][0]["artifactChanges"][0]["replacements"], finding.fix.edits, strict=True
    ):
        assert _utf16(text, replacement["deletedRegion"]) == text[edit.start : edit.end]
        assert replacement.get("insertedContent", {"text": ""})["text"] == edit.text

    diagnostic = json.loads(_write("rdjson", report))["diagnostics"][0]
    assert _bytes(text, diagnostic["location"]["range"]) == finding.text
    (suggestion,) = diagnostic["suggestions"]
    old = _bytes(text, suggestion["range"])
    lines = text.encode().split(b"\n")
    begin = suggestion["range"]["start"]
    at = sum(len(line) + 1 for line in lines[: begin["line"] - 1]) + begin["column"] - 1
    whole = text.encode()
    assert whole[at:].startswith(old.encode())
    mended = whole[:at] + suggestion["text"].encode() + whole[at + len(old.encode()) :]
    assert mended.decode() == finding.fix.apply(text)

    ((_level, facts, _told),) = _commands(_write("github", report))
    if "col" in facts:
        place = [int(facts[key]) for key in ("line", "col", "endLine", "endColumn")]
        assert _slice(text, *place, codec="utf-16-le", unit=2) == finding.text
    else:
        assert facts["line"] != facts["endLine"]
    lines_ = json.loads(_write("gitlab", report))[0]["location"]["lines"]
    before = text[: finding.start].count("\n") + 1
    assert lines_ == {"begin": before, "end": before + finding.text.count("\n")}


@given(st.text(alphabet="a漢𝕳\r\n\u0301א", max_size=3000), st.data())
def test_columns_of_long_lines(text: str, data: st.DataObject) -> None:
    offsets = data.draw(st.lists(st.integers(0, len(text)), max_size=8))
    for size, codec, unit in ((utf16, "utf-16-le", 2), (utf8, "utf-8", 1), (len, "utf-32-le", 4)):
        lines = Lines(text, size, feeds=True)
        for offset in offsets:
            start = text.rfind("\n", 0, offset) + 1
            column = len(text[start:offset].encode(codec)) // unit + 1
            assert lines.position(offset) == (text.count("\n", 0, offset) + 1, column)


def test_a_megabyte_on_one_line_costs_no_more_than_its_findings() -> None:
    class Counting:
        measured = 0

        def __call__(self, text: str) -> int:
            self.measured += len(text)
            return utf16(text)

    count = Counting()
    lines = Lines("漢𝕳" * 500_000, count)
    for offset in range(0, 1_000_000, 1000):
        assert lines.position(offset)[1] == offset // 2 * 3 + 1
    assert count.measured < 5_000_000


# What the target lacks, records, standard input, paths.


def _results(*reports: Report, **options: Any) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = json.loads(_write("sarif", *reports, **options))["runs"][0]["results"]
    return results


def test_what_the_target_lacks_stands_in_the_original() -> None:
    missing = _results(BESIDE)[2]
    place, related = missing["locations"][0]["physicalLocation"], missing["relatedLocations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == "news/ville é.en.md"
    assert _utf16(SOURCE, place["region"]) == "It rained for two days."
    assert unquote(related["artifactLocation"]["uri"]) == "news/ville é.fr.md"
    assert (related["region"]["startLine"], related["region"]["endColumn"]) == (3, 1)
    assert _utf16(SOURCE, _results(BESIDE)[0]["relatedLocations"][0]["physicalLocation"]["region"]) == "Kyiv"
    for form in ("gitlab", "rdjson"):
        found = json.loads(_write(form, BESIDE))
        entry = found[2] if form == "gitlab" else found["diagnostics"][2]
        assert entry["location"]["path"] == "news/ville é.en.md"
    _level, facts, told = _commands(_write("github", BESIDE))[2]
    assert (facts["file"], facts["line"]) == ("news/ville é.en.md", "3")
    assert "(it belongs at news/ville é.fr.md:3)" in told


def test_without_a_file_of_the_original_it_stands_where_it_belongs() -> None:
    assert not any("belongs at" in told for _level, _facts, told in _commands(_write("github", PIPED)))
    third, fourth = (r["locations"][0]["physicalLocation"] for r in _results(PIPED)[2:])
    assert (third["region"]["startLine"], third["region"]["startColumn"]) == (3, 1)
    assert (fourth["region"]["startLine"], fourth["region"]["startColumn"]) == (3, 5)  # at the end
    assert third["artifactLocation"]["uri"] == "stdin"
    assert all("relatedLocations" not in result for result in _results(PIPED))
    assert all("file" not in facts for _level, facts, _told in _commands(_write("github", PIPED)))


def test_a_record_stands_on_its_line() -> None:
    first, second = _results(RECORD)
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}
    assert first["locations"][0]["logicalLocations"] == [{"name": "r7", "kind": "record"}]
    assert first["message"]["text"].endswith("(line 2, column 13 of the record r7)")
    assert "fixes" not in first  # offsets of the text are none of the file
    assert first["relatedLocations"][0]["physicalLocation"]["region"] == {"startLine": 3}
    assert second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "orig.jsonl"
    assert second["message"]["text"].endswith("(line 3, column 1 of the record of the original r7)")
    diagnostic = json.loads(_write("rdjson", RECORD))["diagnostics"][0]
    assert diagnostic["location"] == {"path": "feed.jsonl", "range": {"start": {"line": 7}}}
    assert "suggestions" not in diagnostic


def test_paths_are_relative_to_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    report = replace(BESIDE, article=replace(BESIDE.article, path="a b.md", source_path=str(tmp_path / "o.md")))
    outside = replace(CLEAN, article=replace(CLEAN.article, path="/elsewhere/a.md", notes=("n",)))
    log = json.loads(_write("sarif", report, outside, root=str(tmp_path)))
    uris = [artifact["location"]["uri"] for artifact in log["runs"][0]["artifacts"]]
    assert uris == ["sub/a%20b.md", "o.md", "file:///elsewhere/a.md"]
    assert json.loads(_write("gitlab", report, root=str(tmp_path)))[0]["location"]["path"] == "sub/a b.md"
    assert json.loads(_write("gitlab", report))[0]["location"]["path"] == "a b.md"
    strange = replace(CLEAN, article=replace(CLEAN.article, path="a:b#c?\udcff.md"))
    assert "a%3Ab%23c%3F%FF.md" in _write("sarif", strange)


def test_sarif_says_what_did_not_run() -> None:
    run = json.loads(_write("sarif", *SAMPLE))["runs"][0]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    told = [n["message"]["text"] for n in invocation["toolConfigurationNotifications"]]
    assert told[0] == "NAM101 did not run on 3 articles: no data for this language yet"
    kinds = [n["descriptor"]["id"] for n in invocation["toolExecutionNotifications"]]
    assert kinds == ["input-note", "rule-failed", "rule-failed", "input-failed"]
    assert json.loads(_write("sarif", BESIDE))["runs"][0]["invocations"][0]["executionSuccessful"] is True
    languages = {a["location"]["uri"]: a["properties"]["languages"] for a in run["artifacts"]}
    assert languages["news/ville%20%C3%A9.en.md"] == ["en"]
    assert languages["news/ville%20%C3%A9.fr.md"] == ["fr"]


def test_sarif_describes_the_rules() -> None:
    run = json.loads(_write("sarif", *SAMPLE))["runs"][0]
    rules, taxa = run["tool"]["driver"]["rules"], run["taxonomies"][0]["taxa"]
    assert run["taxonomies"][0]["name"] == "MQM"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    for notification in run["invocations"][0]["toolConfigurationNotifications"]:
        assert rules[notification["associatedRule"]["index"]]["id"] == notification["associatedRule"]["id"]
    for rule in rules:
        assert rule["defaultConfiguration"]["level"] in {"note", "warning", "error"}
        assert len(rule["shortDescription"]["text"]) < 1024
        assert "Why: " in rule["help"]["text"]
        assert "**Why:** " in rule["help"]["markdown"]
        target = rule["relationships"][0]["target"]
        assert taxa[target["index"]]["id"] == target["id"] == rule["properties"]["mqm"]
    artifacts = run["artifacts"]
    for result in run["results"]:
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifacts[location["index"]]["location"]["uri"] == location["uri"]


def test_sarif_messages_are_plain() -> None:
    text = _results(BESIDE)[0]["message"]["text"]
    assert text == "“kyiv , ש”: see [this\\](1) and {{0}}."


def test_sarif_keeps_a_bounded_number_of_notifications() -> None:
    broken = replace(CLEAN, failures=tuple(Failure("QUO101", f"x{n}") for n in range(700)))
    (invocation,) = json.loads(_write("sarif", broken, broken))["runs"][0]["invocations"]
    told = invocation["toolExecutionNotifications"]
    assert len(told) == 1001
    assert told[-1]["message"]["text"] == "400 more of this kind are not listed"


def test_gitlab_fingerprints_are_unique() -> None:
    entries = json.loads(_write("gitlab", BESIDE, BESIDE, RECORD, _Missing(), _Missing()))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == 12


def test_junit_counts() -> None:
    root = etree.fromstring(_write("junit", *SAMPLE).encode())
    for suite in root:
        for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(count)) == len(suite.findall(f"testcase/{tag}"))
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
    assert root[4][0].get("name") == "nothing to mend"
    assert len(root[4][0]) == 0


# Hostile articles.

HOSTILE = (
    "%0A::error::x\n::warning file=a::b",
    "##[error]x ::stop-commands::pause",
    "a | b `c` *d* _e_ ~f~ <script>alert(1)</script> <!-- x --> &amp; &#42;",
    "[x](javascript:alert(1)) ![i](http://tracker.example/p.png) https://a.example www.a.example",
    "@octocat #123 GH-4 :tada: $x^2$ a\\|b \\`c\\` !5 ~6 %7 &8 mail@a.example",
    "]]> <![CDATA[ x ]]> \x00\x0b\x1b[31mred\x1b[0m \ufffe\uffff \ud800",
    "# h\r\n- l\r\n1. n\r\n> q\r\n```\r\n---\r\n| a | b |\r\n\u2028\u202e\u2066x\x85",
    "{0} {{1}} ](2) [a](3)",
)


def _hostile(text: str) -> Report:
    start = _finding(text, text, message=f"M {text}", code="REP101", name="doubled-word")
    fix = Fix((Edit(0, len(text), text * 2),))
    article = Article(text, id=text, path=text, source=text, source_path=f"{text}.o", source_lang="fr", notes=(text,))
    finding = replace(start, fix=fix, source=Span(0, len(text)))
    return Report(article, "en", (finding,), skipped=(Skip("NAM101", text),), failures=(Failure(text, text),), words=3)


class _BadInput:
    def __init__(self, text: str) -> None:
        self.id, self.path, self.where, self.message = text, text, text, text


def _say(form: str, text: str) -> str:
    out = io.StringIO()
    reporter = create(form, Options(out, "tqcheck:0"))
    reporter.report(_hostile(text))
    reporter.missing(_BadInput(text))
    reporter.finish()
    return out.getvalue()


_ALPHABET = "ab|`*_<>&@#:$%!~[](){}\\'\"/.=,- \n\r\t\0\x1b\x85\u2028\u202e\ufffe漢א𝕳\ud800"


@pytest.mark.parametrize("form", NAMES)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(form: str, text: str) -> None:
    _check(form, text)


@given(st.text(alphabet=_ALPHABET, min_size=1, max_size=40))
def test_any_words_stay_words(text: str) -> None:
    for form in NAMES:
        _check(form, text)


def _check(form: str, text: str) -> None:
    out = _say(form, text)
    validate(form, out)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\ud800]", out)
    CHECKS.get(form, lambda out, text: None)(out, text)


def _check_github(out: str, text: str) -> None:
    commands = _commands(out)
    assert len(commands) == 3
    assert [level for level, _facts, _told in commands] == ["error", "error", "error"]
    assert commands[1][1].get("file", "-") == safe(Path(text).as_posix())
    assert safe(f"M {text}") in commands[1][2]


def _check_junit(out: str, text: str) -> None:
    failure = etree.fromstring(out.encode()).find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.get("message") == re.sub("[\ufffe\uffff]", "\ufffd", safe(f"M {text}"))


def _check_markdown(out: str, text: str) -> None:
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(out)
    assert set(re.findall(r"<(/?\w+)", html)) <= TAGS
    assert not re.search(r"<\w+ (?!style=\"text-align:right\")", html)  # no attribute of anybody's making
    rows = re.findall(r"<tr>.*?</tr>", html, re.DOTALL)
    assert len(rows) == 2
    cells = re.findall(r"<td.*?>(.*?)</td>", rows[1], re.DOTALL)
    assert len(cells) == 6
    # What people see is the words, and what services look for is not in one piece outside of code.
    assert _seen(cells[4]) == " ".join(safe(f"M {text}").split())
    shown = [re.sub(r"<code>.*?</code>", "", cell) for cell in cells]
    for piece in (p for cell in shown for p in re.split(r"<.*?>", cell)):
        assert not re.search(r"@\w|#\w|!\d|:\w+:", _seen(piece)), piece


def _seen(html: str) -> str:
    from html import unescape

    return " ".join(unescape(re.sub(r"<.*?>", "", html)).split())


TAGS = {
    f"{slash}{tag}"
    for tag in "h3 code p ul li table thead tbody tr th td span br strong".split()
    for slash in ("", "/")
}
CHECKS: dict[str, Callable[[str, str], None]] = {
    "github": _check_github,
    "junit": _check_junit,
    "markdown": _check_markdown,
}


@given(st.text(alphabet=_ALPHABET, max_size=40))
def test_markup_shows_the_words(text: str) -> None:
    render = MarkdownIt("commonmark").enable(["table", "strikethrough"]).renderInline
    assert _seen(render(f"x {words(text)}")) == " ".join(f"x {safe(text)}".split())
    assert _seen(render(f"x {code(text)}")) == " ".join(f"x {reveal(text)}".split())


def test_mentions_call_nobody() -> None:
    assert quiet("by @octocat, a@b and @ once") == "by @\u2060octocat, a@\u2060b and @ once"


# The job summary of GitHub.


def test_summary() -> None:
    summary = io.StringIO()
    _write("github", *SAMPLE, summary=summary, room=1_000_000)
    text = summary.getvalue()
    body = _write("markdown", *SAMPLE)
    assert text.startswith("## tqcheck\n\n**5 articles** · 7 critical · 4 major")
    assert text.split("\n### ", 1)[1].rstrip() in body
    assert "not checked" in text


def test_summary_keeps_to_its_room() -> None:
    summary = io.StringIO()
    _write("github", *[BESIDE] * 100, summary=summary, room=40_000)
    text = summary.getvalue()
    assert len(text.encode()) < 40_000
    left_out = re.search(r"(\d+) more articles have no room here", text)
    assert left_out is not None
    assert int(left_out[1]) == 100 - text.count("\n### ")


# Findings of the rules themselves, in all languages.


def test_findings_of_every_language_are_valid() -> None:
    from tests.marks import EVERYTHING, GOLDEN, marked
    from tqcheck.engine import check_article

    reports = []
    for lang in sorted(path.name for path in GOLDEN.iterdir() if path.is_dir()):
        whole = "\r\n".join(specimen.text.replace("\n", " ") for specimen in marked(lang)[:12])
        article = Article(whole, id=f"{lang}.txt", path=f"{lang}.txt", lang=lang)
        reports.append(check_article(article, replace(EVERYTHING, encoder="none")))
    assert sum(len(report.findings) for report in reports) > 100
    for form in NAMES:
        validate(form, _write(form, *reports))
    texts = {report.article.id: report.article.text for report in reports}
    for result in _results(*reports):
        place = result["locations"][0]["physicalLocation"]
        assert _utf16(texts[place["artifactLocation"]["uri"]], place["region"]) == result["properties"]["text"]
