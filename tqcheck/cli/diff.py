"""Unified diffs, as `patch` and `git apply -p0` read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tqcheck.reporters.safe import safe

_COLORS = {"-": "\x1b[31m", "+": "\x1b[32m", "@": "\x1b[36m"}
_CONTEXT = 3
# How far to look for the line at which two versions meet again.
_NEAR = 100
_NO_END = "\n\\ No newline at end of file\n"


class _Change(NamedTuple):
    """Lines `[a, b)` of the old version that became `[c, d)` of the new one."""

    a: int
    b: int
    c: int
    d: int


def unified(name: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a diff between two versions of a file, each with its line break."""
    olds, news = _lines(before), _lines(after)
    hunks: list[list[_Change]] = []
    for change in _changes(olds, news):
        if hunks and change.a - hunks[-1][-1].b <= 2 * _CONTEXT:
            hunks[-1].append(change)
        else:
            hunks.append([change])
    if hunks:
        yield from header(name)
    for hunk in hunks:
        lead = min(_CONTEXT, hunk[0].a)
        tail = min(_CONTEXT, len(olds) - hunk[-1].b)
        start, end = hunk[0].a - lead, hunk[-1].b + tail
        yield f"@@ -{_range(start, end)} +{_range(hunk[0].c - lead, hunk[-1].d + tail)} @@\n"
        for change in hunk:
            yield from _marked(" ", olds[start : change.a])
            yield from _marked("-", olds[change.a : change.b])
            yield from _marked("+", news[change.c : change.d])
            start = change.b
        yield from _marked(" ", olds[start:end])


def _changes(olds: list[str], news: list[str]) -> Iterator[_Change]:
    """Yield what differs, in order. Fixes change lines and seldom their number, so the nearest line that
    both have again is where they meet; unlike the least of all differences, this takes linear time."""
    a = c = 0
    while a < len(olds) or c < len(news):
        if a < len(olds) and c < len(news) and olds[a] == news[c]:
            a, c = a + 1, c + 1
            continue
        b, d = _meeting(olds, news, a, c)
        yield _Change(a, b, c, d)
        a, c = b, d


def _meeting(olds: list[str], news: list[str], a: int, c: int) -> tuple[int, int]:
    """Return where two versions have the same line again; far from it, a line of each is left behind."""
    ahead: dict[str, int] = {}
    for d in range(c, min(c + _NEAR, len(news))):
        ahead.setdefault(news[d], d)
    best = min(len(olds), a + _NEAR), min(len(news), c + _NEAR)
    for b in range(a, best[0]):
        d = ahead.get(olds[b], -1)
        if d >= 0 and b + d < sum(best):
            best = b, d
        if b - a >= best[0] - a + best[1] - c:
            break
    return best


def header(name: str) -> Iterator[str]:
    """Yield the two lines that name the file."""
    yield f"--- {safe(name)}\n"
    yield f"+++ {safe(name)}\n"


def record(number: int, old: str, new: str) -> Iterator[str]:
    """Yield the hunk of one line of a file in which lines change but are never added or taken out."""
    yield f"@@ -{number} +{number} @@\n"
    yield from _marked("-", [old])
    yield from _marked("+", [new])


def for_terminal(line: str) -> str:
    """Return a line of a diff in colour, without anything else that a terminal would obey."""
    plain = safe(line.removesuffix("\n").removesuffix("\r"))
    if line.startswith(("--- ", "+++ ")):
        return f"\x1b[1m{plain}\x1b[0m\n"
    color = _COLORS.get(line[:1])
    return f"{color}{plain}\x1b[0m\n" if color else f"{plain}\n"


def _lines(text: str) -> list[str]:
    """Split at line feeds alone, as git does, and keep them."""
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines


def _range(start: int, end: int) -> str:
    size = end - start
    return str(start + 1) if size == 1 else f"{start + 1 if size else start},{size}"


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield mark + (line if line.endswith("\n") else line + _NO_END)
