"""Article → Report: run the rules, isolate one that fails, stamp, resolve overlaps, score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from tqcheck import user_files
from tqcheck.config import Layers, Settings, ignored_in
from tqcheck.context import Context, Draft
from tqcheck.errors import ConfigError
from tqcheck.house import ABOUT_WORDS, house
from tqcheck.languages import load
from tqcheck.languages.detect import detect
from tqcheck.languages.loader import canonical
from tqcheck.model import Article, Edit, Failure, Finding, Fix, Prose, Report, Segment, Skip, Span, Suppressed
from tqcheck.overlaps import without_redundant
from tqcheck.rules import Rule, load_rules
from tqcheck.rules.precision import confidence
from tqcheck.score import score
from tqcheck.select import select
from tqcheck.signature import signature
from tqcheck.suppressing import Suppressions
from tqcheck.text.words import count
from tqcheck.validation import validate

if TYPE_CHECKING:
    from tqcheck.bitext import Bitext


def check_article(article: Article, settings: Settings | None = None, rules: Sequence[Rule] | None = None) -> Report:
    """Run the rules over one article and return its report.

    `rules`, where given, run instead of those that the settings select. Raises ConfigError for a
    language tag that is none, a selector that fits no rule, or a glossary that cannot be used.
    """
    settings = settings or Settings()
    if settings.paths and article.path is not None:
        settings = Layers(settings).at(article.path).settings
    ctx = read(article, settings)
    lang, bitext = ctx.language.tag, ctx.bitext
    langs = (lang,) if bitext is None else (lang, bitext.source.language.tag)
    active = tuple(rules) if rules is not None else _selected(settings, article.path)

    ran = _run([rule for rule in active if not rule.last], ctx)
    wishes = Suppressions(article)
    for finding in ran.found:
        wishes.note(finding)
    ctx.idle = tuple(wishes.idle(ran.codes))
    late = _run([rule for rule in active if rule.last], ctx)
    skipped, failures = _unusable(ctx, active) + ran.skipped + late.skipped, ran.failures + late.failures
    found, suppressed = wishes.divide(without_redundant(ran.found + late.found, active))
    found, accepted = _accepted(found, ctx)
    words = count(ctx.text)
    segments, loss = _assessed(bitext)
    shown = tuple(f for f in found if f.confidence >= settings.min_confidence)
    return Report(
        article=article,
        lang=lang,
        findings=shown,
        hidden=len(found) - len(shown),
        skipped=tuple(skipped),
        failures=tuple(failures),
        segments=tuple(_raw(segment, article) for segment in segments),
        score=score([f for f in found if f.code not in {rule.code for rule in active if rule.last}], words, loss),
        words=words,
        signature=signature(langs, tuple(rule.code for rule in active), _encoder(bitext), _fingerprint(ctx, settings)),
        detected=not (article.lang or settings.lang),
        source_lang=bitext.source.language.tag if bitext is not None else None,
        suppressed=tuple(s for s in (*suppressed, *accepted) if s.finding.confidence >= settings.min_confidence),
    )


def _assessed(bitext: Bitext | None) -> tuple[list[Segment], float]:
    """Return the stretches beside the original, and the share of the words to be expected lost."""
    if bitext is None:
        return [], 0.0
    from tqcheck import risk  # on use, as in `_beside_original`

    segments = risk.segments(bitext)
    return segments, risk.expected_loss(bitext, segments)


@dataclass(slots=True)
class _Ran:
    """What some rules came to; `codes` are those that ran to their end."""

    found: list[Finding] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    codes: frozenset[str] = frozenset()


def _run(rules: Sequence[Rule], ctx: Context) -> _Ran:
    """Run rules over one article. One that fails must never cost the others their findings."""
    ran = _Ran()
    done = set()
    for rule in rules:
        try:
            reason = rule.obstacle(ctx)
            if reason is not None:
                ran.skipped.append(Skip(rule.code, reason))
                continue
            # All of its findings or none: half of a failed rule's would pass for the whole.
            ran.found.extend([_stamp(rule, draft, ctx) for draft in _drafts(rule, ctx)])
            done.add(rule.code)
        except Exception as error:
            ran.failures.append(Failure(rule.code, f"{type(error).__name__}: {error}"))
    ran.codes = frozenset(done)
    return ran


def read(article: Article, settings: Settings | None = None) -> Context:
    """Return what the rules read of an article: its prose, its language, and its original beside it."""
    settings = settings or Settings()
    given, text = article.lang or settings.lang, article.view().text
    # A text without a letter has no language; the fallback record holds what is true everywhere.
    language = load(canonical(given) if given else detect(text) or "und")
    said = house(user_files.wishes(settings), language.tag)
    ctx = Context(text, said.speaks(language), article)
    ctx.house = said
    ctx.own = None if (lexicons := user_files.lexicons(settings)) is None else lexicons.own
    ctx.glossary = user_files.glossary(settings)
    ctx.bitext = _beside_original(ctx, settings)
    return ctx


def _beside_original(ctx: Context, settings: Settings) -> Bitext | None:
    """Return the article beside its original, None where it has none (or an empty one)."""
    article, prose = ctx.article, ctx.article.source_view()
    if not prose.text.strip():
        return None
    from tqcheck import meaning  # on use: a tenth of a second that an article alone has no need of

    given = article.source_lang or settings.source_lang
    lang = canonical(given) if given else detect(prose.text) or "und"
    source = Context(prose.text, load(lang), replace(article, text=article.source or "", prose=prose))
    return meaning.read(source, ctx, settings.encoder)


def _unusable(ctx: Context, rules: Sequence[Rule]) -> list[Skip]:
    """Return what of the glossary the rules that live by it could not use."""
    problems = () if ctx.glossary is None else ctx.glossary.problems
    return [Skip(rule.code, problem) for rule in rules if "glossary" in rule.needs for problem in problems]


def _accepted(found: list[Finding], ctx: Context) -> tuple[list[Finding], list[Suppressed]]:
    """Take out what is said of words that the house accepts."""
    if not ctx.house.accepted:
        return found, []
    texts = {"target": ctx.article.text, "source": ctx.article.source or ""}

    def fine(finding: Finding) -> bool:
        about_words = finding.code.startswith(ABOUT_WORDS)
        return about_words and ctx.house.accepts(texts[finding.side], finding.start, finding.end)

    kept: list[Finding] = []
    hidden: list[Suppressed] = []
    for finding in found:
        if fine(finding):
            hidden.append(Suppressed(finding, "word list", "accepted"))
        else:
            kept.append(finding)
    return kept, hidden


def _fingerprint(ctx: Context, settings: Settings) -> str:
    """Return what the signature says of the user's own files and wishes."""
    parts = {"glossary": "" if ctx.glossary is None else ctx.glossary.fingerprint}
    parts["house"] = user_files.wishes(settings).fingerprint
    parts["lexicon"] = "" if (lexicons := user_files.lexicons(settings)) is None else lexicons.fingerprint
    return "".join(f"|{name}:{digest}" for name, digest in parts.items() if digest)


