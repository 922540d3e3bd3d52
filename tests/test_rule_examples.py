"""The examples of every rule are its specification: they run, with exactly the marked stretches."""

from __future__ import annotations

import pytest

from tests.marks import RULES, apply_fixes, clean, marked, run, unmark
from tqcheck.config import Settings
from tqcheck.engine import check_article
from tqcheck.languages import available
from tqcheck.model import Article, Confidence
from tqcheck.rules.base import Example, Rule

ALL = [(rule, ex) for rule in RULES.values() for ex in rule.examples]
# Low-confidence evidence is hidden by default: the tests look at everything.
EVERYTHING = Settings(min_confidence=Confidence.LOW)


def _report(rule: Rule, lang: str, text: str):  # type: ignore[no-untyped-def]
    return check_article(Article(text, lang=lang), EVERYTHING, rules=[rule])


@pytest.mark.parametrize(("rule", "ex"), ALL, ids=[f"{r.code}-{e.lang}-{i}" for i, (r, e) in enumerate(ALL)])
def test_example(rule: Rule, ex: Example) -> None:
    text, spans = unmark(ex.text)
    report = _report(rule, ex.lang, text)
    assert not report.failures
    assert not report.skipped
    assert [(f.start, f.end) for f in report.findings] == list(spans), [f.text for f in report.findings]
    if ex.fixed is not None:
        assert apply_fixes(text, report.findings) == ex.fixed


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_enough_examples(rule: Rule) -> None:
    bad = [e for e in rule.examples if "⟦" in e.text]
    assert len(bad) >= 2
    assert len(rule.examples) - len(bad) >= 3
