"""How a house sets quotation marks, numbers and units, and which of two known spellings it writes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from tqcheck.context import Context
from tqcheck.house import doublets, occurrences

# So often something must be met, and so large a share of it be alike, for a habit of the house.
_LEAST, _SHARE = 10, 0.9
_OPENING = {"“": "”", "„": "“", "«": "»", "»": "«", "‘": "’", "‚": "‘", "『": "』", "「": "」"}
_GROUPED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}([.,\u00a0\u202f\u2009'’ ])\d{3}(?:\1\d{3})*(?![\d.,]?\d)")
_DECIMAL = re.compile(r"(?<![\d.,:])\d{1,6}([.,])(?:\d|\d\d)(?![\d.,:]?\d|[.,]\d)(?! ?(?:am|pm|Uhr|h)\b)")
_EXPONENT = re.compile(r"(?<![^\W\d_])[kcdm]?m([²³]|[23])(?!\w)")


@dataclass
class Marks:
    """What was counted of them."""

    quotes: Counter[str] = field(default_factory=Counter)
    decimals: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    exponents: Counter[str] = field(default_factory=Counter)
    doublets: Counter[str] = field(default_factory=Counter)

    def add(self, ctx: Context) -> None:
        """Count one article."""
        text = ctx.text
        straight = text.count('"') // 2
        if straight:
            self.quotes['""'] += straight
        # “ opens in English and closes in German: what comes first in the article tells.
        for opening, closing in _OPENING.items():
            at = text.find(opening)
            if at >= 0 and text.find(closing, at + 1) >= 0 and opening not in self._closers(text, at):
                space = text[at + 1 : at + 2] if opening == "«" else ""
                self.quotes[opening + (space if space.isspace() and space else "") + closing] += text.count(opening)
        self.decimals.update(found[1] for found in _DECIMAL.finditer(text))
        self.groups.update(" " if found[1].isspace() else found[1] for found in _GROUPED.finditer(text))
        self.exponents.update("km²" if found[1] in "²³" else "km2" for found in _EXPONENT.finditer(text))
        for group, _alike in doublets().get(ctx.language.base, ()):
            for form in group:
                if form in text:
                    self.doublets[form] += sum(1 for _place in occurrences(text, form))

    @staticmethod
    def _closers(text: str, at: int) -> set[str]:
        """Return the marks that close what was opened before `at`."""
        return {closing for opening, closing in _OPENING.items() if 0 <= text.find(opening) < at}

    def quotation(self) -> tuple[str, int, int] | None:
        """Return the pair of marks of the house, how often it was met, and how often any was; None without a habit."""
        return _habit(self.quotes)

    def exponent(self) -> tuple[str, int, int] | None:
        """Return the same for square and cubic units."""
        return _habit(self.exponents)

    def number(self) -> tuple[str, int, int] | None:
        """Return the same for numbers, as the specimen 1,234.5."""
        decimal, group = _habit(self.decimals), _habit(self.groups)
        if decimal is None or (group is not None and group[0] == decimal[0]):
            return None
        grouping = "" if group is None else "\u00a0" if group[0] == " " else group[0]
        times, of = (decimal[1], decimal[2]) if group is None else (decimal[1] + group[1], decimal[2] + group[2])
        return f"1{grouping}234{decimal[0]}5", times, of

    def spellings(self, base: str) -> list[tuple[str, int, int]]:
        """Return the form of each group of known spellings that the house writes."""
        found = []
        for group, _alike in doublets().get(base, ()):
            habit = _habit(Counter({form: self.doublets[form] for form in group if self.doublets[form]}))
            if habit is not None:
                found.append(habit)
        return found


def _habit(counted: Counter[str]) -> tuple[str, int, int] | None:
    total = sum(counted.values())
    if total < _LEAST:
        return None
    form, times = min(counted.items(), key=lambda item: (-item[1], item[0]))
    return (form, times, total) if times >= _SHARE * total else None
