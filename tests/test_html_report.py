"""The HTML report as a file: well formed whatever an article holds, whole, bounded, and marked in the right places."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.html_pages import CHINESE, HOSTILE_PAGE, RIGHT_TO_LEFT, WICKED, WIDE, finding, hostile, stretch
from tests.test_reporters import SIGNS
from tests.test_service_reports import SAMPLE
from tqcheck._version import __version__
from tqcheck.model import Article, Category, Confidence, Finding, Prose, Report, Severity, Span, Suppressed
from tqcheck.reporters import Options, create
from tqcheck.reporters.page.painting import Mark, Painting, Sentence
from tqcheck.reporters.page.rows import Row, rows
from tqcheck.reporters.safe import reveal, safe

GOLDEN = Path(__file__).parent / "reports" / "sample.html"


def write(*reports: object, **options: bool) -> str:
    out = io.StringIO()
    reporter = create("html", Options(out, "tqcheck:0", **options))  # type: ignore[arg-type]
    for report in reports:
        if isinstance(report, Report):
            reporter.report(report)
        else:
            reporter.missing(report)  # type: ignore[arg-type]
    reporter.finish()
    return out.getvalue()


def bare(page: str) -> str:
    """Return a page without its style and script, which are theirs to change, their hashes, and the version."""
    page = page.replace(f"tqcheck {__version__}", "tqcheck")
    page = re.sub(r"<style>.*?</style>", "<style></style>", page, count=1, flags=re.DOTALL)
    page = re.sub(r"<script>.*?</script>", "<script></script>", page, count=1, flags=re.DOTALL)
    return re.sub(r"sha256-[\w+/=]+", "sha256-", page)


def tree(page: str) -> etree._Element:
    """Parse a page as XML: stricter than any browser, it takes no tag, attribute or sign out of place."""
    return etree.fromstring(bare(page).replace("<!DOCTYPE html>\n", "").encode())


def text(element: etree._Element) -> str:
    return "".join(element.itertext())


def test_sample() -> None:
    page = bare(write(*SAMPLE, RIGHT_TO_LEFT, WIDE))
    if os.environ.get("TQCHECK_UPDATE"):
        GOLDEN.write_text(page, "utf-8", newline="")
    assert page == GOLDEN.read_bytes().decode()


def test_style_and_script_are_the_ones_that_the_policy_names() -> None:
    page = write(WIDE)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        inline = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(inline) == 1
        digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy[1]
    # Before it nothing may be asked for.
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_nothing_is_named_that_lies_elsewhere() -> None:
    for element in tree(write(*SAMPLE, RIGHT_TO_LEFT, *HOSTILE_PAGE)).iter():
        assert element.tag not in {"img", "iframe", "object", "embed", "link", "base", "audio", "video", "source"}
        assert not {"src", "srcset", "style", "action", "formaction", "ping"} & set(element.attrib)
        assert element.get("href", "#").startswith("#")
        assert not any(name.startswith("on") for name in element.attrib)
    folder = resources.files("tqcheck.reporters.page")
    style, script = (folder.joinpath(name).read_text("utf-8") for name in ("style.css", "script.js"))
    assert not re.search(r"url\(|@import|@font-face|</style", style)
    sinks = (
        r"(inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|fetch\(|XMLHttp|</script"
    )
    assert not re.search(sinks, script)


_ALPHABET = "ab<>&\"'/=!-[]{}$ \n\r\t\0\x1b\x85\u2028\u202e\ufffe\uffff漢א𝕳\ud800"


@given(st.text(alphabet=_ALPHABET, min_size=1, max_size=60))
def test_any_words_stay_words(words: str) -> None:
    _check_hostile(words)


def test_hostile_words_stay_words() -> None:
    for words in (WICKED, *WICKED.split("\n")[:-1]):
        _check_hostile(words)


def _check_hostile(words: str) -> None:
    plain, wicked = tree(write(hostile("a"))), tree(write(hostile(words)))
    tags = {element.tag for element in plain.iter()}
    assert {element.tag for element in wicked.iter()} <= {*tags, "small", "p", "a", "q"}
    names = {name for element in plain.iter() for name in element.attrib}
    assert {name for element in wicked.iter() for name in element.attrib} <= {
        *names,
        "dir",
        "data-n",
        "data-p",
        "tabindex",
    }
    out = etree.tostring(wicked, encoding="unicode")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\ud800]", out)


# Marks.


@given(st.lists(st.sampled_from([*SIGNS, "\r\n", "\n", "\u2028", " "]), min_size=1, max_size=40), st.data())
def test_marks_hold_the_very_words(signs: list[str], data: st.DataObject) -> None:
    words = "".join(signs)
    ends = st.integers(0, len(words))
    marks, sentences = [], []
    for number in range(1, 6):
        start = data.draw(ends)
        end = data.draw(st.integers(start, len(words)))
        marks.append(Mark(Span(start, end), number, 1, Severity(number % 3 + 1)))
        start = data.draw(ends)
        sentences.append(Sentence(Span(start, data.draw(st.integers(start, len(words)))), number))
    painting = Painting(words, 1, marks, sentences)
    elements = [etree.fromstring(painting.element(n)) for n in range(len(painting.paragraphs))]
    for span, element in zip(painting.paragraphs, elements, strict=True):
        assert _plain(text(element)) == _plain(words[slice(*span)])
    if not elements:
        return
    pieces = [piece for element in elements for piece in element.iter() if piece.get("data-f")]
    for mark in marks:
        held = "".join(text(p) for p in pieces if str(mark.number) in p.get("data-f", "").split())
        inside = [words[max(s.start, mark.span.start) : min(s.end, mark.span.end)] for s in painting.paragraphs]
        assert _plain(held) == _plain("".join(part for part in inside if part))
        places = [e for element in elements for e in element.iter() if e.get("id") == f"m1-{mark.number}"]
        assert len(places) == 1  # every finding has its place, and only one


def _plain(words: str) -> str:
    return re.sub(r"[\s␣⍽]|<U\+[0-9A-F]{4,6}>", "", reveal(words))


def test_sentences_have_their_counterparts() -> None:
    page = tree(write(RIGHT_TO_LEFT))
    both: dict[int, list[str]] = {}
    for side in ("t", "o"):
        last = 0
        for element in page.iterfind(f".//div[@class='{side}']//s-n"):
            last = int(element.get("data-p", last + 1))  # one that follows does not say it
            both.setdefault(last, []).append(text(element))
    assert both[2] == ["وبلغت كلفة المشروع 40 مليون يورو.", "Le projet a coûté 40 millions d’euros."]
    assert [len(sides) for sides in both.values()] == [2, 2, 2, 2]


def test_the_article_is_shown_as_its_reader_sees_it() -> None:
    raw = "<p>He &amp; she went to <b>kyiv</b>.</p>\n<p>Fine.</p>"
    prose = "He & she went to kyiv.\nFine."
    pieces = ((0, 3), (3, 6), (4, 11), (17, raw.index("kyiv")), (21, raw.index(".</p>")), (22, raw.index("\n")),
              (23, raw.index("Fine")))  # fmt: skip
    view = Prose(prose, pieces)
    for words in ("He", "&", "kyiv", "kyiv.", "to kyiv", "Fine."):
        span = stretch(prose, words)
        assert view.span_from_raw(*view.to_raw(*span)) == span, words
    start = raw.index("kyiv")
    found = Finding("CAS101", "lowercase-name", Category.CASING, Severity.MAJOR, Confidence.HIGH, "M", start, start + 4,
                    "kyiv")  # fmt: skip
    page = tree(write(Report(Article(raw, id="a.html", path="a.html", prose=view), "en", (found,))))
    assert [text(p) for p in page.iterfind(".//div[@class='t']/p")] == prose.split("\n")
    assert [text(a) for a in page.iterfind(".//a[@id='m1-1']")] == ["kyiv"]


def test_rows_follow_the_alignment() -> None:
    p = [Span(10 * n, 10 * n + 9) for n in range(6)]
    assert rows(p[:2], p[:2], [(p[0], p[0]), (p[1], p[1])]) == [
        Row(Span(0, 1), Span(0, 1)),
        Row(Span(1, 2), Span(1, 2)),
    ]
    # One paragraph of the original that nothing goes with has its own row.
    assert rows(p[:2], p[:3], [(p[0], p[0]), (p[1], p[2])]) == [
        Row(Span(0, 1), Span(0, 1)),
        Row(Span(1, 1), Span(1, 2)),
        Row(Span(1, 2), Span(2, 3)),
    ]
    # Two that were joined stay together; pairs that cross do too.
    assert rows(p[:1], p[:2], [(p[0], Span(0, 19))]) == [Row(Span(0, 1), Span(0, 2))]
    assert rows(p[:2], p[:2], [(p[0], p[1]), (p[1], p[0])]) == [Row(Span(0, 2), Span(0, 2))]
    assert rows(p[:3], p[:2], []) == [Row(Span(0, 3), Span(0, 2))]
    assert rows([], p[:2], []) == [Row(Span(0, 0), Span(0, 2))]


@given(st.integers(1, 8), st.integers(1, 8), st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=10))
def test_rows_lose_nothing_and_cut_no_pair(targets: int, sources: int, links: list[tuple[int, int]]) -> None:
    target, source = ([Span(10 * n, 10 * n + 9) for n in range(count)] for count in (targets, sources))
    pairs = sorted((target[t % targets], source[s % sources]) for t, s in links)
    found = rows(target, source, pairs)
    assert [n for row in found for n in range(*row.target)] == list(range(targets))
    assert [n for row in found for n in range(*row.source)] == list(range(sources))
    for one, other in pairs:
        here = [row for row in found if row.target.start <= one.start // 10 < row.target.end]
        assert here[0].source.start <= other.start // 10 < here[0].source.end


# The whole.


def test_equal_findings_are_told_once_with_all_their_places() -> None:
    words = "kyiv and kyiv\nand kyiv"
    found = tuple(finding(words, "kyiv", nth=n) for n in (1, 2, 3))
    page = tree(write(Report(Article(words, id="a"), "en", found)))
    assert [e.get("data-n") for e in page.iterfind(".//li[@class='f s2']")] == ["3"]
    assert [e.get("href") for e in page.iterfind(".//p[@class='also']//a")] == ["#m1-1-2", "#m1-1-3"]
    assert [e.get("id") for e in page.iterfind(".//a[@data-f]")] == ["m1-1", "m1-1-2", "m1-1-3"]


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    page = tree(write(*SAMPLE, RIGHT_TO_LEFT, WIDE))
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert {e.get("href", "")[1:] for e in page.iterfind(".//a")} <= set(ids)


def test_the_overview_counts() -> None:
    page = tree(write(*SAMPLE, RIGHT_TO_LEFT, WIDE))
    tables = {t.get("data-by"): t for t in page.iterfind(".//table")}
    totals = {by: sum(int(text(c)) for c in t.iterfind(".//span[@data-v='0']")) for by, t in tables.items()}
    count = sum(len(r.findings) for r in (*SAMPLE, RIGHT_TO_LEFT, WIDE) if isinstance(r, Report))
    assert totals == {"g": count, "l": count, "a": count}
    scores = [text(row[3]) for row in tables["a"].iterfind("./tbody/tr")]
    assert scores == ["12", "12", "58", "71", "72", "100", "100", "not read"]
    widths = [sum(float(r.get("width", "0")) for r in svg) for svg in tables["a"].iterfind(".//svg")]
    assert max(widths) == pytest.approx(100, abs=0.05)


def test_an_article_that_is_broken_throughout_does_not_take_the_page() -> None:
    words = " ".join(f"w{n:04}" for n in range(900))
    many = [finding(words, f"w{n:04}", Severity.MINOR) for n in range(899)]
    report = Report(Article(words, id="m"), "en", (*many, finding(words, "w0899", Severity.CRITICAL)))
    page = tree(write(report))
    assert len(page.findall(".//li[@data-g]")) == 500
    assert "About “w0899”." in text(page)
    assert "400 more are not shown here." in text(page)
    assert len(tree(write(report, verbose=True)).findall(".//li[@data-g]")) == 900


def test_what_is_hidden_is_there_on_request() -> None:
    words = "He took the the bus to kyiv and the the train."
    hidden = (
        Suppressed(finding(words, "kyiv"), "comment", 'their "spelling"'),
        Suppressed(finding(words, "the the", nth=2), "baseline"),
    )
    page = tree(write(Report(Article(words, id="a"), "en", (finding(words, "the the"),), suppressed=hidden)))
    assert [(e.get("data-h"), e.get("hidden")) for e in page.iter("li") if e.get("data-g")] == [
        (None, None), ("s", ""), ("b", "")
    ]  # fmt: skip
    assert ["off" in e.get("class", "").split() for e in page.iterfind(".//a[@data-f]")] == [False, True, True]
    assert 'by a comment: their "spelling"' in text(page)
    assert {e.get("value") for e in page.iterfind(".//input[@name='h']")} == {"s", "b"}
    # Nothing else counts it.
    assert "1 major" in text(page)
    alone = tree(write(Report(Article(words, id="a"), "en", suppressed=hidden)))
    assert alone.find(".//aside").get("hidden") == ""
    assert 'name="h"' not in write(WIDE)


def test_a_report_that_cannot_be_written_costs_the_others_nothing() -> None:
    out = io.StringIO()
    reporter = create("html", Options(out, "tqcheck:0"))
    beyond = replace(finding("abc", "abc"), category="none")  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        reporter.report(Report(Article("abc", id="a"), "en", (beyond,)))
    assert out.getvalue() == ""
    reporter.report(WIDE)
    reporter.finish()
    assert len(tree(out.getvalue()).findall(".//article")) == 1


def test_two_hundred_articles_fit() -> None:
    # A thousand words with their original beside them and a dozen findings, as a desk has them.
    lines = [
        f"The council{n} of the town met on Monday, and the mayor said again that the bridge is safe."
        for n in range(55)
    ]
    words = "\n\n".join(lines)
    found = tuple(finding(words, f"council{n}", message=f"“council{n}” is a name; write “Council”.") for n in range(12))
    segments = tuple(replace(s) for s in _segments(words, lines))
    report = Report(Article(words, id="a", path="news/a.md", source=words, source_lang="fr"), "en", found,
                    segments=segments, words=1000)  # fmt: skip
    assert len(write(*[report] * 200).encode()) < 5_000_000


def _segments(words: str, lines: list[str]) -> list:  # type: ignore[type-arg]
    from tqcheck.model import Segment

    return [Segment(*stretch(words, line), stretch(words, line)) for line in lines]


def test_shows_risks_where_they_are_asked_for() -> None:
    assert 'class="risk"' not in write(RIGHT_TO_LEFT)
    assert '<small class="risk">risk 0.02</small>' in write(RIGHT_TO_LEFT, alignment=True)


def test_languages_are_named() -> None:
    page = tree(write(RIGHT_TO_LEFT, WIDE))
    first, second = page.iterfind(".//article//div[@class='text two']")
    assert (first.get("lang"), second.get("lang")) == ("ar", "zh-TW")
    assert {e.get("dir") for e in first.iterfind(".//div[@class='t']")} == {"rtl"}
    assert {(e.get("lang"), e.get("dir")) for e in first.iterfind(".//div[@class='o']")} == {("fr", None)}
    mixed = Report(Article("An English line.\nقال الوزير.", id="a"), "en")
    assert [e.get("dir") for e in tree(write(mixed)).iterfind(".//div[@class='t']/p")] == [None, "rtl"]
    assert safe(CHINESE.split("\n")[0]) in text(page)
