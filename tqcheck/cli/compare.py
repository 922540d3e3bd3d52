"""`tqcheck compare`: a translation beside a reference, in figures and in findings."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tqcheck.cli.options import Configuration, settings_options
from tqcheck.cli.originals import finder, tell_alone
from tqcheck.cli.output import destination
from tqcheck.errors import ConfigError, InputError

if TYPE_CHECKING:
    from typing import TextIO

    from tqcheck.comparison import Comparison
    from tqcheck.model import Article, Finding, Report, Span
    from tqcheck.readers.originals import Originals

# Changes shown without -v.
_SHOWN = 5
# Cells for a stretch of the original.
_ROOM = 100


@click.command("compare")
@click.argument("target", metavar="TARGET")
@click.option("--reference", required=True, metavar="PATH", help="The post-edited text, or another translation.")
@click.option("--source", metavar="PATH", help="The original of both: the findings are then those beside it.")
@click.option("--format", "format_", type=click.Choice(["full", "json"]), default="full", help="Form of the report.")
@click.option("--output", metavar="PATH", help="Write the report to a file.")
@settings_options
@click.option("-v", "--verbose", is_flag=True, help="Show every change and every finding.")
def command(
    target: str, reference: str, source: str | None, format_: str, output: str | None, verbose: bool, **given: Any
) -> None:
    """Compare a translation with a reference: BLEU, chrF2++ and TER, and which findings went away."""
    from tqcheck.comparison import compare
    from tqcheck.context import Context
    from tqcheck.engine import check_article
    from tqcheck.languages import load

    configuration = Configuration(given)
    settings = configuration.settings(target)
    originals = finder(source, (target,), None, configuration)
    first = _article(target, originals)
    ours = check_article(first, settings)
    second = _article(reference)
    # The same original stands behind both, in the same language.
    second = replace(
        second,
        lang=ours.lang,
        source=first.source,
        source_lang=first.source_lang,
        source_path=first.source_path,
        source_prose=first.source_prose,
    )
    theirs = check_article(second, settings)

    def sentences(report: Report) -> list[Span]:
        prose = report.article.view()
        ctx = Context(prose.text, load(report.lang), report.article)
        return [prose.to_raw(*span) for span in ctx.sentences]

    found = compare(ours, sentences(ours), theirs, sentences(theirs))
    with destination(output) as out:
        (_json if format_ == "json" else _full)(out, ours, theirs, found, verbose)
    if tell_alone(originals):
        click.get_current_context().exit(3)


def _article(path: str, originals: Originals | None = None) -> Article:
    """Return the one article of a file. Raises ConfigError for a folder or several articles."""
    from tqcheck.readers import Unread, read

    if path == "-" or Path(path).is_dir():
        raise ConfigError(f"{path}: compare takes one file on each side; name a file")
    items = []
    for item in read([path], io.BytesIO(), None, originals):
        items.append(item)
        if len(items) > 1:
            raise ConfigError(f"{path}: compare takes one article on each side, and this file holds several")
    if not items or isinstance(items[0], Unread):
        raise InputError(f"{path}: {items[0].message if items else 'holds no article'}")  # type: ignore[union-attr]
    return items[0]


def _json(out: TextIO, ours: Report, theirs: Report, found: Comparison, verbose: bool) -> None:
    from tqcheck.reporters.records import dump, record

    report, other = record(ours), record(theirs)
    value = {
        "version": 1,
        "target": report,
        "reference": other,
        "metrics": [
            {"name": m.name, "score": m.score, "mean": m.mean, "interval": m.interval, "signature": m.signature}
            for m in found.metrics
        ],
        "segments": found.segments,
        "changes": [
            {
                "target": {"start": c.target.start, "end": c.target.end},
                "reference": {"start": c.reference.start, "end": c.reference.end},
                "ter": c.edits,
            }
            for c in found.changes
        ],
        "gone": _places(found.gone, ours.findings),
        "kept": _places(found.kept, ours.findings),
        "new": _places(found.new, theirs.findings),
    }
    out.write(dump(value, indent=1) + "\n")


def _places(some: Sequence[Finding], all_: Sequence[Finding]) -> list[int]:
    """Return the places of some findings in the list of all, so that none is written twice."""
    chosen = {id(finding) for finding in some}
    return [at for at, finding in enumerate(all_) if id(finding) in chosen]


def _full(out: TextIO, ours: Report, theirs: Report, found: Comparison, verbose: bool) -> None:
    from tqcheck.model import Span
    from tqcheck.reporters.excerpt import shorten
    from tqcheck.reporters.safe import safe

    def say(line: str = "") -> None:
        out.write(line.rstrip() + "\n")

    origin = (
        f" ← {ours.source_lang}   original {safe(ours.article.source_path or 'in the file')}"
        if ours.source_lang
        else ""
    )
    say(f"{safe(ours.article.path or '')} beside {safe(theirs.article.path or '')}   {ours.lang}{origin}")
    say(f"{found.segments} segments compared, {len(found.changes)} changed")
    say()
    for metric in found.metrics:
        interval = f"  (95 %: {metric.mean:.1f} ± {metric.interval:.1f})" if metric.interval else ""
        say(f"  {metric.name:<8}{metric.score:6.1f}{interval}")
        say(f"  {'':<8}{metric.signature}")
    say()
    say(f"  score   {ours.score:6.1f} → {theirs.score:.1f}")
    say(f"  findings  {len(found.gone)} went away, {len(found.kept)} stayed, {len(found.new)} are new")
    for title, findings in (("gone", found.gone), ("stayed", found.kept), ("new", found.new)):
        for finding in findings if verbose else findings[: 2 * _SHOWN]:
            say(f"    {title:<8}{finding.code} {finding.severity.label}  {safe(finding.message)}")
            about = finding.source if finding.side == "target" else Span(finding.start, finding.end)
            if about is not None and (stretch := _line(ours.article.source or "", about)):
                say(f"    {'':<8}{ours.source_lang}: {safe(shorten(stretch, _ROOM))}")
        if not verbose and len(findings) > 2 * _SHOWN:
            say(f"    {title:<8}and {len(findings) - 2 * _SHOWN} more; -v shows all")
    if found.changes:
        say()
        say("  changed most" if len(found.changes) > _SHOWN and not verbose else "  changed")
    most = sorted(found.changes, key=lambda c: (-c.edits, c.target))
    for change in sorted(most if verbose else most[:_SHOWN], key=lambda c: c.target):
        say()
        for mark, report, span in (("-", ours, change.target), ("+", theirs, change.reference)):
            say(f"    {mark} {safe(_line(report.article.text, span)) or '(nothing)'}")


def _line(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())
