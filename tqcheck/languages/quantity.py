"""One number of a text: its values, how firmly it is one, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from tqcheck.languages.measures import Unit


class Firmness(IntEnum):
    """How sure it is that a number is meant, and this one: dozens, a third, seven, 7, 2019."""

    LOOSE = 0
    WEAK = 1
    SPELLED = 2
    SMALL = 3
    FIRM = 4


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at `[start, end)`; `[first, last)` takes in the unit beside it.

    values     its possible readings, the likely one first
    units      what stands beside it; several where the form is ambiguous (pound, degree)
    mantissa   what stands in front of the magnitude word, and `magnitude` what that word is worth
    hours      the hours of the day that it may name
    code       figures that are no number (telephone, account), compared as they stand
    tight      a letter touches it in front (A4, G7), or a name with its hyphen (COVID-19, F-16)
    """

    start: int
    end: int
    values: tuple[float, ...]
    firmness: Firmness
    units: tuple[Unit, ...] = ()
    first: int = -1
    last: int = -1
    mantissa: float = 0.0
    magnitude: float = 1.0
    hours: tuple[int, ...] = ()
    code: str = ""
    tight: bool = False
    figures: bool = False
    month: bool = False
    in_date: bool = False
    minute: bool = False

    @property
    def value(self) -> float:
        """The likely reading."""
        return self.values[0]

    @property
    def outer(self) -> tuple[int, int]:
        """The stretch with the unit."""
        return (self.first if self.first >= 0 else self.start, self.last if self.last >= 0 else self.end)

    @property
    def unit_names(self) -> frozenset[str]:
        """The names of the units beside it."""
        return frozenset(unit.name for unit in self.units)
