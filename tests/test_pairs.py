"""Each entry of languages/pairs: its example fires at the mark, its counter stays silent."""

from __future__ import annotations

from importlib import resources

import pytest

from tests.marks import RULES, unmark
from tqcheck.config import Settings
from tqcheck.engine import check_article
from tqcheck.languages.pairs import Calque, calques
from tqcheck.model import Article, Confidence, Finding

EVERYTHING = Settings(min_confidence=Confidence.LOW)
PAIRS = sorted(
    f.name[:-5] for f in (resources.files("tqcheck.languages") / "pairs").iterdir() if f.name.endswith(".toml")
)
ENTRIES = [entry for target in sorted({pair.partition("-")[2] for pair in PAIRS}) for entry in calques(target)]


def _findings(entry: Calque, text: str, source: str | None = None) -> tuple[Finding, ...]:
    target = entry.pair.partition("-")[2]
    return check_article(Article(text, lang=target, source=source), EVERYTHING, rules=[RULES["CAL101"]]).findings


@pytest.mark.parametrize("entry", ENTRIES, ids=[f"{e.pair}-{e.source}-{n}" for n, e in enumerate(ENTRIES)])
def test_entry(entry: Calque) -> None:
    text, spans = unmark(entry.example)
    assert spans, "the example marks nothing"
    assert [(f.start, f.end) for f in _findings(entry, text)] == list(spans)
    assert not _findings(entry, entry.counter)
    assert entry.right


@pytest.mark.parametrize("pair", PAIRS)
def test_enough_entries(pair: str) -> None:
    found = [e for e in ENTRIES if e.pair == pair]
    assert len(found) >= 40
    assert len({e.wrong for e in found}) == len(found)


def test_the_source_raises_the_confidence() -> None:
    """A calque is weak evidence until the original holds the expression."""
    entry = ENTRIES[0]
    text, _ = unmark(entry.example)
    assert all(f.confidence == Confidence.LOW for f in _findings(entry, text))
