"""The engine: any text in any language gives valid spans, no crash, the same answer twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.marks import EVERYTHING, RULES
from tqcheck.config import Settings
from tqcheck.engine import check, check_article
from tqcheck.errors import ConfigError
from tqcheck.languages import available
from tqcheck.model import Article, Category, Prose, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule

PIECES = st.sampled_from(
    [
        *"the The kyiv Nations United km2 . , “ ” ‘ ’ ' \" « » „ ( ) [ ] - – — -- 12 Video VideoTwo … ? ! ¿".split(),
        *"。 ， 「 」 中国 です الحرب ، президент Ãé &amp; <br> {0} XNUMX https://example.org/a?b=c @user PREV".split(),
        *(" ", "  ", "\n", "\n\n", ". .", "10 000", "31 June", "NEXT x", "\u200b", "\ufffd", "\ud800", "e\u0301"),
        "👨\u200d👩",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))
LANGS = st.sampled_from([*available(), "und", "hu", "hi"])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, LANGS)
def test_any_text(text: str, lang: str) -> None:
    report = check_article(Article(text, lang=lang), EVERYTHING)
    assert not report.failures
    for finding in report.findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.text == text[finding.start : finding.end]
        for edit in finding.fix.edits if finding.fix else ():
            assert 0 <= edit.start <= edit.end <= len(text)
    assert 0 <= report.score <= 100
    assert report == check_article(Article(text, lang=lang), EVERYTHING)


@rule("XXX101", "broken", Category.OTHER, Severity.MINOR, examples=(example("en", "x"),))
def broken(ctx: Context) -> Iterator[Draft]:
    """Raises, as a rule with a defect would."""
    yield ctx.draft(0, 1, "fine")
    raise RuntimeError("a defect")


def test_a_failing_rule_costs_no_other_its_findings() -> None:
    report = check_article(
        Article("Police said the the suspect fled.", lang="en"), EVERYTHING, [broken, RULES["REP101"]]
    )
    assert [f.code for f in report.findings] == ["REP101"]
    assert [(f.where, f.message) for f in report.failures] == [("XXX101", "RuntimeError: a defect")]


def test_rules_that_cannot_run_say_so() -> None:
    report = check("Ez egy mondat.", lang="hu")
    assert any(s.reason == "no data for this language yet" for s in report.skipped)


def test_language_is_detected_only_when_not_given() -> None:
    assert check("Le ministre a présenté hier soir son projet de réforme à l’Assemblée.").detected
    report = check("Le ministre a présenté hier soir son projet.", lang="fr")
    assert (report.lang, report.detected) == ("fr", False)


def test_score_falls_with_findings_and_is_100_without() -> None:
    assert check("The minister resigned on Monday.", lang="en").score == 100
    assert check("The minister resigned on Monday, the the end.", lang="en").score < 100


def test_spans_point_into_the_raw_text() -> None:
    raw = "The **minister** said the the truth."
    prose = Prose("The minister said the the truth.", ((0, 0), (4, 6), (12, 16)))
    report = check_article(Article(raw, lang="en", prose=prose), EVERYTHING, [RULES["REP101"]])
    (finding,) = report.findings
    assert raw[finding.start : finding.end] == finding.text == "the the"


def test_unknown_selector_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match="doubled-word"):
        check("x", lang="en", config=Settings(select=("doubled-wrod",)))


def test_min_confidence_hides_but_counts() -> None:
    text = "The minister announced this Saturday that the road was open."
    shown = check(text, lang="en", config=EVERYTHING)
    hidden = check(text, lang="en")
    assert [f.code for f in shown.findings] == ["CAL101"]
    assert (hidden.findings, hidden.hidden) == ((), 1)
    assert shown.score == hidden.score < 100


def test_a_source_is_aligned() -> None:
    report = check(
        "The minister resigned. He left.",
        source="Le ministre a démissionné. Il est parti.",
        lang="en",
        source_lang="fr",
    )
    assert [(s.start, s.source) for s in report.segments] == [(0, Span(0, 26)), (23, Span(27, 40))]
    assert all(s.similarity is not None and s.similarity > 0.5 for s in report.segments)


def test_the_signature_names_what_ran() -> None:
    whole = check("The minister resigned.", lang="en").signature
    part = check("The minister resigned.", lang="en", config=Settings(select=("CAS",))).signature
    other = check("The minister resigned.", lang="fr").signature
    assert len({whole, part, other}) == 3
    assert whole == check("Another text.", lang="en").signature


def test_a_finding_yields_only_to_one_that_is_kept() -> None:
    """A yields to B, and B to C elsewhere on its stretch: then A stays."""
    from dataclasses import replace

    from tqcheck.overlaps import without_redundant

    first, second, third = RULES["REP101"], RULES["SPA101"], RULES["ENC101"]
    rules = [replace(first, yields_to=("SPA101",)), replace(second, yields_to=("ENC101",)), third]
    (base,) = check_article(Article("Police said the the end.", lang="en"), EVERYTHING, [first]).findings
    a = replace(base, start=0, end=10)
    b = replace(base, code="SPA101", start=5, end=20)
    c = replace(base, code="ENC101", start=15, end=30)
    assert [f.code for f in without_redundant([a, b, c], rules)] == ["REP101", "ENC101"]
