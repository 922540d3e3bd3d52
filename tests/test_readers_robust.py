"""Readers on broken and hostile input: nothing is raised, nothing is lost beside it, cost is linear."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.model import Article
from tqcheck.readers import Unread, files, frontmatter, html, inline, markdown, read, text
from tqcheck.readers.prose import Builder


def _read(*paths: Path) -> list[Article | Unread]:
    return list(read([str(p) for p in paths], io.BytesIO()))


def _articles(*paths: Path) -> list[Article]:
    items = _read(*paths)
    assert all(isinstance(i, Article) for i in items), items
    return [i for i in items if isinstance(i, Article)]


def _words(page: str) -> str:
    return html.read(page).view().text


_HTML_PARTS = st.lists(
    st.sampled_from(
        "word|<nav>|</nav>|<button>|</button>|<form>|</form>|<template>|</template>|<main>|</body>|<h1>|<p>|</p>|<li>|"
        "<script>|</script>|<title>|</title>|<svg>|</svg>|<textarea>|</textarea>|<!--|-->|<![CDATA[|]]>|<![FOO[|<?|<!|>|"
        '<a x="|\'|"|=|<|&#|&#x|9999|&am|;|/>|<html lang=|\n| '.split("|")
    ),
    max_size=40,
).map("".join)


@given(_HTML_PARTS)
def test_any_page_is_read_and_maps_back(page: str) -> None:
    prose = html.read(page).view()
    last = 0
    for at in range(len(prose.text)):
        start, end = prose.to_raw(at, at + 1)
        assert last <= start < end <= len(page)
        last = start


@given(st.text(alphabet="<>!-[]/=\"' abCDT&#;x1\n", max_size=300))
def test_tokens_are_in_order_and_apart(page: str) -> None:
    """Each character of a page belongs to one token at most: what makes the cost linear."""
    last = 0
    for token in html._tokens(page):
        assert last <= token.start <= token.end <= len(page)
        last = token.end


@pytest.mark.parametrize("size", [500, 5000])
@pytest.mark.parametrize(
    "unit",
    ["<a ", "<!--", '<a x="', '<a ="" y="', "<a x='<b y=\"", "</", "<![CDATA[", "<?", "<nav>", "<title>", "<", "&#9"],
)
def test_marks_are_looked_for_once(unit: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The matches overlap nowhere, and their number grows with the page and no faster."""
    looked: list[tuple[int, int]] = []

    class Spy:
        def search(self, raw: str, at: int) -> re.Match[str] | None:
            match = mark.search(raw, at)
            looked.append((at, match.end() if match else len(raw)))
            return match

    mark = html._MARK
    monkeypatch.setattr(html, "_MARK", Spy())
    page = unit * size
    html.read(page)  # reads the tokens twice
    assert sum(end - at for at, end in looked) <= 2 * len(page)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("a<![FOO[ x ]]>b", "ab"),
        ("a<![CDATA[ <p>x</p> ]]>b", "ab"),
        ("<!DOCTYPE html><?xml version='1.0'?>a<!-->b<!-- <p> --->c", "abc"),
        ("a <!-- never closed <p>b", "a <!-- never closed\nb"),
        ("5 < 6 and a<b", "5 < 6 and a<b"),
        ("<a title=\"x > y\" href='<b>'>c</a>", "c"),
        ("<a title=it's>c</a> it's", "c it's"),
        ('<img src="data:image/png;base64,' + "A" * 50_000 + '">c', "c"),
        ("<SCRIPT>if (a<b) '</p>'</SCRIPT >c", "c"),
        ("c<script>never closed <p>d", "c"),
        ("<title>never closed<p>d", "d"),
        ("<textarea>never closed<p>d", "d"),
        ("<p>a<iframe><p>x</iframe>b", "ab"),
        ("&" + "x" * 5000, "&" + "x" * 5000),
        ("&#" + "1" * 5000 + ";", "&#" + "1" * 5000 + ";"),
        ("&#x" + "f" * 5000 + ";", "&#x" + "f" * 5000 + ";"),
        ("&#x0000201C;&copy;&CounterClockwiseContourIntegral;&copy", "“©∳©"),
        ("<title>&#" + "1" * 5000 + "</title>a", "a"),
    ],
)
def test_broken_markup(page: str, words: str) -> None:
    assert _words(page) == words


