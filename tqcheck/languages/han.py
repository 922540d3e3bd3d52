"""Numbers in Chinese characters, alone or behind figures: 三千五百, 3万5千, 12億3000万, 二〇二四."""

from __future__ import annotations

import re
from typing import NamedTuple

from tqcheck.text.figures import FIGURE, readings

_DIGITS = {
    c: n for n, cs in enumerate(("〇零", "一壱", "二两兩弐", "三参", "四", "五", "六", "七", "八", "九")) for c in cs
}
_SMALL = {"十": 10.0, "百": 100.0, "千": 1000.0, "廿": 20.0, "십": 10.0, "백": 100.0, "천": 1000.0}
_LARGE = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12, "만": 1e4, "억": 1e8, "조": 1e12}
_CHARS = "".join((*_DIGITS, *_SMALL, *_LARGE))
_BIG = "".join((*_SMALL, *_LARGE))
# Some write a space around figures: 1 億 4 千万; 5700多万 is “more than”.
_AFTER_FIGURE = rf"(?:[ \u2009\u202f多余餘](?=[{_BIG}]))?"
_AFTER_LARGE = rf"(?:(?<=[{''.join(_LARGE)}])[ \u2009\u202f](?=\d{{1,4}}[ \u2009\u202f]?[{_BIG}]))?"
RUN = rf"(?:{FIGURE}{_AFTER_FIGURE}|[{_CHARS}]{_AFTER_LARGE})+"
_PIECE = re.compile(rf"{FIGURE}|[{_CHARS}]")
# More pieces than any number has are a hostile text.
_MOST = 40


class Han(NamedTuple):
    """The value of a run; `figures` where it holds any; `firm` where the characters count for sure."""

    value: float
    figures: bool
    firm: bool
    others: tuple[float, ...] = ()


def value(run: str) -> Han | None:
    """Return the value of a match of RUN, None where it is no single number."""
    pieces = _PIECE.findall(run)
    if len(pieces) > _MOST:
        return None
    if len(pieces) == 1 and pieces[0][0].isdigit():
        found = readings(pieces[0])
        return Han(found[0], True, True, found[1:]) if found else None
    if all(p in _DIGITS for p in pieces) and len(pieces) > 1:
        # Figure by figure, as years are; two of them may be “two or three”.
        return Han(float("".join(str(_DIGITS[p]) for p in pieces)), False, len(pieces) >= 4)
    total = section = 0.0
    number: float | None = None
    counted = figures = False
    for piece in pieces:
        if piece in _DIGITS:
            number = (number or 0.0) * (10 if number else 1) + _DIGITS[piece]
            counted = True
        elif piece in _SMALL:
            section += (1.0 if number is None else number) * _SMALL[piece]
            number = None
        elif piece in _LARGE:
            group = section + (number or 0.0)
            if group:
                total += group * _LARGE[piece]
            else:
                total = (total or 1.0) * _LARGE[piece]
            section, number = 0.0, None
        else:
            found = readings(piece)
            if not found or number is not None:
                return None
            number, figures = found[0], True
    whole = total + section + (number or 0.0)
    return Han(whole, figures, figures or (counted and whole > 12 and pieces[0] not in _LARGE))
