"""The table at the end of a report about several articles: which ones should I open now?"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from tqcheck.model import Report, Severity
from tqcheck.reporters.excerpt import shorten
from tqcheck.reporters.safe import safe

# A table of thousands of rows answers nothing; these are the worst, and memory stays bounded.
_ROWS = 20
_LEVELS = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)
Row = tuple[float, int, str, str, int, Counter[Severity]]


class Overview:
    """Counts articles as they pass and keeps the worst."""

    def __init__(self) -> None:
        self.articles = 0
        self.missing = 0
        self._words = 0
        self._clean = 0
        self._total: Counter[Severity] = Counter()
        self._worst: list[Row] = []

    def add(self, report: Report) -> None:
        """Take a report into account."""
        self.articles += 1
        self._words += report.words
        counts = Counter(f.severity for f in report.findings)
        self._total.update(counts)
        if not counts:
            self._clean += 1
            return
        article = report.article
        name = article.path or "text"
        if article.id and article.path and article.id != article.path:
            name = f"{article.path} {article.id}"
        # A heap of the lowest scores; of equals, the first stays.
        heapq.heappush(self._worst, (-report.score, -self.articles, name, report.lang, report.words, counts))
        if len(self._worst) > _ROWS:
            heapq.heappop(self._worst)

    @property
    def worth_showing(self) -> bool:
        """One article has its own header."""
        return self.articles + self.missing > 1

    def lines(self, width: int) -> Iterator[Text]:
        """Yield the lines of the table, lowest score first, and the totals."""
        rows = sorted(self._worst, key=lambda row: (-row[0], -row[1]))
        if rows:
            found = self.articles - self._clean
            title = "lowest scores" if found > len(rows) else "with findings"
            # A narrow window has room for what matters most.
            narrow = width < 64
            room = max(8, width - (31 if narrow else 47))
            wide = min(room, max(cell_len(title), *(cell_len(safe(row[2])) for row in rows)))
            middle = "" if narrow else f"  {'lang':<7}{'words':>7}"
            yield Text(
                f"{shorten(title, wide):<{wide}}{middle}{'score':>7}{'critical':>10}{'major':>7}{'minor':>7}", "bold"
            )
            for score, _order, name, lang, words, counts in rows:
                shown = shorten(safe(name), wide)
                middle = "" if narrow else f"  {lang:<7}{words:>7,}"
                cells = "".join(f"{counts[s] or '·':>{w}}" for s, w in zip(_LEVELS, (10, 7, 7), strict=True))
                yield Text(f"{shown}{' ' * (wide - cell_len(shown))}{middle}{-score:>7.0f}{cells}")
            yield Text()
        told = " · ".join(f"{self._total[s]:,} {s.label}" for s in _LEVELS if self._total[s])
        parts = [
            f"{self.articles:,} {plural(self.articles, 'article')}",
            f"{self._words:,} words",
            told or "nothing to mend",
        ]
        if rows and self._clean:
            parts.append(f"{self._clean:,} without findings")
        if self.missing:
            parts.append(f"{self.missing:,} not read")
        for line in flow(parts, "   ", width):
            yield Text(line)


def plural(number: int, word: str) -> str:
    """Return the English word for a number of things."""
    return word if number == 1 else f"{word}s"


def flow(parts: list[str], between: str, width: int) -> list[str]:
    """Join parts to lines of at most `width` cells, broken between parts only."""
    lines = parts[:1]
    for part in parts[1:]:
        longer = lines[-1] + between + part
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines
