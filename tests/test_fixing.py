"""Fixes: what is chosen, how often, what two rules that fight come to; invariants of every rule's fix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.marks import EVERYTHING, GOLDEN, RULES, marked, unmark, with_wishes
from tqcheck.config import Settings
from tqcheck.engine import check_article
from tqcheck.fixing import PASSES, Accept, Fixed, Offer, applied, choose, every, fix, merged, safe_only
from tqcheck.model import Article, Category, Confidence, Edit, Finding, Fix, Report, Severity
from tqcheck.readers import html, markdown, text
from tqcheck.rules.base import Example, Rule

READERS = {"text": text.read, "markdown": markdown.read, "html": html.read}


def finding(text_: str, edits: list[Edit], code: str = "TST101", safe: bool = True, **other: object) -> Finding:
    start, end = min(e.start for e in edits), max(e.end for e in edits)
    values = {"severity": Severity.MINOR, "confidence": Confidence.HIGH, "message": "m", **other}
    return Finding(
        code, "test", Category.OTHER, start=start, end=end, text=text_[start:end], fix=Fix(tuple(edits), safe), **values
    )  # type: ignore[arg-type]


def rewriter(*swaps: tuple[str, str, str]) -> Callable[[Article], Report]:
    """Return a check that finds each `wrong` and would write `right`: (code, wrong, right)."""

    def check(article: Article) -> Report:
        found = []
        for code, wrong, right in swaps:
            at = article.text.find(wrong)
            if at >= 0:
                found.append(finding(article.text, [Edit(at, at + len(wrong), right)], code))
        return Report(article, "en", tuple(found))

    return check


def anything(each: Finding) -> None:
    """Accept every fix."""


def run(start: str, check: Callable[[Article], Report], accept: Accept = safe_only) -> Fixed:
    return fix(check(Article(start)), accept, check, Article)


def test_equal_edits_count_once() -> None:
    words = "the the end"
    same = [finding(words, [Edit(3, 7, "")], code) for code in ("TST101", "TST102")]
    chosen, deferred = choose(same, words, anything)
    assert len(chosen) == 2
    assert not deferred
    assert applied(words, merged(chosen, words)) == "the end"


@pytest.mark.parametrize(
    ("first", "second"),
    [((0, 3), (2, 5)), ((0, 3), (3, 5)), ((0, 3), (3, 3)), ((3, 3), (3, 5)), ((1, 2), (0, 5)), ((2, 2), (2, 2))],
)
def test_what_overlaps_or_touches_waits(first: tuple[int, int], second: tuple[int, int]) -> None:
    words = "abcdefgh"
    one = finding(words, [Edit(*first, "X")], "TST101", severity=Severity.MAJOR)
    other = finding(words, [Edit(*second, "Y")], "TST102")
    chosen, deferred = choose([other, one], words, anything)
    assert chosen == [one]
    assert [(d.finding, d.reason) for d in deferred] == [(other, "it touches the fix of TST101")]


def test_fixes_are_all_or_nothing() -> None:
    words = "“a” and “b”"
    pair = finding(words, [Edit(0, 1, "«"), Edit(2, 3, "»")], "TST101")
    half = finding(words, [Edit(2, 3, "!"), Edit(8, 9, "?")], "TST102", severity=Severity.MAJOR)
    chosen, deferred = choose([pair, half], words, anything)
    assert chosen == [half]
    assert [d.finding for d in deferred] == [pair]


edits = st.tuples(st.integers(0, 20), st.integers(0, 4), st.sampled_from(["", "x", "yz"])).map(
    lambda t: Edit(t[0], min(20, t[0] + t[1]), t[2])
)


@given(st.lists(st.lists(edits, min_size=1, max_size=3), max_size=12))
def test_chosen_edits_never_meet(groups: list[list[Edit]]) -> None:
    words = "abcdefghijklmnopqrst"
    found = [finding(words, group, f"TST{n}") for n, group in enumerate(groups)]
    chosen, deferred = choose(found, words, anything)
    owners: dict[Edit, set[str]] = {}
    for each in chosen:
        assert each.fix is not None
        for edit in each.fix.edits:
            owners.setdefault(edit, set()).add(each.code)
    order = sorted(owners)
    for one, other in pairwise(order):
        assert one.end < other.start or (one.end <= other.start and owners[one] & owners[other])
    assert len(chosen) + len(deferred) <= len(found)
    kept = [c for c in range(20) if not any(e.start <= c < e.end for e in order)]
    assert [c for c in applied(words, merged(chosen, words)) if c in "abcdefghijklmnopqrstuvw"] == [
        words[c] for c in kept
    ]


def test_unsafe_and_doubtful_fixes_wait() -> None:
    words = "abc"
    unsafe = finding(words, [Edit(0, 1, "x")], safe=False)
    doubtful = finding(words, [Edit(2, 3, "x")], confidence=Confidence.LOW)
    chosen, deferred = choose([unsafe, doubtful], words, lambda f: safe_only(Offer(f, words, 0)))
    assert not chosen
    assert all("--unsafe-fixes" in d.reason for d in deferred)
    assert len(choose([unsafe, doubtful], words, anything)[0]) == 2


def test_passes_repeat_until_nothing_is_left() -> None:
    result = run("a", rewriter(("TST101", "a", "b"), ("TST102", "b", "c")))
    assert result.report.article.text == "c"
    assert [r.finding.code for r in result.report.fixed] == ["TST101", "TST102"]
    assert not result.report.deferred
    assert len(result.passes) == 2


def test_what_rules_do_in_a_fight_is_undone() -> None:
    check = rewriter(("TST100", "z", "y"), ("TST101", "aa", "bb"), ("TST102", "bb", "aa"), ("TST103", "ye", "we"))
    result = run("aa zed", check)
    assert result.report.article.text == "aa wed"
    assert result.fight == ("TST101", "TST102")
    assert [d.reason for d in result.report.deferred] == ["the fixes of TST101, TST102 undo each other"]
    assert [r.finding.code for r in result.report.fixed] == ["TST100", "TST103"]
    assert [f.code for f in result.report.findings] == ["TST101"]


def test_a_fix_that_never_settles_is_undone() -> None:
    result = run("a", rewriter(("TST101", "a", "ab")))
    assert result.report.article.text == "a"
    assert result.fight == ("TST101",)
    assert not result.report.fixed
    assert not result.passes
    assert result.report.deferred[0].reason == "TST101 undoes its own fix"


def test_ten_passes_are_enough_for_ten_neighbours() -> None:
    swaps = [(f"TST{n}", chr(97 + n), chr(98 + n)) for n in range(PASSES)]
    assert run("a", rewriter(*swaps)).report.article.text == chr(97 + PASSES)


def test_a_fix_that_changes_nothing_is_none() -> None:
    result = run("abc", rewriter(("TST101", "b", "b")))
    assert not result.fight
    assert not result.report.deferred
    assert result.report.findings


def test_an_offer_is_known_again_in_the_next_pass() -> None:
    check = rewriter(("TST101", "aaa", "b"), ("TST102", "c", "dd"), ("TST103", "b", "eeee"), ("TST104", "no", "yes"))
    seen: list[tuple[str, int]] = []

    def accept(offer: Offer) -> str | None:
        seen.append((offer.finding.code, offer.at))
        return "no" if offer.finding.code == "TST104" else None

    assert run("aaa c no", check, accept).report.article.text == "eeee dd no"
    assert set(seen) == {("TST101", 0), ("TST102", 4), ("TST103", 0), ("TST104", 6)}
    assert len(seen) > len(set(seen))


def test_line_breaks_are_those_of_the_file() -> None:
    result = run("one\r\ntwo|three\r\n", rewriter(("TST101", "|", "\n")))
    assert result.report.article.text == "one\r\ntwo\r\nthree\r\n"


@pytest.mark.parametrize(
    ("reader", "raw", "wrong", "right"),
    [
        ("html", "<p>A &lt; B, x.</p>", "x", "<b>"),
        ("html", "<p>Fish, chips.</p>", "ips", "&amp;"),
        ("markdown", "One\n\nTwo x.", "Two x", "> Two x"),
        ("markdown", "Four x five.", "Four x", "# Four x"),
        ("text", "---\nlang: en\n---\nText x.", "lang", "long"),
        ("html", "<p class=x>Text.</p>", "class", "klass"),
    ],
)
def test_what_would_change_the_markup_is_deferred(reader: str, raw: str, wrong: str, right: str) -> None:
    check, read = rewriter(("TST101", wrong, right), ("TST102", ".", "!")), READERS[reader]
    result = fix(check(read(raw)), safe_only, check, read)
    assert "how the file is read" in result.report.deferred[0].reason
    assert [r.finding.code for r in result.report.fixed] == ["TST102"]
    assert result.report.article.text == raw.replace(".", "!", 1)


def test_the_language_is_not_guessed_again() -> None:
    seen = []

    def check(article: Article) -> Report:
        seen.append(article.lang)
        return replace(rewriter(("TST101", "a", "b"))(article), lang=article.lang or "fr", detected=not article.lang)

    result = run("a", check)
    assert seen == [None, "fr"]
    assert result.report.detected
    assert result.report.article.lang is None


FIXES = [(r, e) for r in RULES.values() for e in r.examples if "⟦" in e.text]
FIXES += [
    (RULES[s.code], Example(lang.name, s.text, s.fixed))
    for lang in sorted(GOLDEN.iterdir())
    if lang.is_dir()
    for s in marked(lang.name)
    if s.code in RULES and s.fixed is not None
]


@pytest.mark.parametrize(("rule", "ex"), FIXES, ids=[f"{r.code}-{e.lang}-{n}" for n, (r, e) in enumerate(FIXES)])
@pytest.mark.parametrize("accept", [safe_only, every], ids=["safe", "unsafe"])
def test_fixes_of_every_rule(rule: Rule, ex: Example, accept: Accept) -> None:
    """Of every example and golden sentence: what was fixed no longer fires, fixing again changes
    nothing, and no rule that runs by default fires that did not."""
    original = None if ex.source is None else unmark(ex.source)[0]
    article = Article(unmark(ex.text)[0], lang=ex.lang, source=original, source_lang=ex.source_lang)

    def alone(each: Article) -> Report:
        return check_article(each, with_wishes(EVERYTHING, ex.glossary, ex.house), rules=[rule])

    def read(words: str) -> Article:
        return replace(article, text=words)

    result = fix(alone(article), accept, alone, read)
    assert not result.fight
    if not result.passes:
        return
    after = result.report.article.text
    assert len(result.report.findings) < len(alone(article).findings)
    if accept is every:
        assert not [f for f in result.report.findings if f.fix]
    again = fix(alone(read(after)), accept, alone, read)
    assert not again.passes
    settings = with_wishes(Settings(), ex.glossary, ex.house)
    before, now = ({f.code for f in check_article(read(t), settings).findings} for t in (article.text, after))
    assert now <= before, f"{article.text!r} → {after!r}: {now - before}"
