"""The inline markup of Markdown: what of a paragraph is words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from html import unescape

from tqcheck.readers.prose import Builder

_PUNCTUATION = r"!-/:-@\[-`{-~"
_TARGET = r"\((?:[^()\n\\]|\\.|\([^()\n]*\)){0,2000}\)"
_TOKEN = re.compile(
    rf"""
      (?P<escape>\\[{_PUNCTUATION}])
    | (?P<code>`+)
    | (?P<comment><!--)
    | (?P<address><(?=(?:https?|mailto|ftp):[^\s<>]{{1,2000}}>))
    | (?P<tag></?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>\n]{{0,2000}})?/?>)
    | (?P<entity>&(?:\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
    | (?P<note>\[\^[^\]\s]{{1,100}}\])
    | (?P<open>!?\[)
    | (?P<close>\](?:{_TARGET}|\[[^\[\]\n]{{0,200}}\])?)
    | (?P<mark>\*{{1,3}}|_{{1,3}}|~~)
    | (?P<end>>)
    """,
    re.VERBOSE | re.DOTALL,
)
# Stands for what is no prose, so that the words around it do not meet.
OBJECT = "\ufffc"


def emit(builder: Builder, raw: str, stretches: list[tuple[int, int]]) -> None:
    """Write the words of a paragraph, given as stretches of the raw text, one a line, to `builder`."""
    text = "\n".join(raw[a:b] for a, b in stretches)
    out = _Out(builder, raw, stretches)
    if builder.length:
        builder.stand("\n", max(0, stretches[0][0] - 1), stretches[0][0])
    at = 0
    view = _View(text)
    for token in _TOKEN.finditer(text):
        start = token.start()
        if start < at:
            continue
        dropped = view.dropped(token)
        if dropped is None:
            continue
        out.keep(at, start)
        stand_in, at = dropped
        if stand_in:
            out.stand(stand_in, start, at)
        elif builder.last.isspace() and text[at : at + 1] == " ":
            at += 1  # the spaces on both sides of what went are one
    out.keep(at, len(text))


class _View:
    """What the markup of a paragraph pairs up: code ticks, brackets, comments. Each is found in
    one pass, so that hostile text costs no more than other text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._codes = _codes(text)
        self._opened = _brackets(text)
        self._closed = frozenset(self._opened.values())
        self._ends: set[int] = set()
        self._last_comment = text.rfind("-->")

    def dropped(self, token: re.Match[str]) -> tuple[str, int] | None:
        """Return what stands in for a token and where the text goes on; None where it is text."""
        kind, start, end = token.lastgroup, token.start(), token.end()
        if kind == "code":
            return (OBJECT, self._codes[start]) if start in self._codes else None
        if kind == "escape":
            return "", end - 1  # the character itself stays
        if kind == "address":
            self._ends.add(self.text.index(">", end))
            return "", end
        if kind == "entity":
            decoded = unescape(token.group())
            return None if decoded == token.group() else (decoded, end)
        if kind == "tag":
            return ("\n" if token.group().lower().startswith("<br") else ""), end
        if kind == "comment":
            # One that never closes is text, and costs no search.
            return ("", self.text.index("-->", end) + 3) if end <= self._last_comment else None
        return ("", end) if self._is_markup(token) else None

    def _is_markup(self, token: re.Match[str]) -> bool:
        kind, start, end = token.lastgroup, token.start(), token.end()
        if kind == "open":
            return end - 1 in self._opened
        if kind == "close":
            return start in self._closed
        if kind == "end":
            return start in self._ends
        return kind == "note" or _flanks(self.text, start, end)


def _codes(text: str) -> dict[int, int]:
    """Return start → end of inline code: a run of ticks up to the next run of the same length."""
    runs = [m.span() for m in re.finditer("`+", text)]
    later: dict[int, deque[int]] = {}
    for start, end in runs:
        later.setdefault(end - start, deque()).append(start)
    codes: dict[int, int] = {}
    at = 0
    for start, end in runs:
        if start < at:
            continue
        same = later[end - start]
        while same and same[0] <= start:
            same.popleft()
        if same:
            at = codes[start] = same[0] + end - start
    return codes


def _brackets(text: str) -> dict[int, int]:
    """Return opening → closing bracket of the links and images; other brackets are text."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "open":
            stack.append(token.end() - 1)
        elif token.lastgroup == "close" and stack:
            at = stack.pop()
            if token.end() - token.start() > 1:
                pairs[at] = token.start()
    return pairs


def _flanks(text: str, start: int, end: int) -> bool:
    """True where a run of * _ ~ can open or close emphasis; `2 * 3` and `snake_case` are text."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if (not before or before.isspace()) and (not after or after.isspace()):
        return False
    return not (text[start] == "_" and before.isalnum() and after.isalnum())


class _Out:
    """Writes stretches of the joined paragraph as stretches of the raw text."""

    def __init__(self, builder: Builder, raw: str, stretches: list[tuple[int, int]]) -> None:
        self._builder = builder
        # (offset in the joined paragraph, begin in raw, end in raw)
        self._lines: list[tuple[int, int, int]] = []
        at = 0
        for begin, end in stretches:
            self._lines.append((at, begin, end))
            at += end - begin + 1

    def keep(self, start: int, end: int) -> None:
        """Write `[start, end)` of the paragraph; a line break in it becomes a space."""
        number = self._line(start)
        while start < end:
            at, begin, stop = self._lines[number]
            line_end = at + stop - begin
            if start < line_end:
                self._builder.keep(begin + start - at, begin + min(end, line_end) - at)
            # A space that markup left at the end of the line is enough.
            if line_end < end and not self._builder.last.isspace():
                self._builder.stand(" ", stop, self._lines[number + 1][1])
            start, number = line_end + 1, number + 1

    def stand(self, text: str, start: int, end: int) -> None:
        """Write `text` for `[start, end)` of the paragraph."""
        self._builder.stand(text, self._raw(start), self._raw(end - 1) + 1)

    def _line(self, offset: int) -> int:
        return bisect_right(self._lines, (offset, 1 << 62, 0)) - 1

    def _raw(self, offset: int) -> int:
        at, begin, _stop = self._lines[self._line(offset)]
        return begin + offset - at