@pytest.mark.parametrize(
    ("page", "words"),
    [
        # A page of ASP.NET: everything is one form.
        (
            "<body><form><h1>Title</h1><input value=x><select><option>One<option>Two</select><p>Text</p>"
            "<label>E-mail</label><button>Send</button></form></body>",
            "Title\nText",
        ),
        ("<nav><ul><li>Home<li>Sport</ul><h1>Title</h1><p>Text", "Title\nText"),
        ("<nav><ul><li>Home</ul><p>Text</p><nav>More</nav>", "Text"),
        ("<nav>Home<main>Text</main></nav>", "Text"),
        ("<nav>Home<article>Text</article>", "Text"),
        ("<nav>Home</body>Text", "Text"),
        ("<nav><h1>Site</h1><p>Menu</p></nav>Text", "Text"),
        ("<p>Press <button>OK <div>Text</div><p>End", "Press\nText\nEnd"),
        ("<p>Use <code>x</p><p>Text", "Use \ufffc\nText"),
        ("<template><article>No</article></template><noscript><p>No</p></noscript>Text", "Text"),
        ("<template>No<p>Text", "Text"),
        ("<head><noscript><p>No</p></noscript><style>p{}</style></head>Text", "Text"),
        ("a<form>b</form>c<pre>d</pre>e", "a\nb\nc\ne"),
        ("<svg><title>Icon</title><text>1</text></svg>Text", "Text"),
    ],
)
def test_what_is_left_out_of_a_page_ends(page: str, words: str) -> None:
    article = html.read(page)
    assert article.view().text == words
    assert article.title is None


def test_a_page_that_is_mostly_left_out_says_so() -> None:
    (note,) = html.read("<nav>" + "Home and Sport " * 20 + "</nav><p>A short text.").notes
    assert "95 %" in note
    assert "<nav>" in note
    assert html.read("<nav>Home</nav><p>A text that is longer.").notes == ()
    assert html.read("<style>" + "p{} " * 200 + "</style><p>A text.").notes == ()
    assert html.read("").notes == ()


@pytest.mark.parametrize(
    ("page", "lang"),
    [
        ("<HTML LANG='fr'>", "fr"),
        ("<html xml:lang=de lang = pt-BR>", "pt-BR"),
        ("<html data-x='lang=xx' class>", None),
        ("<html lang>", None),
        ("<html lang=''>", None),
    ],
)
def test_language_of_a_page(page: str, lang: str | None) -> None:
    assert html.read(page).lang == lang


def test_any_error_of_a_reader_costs_only_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(raw: str) -> Article:
        if "bad" in raw:
            raise RecursionError("x" * 5000)
        return Article(raw)

    monkeypatch.setattr(text, "read", broken)
    for name, words in (("a", "good"), ("b", "bad"), ("c", "good")):
        (tmp_path / f"{name}.txt").write_text(words, "utf-8")
    first, bad, last = _read(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, Unread)
    assert bad.where == str(tmp_path / "b.txt")
    assert "RecursionError" in bad.message
    assert "please report this" in bad.message
    assert len(bad.message) < 400


def test_paths_that_cannot_be_looked_at() -> None:
    items = list(read(["a\0b.txt", "x" * 5000, ""], io.BytesIO()))
    assert len(items) == 3
    assert all(isinstance(i, Unread) for i in items)


@pytest.mark.parametrize("line", ["1. " * 2000 + "end", "> " * 2000 + "end", "- > " * 2000 + "end"])
def test_marks_nested_deep_in_a_line(line: str) -> None:
    assert markdown.read(line).view().text.endswith("end")


def test_marks_nested_in_a_line() -> None:
    assert markdown.read("> 1. - > deep\n\n- # Head\n  more").view().text == "deep\nHead\nmore"