def _raw(segment: Segment, article: Article) -> Segment:
    """Map the offsets of a segment from prose to raw text on both sides."""
    start, end = article.view().to_raw(segment.start, segment.end)
    source = None if segment.source is None else article.source_view().to_raw(*segment.source)
    return replace(segment, start=start, end=end, source=source)


def _encoder(bitext: Bitext | None) -> str:
    return "none" if bitext is None or bitext.encoder is None else bitext.encoder


def check(
    text: str,
    source: str | None = None,
    lang: str | None = None,
    source_lang: str | None = None,
    config: Settings | None = None,
) -> Report:
    """Check one text and return its report. See `check_article`."""
    return check_article(Article(text, lang=lang, source=source, source_lang=source_lang), config)


def by_evidence(ctx: Context, rules: Sequence[Rule]) -> list[Finding]:
    """Return the findings with the strength of their own evidence as confidence, measured or not.

    The precision table is counted from these. `ctx` comes from `read`. A rule that fails raises here.
    """
    found = [
        replace(_stamp(rule, draft, ctx), confidence=draft.at_most)
        for rule in rules
        if rule.obstacle(ctx) is None
        for draft in _drafts(rule, ctx)
    ]
    return without_redundant(found, rules)


@cache
def _selection(selected: tuple[str, ...], ignored: tuple[str, ...], extended: tuple[str, ...]) -> tuple[Rule, ...]:
    return select(load_rules(), selected, ignored, extended)


def _selected(settings: Settings, path: str | None) -> tuple[Rule, ...]:
    here = ignored_in(settings, path) if path is not None else ()
    # Written out, so that they win over a selected prefix or code: they speak of this very file.
    codes = tuple(rule.code for rule in select(load_rules(), here)) if here else ()
    return _selection(settings.select, (*settings.ignore, *codes), settings.extend_select)


def _drafts(rule: Rule, ctx: Context) -> Iterable[Draft]:
    for draft in rule.run(ctx):
        if draft.raw:
            yield draft
            continue
        text = ctx.text if draft.side == "target" or ctx.bitext is None else ctx.bitext.source.text
        if not 0 <= draft.start < draft.end <= len(text):
            raise ValueError(f"span {draft.start}:{draft.end} is empty or outside the {draft.side}")
        if draft.side == "source" or rule.reads_protected or not ctx.is_protected(draft.start, draft.end):
            yield draft


def _stamp(rule: Rule, draft: Draft, ctx: Context) -> Finding:
    article, prose, original = ctx.article, ctx.article.view(), ctx.article.source_view()
    ours = draft.side == "target"
    span = Span(draft.start, draft.end) if draft.raw else (prose if ours else original).to_raw(draft.start, draft.end)
    text = article.text if ours else article.source or ""
    level = min(confidence(rule, ctx.language.tag), draft.at_most)
    return Finding(
        code=rule.code,
        name=rule.name,
        category=rule.category,
        severity=draft.severity or rule.severity,
        confidence=level,
        message=draft.message,
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        side=draft.side,
        fix=_fix(draft, prose),
        source=None if draft.source is None else original.to_raw(*draft.source),
        insert_at=None if draft.insert_at is None else prose.to_raw(draft.insert_at, draft.insert_at).start,
        evidence=draft.evidence,
    )


def _fix(draft: Draft, prose: Prose) -> Fix | None:
    # An edit over removed markup would delete that markup: no fix is better than a wrong one.
    if not draft.edits or not all(prose.contiguous(e.start, e.end) for e in draft.edits):
        return None
    edits = tuple(Edit(*prose.to_raw(e.start, e.end), e.text) for e in draft.edits)
    return Fix(edits, draft.safe)


__all__ = ["ConfigError", "check", "check_article", "signature", "validate"]
