"""The dictionaries, and what is looked up in them."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile import HOSTILE
from tqcheck.languages.dictionary import NOTHING, dictionary, english, entries
from tqcheck.languages.store import digest

FOLDER = resources.files("tqcheck.languages") / "dictionaries"
LANGUAGES = sorted(path.name.removesuffix(".txt") for path in FOLDER.iterdir() if path.name.endswith(".txt"))
# Forms as they stand in a text, and an English word for each.
FORMS = {
    "ar": {"الحكومة": "government", "والمدينة": "city", "قال": "say"},
    "cs": {"domy": "house", "vládou": "government", "řekl": "say"},
    "de": {"häusern": "house", "entschied": "decide", "haushaltsdebatte": "budget", "größeren": "big"},
    "es": {"ciudades": "city", "dijeron": "say", "elección": "election"},
    "fr": {"villes": "city", "décidé": "decide", "ouvriers": "worker"},
    "hi": {"सरकार": "government", "पानी": "water"},
    "it": {"città": "city", "disse": "say", "guerre": "war"},
    "ja": {"政府": "government", "食べる": "eat", "食べ": "eat", "書か": "write", "高く": "high"},
    "ko": {"정부는": "government", "도시에서": "city", "발표했다": "announce"},
    "nl": {"steden": "city", "regering": "government", "besloot": "decide"},
    "pl": {"domów": "house", "rządu": "government", "wody": "water"},
    "pt": {"cidades": "city", "disseram": "say", "eleições": "election"},
    "ru": {"городов": "city", "правительства": "government", "сказал": "say"},
    "tr": {"hükümetin": "government", "şehirde": "city", "açıkladı": "announce"},
    "uk": {"міста": "city", "уряду": "government", "сказав": "say"},
    "zh": {"政府": "government", "经济": "economy"},
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_dictionary_is_sorted_and_clean(lang: str) -> None:
    text = (FOLDER / f"{lang}.txt").read_text(encoding="utf-8")
    heads = [head for head, _ in entries(text)]
    assert heads == sorted(set(heads))
    assert len(heads) > 5000
    assert text.startswith("#")
    for line in text.splitlines()[1:]:
        assert line == line.lower().strip()
        head, renderings = next(entries(line))
        assert head
        assert renderings
        assert len(set(renderings)) == len(renderings)
        assert all(re.fullmatch(r"[a-zé' -]+", rendering) for rendering in renderings), line


@pytest.mark.parametrize(
    ("lang", "form", "word"), [(la, f, w) for la, forms in FORMS.items() for f, w in forms.items()]
)
def test_forms_of_a_word_are_found(lang: str, form: str, word: str) -> None:
    known = dictionary(lang)
    assert known is not None
    assert digest(word) in known.english(form).words
    assert known.renders(english(word).words)


def test_every_dictionary_is_tried() -> None:
    assert set(FORMS) == set(LANGUAGES)


def test_the_particle_of_a_verb_may_stand_apart() -> None:
    known = dictionary("de")
    assert known is not None
    assert digest("announce") not in known.english("teilte").words
    assert digest("announce") in known.english("teilte", ["mit"]).words


@pytest.mark.parametrize(
    ("british", "us"),
    [("favourite", "favorite"), ("organised", "organized"), ("centres", "centers"), ("defence", "defense")],
)
def test_both_spellings_are_one_word(british: str, us: str) -> None:
    assert english(british).words & english(us).words


def test_what_is_no_word_means_nothing() -> None:
    known = dictionary("fr")
    assert known is not None
    assert known.english("zzzxq") == NOTHING
    assert dictionary("en") is None
    assert dictionary("xx") is None
    assert dictionary("pt-BR") is not None


@pytest.mark.parametrize("lang", LANGUAGES)
@given(word=st.text(max_size=40) | st.sampled_from(list(HOSTILE.values())))
@settings(max_examples=25, deadline=None)
def test_any_word_may_be_looked_up(lang: str, word: str) -> None:
    known = dictionary(lang)
    assert known is not None
    found = known.english(word.lower())
    assert bool(found.words) == bool(found.families)
    assert not found.words or known.renders(found.words)
