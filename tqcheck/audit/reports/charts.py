"""Small charts in SVG, without a word in them: the figures stand beside them, so that they are hidden from screen
readers."""

from __future__ import annotations

from collections.abc import Sequence

from tqcheck.audit.rates import Rate
from tqcheck.audit.reports.words import number

_WIDTH, _HEIGHT = 120, 24
# The large one, and the room for its labels.
_WIDE, _TALL, _LEFT, _RIGHT = 900, 200, 60, 10


def line(series: Sequence[float | None], label: str) -> str:
    """Return rates one after another, from nought to the highest; points without text are gaps."""
    most = max((value for value in series if value is not None), default=0.0) or 1.0
    step = (_WIDTH - 6) / max(1, len(series) - 1)
    places = [
        None if value is None else (3 + n * step, _HEIGHT - 3 - (_HEIGHT - 6) * value / most)
        for n, value in enumerate(series)
    ]
    strokes, current = [], []
    for place in [*places, None]:
        if place is not None:
            current.append(f"{place[0]:.1f},{place[1]:.1f}")
        elif current:
            strokes.append(f'<polyline points="{" ".join(current)}"/>')
            current = []
    last = next((place for place in reversed(places) if place is not None), None)
    dot = "" if last is None else f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="2.5"/>'
    head = f'<svg class="line" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">'
    return f"{head}{''.join(strokes)}{dot}</svg>"


def interval(rate: Rate, most: float) -> str:
    """Return a rate as a point on its interval, on a scale that ends at `most`."""
    if rate.value is None or rate.low is None or rate.high is None or most <= 0:
        return ""
    low, value, high = (100 * min(1.0, x / most) for x in (rate.low, rate.value, rate.high))
    return (
        '<svg class="interval" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="range" x="{low:.2f}" y="3" width="{max(0.5, high - low):.2f}" height="4"/>'
        f'<rect class="point" x="{max(0.0, value - 0.6):.2f}" y="0" width="1.2" height="10"/></svg>'
    )


def course(rates: Sequence[Rate], labels: Sequence[str]) -> str:
    """Return a large chart: rates one after another with their intervals, from nought up."""
    known = [(n, r.value, r.low, r.high) for n, r in enumerate(rates) if r.value is not None]
    if not known:
        return ""
    # An interval of a few words may be endless; it must not press the others flat.
    top = max(value for _, value, _, _ in known) * 2 or max(high or 0.0 for *_, high in known) or 1.0
    step = (_WIDE - _LEFT - _RIGHT) / max(1, len(rates) - 1)
    parts = []
    for n, _, low, high in known:
        x = _LEFT + n * step
        first, last = _y(min(top, high or top), top), _y(low or 0.0, top)
        parts.append(f'<line class="range" x1="{x:.1f}" y1="{first:.1f}" x2="{x:.1f}" y2="{last:.1f}"/>')
    dots = [(_LEFT + n * step, _y(value, top)) for n, value, _, _ in known]
    parts.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in dots)}"/>')
    parts += [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"><title>{labels[n]}: {number(value)} '
        f"[{number(low or 0.0)}–{number(high or 0.0)}]</title></circle>"
        for (x, y), (n, value, low, high) in zip(dots, known, strict=True)
    ]
    for value in (0.0, top / 2, top):
        y = _y(value, top)
        parts.append(f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDE - _RIGHT}" y2="{y:.1f}"/>')
        parts.append(f'<text class="side" x="{_LEFT - 8}" y="{y + 4:.1f}">{number(value)}</text>')
    ends = {0: "start", len(rates) - 1: "end"} if len(rates) > 1 else {0: "start"}
    for n, anchor in ends.items():
        parts.append(f'<text class="{anchor}" x="{_LEFT + n * step:.1f}" y="{_TALL - 4}">{labels[n]}</text>')
    told = "; ".join(f"{labels[n]}: {number(value)}" for n, value, _, _ in known[-10:])
    head = (
        f'<svg class="course" viewBox="0 0 {_WIDE} {_TALL}" role="img" aria-label="findings per 10,000 words: {told}">'
    )
    return f"{head}{''.join(parts)}</svg>"


def _y(value: float, top: float) -> float:
    return 8 + (_TALL - 34) * (1 - value / top)
