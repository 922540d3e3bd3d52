"""A translation beside a reference: figures, changes, findings."""

from __future__ import annotations

import pytest

from tqcheck.comparison import Comparison, compare
from tqcheck.engine import check, read
from tqcheck.model import Span

BEFORE = "The minister resigned on Monday in france. He left the the office at noon.\n\nNobody was hurt."
AFTER = "The minister resigned on Monday in France. He left the office at noon.\n\nNobody was hurt. It was quiet."


def compared(before: str, after: str, lang: str = "en") -> Comparison:
    ours, theirs = check(before, lang=lang), check(after, lang=lang)
    return compare(ours, read(ours.article).sentences, theirs, read(theirs.article).sentences)


def test_findings_that_went_away_and_what_was_changed() -> None:
    found = compared(BEFORE, AFTER)
    assert [f.text for f in found.gone] == ["france", "the the"]
    assert not found.kept
    assert not found.new
    assert found.segments == 4
    assert [BEFORE[c.target.start : c.target.end] for c in found.changes] == [
        "The minister resigned on Monday in france.",
        "He left the the office at noon.",
        "",
    ]
    assert found.changes[2].reference == Span(AFTER.index("It was"), len(AFTER))


def test_the_same_text_is_perfect() -> None:
    found = compared(AFTER, AFTER)
    assert not found.changes
    assert {m.name: round(m.score) for m in found.metrics} == {"BLEU": 100, "chrF2++": 100, "TER": 0}
    assert all("version:" in m.signature for m in found.metrics)


@pytest.mark.parametrize(("lang", "tokenizer"), [("zh", "tok:zh"), ("ja", "tok:char"), ("fr", "tok:13a")])
def test_words_are_counted_as_the_language_writes_them(lang: str, tokenizer: str) -> None:
    assert tokenizer in compared("东京。", "北京。", lang).metrics[0].signature


def test_intervals_where_there_are_enough_segments() -> None:
    before = "\n".join(f"The {n}th train left the station late on Monday." for n in range(4, 20))
    after = before.replace("late", "early")
    assert all(m.interval >= 0 and m.mean for m in compared(before, after).metrics)
    assert [m.interval for m in compared(BEFORE, AFTER).metrics] == [0, 0, 0]


def test_empty_sides() -> None:
    found = compared("", "Nobody was hurt.")
    assert found.segments == 1
    assert compared("", "").segments == 0
