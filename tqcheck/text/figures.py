"""Numbers written in figures: where they stand, and what values their separators allow."""

from __future__ import annotations

import re

# A space groups figures only in front of exactly three of them.
FIGURE = r"\d+(?:(?:[.,'\u2019\u00b7\u066b\u066c\uff0c\uff0e\u060c]|[ \u00a0\u2009\u202f](?=\d{3}(?!\d)))\d+)*"
_SEPARATOR = re.compile(r"\D")
_SPACES = " \u00a0\u2009\u202f"
_PLAIN = str.maketrans("\uff0c\uff0e\u066b\u066c\u00a0\u2009\u202f\u2019\u060c", ",..,   ',")
# What is longer is a code: an account, a telephone number, a digest.
_LONGEST = 24


def readings(figure: str, decimal: str = ".", thousands: tuple[str, ...] = (",",)) -> tuple[float, ...]:
    """Return the values that a match of FIGURE may have, the one of the locale first; empty where it
    is no single number (a date, a list, a code).

    “1,234” is 1234 in English, and 1.234 where it was copied from a German text.
    """
    if len(figure) > _LONGEST:
        return ()
    plain = figure.translate(_PLAIN)
    groups = _SEPARATOR.split(plain)
    marks = [plain[i] for i, char in enumerate(plain) if not char.isdigit()]
    if not marks:
        return (float(plain),)
    # The Arabic marks say what they are.
    if "\u066b" in figure or "\u066c" in figure:
        return (float(plain.replace(",", "")),) if plain.count(".") <= 1 else ()
    last = marks[-1]
    if len(set(marks)) == 1:
        grouped = _grouped(groups)
        if len(marks) > 1:
            return (float("".join(groups)),) if grouped else ()
        if last in _SPACES or last == "'":
            return (float("".join(groups)),) if grouped else ()
        fraction = float(".".join(groups))
        if not grouped:
            return (fraction,)
        whole = float("".join(groups))
        return (fraction, whole) if last == decimal and last not in thousands else (whole, fraction)
    if marks.count(last) == 1 and last in ".," and len(set(marks)) == 2 and _grouped(groups[:-1]):
        return (float("".join(groups[:-1]) + "." + groups[-1]),)
    return ()


def _grouped(groups: list[str]) -> bool:
    """True for groups of three figures, or of two before the last one, as in India."""
    first, *rest = groups
    if not 1 <= len(first) <= 3 or first.startswith("0") or not rest or len(rest[-1]) != 3:
        return False
    inner = rest[:-1]
    return all(len(g) == 3 for g in inner) or (len(first) <= 2 and all(len(g) == 2 for g in inner))
