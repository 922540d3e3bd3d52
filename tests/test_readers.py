"""Readers: what of a file is prose, where it stands in the file, and what is told about bad input."""

from __future__ import annotations

import io
import json
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.errors import InputError
from tqcheck.model import Article
from tqcheck.readers import Unread, html, jsonl, markdown, read, text
from tqcheck.readers.base import language
from tqcheck.readers.files import decode
from tqcheck.readers.prose import MappedProse


def _stand_ins(article: Article) -> set[int]:
    prose = article.view()
    return {at for at, _a, _b in prose.stand_ins} if isinstance(prose, MappedProse) else set()


def _check_map(article: Article) -> None:
    """Every character of the prose is the same character in the raw text, or a stand-in."""
    prose, loose = article.view(), _stand_ins(article)
    last = 0
    for at, character in enumerate(prose.text):
        start, end = prose.to_raw(at, at + 1)
        assert 0 <= start <= end <= len(article.text)
        assert start >= last
        last = start
        if at in loose:
            assert not prose.contiguous(at, at + 1)
        else:
            assert article.text[start:end] == character


# Letters and everything that markup is made of.
_MARKED = st.text(alphabet="ab é.\n\r\t *_~`[]()!<>&;:#-+=|\\\"'/1x^", max_size=200)
_PARTS = st.lists(
    st.sampled_from(
        "word, Ünï|**b**|_i_|`c`|[t](u)|![a](i)|<b>|</b>|<br>|<p>|&amp;|&nbsp;|&copy|&#8364;|\n|\n\n|\r\n|> |- |1. |"
        "# |```\n|<!-- c -->|<script>x</script>|    |\\*|[^1]|[^1]: |---\n|<https://a.b>|漢字|𝒳|é|<pre>|</pre>| ".split(
            "|"
        )
    ),
    max_size=40,
).map("".join)


@given(st.one_of(_MARKED, _PARTS))
def test_markdown_maps_back(raw: str) -> None:
    _check_map(markdown.read(raw))


@given(st.one_of(_MARKED, _PARTS))
def test_html_maps_back(raw: str) -> None:
    _check_map(html.read(raw))


@given(st.text(alphabet="ab. \n\r\t", max_size=200))
def test_text_maps_back(raw: str) -> None:
    article = text.read(raw)
    _check_map(article)
    assert "\r" not in article.view().text


@pytest.mark.parametrize(
    ("raw", "prose"),
    [
        ("# Head *line* #\n\nOne\ntwo.", "Head line\nOne two."),
        ("Setext\n======\nBody", "Setext\nBody"),
        ("A **bold** and __strong__ ~~gone~~ word", "A bold and strong gone word"),
        ("snake_case and 2 * 3 stay", "snake_case and 2 * 3 stay"),
        ('see [the site](http://x.y/(a) "t") and ![a dog](d.png)', "see the site and a dog"),
        ("[ref][1] and [brackets]\n\n[1]: http://x.y", "ref and [brackets]"),
        ("Use `x = 1` here", "Use \ufffc here"),
        ("a ```b``` c", "a \ufffc c"),
        ("Before\n\n```py\ncode\n```\nAfter", "Before\nAfter"),
        ("Before\n\n    code\n\nAfter", "Before\nAfter"),
        ("> quoted\n> on", "quoted on"),
        ("- one\n  more\n- [x] two\n\n1. three", "one more\ntwo\nthree"),
        ("It was in\n1984. Then", "It was in 1984. Then"),
        ("| a | b |\n|---|:-:|\n| c | d |", "a\nb\nc\nd"),
        ("a<br>b <b>c</b> <!-- no --> d", "a\nb c d"),
        ("<!-- a\n\nb -->\nText", "Text"),
        ("Fact[^1].\n\n[^1]: The note.", "Fact.\nThe note."),
        ("AT&amp;T \\*x\\* <https://a.b/c_d_e>", "AT&T *x* https://a.b/c_d_e"),
        ("one\r\ntwo\r\n\r\nthree", "one two\nthree"),
        ("a\n\n---\n\nb", "a\nb"),
        ("", ""),
    ],
)
def test_markdown(raw: str, prose: str) -> None:
    assert markdown.read(raw).view().text == prose


