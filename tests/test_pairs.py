"""Each entry of languages/pairs: beside its original the example is found at the mark, its counter stays silent."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.marks import EVERYTHING, RULES, unmark
from tqcheck.bitext import Bitext, Pair
from tqcheck.context import Context
from tqcheck.engine import check_article
from tqcheck.languages import store
from tqcheck.languages.loader import load
from tqcheck.languages.pairs import Calque, available, entries, wrongs
from tqcheck.model import Article, Category, Confidence, Finding, Span
from tqcheck.witnesses.calques import distinct, find

# Entries of each pair, and how many of them have an original: both may only grow.
COUNTS = {
    "de-en": (258, 258),
    "de-fr": (70, 70),
    "en-fr": (278, 278),
    "en-it": (214, 214),
    "en-de": (295, 295),
    "en-es": (207, 207),
    "en-ja": (45, 45),
    "en-pt": (185, 185),
    "en-zh": (40, 40),
    "es-en": (164, 164),
    "fr-de": (95, 95),
    "fr-en": (224, 224),
    "is-en": (70, 70),
    "it-en": (196, 196),
    "ja-en": (160, 160),
    "pt-en": (163, 163),
    "ru-en": (190, 190),
    "uk-en": (156, 156),
    "zh-en": (103, 103),
}
ENTRIES = [entry for pair in available() for entry in entries(pair)]
IDS = [f"{entry.pair}-{entry.source}-{n}" for n, entry in enumerate(ENTRIES)]


def alone(entry: Calque, text: str) -> list[Span]:
    """Return where the wrong rendering stands in a text."""
    target = entry.pair.partition("-")[2]
    hits = find(Context(text, load(target)), wrongs(target, entry.pair))
    return [Span(hit.start, hit.end) for hit in distinct([hit for hit in hits if hit.value == entry])]


def by_rule(text: str) -> tuple[Finding, ...]:
    """Return what CAL101 finds without an original."""
    return check_article(Article(text, lang="en"), EVERYTHING, rules=[RULES["CAL101"]]).findings


def beside(entry: Calque, text: str, original: str) -> list[tuple[str, Span, Span | None]]:
    """Return code, place and place in the original of what is found beside it, both as one pair."""
    source, _, target = entry.pair.partition("-")
    ctx, theirs = Context(text, load(target)), Context(original, load(source))
    ctx.bitext = Bitext(theirs, ctx, [Pair(Span(0, len(original)), Span(0, len(text)))])
    drafts = [(code, draft) for code in ("CAL102", "FFR101") for draft in RULES[code].run(ctx)]
    return [(code, Span(draft.start, draft.end), draft.source) for code, draft in drafts]


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_alone(entry: Calque) -> None:
    text, spans = unmark(entry.example)
    assert spans, "the example marks nothing"
    assert alone(entry, text) == list(spans)
    # What natives say too is no evidence without the original.
    if entry.alone:
        assert not alone(entry, entry.counter)


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.original], ids=lambda e: f"{e.pair}-{e.source}")
def test_beside_the_original(entry: Calque) -> None:
    text, spans = unmark(entry.example)
    code = {"calque": "CAL102", "false-friend": "FFR101"}[entry.kind]
    found = beside(entry, text, entry.original)
    assert [(c, span) for c, span, _ in found] == [(code, span) for span in spans]
    assert all(source is not None for _, _, source in found)
    for right in entry.right:
        repaired = text
        for span in reversed(spans):
            repaired = repaired[: span.start] + right + repaired[span.end :]
        assert not beside(entry, repaired, entry.original), f"“{right}” is no repair"
    if entry.counter_original:
        assert not beside(entry, entry.counter, entry.counter_original)


@pytest.mark.parametrize("pair", available())
def test_enough_entries(pair: str) -> None:
    found = entries(pair)
    known, with_original = COUNTS[pair]
    assert len(found) >= known
    assert sum(bool(entry.original) for entry in found) >= with_original
    assert len({(entry.source, entry.wrong) for entry in found}) == len(found)
    assert len({entry.example for entry in found}) == len(found)


def test_the_kinds_and_severities_are_known() -> None:
    kinds = {Category.CALQUE.value, Category.FALSE_FRIEND.value}
    for entry in ENTRIES:
        assert entry.kind in kinds
        assert entry.severity in {"", "minor", "major", "critical"}
        assert entry.right
        assert all(entry.right)


def test_without_the_original_a_calque_is_weak_evidence() -> None:
    found = by_rule("They embraced at the issue of the talks.")
    assert [(f.text, f.confidence) for f in found] == [("at the issue of", Confidence.LOW)]


def test_what_natives_say_too_is_no_evidence_without_the_original() -> None:
    assert not by_rule("The chain actually has twelve shops.")


def test_an_original_that_says_something_else_refutes_it() -> None:
    text, original = "The fair takes place without embargo.", "El certamen se celebra sin restricciones."
    assert by_rule(text)
    report = check_article(Article(text, lang="en", source=original, source_lang="es"), EVERYTHING)
    assert not {f.code for f in report.findings} & {"CAL101", "CAL102"}


def test_a_cache_that_holds_something_else_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TQCHECK_CACHE", str(tmp_path))
    store.folder.cache_clear()
    try:
        right = entries.__wrapped__("fr-en")
        (cached,) = tmp_path.iterdir()
        junk = b'[{"source": 1}]'
        cached.write_bytes(len(junk).to_bytes(8, sys.byteorder) + junk)
        assert entries.__wrapped__("fr-en") == right == entries("fr-en")
    finally:
        store.folder.cache_clear()


def test_advice_names_the_day_that_the_article_names() -> None:
    entry = next(entry for entry in entries("fr-en") if entry.source == "ce {day}")
    assert entry.advice("announced this Sunday") == "for example “announced on Sunday”"
    assert entry.advice("announced this week") == "for example “announced on Saturday”"
    last = next(entry for entry in entries("es-en") if "{month}" in entry.wrong)
    assert "March" in last.advice("the past March")
