"""Unified diffs, as `patch` and `git apply -p0` read them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from tqcheck.reporters.safe import safe

_COLORS = {"-": "\x1b[31m", "+": "\x1b[32m", "@": "\x1b[36m"}
_NO_END = "\n\\ No newline at end of file\n"


def unified(name: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a diff between two versions of a file, each with its line break."""
    olds, news = _lines(before), _lines(after)
    # What both begin and end with costs nothing; three lines of it are the context.
    first = _common(olds, news)
    last = _common(olds[:first:-1], news[:first:-1])
    first, last = max(0, first - 3), max(0, last - 3)
    a, b = olds[first : len(olds) - last], news[first : len(news) - last]
    hunks = difflib.SequenceMatcher(None, a, b).get_grouped_opcodes(3)
    for number, hunk in enumerate(hunks):
        if number == 0:
            yield from header(name)
        old = _range(hunk[0][1] + first, hunk[-1][2] - hunk[0][1])
        new = _range(hunk[0][3] + first, hunk[-1][4] - hunk[0][3])
        yield f"@@ -{old} +{new} @@\n"
        for kind, i, j, k, m in hunk:
            if kind == "equal":
                yield from _marked(" ", a[i:j])
            else:
                yield from _marked("-", a[i:j])
                yield from _marked("+", b[k:m])


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


def _common(one: list[str], other: list[str]) -> int:
    """Return how many lines two lists begin with in common."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _range(start: int, size: int) -> str:
    return str(start + 1) if size == 1 else f"{start + 1 if size else start},{size}"


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield mark + (line if line.endswith("\n") else line + _NO_END)