def test_front_matter() -> None:
    article = markdown.read('---\nlang: pt-BR # yes\nsource_lang: \'fr\'\ntitle: "A \\"b\\": c"\ntags: [x]\n---\nOlá')
    assert (article.lang, article.source_lang, article.title) == ("pt-BR", "fr", 'A "b": c')
    assert article.view().text == "Olá"
    assert article.view().to_raw(0, 3) == (len(article.text) - 3, len(article.text))


@pytest.mark.parametrize(
    ("raw", "prose"),
    [
        ("<p>Hello&nbsp;<b>the</b>\n world</p><p>x</p>", "Hello\u00a0the world\nx"),
        ("AT&T &lt;y&gt; &#8364; &bogus;", "AT&T <y> € &bogus;"),
        ("a<script>var x = '</p>';</script>b<style>p{}</style>c", "abc"),
        ("<nav>menu</nav>text<pre>code</pre><code>x</code>", "text\n\ufffc"),
        ("<ul><li>One<li>Two</ul>A<br/>B", "One\nTwo\nA\nB"),
        ("a<!-- c -->b", "ab"),
        ("", ""),
    ],
)
def test_html(raw: str, prose: str) -> None:
    assert html.read(raw).view().text == prose


def test_html_head() -> None:
    article = html.read("<html lang=en-GB><head><title>A &amp;\n B</title><meta charset=x></head><body>T</body></html>")
    assert (article.lang, article.title, article.view().text) == ("en-GB", "A & B", "T")


def test_entity_is_covered_whole_and_never_edited() -> None:
    prose = html.read("<p>a &amp; b</p>").view()
    start = prose.text.index("&")
    assert prose.to_raw(start, start + 1) == (5, 10)
    assert not prose.contiguous(start - 1, start + 2)
    assert prose.contiguous(start + 1, start + 3)


def test_a_word_taken_out_of_a_wrapped_text_ends_no_paragraph() -> None:
    words = "the harbour was closed on Monday and the ships that were due stayed where they were, it said, " * 4
    lines = textwrap.wrap(words.strip(), 60)
    assert "\n" not in text.read("\n".join(lines)).view().text
    shorter = [lines[0], lines[1].replace(" the ", " ", 1).removesuffix(" the"), *lines[2:]]
    assert shorter != lines
    assert "\n" not in text.read("\n".join(shorter)).view().text
    titled = ["The harbour is closed since Monday morning", lines[0].capitalize(), *lines[1:]]
    assert text.read("\n".join(titled)).view().text.count("\n") == 1


def test_wrapped_text_is_joined() -> None:
    raw = (
        "The minister said on Monday that the plan\nwould cost more than had been expected by\n"
        "those who wrote it, and that the country\nwould pay.\n\nA second paragraph."
    )
    article = text.read(raw)
    assert article.view().text.count("\n") == 2
    assert "plan would" in article.view().text
    _check_map(article)


def test_lines_that_are_paragraphs_stay() -> None:
    raw = "A headline\nBy our reporter\nThe minister said on Monday that the plan will fail.\nHe left.\n- one\n- two"
    assert text.read(raw).view().text == raw


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{bad", "not valid JSON"),
        (b"[1]", "a list, not an object"),
        (b'{"id": "x"}', "no “text”"),
        (b'{"text": 5}', "“text” is a number"),
        (b'{"text": "a", "lang": ["en"]}', "“lang” is a list"),
        (b'{"text": "a", "lang": "english"}', "did you mean “en”"),
        (b'{"text": "a", "id": {}}', "“id” is an object"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b'{"text": ' + b"[" * 100_000, "nested too deep"),
        (b'{"text": "a", "id": ' + b"9" * 10_000 + b"}", "a number is too long"),
    ],
)
def test_bad_line_costs_only_itself(line: bytes, message: str) -> None:
    stream = io.BytesIO(b'{"text": "one"}\n' + line + b'\n\n{"text": "two", "id": 7}\r\n')
    first, bad, last = jsonl.read(stream, "a.jsonl")
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert (first.id, last.id) == ("1", "7")
    assert isinstance(bad, Unread)
    assert bad.where == "a.jsonl:2"
    assert message in bad.message


