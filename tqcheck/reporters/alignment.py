"""The aligned segments: each stretch of the target above its original, with its risk in words."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from tqcheck.model import Report
from tqcheck.reporters.excerpt import shorten
from tqcheck.reporters.lines import Lines
from tqcheck.reporters.reasons import because
from tqcheck.reporters.safe import safe

# A pair that is more likely wrong than right is told why.
_DOUBTED = 0.5


def lines(report: Report, width: int) -> Iterator[Text]:
    """Yield the lines of the table: line number, risk, and both sides one above the other."""
    article = report.article
    numbers = Lines(article.text)
    gutter = max(4, len(str(numbers.position(len(article.text))[0])))
    margin = " " * (gutter + 1) + " " * 5
    room = max(20, width - len(margin) - 4)
    origin = report.source_lang or "source"
    yield Text(f"{'line':>{gutter}} risk", "dim")
    for segment in report.segments:
        risk = "  ·" if segment.risk is None else f"{segment.risk:.2f}"
        doubted = (segment.risk or 0.0) >= _DOUBTED
        line = numbers.position(segment.start)[0]
        lead = Text(f"{line:>{gutter}} ", "dim").append(f"{risk:<5}", "bold red" if doubted else "dim")
        yield lead.append(f"{report.lang[:3]:<4}", "dim").append(_line(article.text[segment.start : segment.end], room))
        if segment.source is None:
            yield Text(margin).append(f"{origin[:3]:<4}", "dim").append("(nothing in the original)", "dim")
        else:
            text = (article.source or "")[segment.source.start : segment.source.end]
            yield Text(margin).append(f"{origin[:3]:<4}", "dim").append(_line(text, room))
        if doubted and (why := because(segment.reasons)):
            yield Text(margin).append(f"    {why}", "yellow")


def _line(text: str, room: int) -> str:
    return shorten(safe(" ".join(text.split())), room)
