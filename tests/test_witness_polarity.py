"""Polarity and questions beside the original: what the rules' examples do not show."""

from __future__ import annotations

import pytest

from tqcheck.bitext import Bitext, Pair
from tqcheck.context import Context
from tqcheck.languages import load
from tqcheck.languages.negation import negation
from tqcheck.model import Span
from tqcheck.witnesses.negation import polarity
from tqcheck.witnesses.question import asking


def _bitext(source_lang: str, sources: list[str], lang: str, targets: list[str]) -> Bitext:
    """Pair sentence with sentence, without an encoder."""

    def spans(sentences: list[str]) -> list[Span]:
        found, at = [], 0
        for sentence in sentences:
            found.append(Span(at, at + len(sentence)))
            at += len(sentence) + 1
        return found

    source, target = Context(" ".join(sources), load(source_lang)), Context(" ".join(targets), load(lang))
    return Bitext(source, target, [Pair(a, b) for a, b in zip(spans(sources), spans(targets), strict=True)])


@pytest.mark.parametrize(
    ("lang", "text", "plain"),
    [
        ("en", "They don’t know, and they cannot ask.", ["don’t", "cannot"]),
        ("en", "Not only the roads were closed.", []),
        ("fr", "Il ne veut pas partir.", ["pas"]),
        ("fr", "avant qu’il ne parte", []),
        ("es", "No es más que un comienzo.", []),
        ("ru", "Пока мы не знаем, что делать.", []),
        ("cs", "Nemohou přijít, protože nemají čas.", ["Nemohou", "nemají"]),
        ("tr", "Rapor hakkında konuşmadı.", ["madı"]),
        ("tr", "Kasırga yüzlerce evi yok etti.", []),
        ("zh", "他没有回答。", ["没有"]),
        ("ja", "彼は答えなかった。", ["なかった"]),
        ("ja", "行かなければならない。", []),
    ],
)
def test_plain_negators(lang: str, text: str, plain: list[str]) -> None:
    data = negation(lang)
    assert data is not None
    assert [text[s.start : s.end] for s in data.find(text).plain] == plain


def test_without_an_encoder_nothing_is_sure() -> None:
    (found,) = polarity(_bitext("de", ["Der Rat billigte den Plan."], "en", ["The council did not approve the plan."]))
    assert (found.kind, found.sure) == ("invented", False)
    assert 0 < found.weight < 1


def test_a_negation_in_the_next_sentence_counts_less() -> None:
    alone = polarity(_bitext("de", ["Sie kam."], "en", ["She did not come."]))[0]
    moved = polarity(
        _bitext("de", ["Sie kam.", "Er kam nicht."], "en", ["She did not come.", "He did."]),
    )[0]
    assert moved.weight < alone.weight


def test_a_question_that_moved_to_the_next_sentence() -> None:
    found = asking(
        _bitext("de", ["Der Rat stimmt zu.", "Kommt sie?"], "en", ["Does the council agree?", "She is coming."]),
    )
    assert [a.sure for a in found] == [False, False]


def test_an_address_asks_nothing() -> None:
    text = "Read more at example.org/a?b=1."
    assert asking(_bitext("de", ["Mehr unter example.org."], "en", [text]))[0].kind == ""
