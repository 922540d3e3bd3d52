"""Units with an exponent, on the line (km2) or raised (km²)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Units of length in Latin, Cyrillic and Arabic letters; the long ones are nothing else.
_LETTERS = "A-Za-z\u00c0-\u024f\u0400-\u04ff\u0600-\u06ff"
_UNIT = rf"(?<![{_LETTERS}_])(?:(?P<long>km|cm|mm|dm|км|см|мм|дм|كم|سم|ملم)|(?P<short>m|м|م|ft|yd|mi))"
_FLAT = re.compile(rf"{_UNIT}(?P<caret>\^?)(?P<power>[23])(?![\w.,]?\d|[{_LETTERS}_-])")
_RAISED = re.compile(rf"{_UNIT}(?P<power>[²³])(?![\d{_LETTERS}⁰¹²³⁴-⁹])")
_MEASURED = re.compile(r"[\d½¼¾]\s?$|/$|\b(?:per|pro|par|por|al|na|za|на|за)\s$")
_UP, _DOWN = {"2": "²", "3": "³"}, {"²": "2", "³": "3"}


class Power(NamedTuple):
    """A unit with its exponent at `[start, end)`, and the same in the other way; `sure`: it can be nothing else."""

    start: int
    end: int
    other: str
    sure: bool


def flat(text: str) -> Iterator[Power]:
    """Yield the exponents on the line. m2 and the like may be a name, so they need a number or a slash in front."""
    return _found(_FLAT, text, _UP)


def raised(text: str) -> Iterator[Power]:
    """Yield the raised exponents."""
    return _found(_RAISED, text, _DOWN)


def _found(pattern: re.Pattern[str], text: str, turned: dict[str, str]) -> Iterator[Power]:
    for match in pattern.finditer(text):
        start, end = match.span()
        if match["short"] and not _MEASURED.search(text, max(0, start - 6), start):
            continue
        unit = match["long"] or match["short"]
        yield Power(start, end, unit + turned[match["power"]], match["long"] is not None or unit in "mм")
