"""The examples of every rule are its specification: they run, with exactly the marked stretches."""

from __future__ import annotations

import pytest

from tests.marks import EVERYTHING, RULES, apply_fixes, clean, run, unmark
from tqcheck.engine import check_article
from tqcheck.languages import available
from tqcheck.model import Article, Confidence
from tqcheck.rules.base import Example, Rule

ALL = [(rule, ex) for rule in RULES.values() for ex in rule.examples]


@pytest.mark.parametrize(("rule", "ex"), ALL, ids=[f"{r.code}-{e.lang}-{i}" for i, (r, e) in enumerate(ALL)])
def test_example(rule: Rule, ex: Example) -> None:
    text, spans = unmark(ex.text)
    report = run(rule, ex.lang, text)
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


@pytest.mark.parametrize(
    ("rule", "ex"), [(r, e) for r, e in ALL if e.fixed is not None], ids=lambda v: getattr(v, "code", None)
)
def test_fixed_text_is_quiet_and_stays(rule: Rule, ex: Example) -> None:
    assert ex.fixed is not None
    assert not run(rule, ex.lang, ex.fixed).findings
    before = {f.code for f in check_article(Article(unmark(ex.text)[0], lang=ex.lang)).findings}
    after = {f.code for f in check_article(Article(ex.fixed, lang=ex.lang)).findings}
    assert after <= before, f"the repair makes other rules fire: {after - before}"


GOOD = [(rule, ex) for rule, ex in ALL if "⟦" not in ex.text]


@pytest.mark.parametrize(("rule", "ex"), GOOD, ids=[f"{r.code}-{e.lang}-{i}" for i, (r, e) in enumerate(GOOD)])
def test_every_rule_is_silent_on_good_examples(rule: Rule, ex: Example) -> None:
    """The cheapest guard against false alarms: each good example, read by all rules at once."""
    findings = check_article(Article(ex.text, lang=ex.lang)).findings
    assert not findings, [(f.code, f.text) for f in findings]


@pytest.mark.parametrize("lang", available())
def test_every_rule_is_silent_on_clean_sentences(lang: str) -> None:
    loud = []
    for text in clean(lang):
        report = check_article(Article(text, lang=lang), EVERYTHING)
        assert not report.failures
        loud += [(f.code, f.text, text) for f in report.findings if f.confidence > Confidence.LOW]
    assert not loud, "\n".join(map(str, loud))
