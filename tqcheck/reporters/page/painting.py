"""A text with its marks: sentences that have a counterpart, and the stretches that findings are about.

Both may begin and end anywhere, and findings may overlap; HTML elements may not. So a paragraph is cut
at every border, and each piece names the findings that it belongs to.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tqcheck.model import Severity, Span
from tqcheck.reporters.page.escape import direction, marked, words

# A block of an article is one line, as rules see it.
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """The stretch `span` of a finding: `number` names its entry in the list, `place` tells apart the stretches
    of one entry: 1, 2 …; 0 where what is missing stands in the original; -1 for what it was compared with.
    `aside`: the entry is shown on request only."""

    span: Span
    number: int
    place: int
    severity: Severity
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """The stretch `span` of an aligned pair of sentences; the other side has one with the same number.
    `note` is put behind it."""

    span: Span
    number: int
    note: str = ""


def paragraphs(text: str) -> list[Span]:
    """Return the lines of a text that are not blank, with the spaces at their ends."""
    return [Span(*match.span()) for match in _LINE.finditer(text) if not match.group().isspace()]


class Painting:
    """One side of an article, to be written paragraph by paragraph."""

    def __init__(self, text: str, article: int, marks: Iterable[Mark], sentences: Iterable[Sentence]) -> None:
        """Take the text, the number of the article, and what to mark. Sentences that overlap are cut."""
        self.paragraphs = paragraphs(text)
        self._text, self._article = text, article
        self._direction = direction(text)
        self._starts = [span.start for span in self.paragraphs]
        self._marks: list[list[Mark]] = [[] for _ in self.paragraphs]
        self._sentences: list[list[Sentence]] = [[] for _ in self.paragraphs]
        self._named: set[tuple[int, int]] = set()
        self._last = 0
        for mark in marks:
            for at, span in self._parts(mark.span):
                self._marks[at].append(replace(mark, span=span))
        for sentence in sentences:
            for at, span in self._parts(sentence.span):
                self._sentences[at].append(Sentence(span, sentence.number, sentence.note))

    def element(self, number: int) -> str:
        """Return the element for a paragraph; one that runs against the rest of the text says so."""
        runs = direction(self._text[slice(*self.paragraphs[number])], self._direction)
        way = "" if runs == self._direction else f' dir="{runs}"'
        return f"<p{way}>{self._content(number)}</p>"

    def _content(self, number: int) -> str:
        start, end = self.paragraphs[number]
        marks = sorted(self._marks[number], key=lambda m: (m.span, m.number))
        parts, at = [], start
        for sentence in sorted(self._sentences[number], key=lambda s: s.span):
            first, last = max(at, sentence.span.start), sentence.span.end
            if last <= first:
                continue
            parts.append(self._stretch(at, first, marks))
            note = f'<small class="risk">{words(sentence.note)}</small>' if sentence.note else ""
            inside = self._stretch(first, last, marks)
            parts.append(f"<s-n{self._numbered(sentence.number)}>{inside}{note}</s-n>")
            at = last
        parts.append(self._stretch(at, end, marks))
        parts += [self._caret(m) for m in marks if m.span.start == m.span.end == end]
        return "".join(parts)

    def _numbered(self, number: int) -> str:
        """Return the attribute for the number of a sentence. Most follow the one before: the page counts for itself,
        since there are more of them than of anything else."""
        follows, self._last = number == self._last + 1, number
        return "" if follows else f' data-p="{number}"'

    def _parts(self, span: Span) -> Iterable[tuple[int, Span]]:
        """Yield the paragraphs that a stretch touches; one between paragraphs belongs to the end of the last."""
        if not self.paragraphs:
            return
        first = at = max(0, bisect_right(self._starts, span.start) - 1)
        while at < len(self.paragraphs) and (at == first or self._starts[at] < span.end):
            start, end = self.paragraphs[at]
            left = min(max(span.start, start), end)
            right = min(max(span.end, left), end)
            at += 1
            more = at < len(self.paragraphs) and self._starts[at] < span.end
            if right > left or (at == first + 1 and not more):
                yield at - 1, Span(left, right)

    def _stretch(self, start: int, end: int, marks: Sequence[Mark]) -> str:
        """Return `[start, end)` with the marks that fall into it; empty ones at its end are left to what follows."""
        here = [m for m in marks if m.span.start < end and (m.span.end > start or m.span.start == start)]
        if not here or start == end:
            return words(self._text[start:end])
        borders = {start, end}
        for mark in here:
            borders.update(edge for edge in mark.span if start < edge < end)
        ordered = sorted(borders)
        parts = []
        for left, right in pairwise(ordered):
            parts += [self._caret(m) for m in here if m.span.start == m.span.end == left]
            over = [m for m in here if m.span.start <= left and m.span.end >= right]
            parts.append(self._piece(left, right, over) if over else words(self._text[left:right]))
        return "".join(parts)

    def _piece(self, start: int, end: int, over: list[Mark]) -> str:
        """Return a piece as the link to the entry that matters most: the gravest, of these the shortest stretch."""
        findings = [m for m in over if m.place >= 0]
        shown = marked(self._text[start:end])
        numbers = " ".join(map(str, sorted({m.number for m in over})))
        if not findings:
            return f'<span class="o" data-f="{numbers}">{shown}</span>'
        findings.sort(key=lambda m: (m.aside, -m.severity, m.span.end - m.span.start, m.number))
        # A mark shows its numbers where its stretch ends: those in `data-n`, without it all.
        told = [m for m in findings if not m.aside] or findings
        ends = " ".join(str(n) for n in sorted({m.number for m in told if m.span.end == end}))
        tail = "" if ends == numbers else f' data-n="{ends}"'
        fresh = [m for m in findings if self._is_new(m)]
        before = "".join(f'<span id="{self._name(m)}"></span>' for m in fresh if m is not findings[0])
        name = f' id="{self._name(findings[0])}"' if findings[0] in fresh else ""
        first = findings[0]
        link = f'href="#f{self._article}-{first.number}"'
        # Of a stretch in several pieces, the first is the one to stop at.
        skip = "" if name and not first.aside else ' tabindex="-1"'
        off = " off" if first.aside else ""
        return (
            f'{before}<a class="m s{int(first.severity)}{off}"{name} {link}{skip} data-f="{numbers}"{tail}>{shown}</a>'
        )

    def _caret(self, mark: Mark) -> str:
        """Return the sign for a place where something is missing."""
        name = f' id="{self._name(mark)}"' if mark.place > 0 and self._is_new(mark) else ""
        link = f'href="#f{self._article}-{mark.number}" aria-label="place of finding {mark.number}"'
        off = " off" if mark.aside else ""
        return f'<a class="m caret s{int(mark.severity)}{off}"{name} {link} data-f="{mark.number}"></a>'

    def _is_new(self, mark: Mark) -> bool:
        known = not mark.place or (mark.number, mark.place) in self._named
        self._named.add((mark.number, mark.place))
        return not known

    def _name(self, mark: Mark) -> str:
        return f"m{self._article}-{mark.number}" + (f"-{mark.place}" if mark.place > 1 else "")
