"""The numbers of a text as values: figures, words and characters, with their units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from tqcheck.languages import han
from tqcheck.languages.clock import dotted, hours, minute
from tqcheck.languages.dates import indices
from tqcheck.languages.loader import load
from tqcheck.languages.measures import PERCENT, measures
from tqcheck.languages.numerals import FRACTION, LOOSE, ORDINAL, TIMES, Numerals, numerals
from tqcheck.languages.quantity import Firmness, Quantity
from tqcheck.languages.spelled import GAP, Token, compose
from tqcheck.text.figures import FIGURE, readings
from tqcheck.text.words import MARKS

# What no number of an article reaches: everything stays a finite float.
_LIMIT = 1e30
_LONGEST_FIGURE = 24
_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{MARKS}]|['\u2019\u02bc](?=[^\W\d_]))*"
_SPACED = re.compile(rf"(?P<f>{FIGURE})|(?P<w>{_LETTERS})")
_HAN = re.compile(rf"(?P<h>{han.RUN})")
_HALF = re.compile(r"[ \u00a0](?:and a |et |y |e |с |з |i |a |und ein |en een )?$", re.IGNORECASE)
_LONGEST_GAP = 9
# What touches a number in front: a letter (A4, \\u0027), or a name and its hyphen (COVID-19).
_TIGHT = re.compile(r"[A-Za-z\u00c0-\u1fff]$|[A-Z\u0410-\u042f][^\W\d_]{0,12}[-\u2010\u2011]$")
_NAME_AFTER = re.compile("[A-Za-z]{5}")
_ROMAN = re.compile("([IVXL]{2,7}|[VX])(?:e|er|ème|º|th)?")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_DAY_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])")
_DECADE = re.compile("['’]?(?:s|er)|-[еxхті]|年代")
_PRIMES = ("'", "’", "′")
_FOOT_AND = re.compile("[ \u00a0-]|'|’|′|,? (?:and )?")
_AND_A_HALF = re.compile("(?:年|時間|小时|小時|倍|か月|カ月|ヶ月|个月|個月|週間|个)半")
_RANGE = re.compile(
    "[ \u00a0]?(?:[-\u2010-\u2015~\uff5e至到]|から|to|or|and|bis|oder|und|à|ou|et|a|o|e|y|tot|of|en|do|lub|i"
    "|до|по|или|и|чи|та|إلى|و)[ \u00a0]?[$€£]?"
)
_REACH = 6


def quantities(text: str, tag: str) -> list[Quantity]:
    """Return the numbers of a text in order. Cost is linear in its length."""
    rules = numerals(tag)
    by_characters = rules.han or load(tag).base == "ko"
    found = list(_han(text) if by_characters else _Scan(text, rules, _months(tag)).run())
    return _ranges(text, _joined(text, found))


@cache
def _months(tag: str) -> dict[str, int]:
    return {form: n + 1 for form, n in indices(load(tag).calendar.months).items() if form.isalpha()}


class _Scan:
    """One pass over a text whose words are letters: tokens gather in a run until something else stands between."""

    def __init__(self, text: str, rules: Numerals, months: dict[str, int]) -> None:
        self.text, self.rules, self.months = text, rules, months
        self.tokens: list[Token] = []

    def run(self) -> Iterator[Quantity]:
        """Yield the numbers."""
        for match in _SPACED.finditer(self.text):
            start, end = match.span()
            if match.lastgroup == "w":
                token, other = self._word(start, end)
            else:
                values = readings(match.group(), self.rules.decimal, self.rules.thousands)
                whole = bool(values) and not self._is_date(start, end) and not dotted(self.text, start, end)
                token = Token(start, end, values, None) if whole else None
                other = [] if whole else _pieces(self.text, start, match.group())
            if other or (token and self.tokens and not self._adjacent(token.start)):
                yield from self._flush()
            yield from other
            if token:
                self.tokens.append(token)
        yield from self._flush()

    def _is_date(self, start: int, end: int) -> bool:
        """True for the 10.09 of “am 10.09.” where the decimal mark is a comma."""
        if self.rules.decimal != "," or self.text[end : end + 1] != ".":
            return False
        return _DAY_MONTH.fullmatch(self.text, start, end) is not None

    def _word(self, start: int, end: int) -> tuple[Token | None, list[Quantity]]:
        """Return the word as a token, or as a number of its own (a month, a Roman one), or neither."""
        text, tokens = self.text, self.tokens
        word = text[start:end]
        numeral = self.rules.find(word)
        if numeral is None and ("'" in word or "’" in word):
            start += max(word.rfind("'"), word.rfind("’")) + 1
            numeral = self.rules.find(text[start:end])
        if numeral is None:
            roman = _ROMAN.fullmatch(word)
            if roman:
                return None, [Quantity(start, end, (_roman(roman[1]),), Firmness.WEAK)]
            month = self.months.get(word.lower())
            return None, [Quantity(start, end, (float(month),), Firmness.LOOSE, month=True)] if month else []
        glued = bool(tokens) and tokens[-1].end == start
        # A letter is a magnitude only behind its figures: £5m.
        if end - start == 1 and numeral.role == TIMES and not glued:
            return None, []
        # Per cent is no hundred.
        if numeral.value == 100 and tokens and PERCENT in measures().behind(text, tokens[-1].end)[0]:
            return None, []
        return Token(start, end, None, numeral), []

    def _adjacent(self, start: int) -> bool:
        gap = self.text[self.tokens[-1].end : start]
        if len(gap) > _LONGEST_GAP:
            return False
        stripped = gap.strip(GAP)
        return not stripped or stripped in self.rules.join or (gap[:1] in GAP and _HALF.match(gap) is not None)

    def _flush(self) -> Iterator[Quantity]:
        at = 0
        while at < len(self.tokens):
            quantity, at = self._read(at)
            yield _measured(self.text, quantity)
        self.tokens.clear()

    def _read(self, at: int) -> tuple[Quantity, int]:
        number, end = compose(self.text, self.tokens, at, self.rules)
        tokens = self.tokens[at:end]
        first, stop = tokens[0], tokens[-1].end
        magnitude = number.magnitude or 1.0
        if first.figure is not None:
            base = first.figure[0]
            scale = number.value / base if base else 1.0
            values = (number.value, *(min(v * scale, _LIMIT) for v in first.figure[1:]))
            if stop - tokens[-1].start == 1:
                values = (*values, base)  # 400m may be metres, 4K no number at all
            values += self._dozens(end, number.value)
            quantity = _figure(self.text, first.start, stop, values, magnitude)
            return replace(quantity, mantissa=base, magnitude=magnitude), end
        words = [token.word for token in tokens if token.word is not None]
        single = words[0] if len(words) == 1 else None
        if number.role == LOOSE or all(w.role == TIMES for w in words) or (single and single.role == FRACTION):
            firm = Firmness.LOOSE
        elif number.role == ORDINAL or (single and single.weak) or number.value <= 1:
            firm = Firmness.WEAK
        else:
            firm = Firmness.SPELLED
        values = (number.value, *(single.others if single else ()), *self._dozens(end, number.value))
        mantissa = number.value / magnitude
        return Quantity(first.start, stop, values, firm, mantissa=mantissa, magnitude=magnitude), end

    def _dozens(self, end: int, value: float) -> tuple[float, ...]:
        """Return what two decades or three dozen are in all."""
        word = self.tokens[end].word if end < len(self.tokens) else None
        return (value * word.value,) if word is not None and word.role == LOOSE and word.value > 1 else ()


def _roman(letters: str) -> float:
    values = [_ROMAN_VALUES[c] for c in letters]
    return float(sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True)))


def _pieces(text: str, start: int, figure: str) -> list[Quantity]:
    """Read figures that are no single number: a date, a list, or a code compared as it stands."""
    if len(figure) > _LONGEST_FIGURE:
        digits = "".join(c for c in figure[:200] if c.isdigit())
        return [Quantity(start, start + len(figure), (-1.0,), Firmness.WEAK, code=digits, figures=True)]
    return [_figure(text, start + m.start(), start + m.end(), (float(m.group()),)) for m in re.finditer(r"\d+", figure)]


def _figure(text: str, start: int, end: int, values: tuple[float, ...], magnitude: float = 1.0) -> Quantity:
    tight = _TIGHT.search(text, max(0, start - 16), start) is not None or _NAME_AFTER.match(text, end) is not None
    firm = Firmness.FIRM if values[0] > 12 or values[0] % 1 or magnitude > 1 else Firmness.SMALL
    of_hour = minute(text, start, end)
    if of_hour or _is_decade(text, end, values[0]):
        firm = Firmness.SPELLED  # often left out or said in other words
    day = hours(text, start, end, values[0]) if magnitude == 1 and not tight and not of_hour else ()
    return Quantity(
        start,
        end,
        values,
        firm,
        mantissa=values[0],
        hours=day,
        tight=tight,
        figures=True,
        in_date=_in_date(text, start, end),
        minute=of_hour,
    )


def _is_decade(text: str, end: int, value: float) -> bool:
    """True for the 1990s, die 1990er, 1990-е, 1990年代."""
    return value % 10 == 0 and 1000 < value < 2100 and _DECADE.match(text, end) is not None


def _in_date(text: str, start: int, end: int) -> bool:
    """True for figures that a point, stroke or hyphen joins to others, and for 3月."""
    if text[end : end + 1] == "月":
        return True
    after, before = text[end : end + 2], text[max(0, start - 2) : start]
    return (after[:1] in "./-" and after[1:].isdigit()) or (before[1:] in "./-" and before[:1].isdigit())


def _measured(text: str, quantity: Quantity) -> Quantity:
    """Add the units beside a number."""
    if quantity.firmness == Firmness.LOOSE:
        return quantity
    units, last = measures().behind(text, quantity.end)
    if units == (PERCENT,) and quantity.value == 100:
        quantity = replace(quantity, firmness=Firmness.SPELLED)  # “completely”
    if units:
        return replace(quantity, units=units, last=last)
    units, first = measures().ahead(text, quantity.start)
    return replace(quantity, units=units, first=first) if units else quantity


def _han(text: str) -> Iterator[Quantity]:
    below = 0.0
    for match in _HAN.finditer(text):
        start, end = match.span()
        number = han.value(match.group())
        if number is not None and text[end : end + 2] in ("分之", "分の"):
            below = number.value
            continue
        if number is not None and below > 0 and below != 100:
            yield Quantity(start, end, (number.value / below,), Firmness.WEAK)
            below = 0.0
            continue
        below = 0.0
        if number is None:
            yield from _pieces(text, start, match.group())
            continue
        values = (min(number.value, _LIMIT), *number.others)
        if _AND_A_HALF.match(text, end):
            values = (*values, values[0] + 0.5)
        if number.figures:
            quantity = _figure(text, start, end, values)
        else:
            firm = Firmness.SPELLED if number.firm else Firmness.WEAK
            quantity = Quantity(start, end, values, firm, mantissa=number.value)
        yield _measured(text, quantity)


def _joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """Join what is one length (6-foot-6, 6 feet 6 inches, 1 m 82 cm), and leave out the 2 of m2."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        if last is not None and quantity.start < last.outer[1]:
            continue
        one = None if last is None else _one_length(text, last, quantity)
        if one is None:
            joined.append(quantity)
        else:
            joined[-1] = one
    return joined


