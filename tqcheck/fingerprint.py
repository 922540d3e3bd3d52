"""What makes a finding the same finding in the next run: by content, never by line number.

A fingerprint holds the rule, the path, the words at fault, the words beside them on the same line of
the same paragraph, and, where all of these are equal, which one it is. So an edit further away changes
nothing, nor does a paragraph that moves or a file saved with other line ends. Whether a line break is
one of the text or of the hand that wrapped it depends on the whole article; so none is looked across,
and where a paragraph is wrapped anew, what stands at the ends of lines is new.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

from tqcheck.model import Article, Finding, Prose, Report

# Code points on each side: three or four words, so that mending one fault makes few others look new.
_BESIDE = 24
# How far to look for the ends of a line, which may be a page of HTML: beyond, only markup could matter.
_REACH = 1000


def digest(*parts: str) -> str:
    """Return 16 hexadecimal digits for some strings in their order."""
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def fingerprints(article: Article, findings: Sequence[Finding], path: str | None = None) -> list[str]:
    """Return the fingerprint of each finding of an article, in the order given.

    `path` is how the article is called from run to run (default: its own path); a record of a file
    with many adds its id.
    """
    name = (article.path if path is None else path) or ""
    if article.id and article.id != article.path:
        name += f"#{article.id}"
    sides = {"target": (article.view(), article.text), "source": (article.source_view(), article.source or "")}
    known = [_content(finding, *sides[finding.side]) for finding in findings]
    places = sorted(range(len(findings)), key=lambda n: (findings[n].start, findings[n].end))
    seen: Counter[tuple[str, ...]] = Counter()
    result = [""] * len(findings)
    for n in places:
        result[n] = digest(name, *known[n], str(seen[known[n]]))
        seen[known[n]] += 1
    return result


def _content(finding: Finding, prose: Prose, raw: str) -> tuple[str, ...]:
    """Return the rule, the side, the words at fault and those before and after, in even spacing."""
    first, last = _line(raw, finding.start, finding.end)
    start, end = _offset(prose, finding.start), _offset(prose, finding.end)
    before = prose.text[max(_offset(prose, first), start - 2 * _BESIDE) : start].rpartition("\n")[2]
    after = prose.text[end : min(_offset(prose, last), end + 2 * _BESIDE)].partition("\n")[0]
    return (finding.code, finding.side, _even(finding.text), _even(before)[-_BESIDE:], _even(after)[:_BESIDE])


def _line(raw: str, start: int, end: int) -> tuple[int, int]:
    """Return where the line around a stretch begins and ends, as far as it matters."""
    least, most = max(0, start - _REACH), min(len(raw), end + _REACH)
    first = max(raw.rfind(mark, least, start) + 1 for mark in "\r\n")
    found = [at for at in (raw.find(mark, end, most) for mark in "\r\n") if at >= 0]
    return max(least, first), min(found, default=most)


def _offset(prose: Prose, raw: int) -> int:
    """Return where in the prose comes what stands at or after an offset of the raw text."""
    if not prose.pieces:
        return raw
    piece = max(0, bisect_right(prose.pieces, raw, key=lambda pair: pair[1]) - 1)
    at, start = prose.pieces[piece]
    stop = prose.pieces[piece + 1][0] if piece + 1 < len(prose.pieces) else len(prose.text)
    return min(max(at, at + raw - start), stop)


def _even(text: str) -> str:
    return " ".join(text.split())


def known(report: Report, path: str | None = None) -> list[str]:
    """Return the fingerprints of the findings of a report, then those of the suppressed ones: which of equal
    ones it is must not depend on what is hidden."""
    return fingerprints(report.article, [*report.findings, *(s.finding for s in report.suppressed)], path)
