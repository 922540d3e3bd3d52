"""The witnesses that the risk weighs, the risk itself, and the score that moves with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.bitext import Bitext
from tqcheck.engine import check, read
from tqcheck.languages.frequency import frequencies
from tqcheck.languages.spaceless import cut
from tqcheck.model import Article
from tqcheck.reporters.reasons import because
from tqcheck.score import score
from tqcheck.text.words import Word
from tqcheck.witnesses.additive import Curve
from tqcheck.witnesses.coverage import coverage, rarity
from tqcheck.witnesses.evidence import evidence
from tqcheck.witnesses.risk import model, risks
from tqcheck.witnesses.shape import shapes

SOUND = "The minister of finance resigned on Monday after weeks of protests in the capital."
FRENCH = "Le ministre des Finances a démissionné lundi après des semaines de manifestations dans la capitale."
FAULTY = {
    "cut short": "The minister of finance resigned.",
    "another sentence": "The old bridge will be painted green before the summer.",
    "weeks": "The minister of finance resigned on Monday after weeks, weeks, weeks, weeks, weeks of weeks.",
    "invented": SOUND[:-1] + ", while two bakers from a small village won the national chess championship.",
}


def beside(target: str, source: str = FRENCH) -> Bitext:
    bitext = read(Article(target, lang="en", source=source, source_lang="fr")).bitext
    assert bitext is not None
    return bitext


def risk_of(target: str) -> float:
    report = check(target, source=FRENCH, lang="en", source_lang="fr")
    return max(segment.risk or 0.0 for segment in report.segments)


@pytest.mark.parametrize("fault", FAULTY.values(), ids=FAULTY)
def test_a_fault_is_riskier_and_scores_less(fault: str) -> None:
    assert risk_of(fault) > risk_of(SOUND) + 0.1
    args = {"source": FRENCH, "lang": "en", "source_lang": "fr"}
    assert check(fault, **args).score < check(SOUND, **args).score


def test_a_sound_pair_has_little_risk() -> None:
    assert risk_of(SOUND) < 0.2


def test_what_is_missing_lacks_a_counterpart() -> None:
    (found,) = coverage(beside(FAULTY["cut short"])) or ()
    lost = {word.text for word, gone in zip(found.source.words, found.source.missing, strict=True) if gone > 0.05}
    assert lost == {"lundi", "semaines", "manifestations"}
    assert found.source.lost > found.target.lost


def test_loops_and_echoes_are_counted() -> None:
    (sound,), (looping,) = shapes(beside(SOUND)), shapes(beside(FAULTY["weeks"]))
    assert (sound.loops, sound.echoes) == (0, 0)
    assert looping.loops > 0.1
    assert looping.echoes > 0.5


def test_every_curve_has_its_evidence() -> None:
    (found,) = evidence(beside(SOUND)) or ()
    assert set(model().curves) < set(found)


def test_reasons_add_up_to_the_risk() -> None:
    (found,) = risks(beside(FAULTY["another sentence"])) or ()
    assert found.probability > 0.5
    assert "the meanings lie far apart" in because(found.reasons)


def test_without_an_encoder_there_is_no_risk() -> None:
    from tqcheck.config import Settings

    report = check(SOUND, source=FRENCH, lang="en", source_lang="fr", config=Settings(encoder="none"))
    assert report.segments
    assert {segment.risk for segment in report.segments} == {None}


@given(st.floats(-50, 50), st.lists(st.tuples(st.floats(-5, 5), st.floats(-3, 3)), max_size=6))
def test_an_ordinary_value_adds_nothing(origin: float, bends: list[tuple[float, float]]) -> None:
    assert Curve(origin, 1.5, tuple(bends))(origin) == 0


def test_score_follows_its_formula() -> None:
    assert score([], 100, loss=0.25) == 75.0


def test_rare_words_tell_more() -> None:
    assert rarity("the", "en") < rarity("minister", "en") < rarity("xylophonist", "en") <= 1


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("zh", "外交部长星期一会见了法国总统", ["外交部长", "星期一", "会见", "了", "法国", "总统"]),
        ("ja", "大統領は月曜日に東京で会談した", ["大統領", "は", "月曜日", "に", "東京", "で", "会談", "し", "た"]),
        ("zh", "在2024年3月的NATO峰会", ["在", "2024", "年", "3", "月", "的", "NATO", "峰会"]),
    ],
)
def test_runs_are_cut_into_words(lang: str, text: str, words: list[str]) -> None:
    found = list(cut(Word(5, 5 + len(text), text), frequencies(lang)))
    assert [word.text for word in found] == words
    assert [text[word.start - 5 : word.end - 5] for word in found] == words


@given(st.text(alphabet="東京都abc12３的了", min_size=1, max_size=1500))
def test_cutting_loses_nothing(text: str) -> None:
    assert "".join(word.text for word in cut(Word(0, len(text), text), frequencies("zh"))) == text
