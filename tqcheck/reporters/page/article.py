"""The section of an article: its head, the text beside its original, the findings."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from tqcheck.model import Prose, Report, Segment, Severity, Span, Suppressed
from tqcheck.reporters.base import Missing
from tqcheck.reporters.groups import Group, group
from tqcheck.reporters.lines import Lines
from tqcheck.reporters.page.entries import entry
from tqcheck.reporters.page.escape import cut, language, quoted, words
from tqcheck.reporters.page.painting import Mark, Painting, Sentence
from tqcheck.reporters.page.rows import rows
from tqcheck.reporters.places import called
from tqcheck.reporters.reasons import because

LEVELS = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)
# A page takes every article of a desk; this keeps one that is broken throughout from taking it all.
_MOST = 500
_NAME = 120


def section(report: Report, number: int, everything: bool, alignment: bool) -> str:
    """Return the section of article `number`. `everything` lists all findings, however many; `alignment`
    shows the risk of each pair of sentences."""
    article = report.article
    lines = Lines(article.text)
    groups = group(report.findings, lines)
    shown = groups
    if len(groups) > _MOST and not everything:
        shown = sorted(sorted(groups, key=lambda g: g.weight)[:_MOST], key=lambda g: g.place)
    aside = _aside(report, lines, None if everything else _MOST - len(shown))
    origin = report.source_lang or article.source_lang
    head = (
        f'<article id="a{number}" aria-labelledby="t{number}" data-lang="{quoted(report.lang)}">\n'
        f"{_head(report, number)}"
    )
    items = "".join(entry(each, n, number, report, lines) for n, each in enumerate(shown, 1))
    items += "".join(entry(each, n, number, report, lines, why) for n, (each, why) in enumerate(aside, len(shown) + 1))
    left_out, hidden = len(groups) - len(shown), ' hidden=""'
    more = f'<p class="rest">{left_out:,} more are not shown here.</p>' if left_out else ""
    listed = (
        f'<aside aria-labelledby="l{number}"{"" if groups else hidden}>'
        f'<h3 id="l{number}">Findings <output></output></h3>\n'
        f'<ol>\n{items}</ol>{more}<p class="none" hidden="">No finding of this article matches the filters.</p></aside>'
        if groups or aside
        else ""
    )
    text = _text(report, (shown, [each for each, _why in aside]), number, origin, alignment)
    kind = "page" + ("" if article.source_view().text.strip() else " lone") + ("" if groups else " clean")
    return f'{head}<div class="{kind}">\n{text}</div>\n{listed}</div>\n</article>\n'


def _aside(report: Report, lines: Lines, most: int | None) -> list[tuple[Group, Suppressed]]:
    """Return the groups of findings that are shown on request, each with who hid them."""
    by: dict[tuple[str, str], list[Suppressed]] = {}
    for each in report.suppressed:
        by.setdefault((each.by, each.reason), []).append(each)
    found = [(each, why[0]) for why in by.values() for each in group((s.finding for s in why), lines)]
    return sorted(found, key=lambda pair: pair[0].place)[:most]


def unread(missing: Missing, number: int) -> str:
    """Return the section of an input that could not be read."""
    return (
        f'<article id="a{number}" aria-labelledby="t{number}" data-lang="">\n'
        f'<header><h2 id="t{number}">{words(cut(missing.where, _NAME))}</h2>'
        f'<p class="facts">not read</p><p class="note">{words(cut(missing.message, 1000))}</p></header>\n</article>\n'
    )


def name(report: Report) -> str:
    """Return what an article is called: its path, and its id where that says more."""
    article = report.article
    path = called(article.path, article.id)
    return f"{path} {article.id}" if article.line is not None and article.id else path


def levels(counts: Counter[Severity]) -> str:
    """Return “1 critical · 2 minor”; “nothing to mend” without any."""
    return " · ".join(f"{counts[s]:,} {s.label}" for s in LEVELS if counts[s]) or "nothing to mend"


def _head(report: Report, number: int) -> str:
    article = report.article
    origin = report.source_lang or article.source_lang
    lang = f"{report.lang} ← {origin}" if origin else report.lang
    facts = [
        lang + (" (detected)" if report.detected else ""),
        f"{report.words:,} {'word' if report.words == 1 else 'words'}",
        f"score {report.score:.0f}",
        levels(Counter(f.severity for f in report.findings)),
    ]
    rows_ = [f'<p class="facts">{words(" · ".join(facts))}</p>']
    if article.title:
        rows_.append(f'<p class="title"{language(report.lang, article.title)}>{words(cut(article.title, 300))}</p>')
    if article.source_path is not None:
        rows_.append(f'<p class="note">original: {words(article.source_path)}</p>')
    rows_ += [f'<p class="note">{words(cut(note, 1000))}</p>' for note in article.notes]
    rows_ += [f'<p class="note">{words(f"{f.where} failed: {cut(f.message, 500)}")}</p>' for f in report.failures]
    if report.hidden:
        what = "finding" if report.hidden == 1 else "findings"
        rows_.append(f'<p class="note">{report.hidden:,} {what} of lower confidence hidden</p>')
    reasons: dict[str, list[str]] = {}
    for skip in report.skipped:
        reasons.setdefault(skip.reason, []).append(skip.code)
    if reasons:
        told = "".join(f"<li>{words(', '.join(c))}: {words(cut(r, 300))}</li>" for r, c in reasons.items())
        count = len(report.skipped)
        noun = "rule" if count == 1 else "rules"
        rows_.append(f'<details class="note"><summary>{count} {noun} did not run</summary><ul>{told}</ul></details>')
    return f'<header><h2 id="t{number}">{words(cut(name(report), _NAME))}</h2>{"".join(rows_)}</header>\n'


def _text(
    report: Report, groups: tuple[list[Group], list[Group]], number: int, origin: str | None, alignment: bool
) -> str:
    """Return the rows of paragraphs, the original beside the article where there is one."""
    article = report.article
    view, other = article.view(), article.source_view()
    pairs = [(s, s.source) for s in report.segments if s.source is not None]
    mine = [Sentence(view.span_from_raw(s.start, s.end), n) for n, (s, _) in enumerate(pairs, 1)]
    theirs = [
        Sentence(other.span_from_raw(*span), n, _risk(s) if alignment else "") for n, (s, span) in enumerate(pairs, 1)
    ]
    marks, counterparts = _marks(groups, view, other)
    target = Painting(view.text, number, marks, mine)
    source = Painting(other.text, number, counterparts, theirs)
    both = bool(source.paragraphs)
    order = sorted(zip([s.span for s in mine], [s.span for s in theirs], strict=True))
    ours, original = language(report.lang, view.text), language(origin, other.text)
    spoken, _, way = ours.partition(" dir")
    ours = f" dir{way}" if way else ""
    parts = [f'<div class="text{" two" if both else ""}"{spoken}>\n']
    if both:
        head = f"<p>Article{_called(report.lang)}</p><p>Original{_called(origin)}</p>"
        parts.append(f'<div class="row head" lang="en">{head}</div>\n')
    if not target.paragraphs:
        parts.append('<p class="empty" lang="en">This article has no text.</p>\n')
    for row in rows(target.paragraphs, source.paragraphs, order):
        cell = "".join(target.element(n) for n in range(*row.target))
        line = f'<div class="t"{ours}>{cell}</div>'
        if both:
            cell = "".join(source.element(n) for n in range(*row.source))
            line += f'<div class="o"{original}>{cell}</div>'
        parts.append(f'<div class="row">{line}</div>\n')
    return "".join(parts)


def _marks(groups: tuple[list[Group], list[Group]], view: Prose, other: Prose) -> tuple[list[Mark], list[Mark]]:
    """Return the marks of the article and those of its original; the second groups are shown on request."""
    here: list[Mark] = []
    there: list[Mark] = []
    for number, each in enumerate(chain(*groups), 1):
        aside = number > len(groups[0])
        for place, finding in enumerate(each.members, 1):
            span = Span(finding.start, finding.end)
            if finding.side == "target":
                here.append(Mark(view.span_from_raw(*span), number, place, finding.severity, aside))
                if finding.source is not None and finding.source.end > finding.source.start:
                    there.append(Mark(other.span_from_raw(*finding.source), number, -1, finding.severity, aside))
                continue
            known = finding.insert_at is not None
            if finding.insert_at is not None:
                at = view.span_from_raw(finding.insert_at, finding.insert_at).start
                here.append(Mark(Span(at, at), number, place, finding.severity, aside))
            if span.end > span.start:
                there.append(Mark(other.span_from_raw(*span), number, 0 if known else place, finding.severity, aside))
    return here, there


def _risk(segment: Segment) -> str:
    if segment.risk is None:
        return ""
    why = because(segment.reasons)
    return f"risk {segment.risk:.2f}" + (f": {why}" if why and segment.risk >= 0.5 else "")


def _called(tag: str | None) -> str:
    return f" · {words(tag)}" if tag and tag != "und" else ""
