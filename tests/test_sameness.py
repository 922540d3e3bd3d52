"""A target that is its original, a sentence of a third language, a stop that was lost."""

from __future__ import annotations

import pytest

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.engine import check_article
from tqcheck.languages import load
from tqcheck.model import Article
from tqcheck.witnesses.endings import endings, final_mark
from tqcheck.witnesses.language import third_language
from tqcheck.witnesses.sameness import is_original

FRENCH = "Le maire est parti hier soir. La police cherche des témoins de l’accident."
ENGLISH = "The mayor left last night. The police are looking for witnesses of the accident."


def _bitext(source: str, source_lang: str, target: str, lang: str, given: bool = True) -> Bitext:
    article = Article(target, lang=lang if given else None)
    return Bitext(Context(source, load(source_lang)), Context(target, load(lang), article), [])


def test_the_original_itself_is_told_from_a_translation() -> None:
    assert is_original(_bitext(FRENCH, "fr", FRENCH, "en"))
    assert not is_original(_bitext(FRENCH, "fr", ENGLISH, "en"))


def test_one_language_on_both_sides_is_suspicious_only_where_it_was_detected() -> None:
    assert is_original(_bitext(FRENCH, "fr", FRENCH, "fr", given=False))
    assert not is_original(_bitext(FRENCH, "fr", FRENCH, "fr"))


def test_one_finding_for_a_target_that_is_its_original() -> None:
    article = Article(FRENCH, lang="en", source=FRENCH, source_lang="fr")
    codes = [f.code for f in check_article(article).findings if f.category.value in {"untranslated", "wrong-language"}]
    assert codes == ["UNT103"]


def test_a_third_language_is_neither_of_the_two() -> None:
    german = "Die Polizei sucht Zeugen des Unfalls."
    found = third_language(_bitext(german, "de", "La policía busca a los testigos del accidente.", "en"))
    assert [tag for _span, tag in found] == ["es"]
    assert not third_language(_bitext(german, "de", german, "en"))


@pytest.mark.parametrize(
    ("text", "mark"),
    [("He left.”", "."), ("彼は去った。」", "。"), ("He left", ""), ("वह गया।", "।"), ("Three:", ":"), ("", "")],
)
def test_final_mark(text: str, mark: str) -> None:
    assert final_mark(text) == mark


def test_the_dot_of_an_abbreviation_is_no_stop() -> None:
    (ending,) = endings(_bitext("He lives in Washington D.C.", "en", "Il vit à Washington", "fr"))
    assert ending.due == ""
