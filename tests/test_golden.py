"""Golden sets: marked pairs of each language are found exactly; known misses are still missed."""

from __future__ import annotations

import pytest

from tests.marks import GOLDEN, RULES, Specimen, apply_fixes, clean, marked, run

LANGS = sorted(p.name for p in GOLDEN.iterdir() if p.is_dir())
PAIRS = [(lang, s) for lang in LANGS for s in marked(lang)]
MISSES = [(lang, s) for lang in LANGS for s in marked(lang, "misses.tsv")]


@pytest.mark.parametrize(("lang", "pair"), PAIRS, ids=[f"{lang}-{s.code}-{i}" for i, (lang, s) in enumerate(PAIRS)])
def test_marked_pair(lang: str, pair: Specimen) -> None:
    report = run(RULES[pair.code], lang, pair.text)
    assert [(f.start, f.end) for f in report.findings] == list(pair.spans), [f.text for f in report.findings]
    if pair.fixed is not None:
        assert apply_fixes(pair.text, report.findings) == pair.fixed
        assert not run(RULES[pair.code], lang, pair.fixed).findings


@pytest.mark.parametrize(("lang", "pair"), MISSES, ids=[f"{lang}-{s.code}-{i}" for i, (lang, s) in enumerate(MISSES)])
def test_known_miss(lang: str, pair: Specimen) -> None:
    """A miss that is found now belongs into marked.tsv."""
    found = [(f.start, f.end) for f in run(RULES[pair.code], lang, pair.text).findings]
    assert found != list(pair.spans), "found now: move it to marked.tsv"


@pytest.mark.parametrize("lang", LANGS)
def test_set_is_large_enough(lang: str) -> None:
    assert len(marked(lang)) >= 20
    assert len(clean(lang)) >= 20