def test_jsonl_surrogates_bom_and_binary() -> None:
    (article,) = jsonl.read(io.BytesIO(b'\xef\xbb\xbf{"text": "\\ud800 x"}'), "a.jsonl")
    assert isinstance(article, Article)
    assert article.text == "\ud800 x"
    (bad,) = jsonl.read(io.BytesIO(b"\x1f\x8b\x08\0\0\n\n\n"), "a.jsonl")
    assert isinstance(bad, Unread)


def test_jsonl_too_long_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", 32)
    bad, good = jsonl.read(io.BytesIO(b"x" * 500 + b'\n{"text": "ok"}\n'), "a.jsonl")
    assert isinstance(bad, Unread)
    assert "longer than" in bad.message
    assert isinstance(good, Article)


def test_decode() -> None:
    assert decode(b"\xef\xbb\xbfabc") == ("abc", ())
    assert decode("é".encode("utf-16"))[0] == "é"
    with pytest.raises(InputError, match="binary"):
        decode(b"a\0b")
    words, notes = decode("Le café était fermé à Orléans, où l’été a été très chaud.".encode("cp1252"))
    assert "café" in words
    assert "not UTF-8" in notes[0]


def test_paths(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("B", "utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.md").write_text("---\nsource: x.fr.txt\n---\nX", "utf-8")
    (tmp_path / "a" / "x.fr.txt").write_text("IX", "utf-8")
    (tmp_path / ".hidden.txt").write_text("H", "utf-8")
    (tmp_path / "c.png").write_bytes(b"\0")
    (tmp_path / "z.txt").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    names = [str(tmp_path), str(tmp_path / "none.txt"), str(tmp_path / "empty"), str(tmp_path / "c.png")]
    items = list(read(names, io.BytesIO()))
    articles = [i for i in items if isinstance(i, Article)]
    assert [Path(a.path or "").name for a in articles] == ["x.fr.txt", "x.md", "b.txt", "z.txt"]
    assert articles[1].source == "IX"
    assert articles[-1].notes == ("the file is empty",)
    messages = [i.message for i in items if isinstance(i, Unread)]
    assert len(messages) == 3
    assert "no such file" in messages[0]
    assert "no articles" in messages[1]
    assert "binary" in messages[2]


def test_standard_input_has_the_format_of_its_name() -> None:
    (article,) = read(["-"], io.BytesIO(json.dumps({"text": "a"}).encode()), "x.jsonl")
    assert isinstance(article, Article)
    assert article.text == "a"
    (plain,) = read(["-"], io.BytesIO(b"{}"))
    assert isinstance(plain, Article)
    assert plain.text == "{}"


def test_language() -> None:
    assert language("pt_br") == "pt-BR"
    with pytest.raises(InputError, match="did you mean"):
        language("english")
    with pytest.raises(InputError):
        language("e n")


@pytest.mark.parametrize(
    "hostile",
    [
        "`a" * 30000,
        "[" * 60000,
        "](" * 30000,
        "<!--" * 15000,
        "*" * 60000,
        "<a " * 20000,
        "#" + " a" * 30000,
        "# " + " " * 60000 + "x",
        "|" * 60000,
        " " * 60000 + "x",
        "&" * 60000,
        "<" * 60000,
        "a\n" * 30000,
        "1. " * 20000,
        "> - " * 15000 + "x",
        "- " * 30000 + "x",
        "</" * 30000,
        "<!" * 30000,
        "<![CDATA[" * 7000,
        '<a x="' * 9000,
        '<a x="" y=\'' * 5000,
        '<a ="" y="' * 5000,
        "<nav>" * 12000,
        "<script>" * 8000,
        "<title>" * 8000,
        "<textarea>" * 6000,
        "<html lang" + " " * 60000,
        "&#" + "9" * 60000,
        "---\ntitle: a" + " " * 60000 + "b\n---\n",
    ],
)
def test_hostile_text_is_read_in_linear_time(hostile: str) -> None:
    begin = time.process_time()
    markdown.read(hostile)
    text.read(hostile)
    html.read(hostile)
    assert time.process_time() - begin < 5
