"""Markdown: the running text without its markup, mapped back to the file.

Lines of one paragraph become one line. Code, tables’ rules, comments and link targets go; the words
of links, emphasis, headings, lists, quotations and table cells stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque

from tqcheck.model import Article
from tqcheck.readers.directives import directives
from tqcheck.readers.frontmatter import described, parse
from tqcheck.readers.inline import emit
from tqcheck.readers.prose import Builder

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,}|=+[ \t]*)$")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+(?:\[[ xX]\][ \t]+)?|$)")
_NUMBERED = re.compile(r"[ \t]*(?!1[.)])\d")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:[ \t]*")
_DEFINITION = re.compile(r" {0,3}\[[^\]^][^\]]*\]:[ \t]*\S+")
_CELL = re.compile(r"(?:[^|\\]|\\.)+")
_INDENT = re.compile(r"(?: {4}|\t)")
# Lists and quotations within each other on one line; more of them are text.
_DEEPEST = 50
# What holds no running text, over any number of lines.
_HIDDEN = re.compile(r"<!--|^ {0,3}<(script|style|pre|template)\b", re.IGNORECASE | re.MULTILINE)


def read(text: str) -> Article:
    """Return the article of a Markdown file, with what its front matter says."""
    front = parse(text)
    blocks = _Blocks(text)
    blocks.run(front.end)
    prose = blocks.builder.prose()
    said = directives(text, (span for span in _hidden(text) if blocks.is_comment(*span)), prose)
    return described(Article(text, prose=prose, suppressions=said), front)


class _Blocks:
    """Walks over the lines; a paragraph is collected as stretches of the raw text."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.builder = Builder(raw)
        self._paragraph: list[tuple[int, int]] = []
        self._fence = ""
        self._in_list = False
        self._hidden = _hidden(raw)
        self._start = 0
        # Where the lines of fenced code begin and end.
        self._code: list[tuple[int, int]] = []

    def run(self, start: int) -> None:
        """Read the blocks from `start` on."""
        blank = True
        self._start = start
        for match in _LINE.finditer(self.raw, start):
            line = match.group(1)
            if self._skip_fence(line):
                self._code.append(match.span())
                continue
            begin, end = self._visible(*match.span(1))
            if begin >= end and line.strip():
                continue  # all of it is a comment
            if not line.strip():
                self._flush()
                blank = True
                continue
            if not (blank and not self._in_list and not self._paragraph and _INDENT.match(line)):
                self._line(begin, end)
                blank = False  # else: indented code, whose next line is code too
        self._flush()

    def is_comment(self, start: int, end: int) -> bool:
        """True for a hidden stretch that is a comment of the text, once this was read."""
        if start < self._start or not self.raw.startswith("<!--", start):
            return False
        at = bisect_right(self._code, (start, len(self.raw) + 1)) - 1
        return at < 0 or self._code[at][1] <= start

    def _visible(self, begin: int, end: int) -> tuple[int, int]:
        """Cut off what a comment or script takes at either end of a line."""
        while self._hidden and self._hidden[0][1] <= begin:
            self._hidden.popleft()
        for a, b in self._hidden:
            if a >= end:
                break
            if a <= begin:
                begin = min(b, end)
            elif b >= end:
                end = a
        return begin, end

    def _skip_fence(self, line: str) -> bool:
        line = line[m.end() :] if (m := _QUOTE.match(line)) else line
        fence = _FENCE.match(line.lstrip() if self._in_list else line)
        if self._fence:
            if fence and fence.group(1).startswith(self._fence) and not line.strip(" \t`~"):
                self._fence = ""
            return True
        # A backtick later in the line makes it inline code: ```a```.
        if fence is None or (fence.group(1)[0] == "`" and "`" in line.lstrip().lstrip("`")):
            return False
        self._flush()
        self._fence = fence.group(1)
        return True

    def _line(self, begin: int, end: int) -> None:
        is_item = False
        for _depth in range(_DEEPEST):
            while quoted := _QUOTE.match(self.raw, begin, end):
                begin = quoted.end()
            line = self.raw[begin:end]
            item = _ITEM.match(line)
            # Only “1.” may interrupt a paragraph: “in\n1984. Then” is no list.
            interrupts = not self._paragraph or self._in_list or not _NUMBERED.match(line)
            if item is None or not interrupts or self._divides(line):
                break
            self._flush()
            is_item = True
            begin += item.end()
        self._content(begin, end)
        self._in_list = self._in_list or is_item

    def _content(self, begin: int, end: int) -> None:
        """Read what stands behind the marks of quotations and lists."""
        line = self.raw[begin:end]
        if not line.strip() or self._divides(line):
            self._flush()
        elif heading := _HEADING.match(line):
            self._flush()
            self._in_list = False
            self._block(begin + heading.end(), begin + _without_closing(line))
        elif self._paragraph or not _DEFINITION.match(line):
            self._words(begin, end, line)

    def _divides(self, line: str) -> bool:
        """True for a thematic break, the underline of a heading, the rule of a table."""
        if _RULE.match(line):
            return True
        return "-" in line and set(line) <= set("|:- \t") and ("|" in line or bool(self._paragraph))

    def _words(self, begin: int, end: int, line: str) -> None:
        if footnote := _FOOTNOTE.match(line):
            self._flush()
            begin += footnote.end()
        elif line.lstrip().startswith("|"):
            self._flush()
            for cell in _CELL.finditer(self.raw, begin, end):
                self._block(*cell.span())
            return
        elif not line[:1].isspace() and not self._paragraph:
            self._in_list = False
        self._paragraph.append((begin, end))

    def _block(self, begin: int, end: int) -> None:
        self._paragraph.append((begin, end))
        self._flush()

    def _flush(self) -> None:
        """Write the paragraph collected so far as one line of prose."""
        stretches, self._paragraph = self._paragraph, []
        trimmed = []
        for begin, end in stretches:
            text = self.raw[begin:end]
            begin += len(text) - len(text.lstrip())
            # Two spaces or a backslash at the end are a line break in Markdown.
            end = begin + len(text.strip())
            if begin < end:
                trimmed.append((begin, end))
        if trimmed:
            emit(self.builder, self.raw, trimmed)


def _without_closing(heading: str) -> int:
    """Return where a heading ends without the closing `##` that some people write."""
    trimmed = heading.rstrip()
    bare = trimmed.rstrip("#")
    return len(bare) if bare[-1:].isspace() else len(trimmed)


def _hidden(raw: str) -> deque[tuple[int, int]]:
    """Return the comments that close, and the scripts and the like, which may run to the end."""
    spans: deque[tuple[int, int]] = deque()
    lowered = raw.lower() if len(raw.lower()) == len(raw) else raw
    at = 0
    while match := _HIDDEN.search(raw, at):
        close = f"</{match.group(1).lower()}>" if match.group(1) else "-->"
        end = lowered.find(close, match.end())
        if end < 0 and not match.group(1):
            break  # a comment that never closes is text, and so is what follows
        at = len(raw) if end < 0 else end + len(close)
        spans.append((match.start(), at))
    return spans
