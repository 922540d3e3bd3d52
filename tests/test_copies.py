"""What of the original stands unchanged in the target."""

from __future__ import annotations

import pytest

from tqcheck.bitext import Bitext, Pair
from tqcheck.context import Context
from tqcheck.languages import load
from tqcheck.languages.leftovers import CERTAIN, weight
from tqcheck.model import Span
from tqcheck.witnesses.copied_sentences import copied_sentences
from tqcheck.witnesses.copies import copies, shares


def _bitext(source: str, source_lang: str, target: str, lang: str, aligned: bool = True) -> Bitext:
    pairs = [Pair(Span(0, len(source)), Span(0, len(target)), 0.5)] if aligned else []
    return Bitext(Context(source, load(source_lang)), Context(target, load(lang)), pairs)


def _left(source: str, source_lang: str, target: str, lang: str) -> list[str]:
    found = copies(_bitext(source, source_lang, target, lang))
    return [target[c.target.start : c.target.end] for c in found if not c.title and c.weight >= CERTAIN]


@pytest.mark.parametrize(
    ("source", "source_lang", "target", "lang", "left"),
    [
        ("Burmistrz jednak odmówił.", "pl", "The mayor jednak refused.", "en", ["jednak"]),
        ("Řeka je větší než loni.", "cs", "The river is větší than last year.", "en", ["větší"]),
        ("Мэр и/или его зам уйдут.", "ru", "The mayor и/или his deputy will go.", "en", ["и/или"]),
        ("Diese Ansicht teilt er.", "de", "He shares this Ansicht too.", "en", ["Ansicht"]),
        ("Le Temps retrouvé est un roman.", "fr", "Le Temps retrouvé ist ein Roman.", "de", []),
        ("The National Trust for Scotland paid.", "en", "Le National Trust for Scotland a payé.", "fr", []),
        ("L’information est internationale.", "fr", "The information is international.", "en", []),
        ("The mayor saw the network collapse.", "en", "市長はnetworkの崩壊を見た。", "ja", ["network"]),
    ],
)
def test_copies(source: str, source_lang: str, target: str, lang: str, left: list[str]) -> None:
    assert _left(source, source_lang, target, lang) == left


def test_copies_point_at_the_original() -> None:
    bitext = _bitext("Мэр ушёл. Музей открыт.", "ru", "The музей is open.", "en")
    assert copies(bitext) == ()  # another casing is another word of a script: it is not to be found
    bitext = _bitext("Мэр ушёл. Старый музей открыт.", "ru", "The музей is open.", "en")
    (copy,) = copies(bitext)
    assert copy.source is not None
    assert bitext.source.text[copy.source.start : copy.source.end] == "музей"


def test_shares_count_what_was_left() -> None:
    assert shares(_bitext("Burmistrz jednak odmówił.", "pl", "The mayor jednak refused.", "en")) == (0.25,)
    assert shares(_bitext("Burmistrz jednak odmówił.", "pl", "The mayor has refused.", "en")) == (0.0,)
    assert shares(_bitext("Burmistrz", "pl", "The mayor", "en", aligned=False)) == ()


def test_nothing_is_left_over_within_one_language() -> None:
    assert copies(_bitext("The mayor refused.", "en-US", "The mayor refused.", "en-GB")) == ()


def test_names_are_no_sentence() -> None:
    names = "Real Madrid, Bayern Munich, Juventus Turin."
    assert not copied_sentences(_bitext(names, "en", names, "fr")).target


def test_hostile_repetition_stays_quick() -> None:
    copies(_bitext("de la " * 5000, "fr", "de la " * 5000, "en"))


def test_weight_needs_a_list_of_the_target() -> None:
    assert weight("jednak", "en", "pl") == CERTAIN
    assert weight("jednak", "xx", "pl") < CERTAIN
    assert weight("information", "en", "fr") == 0
