"""The examples of every rule are its specification: they run, with exactly the marked stretches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.marks import EVERYTHING, RULES, apply_fixes, as_read, clean, run, unmark, with_wishes
from tqcheck.config import Settings
from tqcheck.engine import check_article
from tqcheck.languages import available
from tqcheck.model import Article, Confidence
from tqcheck.rules.base import Example, Rule

ALL = [(rule, ex) for rule in RULES.values() for ex in rule.examples]


@pytest.mark.parametrize(("rule", "ex"), ALL, ids=[f"{r.code}-{e.lang}-{i}" for i, (r, e) in enumerate(ALL)])
def test_example(rule: Rule, ex: Example) -> None:
    text, spans = unmark(ex.text)
    source, stretches = (None, ()) if ex.source is None else unmark(ex.source)
    report = run(rule, ex.lang, text, source, ex.source_lang, ex.glossary, ex.reader, ex.house)
    assert not report.failures
    assert not report.skipped
    here = [f for f in report.findings if f.side == "target"]
    assert [(f.start, f.end) for f in here] == list(spans), [f.text for f in report.findings]
    # Marks in the original are what findings on either side are about there; none: not looked at.
    about = sorted({f.source for f in report.findings if f.source is not None})
    assert about == list(stretches) or (not stretches and len(here) == len(report.findings)), about
    if ex.fixed is not None:
        assert apply_fixes(text, report.findings) == ex.fixed


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_enough_examples(rule: Rule) -> None:
    bad = [e for e in rule.examples if e.bad]
    assert len(bad) >= 2
    assert len(rule.examples) - len(bad) >= 3


@pytest.mark.parametrize(
    ("rule", "ex"), [(r, e) for r, e in ALL if e.fixed is not None], ids=lambda v: getattr(v, "code", None)
)
def test_fixed_text_is_quiet_and_stays(rule: Rule, ex: Example) -> None:
    assert ex.fixed is not None
    source = None if ex.source is None else unmark(ex.source)[0]
    assert not run(rule, ex.lang, ex.fixed, source, ex.source_lang, ex.glossary, house=ex.house).findings
    settings = with_wishes(Settings(), ex.glossary, ex.house)
    before, after = (
        {
            f.code
            for f in check_article(
                Article(text, lang=ex.lang, source=source, source_lang=ex.source_lang), settings
            ).findings
        }
        for text in (unmark(ex.text)[0], ex.fixed)
    )
    assert after <= before, f"the repair makes other rules fire: {after - before}"


GOOD = [(rule, ex) for rule, ex in ALL if not ex.bad]


@pytest.mark.parametrize(("rule", "ex"), GOOD, ids=[f"{r.code}-{e.lang}-{i}" for i, (r, e) in enumerate(GOOD)])
def test_every_rule_is_silent_on_good_examples(rule: Rule, ex: Example) -> None:
    """The cheapest guard against false alarms: each good example, read by all rules at once."""
    article = replace(as_read(ex.text, ex.reader), lang=ex.lang, source=ex.source, source_lang=ex.source_lang)
    findings = check_article(article, with_wishes(Settings(), ex.glossary, ex.house)).findings
    assert not findings, [(f.code, f.text) for f in findings]


@pytest.mark.parametrize("lang", available())
def test_every_rule_is_silent_on_clean_sentences(lang: str) -> None:
    loud = []
    for text in clean(lang):
        report = check_article(Article(text, lang=lang), EVERYTHING)
        assert not report.failures
        loud += [(f.code, f.text, text) for f in report.findings if f.confidence > Confidence.LOW]
    assert not loud, "\n".join(map(str, loud))
