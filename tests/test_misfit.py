"""An original that is none: one finding for the whole article, and no rule compares its sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from tqcheck.engine import check, check_article, read
from tqcheck.model import Article
from tqcheck.readers.files import beside as beside_original
from tqcheck.readers.files import original
from tqcheck.rules.source.src101_wrong_source import _BUDGET, _HAFEN, _HARBOUR
from tqcheck.rules.source.src102_partial_source import _LONG


def beside(text: str, lang: str, source: str, source_lang: str | None) -> list[str]:
    """Return the codes of the findings."""
    report = check(text, source, lang, source_lang)
    assert not report.failures
    return [f.code for f in report.findings]


@pytest.mark.parametrize(
    ("source", "lang"),
    [(_BUDGET, "fr"), (_BUDGET, None), (_HARBOUR, "de"), (_HARBOUR, "en"), (_HARBOUR, None), (_BUDGET * 12, "fr")],
)
def test_one_finding_for_an_original_that_is_none(source: str, lang: str | None) -> None:
    assert beside(_HARBOUR, "en", source, lang) == ["SRC101"]
    report = check(_HARBOUR, source, "en", lang)
    assert not report.segments
    assert "NUM101" in {s.code for s in report.skipped}


def test_a_true_original_whose_language_nobody_gave() -> None:
    report = check(_HARBOUR, _HAFEN, "en")
    assert report.source_lang == "de"
    assert not report.findings
    assert [s.source is not None for s in report.segments] == [True] * 4


def test_a_true_original_with_a_wrong_language_code() -> None:
    # It is no misfit; that German nouns, read as Dutch, pass for names is known.
    assert set(beside(_HARBOUR, "en", _HAFEN, "nl")) <= {"ENT101"}


@pytest.mark.parametrize("source", ["", "  \n ", "***", "12"])
def test_an_original_without_words(source: str) -> None:
    assert "SRC101" not in beside(_HARBOUR, "en", source, "de")


def test_a_summary_is_said_once() -> None:
    assert beside("The zoo has had two young lynxes since Saturday.", "en", _LONG, "de") == ["SRC102"]


def test_languages_that_no_encoder_knows_are_aligned_by_length() -> None:
    ctx = read(
        Article("Kei te haere 42 tangata.\nKa mutu.", lang="mi", source="Runa 42 hamun.\nTukun.", source_lang="qu")
    )
    assert ctx.bitext is not None
    assert ctx.bitext.lexical is None
    assert [p.similarity for p in ctx.bitext.matched] == [None, None]


def test_the_original_keeps_its_markup_and_says_its_language(tmp_path: Path) -> None:
    place = tmp_path / "o.md"
    place.write_text("---\nlang: de\n---\nDer **Hafen** wurde am Dienstag gesperrt.\n", encoding="utf-8")
    article = beside_original(Article("The harbour was closed on Tuesday.", lang="en"), original(str(place)))
    report = check_article(article)
    assert report.source_lang == "de"
    (segment,) = report.segments
    assert article.source is not None
    assert segment.source is not None
    assert article.source[slice(*segment.source)] == "Der **Hafen** wurde am Dienstag gesperrt."
