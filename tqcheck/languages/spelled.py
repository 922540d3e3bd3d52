"""Numbers of several words or of figures and words: two and a half million, 2 млн 300 тыс., soixante-dix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tqcheck.languages.numerals import CARDINAL, FRACTION, LOOSE, ORDINAL, TIMES, Numeral, Numerals

GAP = " \u00a0\u2009\u202f-\u2011\u2010"
# What no number of an article reaches: everything stays a finite float.
_LIMIT = 1e30


class Token(NamedTuple):
    """A number in figures (its readings) or a word of counting."""

    start: int
    end: int
    figure: tuple[float, ...] | None
    word: Numeral | None


@dataclass
class Sum:
    """A number as it grows word by word."""

    rules: Numerals
    figures: bool
    total: float = 0.0
    current: float | None = None
    magnitude: float = 0.0
    role: int = CARDINAL

    @property
    def value(self) -> float:
        """What it is worth so far."""
        return min(self.total + (self.current or 0.0), _LIMIT)

    def add(self, word: Numeral, gap: str) -> bool:
        """Add a word; False where the word begins another number."""
        if self.role == LOOSE or (self.role == ORDINAL and word.role not in (CARDINAL, ORDINAL)):
            return False
        if word.role == TIMES:
            done = self._multiply(word.value)
        elif word.role == FRACTION:
            done = self._fraction(word.value, gap.strip(GAP))
        else:
            done = self._grow(word)
        if done:
            self.role = ORDINAL if ORDINAL in (self.role, word.role) else word.role
        return done

    def _multiply(self, by: float) -> bool:
        if by == 100:
            if self.current is not None and not (self.figures or 0 < self.current < 100):
                return False
            self.current = 100.0 if self.current is None else self.current * 100
            return True
        if self.current is None:
            if self.total and by < self.magnitude:
                return False
            self.total = (self.total or 1.0) * by  # mil millones
        elif self.total and by > self.magnitude:
            self.total, self.current = (self.total + self.current) * by, None
        else:
            self.total, self.current = self.total + self.current * by, None
        self.magnitude = by
        return True

    def _fraction(self, value: float, joint: str) -> bool:
        if (self.current is None and not self.total) or (self.current == 1 and not joint):
            self.current = value  # eine halbe Million, un demi-million
        elif value == 0.5:
            if not (joint or self.rules.half_after):
                return False
            if self.current is not None:
                self.current += 0.5
            else:
                self.total += 0.5 * self.magnitude
        elif self.current is not None and self.current * value < 1:
            self.current *= value  # three quarters, but not six of them
        else:
            return False
        return True

    def _grow(self, word: Numeral) -> bool:
        if self.current is None and not (self.figures and self.total):
            if self.total and word.role == LOOSE:
                return False
            self.current = word.value
            return True
        if self.current is None or self.figures or self.current % 1 or word.role == LOOSE:
            return False
        more = _grown(self.current, word.value, self.rules)
        self.current += more
        return more > 0


def _grown(current: float, value: float, rules: Numerals) -> float:
    """Return what a cardinal adds to the number so far, 0 where it begins another one."""
    rest = current % 100
    if rules.vigesimal:
        if value == 20 and rest == 4:
            return 76.0
        if (10 <= value <= 19 and rest in (60, 80)) or (7 <= value <= 9 and rest in (10, 70, 90)):
            return value
    if value < 10:
        fits = (rest % 10 == 0 and (rest >= 20 or current >= 100)) or (rest == 10 and not rules.teens)
    elif value <= 90:
        fits = (rules.units_first and 1 <= rest < 10) or (rest == 0 and current >= 100)
    else:
        fits = False
    return value if fits else 0.0


def compose(text: str, run: Sequence[Token], at: int, rules: Numerals) -> tuple[Sum, int]:
    """Read one number from the token at `at`; return it and the place of the next token."""
    number = Sum(rules, run[at].figure is not None)
    end = at
    for place in range(at, len(run)):
        token = run[place]
        gap = text[run[place - 1].end : token.start] if place > at else ""
        if token.word is not None:
            if not number.add(token.word, gap):
                break
        elif token.figure is not None:
            if place > at and not _continues(number, run, place):
                break
            number.current = token.figure[0]
        end = place + 1
    return number, max(end, at + 1)


def _continues(number: Sum, run: Sequence[Token], place: int) -> bool:
    """True for the 300 of “2 млн 300 тыс.”: a smaller magnitude follows it."""
    after = run[place + 1].word if place + 1 < len(run) else None
    return (
        number.figures
        and number.current is None
        and after is not None
        and after.role == TIMES
        and 100 <= after.value < number.magnitude
    )
