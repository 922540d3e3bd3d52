"""The line of an article around a stretch, cut to a width on word boundaries."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from rich.cells import cell_len

from tqcheck.reporters.lines import Lines
from tqcheck.reporters.safe import reveal, safe

_GAP = "… "


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What to show: the stretch between its context. In right-to-left lines the order on the screen
    is the terminal’s business, so marks below would miss: there the stretch is put in ⟦ ⟧."""

    before: str
    stretch: str
    after: str
    brackets: bool

    @property
    def marks(self) -> tuple[int, int]:
        """Column and length, in cells, of the marks below."""
        return cell_len(self.before), max(1, cell_len(self.stretch))


def excerpt(text: str, lines: Lines, start: int, end: int, width: int) -> Excerpt:
    """Return the excerpt of `text` around `[start, end)` that fits into `width` cells."""
    first, last = lines.around(start, end)
    # Far beyond any width; a line of a megabyte must not be measured for each finding.
    reach = 4 * width
    before = safe(text[max(first, start - reach) : start]).lstrip()
    after = safe(text[end : min(last, end + reach)]).rstrip()
    brackets = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in before + text[start:end][:reach] + after)
    if brackets:
        width -= 2
    stretch = reveal(text[start:end]) if end - start <= 2 * reach else safe(text[start : start + reach])
    # A long stretch leaves some room for the words around it.
    stretch = shorten(stretch, width if not before and not after else max(width * 3 // 4, width - 24))
    room = max(0, width - cell_len(stretch))
    left = min(cell_len(before), max(room // 2, room - cell_len(after)))
    before, after = _tail(before, left), _head(after, room - min(left, cell_len(_tail(before, left))))
    return Excerpt(before, f"⟦{stretch}⟧" if brackets else stretch, after, brackets)


def shorten(text: str, width: int) -> str:
    """Return `text` with its middle cut out where it is wider than `width` cells."""
    if cell_len(text) <= width:
        return text
    half = max(1, (width - 3) // 2)
    return f"{_head(text, half, '')} … {_tail(text, half, '')}"


def _head(text: str, room: int, gap: str = " …") -> str:
    """Return as much of the beginning as fits, cut after a word where there is one."""
    if cell_len(text) <= room:
        return text
    room -= cell_len(gap)
    end = width = 0
    while end < len(text) and (width := width + cell_len(text[end])) <= room:
        end += 1
    if room <= 0:
        return gap
    if not text[end].isspace():
        space = text.rfind(" ", 0, end)
        # Without a space near, as in Chinese, any place is as good.
        if space >= 0 and (space > end // 3 or cell_len(text[end]) < 2):
            end = space
    return text[:end].rstrip() + gap


def _tail(text: str, room: int, gap: str = _GAP) -> str:
    """Return as much of the end as fits, cut before a word where there is one."""
    if cell_len(text) <= room:
        return text
    room -= cell_len(gap)
    start, width = len(text), 0
    while start > 0 and width + cell_len(text[start - 1]) <= room:
        width += cell_len(text[start - 1])
        start -= 1
    # A combining mark never begins what is shown.
    while start < len(text) and unicodedata.combining(text[start]):
        start += 1
    if room <= 0:
        return gap
    if not text[start - 1].isspace():
        space = text.find(" ", start)
        if space >= 0 and (space < start + 2 * (len(text) - start) // 3 or cell_len(text[start - 1]) < 2):
            start = space + 1
    return gap + text[start:].lstrip()