def _one_length(text: str, one: Quantity, other: Quantity) -> Quantity | None:
    until = one.outer[1]
    if other.start - until > _REACH or one.value > 300:
        return None
    if one.unit_names == {"metre"} and other.unit_names == {"centimetre"}:
        return replace(one, end=other.end, last=other.outer[1], values=(one.value + other.value / 100,))
    foot = "foot" in one.unit_names or (one.figures and text.startswith(_PRIMES, until))
    if (
        not foot
        or other.value >= 12
        or one.figures != other.figures
        or not _FOOT_AND.fullmatch(text, until, other.start)
    ):
        return None
    # Some write 6-foot-6 as 6.6 feet, or as 6.
    values = (one.value + other.value / 12, one.value + other.value / 10, one.value)
    units = one.units or measures().after["ft"]
    return replace(one, end=other.end, last=other.outer[1], values=values, units=units, firmness=Firmness.SPELLED)


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Let the first number of a range share the magnitude and the unit of the second (3 to 4 million)."""
    for n in range(len(found) - 2, -1, -1):
        one, other = found[n], found[n + 1]
        if one.units or one.magnitude > 1 or not (other.units or other.magnitude > 1) or one.month:
            continue
        if other.start - one.end <= _REACH and _RANGE.fullmatch(text, one.end, other.start):
            more = tuple(v * other.magnitude for v in one.values) if other.magnitude > 1 else ()
            found[n] = replace(one, values=(*one.values, *more), units=other.units)
    return found
