"""Tense, aspect and the sex of pronouns: what is read in English, and what the other side lets expect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.bitext import Bitext
from tqcheck.engine import check, read
from tqcheck.languages.verbs import Forms, verbs
from tqcheck.model import Article
from tqcheck.witnesses.forms import NAMES, against, strangeness

SAID = {
    "The council met and rejected the plan.": Forms(1, 0, 0, 0, 0, None),
    "The council rejects nothing; it has no plan.": Forms(0, 1, 0, 0, 0, None),
    "It’s late, and they’ll leave.": Forms(0, 0.5, 1, 0, 0, None),
    "The roof has also collapsed.": Forms(0, 1, 0, 0, 1, None),
    "The roof was repaired.": Forms(1, 0, 0, 0, 0, None),
    "She is waiting for him, and her son was sleeping.": Forms(0.5, 0.5, 0, 1, 0, 2 / 3),
    "He would not say so.": Forms(0, 0, 0, 0, 0, 0),
    "They didn't know.": Forms(1, 0, 0, 0, 0, None),
    "Red king of the hill": Forms(None, None, None, 0, 0, None),
}

# An original, its translation, and the same in another tense or of another person.
PAIRS = (
    (
        "fr",
        "La ministre démissionnera lundi.",
        "The minister will resign on Monday.",
        "The minister resigned on Monday.",
    ),
    ("es", "El tren llegó con retraso.", "The train arrived late.", "The train will arrive late."),
    ("de", "Der Fluss ist über die Ufer getreten.", "The river burst its banks.", "The river will burst its banks."),
    ("ru", "Завтра завод закроют.", "The plant will be closed tomorrow.", "The plant was closed tomorrow."),
    ("it", "La scuola aprirà in autunno.", "The school will open in autumn.", "The school opened in autumn."),
    ("zh", "她昨天离开了医院。", "She left the hospital yesterday.", "He will leave the hospital yesterday."),
    ("uk", "Міст відкриють навесні.", "The bridge will be opened in spring.", "The bridge was opened in spring."),
)


@pytest.mark.parametrize("text", SAID)
def test_what_the_verbs_of_a_sentence_say(text: str) -> None:
    known = verbs("en")
    assert known is not None
    assert known.forms(text.strip(".").replace(",", "").replace(";", "").split()) == SAID[text]


def test_the_words_of_most_languages_are_not_written_down() -> None:
    assert verbs("fr") is None
    assert verbs("en-GB") is verbs("en")


@given(st.lists(st.tuples(st.none() | st.floats(0, 1), st.floats(-20, 20)), min_size=6, max_size=6))
def test_nothing_is_likelier_than_the_likeliest(forms: list[tuple[float | None, float]]) -> None:
    odds = [log_odds for _said, log_odds in forms]
    likeliest = against(Forms(*(float(log_odds > 0) for log_odds in odds)), odds)
    assert tuple(likeliest) == NAMES
    assert not any(likeliest.values())
    assert min(against(Forms(*(said for said, _log_odds in forms)), odds).values()) >= 0


def test_another_tense_is_mostly_strange_and_scores_less() -> None:
    strange, less = [], []
    for lang, source, right, wrong in PAIRS:
        strange.append(_strangeness(wrong, source, lang) > _strangeness(right, source, lang))
        scores = [check(text, source=source, lang="en", source_lang=lang).score for text in (right, wrong)]
        less.append(scores[0] > scores[1])
    # Weak evidence: a map read off vectors, not a grammar.
    assert sum(strange) >= 5
    assert sum(less) >= 4


def test_the_english_side_may_be_the_original() -> None:
    english = "The school will open in autumn."
    article = Article("La scuola aprirà in autunno.", lang="it", source=english, source_lang="en")
    wrong = Article("La scuola aprì in autunno.", lang="it", source=english, source_lang="en")
    found = [_sum(bitext) for bitext in (read(one).bitext for one in (article, wrong)) if bitext is not None]
    assert found[0] < found[1]


def test_nothing_is_expected_between_other_languages() -> None:
    bitext = read(Article("Die Schule öffnet.", lang="de", source="L’école ouvrira.", source_lang="fr")).bitext
    assert bitext is not None
    assert _sum(bitext) == 0


def _strangeness(text: str, source: str, lang: str) -> float:
    bitext = read(Article(text, lang="en", source=source, source_lang=lang)).bitext
    assert bitext is not None
    return _sum(bitext)


def _sum(bitext: Bitext) -> float:
    return sum(value for found in strangeness(bitext) for name, value in found.items() if name.endswith("-other"))
