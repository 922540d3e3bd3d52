"""Word frequencies: right values, an empty answer without data, a damaged or unwritable cache."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tqcheck.languages import frequency, store


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of its own, with nothing remembered from other tests."""
    monkeypatch.setenv("TQCHECK_CACHE", str(tmp_path / "cache"))
    frequency.frequencies.cache_clear()
    store.folder.cache_clear()
    yield tmp_path / "cache"
    frequency.frequencies.cache_clear()
    store.folder.cache_clear()


def test_values_are_those_of_wordfreq(fresh: Path) -> None:
    import wordfreq

    found = frequency.frequencies("it")
    for word in ("casa", "governo", "costantemente", "qwrtz"):
        assert found.zipf(word) == pytest.approx(wordfreq.zipf_frequency(word, "it"), abs=0.06)


def test_a_language_without_a_list_is_empty(fresh: Path) -> None:
    assert not frequency.frequencies("xx")
    assert frequency.frequencies("tlh").zipf("qapla") == 0.0


def test_a_damaged_cache_is_read_around(fresh: Path) -> None:
    frequency.frequencies("it")
    (file,) = fresh.iterdir()
    file.write_bytes(file.read_bytes()[:1000])
    frequency.frequencies.cache_clear()
    assert frequency.frequencies("it").zipf("casa") > 5
    assert file.stat().st_size > 1000, "the damaged file was not made again"


def test_a_cache_that_cannot_be_written(tmp_path: Path, fresh: Path) -> None:
    fresh.write_text("a file where the folder should be", encoding="utf-8")
    assert frequency.frequencies("it").zipf("casa") > 5
