"""What the dictionaries say of the words of a pair."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tqcheck.bitext import Bitext
from tqcheck.engine import read
from tqcheck.model import Article
from tqcheck.witnesses.literal import sides
from tqcheck.witnesses.lookup import Lookup, lookups, ratios
from tqcheck.witnesses.preference import doubts

# An original, its translation, a word put into it that the original lacks, and a word of the original that the
# translation has lost together with the one it stood for.
CASES = {
    "ar": ("وافقت الحكومة على القانون الجديد.", "The government approved the new law.", "wooden", "القانون", "law"),
    "cs": (
        "Vláda včera schválila nový zákon.",
        "The government approved the new law yesterday.",
        "wooden",
        "zákon",
        "law",
    ),
    "de": (
        "Die Regierung stimmte dem neuen Gesetz zu.",
        "The government agreed to the new law.",
        "wooden",
        "Gesetz",
        "law",
    ),
    "es": (
        "El gobierno aprobó ayer la nueva ley.",
        "The government approved the new law yesterday.",
        "wooden",
        "ley",
        "law",
    ),
    "fr": ("L’entreprise a vendu deux usines.", "The company sold two factories.", "poisonous", "usines", "factories"),
    "hi": ("सरकार ने नया कानून बनाया।", "The government made a new law.", "wooden", "कानून", "law"),
    "it": ("L’azienda ha venduto la fabbrica.", "The company sold the factory.", "poisonous", "fabbrica", "factory"),
    "ja": ("政府は新しい法律を発表した。", "The government announced a new law.", "wooden", "法律", "law"),
    "pl": (
        "Rząd przyjął wczoraj nową ustawę.",
        "The government adopted a new law yesterday.",
        "wooden",
        "ustawę",
        "law",
    ),
    "pt": (
        "O governo aprovou ontem a nova lei.",
        "The government approved the new law yesterday.",
        "wooden",
        "lei",
        "law",
    ),
    "ru": ("Правительство приняло новый закон.", "The government adopted a new law.", "wooden", "закон", "law"),
    "uk": ("Уряд ухвалив новий закон.", "The government adopted a new law.", "wooden", "закон", "law"),
    "zh": ("政府公布了新的法律。", "The government announced a new law.", "wooden", "法律", "law"),
    "ko": ("정부는 새로운 법률을 발표했다.", "The government announced a new law.", "wooden", "법률을", "law"),
    "nl": (
        "De regering keurde gisteren de nieuwe wet goed.",
        "The government approved the new law yesterday.",
        "wooden",
        "wet",
        "law",
    ),
    "tr": ("Hükümet yeni yasayı onayladı.", "The government approved the new law.", "wooden", "yasayı", "law"),
}


@pytest.mark.parametrize("lang", CASES)
def test_an_added_word_is_the_most_doubtful(lang: str) -> None:
    source, target, added, _, stood = CASES[lang]
    found = _lookup(source, target.replace(stood, f"{added} {stood}"), lang)
    doubts_of = dict(zip((w.text for w in found.target.words), found.target.doubts, strict=True))
    assert max(doubts_of, key=lambda word: doubts_of[word]) == added
    assert found.target.some > _lookup(source, target, lang).target.some


@pytest.mark.parametrize("lang", CASES)
def test_a_lost_word_is_the_most_doubtful(lang: str) -> None:
    source, target, _, lost, stood = CASES[lang]
    found = _lookup(source, target.replace(stood, ""), lang)
    doubts_of = dict(zip((w.text for w in found.source.words), found.source.doubts, strict=True))
    assert max(doubts_of, key=lambda word: doubts_of[word]) == lost
    assert found.source.some > _lookup(source, target, lang).source.some


@pytest.mark.parametrize("lang", CASES)
def test_the_worse_of_two_translations_is_told(lang: str) -> None:
    source, target, added, _, stood = CASES[lang]
    right, added_to, lost = (
        doubts(_bitext(source, text, lang)) or [0.0]
        for text in (target, target.replace(stood, f"{added} {stood}"), target.replace(stood, ""))
    )
    assert right[0] < added_to[0]
    assert right[0] < lost[0]


def test_two_languages_meet_in_english() -> None:
    found = _lookup("Die Regierung hat das Gesetz beschlossen.", "Le gouvernement a adopté la loi.", "de", "fr")
    assert found.target.words
    assert max(found.target.doubts) < 0


def test_a_run_of_words_that_was_put_in_is_found() -> None:
    source = "Die Polizei sperrte die Straße."
    target = "The police closed the road after wild horses escaped from a circus."
    bitext = _bitext(source, target, "de")
    (found,) = lookups(bitext)
    assert found.target.run is not None
    assert "horses escaped" in bitext.target.text[slice(*found.target.run)]


def test_words_that_the_dictionary_links_are_alike() -> None:
    bitext = _bitext("Die Regierung hat das Gesetz beschlossen.", "The government passed the law.", "de")
    words = sides(bitext, bitext.matched[0])
    assert words is not None
    at = [w.text for w in words.source].index("Gesetz"), [w.text for w in words.target].index("law")
    assert words.like[at] >= 0.6


def test_without_a_dictionary_nothing_is_said() -> None:
    found = _lookup("Regeringen vedtog loven i går.", "The government passed the law yesterday.", "da")
    assert found == Lookup(found.source, found.target)
    assert not found.source.words
    assert found.target.some == 0


def test_a_likelier_word_is_never_more_doubtful() -> None:
    for states in ratios().values():
        for ratio in states.values():
            heights = [ratio(n / 50) for n in range(-10, 110)]
            assert heights == sorted(heights, reverse=True)
            assert all(-4 <= height <= 4 for height in heights)


@given(source=st.text(max_size=60), target=st.text(max_size=60), lang=st.sampled_from(["de", "fr", "ja", "hi", "uk"]))
@settings(max_examples=60, deadline=None)
def test_any_pair_can_be_looked_up(source: str, target: str, lang: str) -> None:
    bitext = read(Article(target, lang="en", source=source, source_lang=lang)).bitext
    if bitext is not None:
        for found in lookups(bitext):
            for side in (found.source, found.target):
                assert len(side.words) == len(side.doubts)
                assert side.some >= 0
                assert side.weight >= 0


def _bitext(source: str, target: str, lang: str, to: str = "en") -> Bitext:
    bitext = read(Article(target, lang=to, source=source, source_lang=lang)).bitext
    assert bitext is not None
    return bitext


def _lookup(source: str, target: str, lang: str, to: str = "en") -> Lookup:
    (found,) = lookups(_bitext(source, target, lang, to))
    return found
