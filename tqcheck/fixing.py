"""Apply the fixes of a report to its article, check again, and repeat until nothing is left to apply.

Pure: the article is a value, checking and reading are handed in. Only the target is ever edited.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from tqcheck.model import Article, Confidence, Deferred, Edit, Finding, Repair, Report
from tqcheck.reporters.lines import Lines

# Fixes that wait for a neighbour need a pass each; ten neighbours at one place are a fault of the rules.
PASSES = 10
# Ways to look for the fixes that change how a file is read; each reads the article once.
_TRIALS = 200
_SPACES = re.compile(r"[ \t\n]*\n[ \t\n]*|[ \t]+")


class Offer(NamedTuple):
    """A fix to be accepted: its finding, the text that this is in, and where it stood in the text of the
    first pass, by which it is known again in the next one."""

    finding: Finding
    text: str
    at: int


# Returns None where a fix may be applied, else why not.
Accept = Callable[[Offer], str | None]
NOT_SAFE = "not safe without a look: --unsafe-fixes applies it, --fix --ask shows it first"


@dataclass(frozen=True, slots=True)
class Fixed:
    """What became of an article: its `report` holds the text as it is now, what was `fixed`, what was
    `deferred` and what remains. `passes` are the edits in order, each pass in offsets of the text before
    it. `fight` names rules whose fixes undo each other (and were undone)."""

    report: Report
    passes: tuple[tuple[Edit, ...], ...] = ()
    fight: tuple[str, ...] = ()


def safe_only(offer: Offer) -> str | None:
    """Accept what needs no human look. A repair is as doubtful as the finding it is for."""
    finding, fix = offer.finding, offer.finding.fix
    return None if fix is not None and fix.safe and finding.confidence > Confidence.LOW else NOT_SAFE


def every(offer: Offer) -> str | None:
    """Accept every fix."""
    return None


def fix(report: Report, accept: Accept, check: Callable[[Article], Report], read: Callable[[str], Article]) -> Fixed:
    """Apply the fixes of `report` that `accept` takes (it returns None for those, else why not).

    `check` makes the report of an article anew, `read` an article of a text as the reader of the file
    does. A text that comes again, or one that still changes after ten passes, means that fixes undo each
    other: all starts again from the untouched text, without the rules that fought.
    """
    # The language was settled by the whole article; a fix must not make us guess again.
    pinned = replace(report, article=replace(report.article, lang=report.article.lang or report.lang))
    fought: dict[str, str] = {}
    while True:
        run = _Run(pinned, lambda offer: fought.get(offer.finding.code) or accept(offer), check, read)
        codes = run.passes_until_stable()
        if not codes:
            return Fixed(run.told(report), tuple(run.edits), tuple(sorted(fought)))
        names = ", ".join(codes)
        why = f"the fixes of {names} undo each other" if len(codes) > 1 else f"{names} undoes its own fix"
        fought.update(dict.fromkeys(codes, why))


class _Run:
    """Passes over one article."""

    def __init__(
        self, start: Report, accept: Accept, check: Callable[[Article], Report], read: Callable[[str], Article]
    ) -> None:
        self.edits: list[tuple[Edit, ...]] = []
        self._accept, self._check, self._read = accept, check, read
        self._ways: list[_WayBack] = []
        self._now = start
        self._repairs: list[tuple[Repair, ...]] = []
        self._refused: list[Deferred] = []

    def passes_until_stable(self) -> tuple[str, ...]:
        """Apply what can be applied until nothing is left; return the codes of rules that fight, if any do."""
        texts = [self._now.article.text]
        while chosen := self._chosen():
            article = self._now.article
            edits = merged(chosen, article.text)
            text = applied(article.text, edits)
            self._repairs.append(_repairs(chosen, article.text))
            if text in texts or len(texts) > PASSES:
                since = texts.index(text) if text in texts else len(texts) - 1
                return tuple(sorted({r.finding.code for group in self._repairs[since:] for r in group}))
            self.edits.append(edits)
            self._ways.append(_WayBack(edits))
            texts.append(text)
            self._now = self._check(replace(self._read(text), lang=article.lang))
        return ()

    def told(self, first: Report) -> Report:
        """Return the report of the article as it is now, with what was done; `first` says what was given."""
        article = replace(self._now.article, lang=first.article.lang)
        order = sorted(self._refused, key=lambda d: (d.finding.start, d.finding.end))
        done = tuple(repair for group in self._repairs for repair in group)
        return replace(self._now, article=article, detected=first.detected, fixed=done, deferred=tuple(order))

    def _chosen(self) -> list[Finding]:
        """Return what this pass applies; the rest goes to the refused."""
        unfit: dict[int, str] = {}
        text = self._now.article.text
        while True:
            chosen, self._refused = choose(
                self._now.findings,
                text,
                lambda f: unfit.get(id(f)) or self._accept(Offer(f, text, self._origin(f.start))),
            )
            good, bad = _as_meant(self._now.article, chosen, self._read)
            if good or not bad:
                return good
            # What waited for one that cannot be applied need not wait.
            unfit.update({id(each.finding): each.reason for each in bad})

    def _origin(self, offset: int) -> int:
        for way_back in reversed(self._ways):
            offset = way_back(offset)
        return offset


def deferred(report: Report, accept: Accept, reason: str) -> Report:
    """Return the report with every fix that would have been applied deferred for one reason."""
    text = report.article.text
    found = [(f, accept(Offer(f, text, f.start))) for f in report.findings if _changes(f, text)]
    return replace(report, deferred=tuple(Deferred(f, why or reason) for f, why in found))


def has_fixes(report: Report) -> bool:
    """True where there is anything to apply or to defer."""
    return any(_changes(finding, report.article.text) for finding in report.findings)


def choose(
    findings: Iterable[Finding], text: str, accept: Callable[[Finding], str | None]
) -> tuple[list[Finding], list[Deferred]]:
    """Return the findings whose fixes can be applied together, and the others with the reason.

    The graver and surer comes first, then what stands first. Equal edits count once.
    """
    chosen: list[Finding] = []
    refused: list[Deferred] = []
    taken: list[Edit] = []
    owner: dict[Edit, str] = {}
    for finding in sorted(findings, key=lambda f: (-f.severity, -f.confidence, f.start, f.end, f.code)):
        if finding.fix is None or not _changes(finding, text):
            continue
        reason = accept(finding)
        own = sorted(set(finding.fix.edits))
        if reason is None and any(a.end > b.start for a, b in pairwise(own)):
            reason = "its own edits overlap"
        new = [edit for edit in own if edit not in owner]
        other = next(filter(None, (_neighbour(edit, taken) for edit in new)), None)
        if reason is None and other is not None:
            reason = f"it touches the fix of {owner[other]}"
        if reason is not None:
            refused.append(Deferred(finding, reason))
            continue
        chosen.append(finding)
        for edit in new:
            insort(taken, edit)
            owner[edit] = finding.code
    return chosen, refused


def merged(findings: Iterable[Finding], text: str) -> tuple[Edit, ...]:
    """Return the edits of several findings, sorted, equal ones once, with the line breaks of the text."""
    windows = text.count("\r\n") * 2 > text.count("\n")
    edits = {e for f in findings if f.fix is not None for e in f.fix.edits}
    if windows:
        edits = {Edit(e.start, e.end, re.sub(r"\r?\n", "\r\n", e.text)) for e in edits}
    return tuple(sorted(edits))


def applied(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with sorted edits applied; they must not overlap."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


class _WayBack:
    """Leads from the text after a pass to the text before it."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits, self._starts = edits, []
        shift = 0
        for edit in edits:
            self._starts.append(edit.start + shift)
            shift += len(edit.text) - (edit.end - edit.start)

    def __call__(self, offset: int) -> int:
        """Return where an offset stood; within words that are new, where those before them did."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset
        edit, inside = self._edits[at], offset - self._starts[at]
        if inside < len(edit.text):
            return edit.start + min(inside, edit.end - edit.start)
        return edit.end + inside - len(edit.text)


def _changes(finding: Finding, text: str) -> bool:
    """True where a fix does something: one that puts what stands there already would go on for ever."""
    if finding.fix is None or finding.side != "target":
        return False
    return any(text[e.start : e.end] != e.text for e in finding.fix.edits)


def _neighbour(edit: Edit, taken: list[Edit]) -> Edit | None:
    """Return an accepted edit that overlaps or touches this one; `taken` is sorted and free of overlaps."""
    at = bisect_left(taken, edit)
    if at and taken[at - 1].end >= edit.start:
        return taken[at - 1]
    return taken[at] if at < len(taken) and taken[at].start <= edit.end else None


def _as_meant(
    article: Article, chosen: list[Finding], read: Callable[[str], Article]
) -> tuple[list[Finding], list[Deferred]]:
    """Split off the fixes after which the file would be read otherwise than meant: one that makes
    markup of what was text, or joins what were two paragraphs."""
    good: list[Finding] = []
    bad: list[Deferred] = []
    groups, trials = [chosen] if chosen else [], 0
    while groups:
        group = groups.pop()
        trials += 1
        if trials > _TRIALS:
            bad += [Deferred(f, "too many fixes would change how the file is read") for f in group]
        elif _reads_as_meant(article, merged(good + group, article.text), read):
            good += group
        elif len(group) == 1:
            bad.append(Deferred(group[0], "it would change how the file is read (its markup or paragraphs)"))
        else:
            groups += [group[len(group) // 2 :], group[: len(group) // 2]]
    return good, bad


def _reads_as_meant(article: Article, edits: Sequence[Edit], read: Callable[[str], Article]) -> bool:
    prose = article.view()
    inside = []
    for edit in edits:
        start = prose.from_raw(edit.start)
        if start is None:
            return False
        end = start + edit.end - edit.start
        if prose.text[start:end] != article.text[edit.start : edit.end]:
            return False
        inside.append(Edit(start, end, edit.text))
    if any(a.end > b.start for a, b in pairwise(inside)):
        return False
    after = read(applied(article.text, edits)).view().text
    return _even(after) == _even(applied(prose.text, inside))


def _even(text: str) -> str:
    """Markup leaves spaces and empty lines as it likes; what they part does not change."""
    return _SPACES.sub(lambda m: "\n" if "\n" in m.group() else " ", text.replace("\r\n", "\n")).strip()


def _repairs(chosen: Iterable[Finding], text: str) -> tuple[Repair, ...]:
    lines = Lines(text)
    return tuple(_repair(f, lines, text) for f in sorted(chosen, key=lambda f: (f.start, f.end)))


def _repair(finding: Finding, lines: Lines, text: str) -> Repair:
    edits = sorted(set(finding.fix.edits)) if finding.fix is not None else []
    start = min(finding.start, *(e.start for e in edits))
    end = max(finding.end, *(e.end for e in edits))
    after = applied(text[start:end], [Edit(e.start - start, e.end - start, e.text) for e in edits])
    return Repair(finding, lines.position(finding.start)[0], text[start:end], after)
