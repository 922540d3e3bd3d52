"""A pattern that begins with its first letters finds what the one it was made of finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.languages import load
from tqcheck.languages.loader import available
from tqcheck.text.letter_first import letter_first

WRITTEN = {
    r"\b(ab) c": r"(a(?<!\w.)b) c",
    r"(?<!x )\b[Aa]b": r"[Aa](?<!x .)(?<!\w.)b",
    r"\b(?:[Aa]b|\bcd) e": r"(?:A(?<!\w.)b|a(?<!\w.)b|c(?<!\w.)(?<!\w.)d) e",
    r"(?<!xa|bc)b": r"b(?<!(?:xa|bc).)",
    r"\b(a(?:b|c))": r"(a(?<!\w.)(?:b|c))",
    r"\b(a|b)c": r"(a(?<!\w.)|b(?<!\w.))c",
}
AS_THEY_ARE = (r"\b[ab]?c", r"\b(a)?b", r"\b(?:a|\w)b", r"\b(a(?:b|c)|a)", r"\d+", r"(?=a)b", r"\ba*", "")


@pytest.mark.parametrize("pattern", WRITTEN)
def test_assertions_are_asked_behind_the_first_letter(pattern: str) -> None:
    assert letter_first(pattern) == WRITTEN[pattern]


@pytest.mark.parametrize("pattern", AS_THEY_ARE)
def test_what_begins_otherwise_stays(pattern: str) -> None:
    assert letter_first(pattern) == pattern


@given(st.sampled_from(sorted(WRITTEN)), st.text("abcdexA \n", max_size=30))
def test_the_same_is_found(pattern: str, text: str) -> None:
    found, expected = (list(re.finditer(p, text)) for p in (letter_first(pattern), pattern))
    assert [m.span() for m in found] == [m.span() for m in expected]
    assert [m.groups() for m in found] == [m.groups() for m in expected]


@pytest.mark.parametrize("tag", [tag for tag in available() if load(tag).grammar])
def test_the_patterns_of_the_records_can_be_rewritten(tag: str) -> None:
    rewritten = [entry.pattern != letter_first(entry.pattern) for entry in load(tag).grammar]
    assert sum(rewritten) >= len(rewritten) - 1
