"""Places in open texts: every unit, every line break, and edits that come in ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, Range, TextDocumentContentChangePartial, TextDocumentContentChangeWholeDocument

from tqcheck.lsp.documents import Document, whole
from tqcheck.lsp.positions import Positions

ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
WIDTH = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
# Astral, combining, right-to-left and wide characters, all line breaks, and what Python alone takes for one.
TEXTS = st.text(st.sampled_from("ab 𝒳😀é\u0301שل中\n\r\u2028\u0085\x0b"), max_size=40)


def _units(text: str, encoding: str) -> int:
    return len(text.encode(ENCODINGS[encoding])) // WIDTH[encoding]


@given(TEXTS, st.sampled_from(sorted(ENCODINGS)), st.data())
def test_an_offset_and_its_position_are_one_place(text: str, encoding: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    if text[offset - 1 : offset + 1] == "\r\n" and offset:
        offset += 1  # there is no place between the two
    place = Positions(text, encoding).position(offset)
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    assert place.line == before.count("\n")
    assert place.character == _units(before.rpartition("\n")[2], encoding)
    assert Positions(text, encoding).offset(place) == offset


@pytest.mark.parametrize(
    ("encoding", "columns"),
    [("utf-8", (0, 4, 5, 7)), ("utf-16", (0, 2, 3, 4)), ("utf-32", (0, 1, 2, 3))],
)
def test_the_inside_of_a_character_is_its_beginning(encoding: str, columns: tuple[int, ...]) -> None:
    places = Positions("😀aé", encoding)
    for offset, column in enumerate(columns):
        assert places.position(offset) == Position(0, column)
    for column in range(columns[-1] + 1):
        assert places.offset(Position(0, column)) == max(i for i, c in enumerate(columns) if c <= column)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_what_lies_behind_a_line_is_its_end(ending: str) -> None:
    places = Positions(f"ab{ending}c", "utf-16")
    assert places.offset(Position(0, 99)) == 2
    assert places.offset(Position(1, 99)) == 2 + len(ending) + 1
    assert places.offset(Position(9, 0)) == len(places.text)
    assert places.line_of(0) == (0, 2)


@given(TEXTS, st.sampled_from(sorted(ENCODINGS)), st.data())
def test_edits_in_ranges_are_those_of_the_text(text: str, encoding: str, data: st.DataObject) -> None:
    document = Document("file:///a.md", "markdown", Positions(text, encoding), encoding)
    for version in range(2, 5):
        now = document.text
        start = data.draw(st.integers(0, len(now)))
        end = data.draw(st.integers(start, len(now)))
        if any(now[at - 1 : at + 1] == "\r\n" for at in (start, end) if at):
            continue
        new = data.draw(TEXTS)
        change = TextDocumentContentChangePartial(document.positions.range(start, end), new)
        document.change([change], version)
        assert document.text == now[:start] + new + now[end:]
        assert document.version == version


def test_edits_come_one_after_the_other_and_a_whole_text_at_once() -> None:
    document = Document("file:///a.md", "markdown", Positions("one\n", "utf-16"), "utf-16")
    at = Position(0, 3)
    document.change(
        [
            TextDocumentContentChangePartial(Range(at, at), "\u2028two"),
            TextDocumentContentChangePartial(Range(Position(1, 0), Position(1, 0)), "three"),
        ],
        2,
    )
    assert document.text == "one\u2028two\nthree"
    document.change([TextDocumentContentChangeWholeDocument("new")], 3)
    assert document.text == "new"


def test_half_a_pair_of_surrogates_is_replaced() -> None:
    assert whole("a\ud83db") == "a\ufffdb"


@pytest.mark.parametrize(
    ("uri", "kind", "name"),
    [
        ("file:///x/a.md", "plaintext", "/x/a.md"),
        ("file:///x/a%20b.HTML", "html", "/x/a b.HTML"),
        ("file:///x/README", "markdown", "/x/README.md"),
        ("untitled:Untitled-1", "plaintext", "untitled.txt"),
        ("file:///x/a.py", "python", None),
        ("file:///x/feed.jsonl", "json", None),
    ],
)
def test_which_texts_are_articles(uri: str, kind: str, name: str | None) -> None:
    assert Document(uri, kind, Positions("", "utf-16"), "utf-16").name == name
