"""Each entry of languages/pairs: its example fires at the mark, its counter stays silent."""

from __future__ import annotations

from importlib import resources

import pytest

from tests.marks import EVERYTHING, RULES, unmark
from tqcheck.engine import check_article
from tqcheck.languages.pairs import Calque, calques
from tqcheck.model import Article, Confidence, Finding

PAIRS = sorted(
    f.name[:-5] for f in (resources.files("tqcheck.languages") / "pairs").iterdir() if f.name.endswith(".toml")
)
ENTRIES = [entry for target in sorted({pair.partition("-")[2] for pair in PAIRS}) for entry in calques(target)]


def _findings(entry: Calque, text: str) -> tuple[Finding, ...]:
    target = entry.pair.partition("-")[2]
    return check_article(Article(text, lang=target), EVERYTHING, rules=[RULES["CAL101"]]).findings


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


@pytest.mark.parametrize("entry", ENTRIES[:5])
def test_without_the_original_a_calque_is_weak_evidence(entry: Calque) -> None:
    text, spans = unmark(entry.example)
    assert [f.confidence for f in _findings(entry, text)] == [Confidence.LOW] * len(spans)
