"""Language data: every record has the same keys, falls back as promised, and its patterns hold."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from tests.marks import clean, unmark
from tqcheck.errors import ConfigError
from tqcheck.languages import available, load
from tqcheck.languages.detect import detect
from tqcheck.languages.lexicon import names
from tqcheck.languages.loader import canonical
from tqcheck.text.case import lower

FOLDER = Path(str(resources.files("tqcheck.languages")))
COMPLETE = [tag for tag in available() if "-" not in tag]
# Grammar patterns where there are certain ones; prepositions of place where the script has capitals; how names
# are written where it is not as in most languages.
OPTIONAL = {
    "grammar", "words.locative", "words.leading", "words.wanting", "words.finite", "words.letters", "words.merged",
    "naming", "naming.nouns_capital", "naming.attributive", "naming.of", "naming.syllabic", "naming.heard",
    "naming.known", "naming.characters", "naming.home", "naming.bodies", "naming.initial", "words.past",
    "words.past_endings", "words.adverb_endings",
    "words.objects",
}  # fmt: skip
FOURTEEN = {"en", "fr", "de", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "ar", "zh", "ja"}


def _keys(table: dict[str, object], prefix: str = "") -> set[str]:
    found = set()
    for key, value in table.items():
        found.add(prefix + key)
        if isinstance(value, dict) and key not in {"magnitudes", "small"}:
            found |= _keys(value, f"{prefix}{key}.")
    return found


def _raw(tag: str) -> dict[str, object]:
    return tomllib.loads((FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))


def test_fourteen_languages_are_complete() -> None:
    assert set(COMPLETE) >= FOURTEEN


@pytest.mark.parametrize("tag", available())
def test_keys_are_those_of_english(tag: str) -> None:
    expected = _keys(_raw("en")) | OPTIONAL
    keys = _keys(_raw(tag))
    assert keys <= expected, keys - expected
    if tag in COMPLETE:
        assert expected - keys <= OPTIONAL


@pytest.mark.parametrize("tag", COMPLETE)
def test_calendar_is_complete(tag: str) -> None:
    calendar = load(tag).calendar
    assert len(calendar.months) == 12
    assert len(calendar.days) == 7
    assert calendar.dates


@pytest.mark.parametrize("tag", COMPLETE)
def test_norms_are_named(tag: str) -> None:
    assert load(tag).norms


GRAMMAR = [(tag, entry) for tag in COMPLETE for entry in load(tag).grammar]


@pytest.mark.parametrize(("tag", "entry"), GRAMMAR, ids=[f"{t}-{i}" for i, (t, _) in enumerate(GRAMMAR)])
def test_grammar_pattern(tag: str, entry) -> None:  # type: ignore[no-untyped-def]
    text, (span,) = unmark(entry.bad)
    pattern = re.compile(entry.pattern)
    assert [m.span(1) for m in pattern.finditer(text)] == [span]
    assert len(entry.good) >= 2
    for right in (*entry.good, *clean(tag)):
        assert not pattern.search(right), right


def test_fallback_goes_from_variant_to_parent_to_default() -> None:
    assert load("pt-BR").tag == "pt-BR"
    assert load("pt-BR").words.function == load("pt").words.function
    assert load("es-MX").name == load("es").name
    assert load("zh-Hant").quotes.primary == load("zh-TW").quotes.primary
    unknown = load("hu")
    assert (unknown.known, unknown.tag) == (False, "hu")


@pytest.mark.parametrize(("given", "right"), [("pt_br", "pt-BR"), ("ZH-hant", "zh-Hant"), ("en", "en")])
def test_canonical_tag(given: str, right: str) -> None:
    assert canonical(given) == right


@pytest.mark.parametrize("bad", ["", "e n", "fr/ca", "12", "français!"])
def test_what_is_no_tag(bad: str) -> None:
    with pytest.raises(ConfigError):
        canonical(bad)


@pytest.mark.parametrize("tag", sorted(FOURTEEN))
def test_names_are_capitalised_and_known_by_their_lower_form(tag: str) -> None:
    lexicon = names(tag)
    assert len(lexicon.single) + len(lexicon.multi) >= 500
    if load(tag).cased:
        small = [n.form for n in lexicon.single.values() if n.form == lower(n.form, tag) and not n.common]
        assert not small


def test_detection_is_stable() -> None:
    text = "Le ministre a présenté hier soir son projet de réforme à l’Assemblée nationale."
    assert {detect(text) for _ in range(5)} == {"fr"}
    assert detect("12345 !!!") is None


def test_detection_is_that_of_langdetect() -> None:
    """It is only quicker to begin with: its tables are filled as they are asked for."""
    from langdetect import detector_factory

    from tqcheck.languages.detect import _factory

    theirs = detector_factory.DetectorFactory()
    theirs.load_profile(detector_factory.PROFILES_DIRECTORY)
    ours = _factory.__wrapped__()  # another one: filled to the brim, it is large
    order = [theirs.langlist.index(lang) for lang in ours.langlist]
    assert sorted(order) == list(range(len(theirs.langlist)))
    for letters, found in theirs.word_lang_prob_map.items():
        assert letters in ours.word_lang_prob_map
        if len(letters) <= 3:
            assert ours.word_lang_prob_map[letters] == [found[at] for at in order]
    assert "☃" not in ours.word_lang_prob_map