@pytest.mark.parametrize("size", [100, 1000])
def test_lines_are_cut_a_bounded_number_of_times(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    class Spy:
        def match(self, line: str) -> re.Match[str] | None:
            nonlocal calls
            calls += 1
            return item.match(line)

    item = markdown._ITEM
    monkeypatch.setattr(markdown, "_ITEM", Spy())
    markdown.read("1. " * size)
    assert calls <= markdown._DEEPEST


def test_comments_that_never_close_are_not_searched_for() -> None:
    class Counting(str):
        searches = 0

        def find(self, *args: Any) -> int:
            Counting.searches += 1
            return super().find(*args)

        def index(self, *args: Any) -> int:
            Counting.searches += 1
            return super().index(*args)

    paragraph = Counting("a <!-- b --> c " + "<!-- " * 1000)
    view = inline._View(paragraph)
    dropped = [view.dropped(token) for token in inline._TOKEN.finditer(paragraph)]
    assert Counting.searches == 1
    assert [d for d in dropped if d is not None] == [("", len("a <!-- b -->"))]
    builder = Builder("a <!-- b --> c <!-- d")
    inline.emit(builder, builder.raw, [(0, len(builder.raw))])
    assert builder.prose().text == "a c <!-- d"


def test_front_matter_value_with_many_spaces() -> None:
    values = frontmatter.parse("---\r\ntitle:\ta" + " " * 40_000 + "b \t\r\nlang: fr  \r\nurl:\r\n---\r\nText").values
    assert values == {"title": "a" + " " * 40_000 + "b", "lang": "fr"}
    assert "?" not in frontmatter._ENTRY.pattern  # a lazy pattern is what made it quadratic


def test_folders_nested_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    depth = 1100
    (tmp_path / "y.txt").write_text("Y", "utf-8")
    monkeypatch.chdir(tmp_path)
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    Path("x.txt").write_text("deep", "utf-8")
    try:
        deep, flat = _articles(tmp_path)
    finally:  # pytest cannot remove folders that deep
        os.remove("x.txt")
        for _ in range(depth):
            os.chdir("..")
            os.rmdir("d")
    assert (deep.text, flat.text) == ("deep", "Y")


def test_folder_that_cannot_be_opened_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(name, "utf-8")
    (tmp_path / "d.txt").symlink_to(tmp_path / "d.txt")
    real = os.scandir

    def scandir(path: str) -> Any:
        if path == str(tmp_path / "b"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(files.os, "scandir", scandir)
    first, closed, last, loop = _read(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert (first.text, last.text) == ("a", "c")
    assert closed == Unread(str(tmp_path / "b"), str(tmp_path / "b"), "Permission denied", str(tmp_path / "b"))
    assert isinstance(loop, Unread)
    assert "links" in loop.message


def _with_source(folder: Path, source: str) -> Article:
    path = folder / "x.md"
    path.write_text(f"---\nsource: {source}\nlang: fr\n---\nTexte", "utf-8")
    (article,) = _articles(path)
    assert article.lang == "fr"
    assert article.view().text == "Texte"
    return article


def test_source_beside_the_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("IN", "utf-8")
    (tmp_path / "sub" / "en").mkdir()
    (tmp_path / "sub" / "en" / "a.html").write_text("<p>One &amp; two", "utf-8")
    (tmp_path / "sub" / "old.txt").write_bytes("Le café était fermé à Orléans, où l’été a été chaud.".encode("cp1252"))
    assert _with_source(tmp_path / "sub", "en/a.html").source_view().text == "One & two"
    assert _with_source(tmp_path / "sub", "Reuters").notes == ()
    old = _with_source(tmp_path / "sub", "old.txt")
    assert "café" in (old.source or "")
    assert old.notes[0].startswith("the source old.txt: not UTF-8")
    monkeypatch.chdir(tmp_path)
    assert _with_source(tmp_path / "sub", "../in/a.txt").source == "IN"  # below the working folder
    monkeypatch.chdir(tmp_path / "in")
    assert _with_source(tmp_path / "sub", "../in/a.txt").source == "IN"
    monkeypatch.chdir(tmp_path / "sub" / "en")
    away = _with_source(tmp_path / "sub", "../in/a.txt")
    assert away.source is None
    assert "neither below" in away.notes[0]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("none.txt", "no such file"),
        ("dir.txt", "no such file"),
        ("link.txt", "neither below"),
        ("/etc/motd.txt", "must be relative"),
        ("../" * 40 + "etc/motd.txt", "neither below"),
        ("loop.txt", ""),
        ("binary.txt", "a binary file"),
        ("big.txt", "larger than"),
        ("empty.txt", "the file is empty"),
        ("bad.html", ""),
        ("y" * 5000 + ".txt", ""),
    ],
)
def test_source_that_cannot_be_read_is_a_note(
    source: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(raw: str) -> Article:
        raise AssertionError(raw)

    monkeypatch.setattr(files, "LARGEST", 6000)
    monkeypatch.setattr(html, "read", broken)
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "dir.txt").mkdir()
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "binary.txt").write_bytes(b"a\0b")
    (folder / "big.txt").write_bytes(b"a" * 7000)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "bad.html").write_text("x", "utf-8")
    article = _with_source(folder, source)
    assert article.source is None
    (note,) = article.notes
    assert note.startswith(f"the source {source[:100]}")
    assert reason in note
    assert len(note) < 500


def test_wrong_language_in_a_file_is_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html lang='english'><p>The text", "utf-8")
    (tmp_path / "b.md").write_text("---\nlang: '{{ lang }}'\nsource_lang: pt_br\n---\nText", "utf-8")
    (tmp_path / "c.md").write_text("---\nlang: fr\nsource_lang: anglais\n---\nTexte", "utf-8")
    page, template, original = _articles(tmp_path)
    assert (page.lang, template.lang, template.source_lang) == (None, None, "pt-BR")
    assert (original.lang, original.source_lang) == ("fr", None)
    assert "“english” is not a language code; did you mean “en”?" in page.notes[0]
    assert "the lang of the file is left out" in template.notes[0]
    assert "the source_lang of the file is left out" in original.notes[0]


def test_code_in_a_sentence_leaves_its_place() -> None:
    article = html.read("<p>Press <kbd>q</kbd>, then run <code>ls</code>.</p>")
    assert article.view().text == "Press \ufffc, then run \ufffc."
