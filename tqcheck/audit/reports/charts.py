"""Small charts in SVG, without a word in them: the figures stand beside them, so that they are hidden from screen
readers."""

from __future__ import annotations

from collections.abc import Sequence

from tqcheck.audit.rates import Rate

_WIDTH, _HEIGHT = 120, 24


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
