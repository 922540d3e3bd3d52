"""What a reporter is given and what it must offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TextIO

from tqcheck.model import Report


class Missing(Protocol):
    """An input that could not be read: where, why, and the id its report would have had."""

    @property
    def id(self) -> str: ...
    @property
    def path(self) -> str | None: ...
    @property
    def where(self) -> str: ...
    @property
    def message(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Options:
    """Where to write and how: `width` in columns and `color` matter on terminals only. `alignment`
    asks for the aligned segments with their risks. Formats that services read name files relative to
    the folder `root`, where they lie in it (empty: as given). `summary` takes the job summary of
    GitHub, at most `room` bytes."""

    out: TextIO
    signature: str = ""
    width: int = 80
    color: bool = False
    verbose: bool = False
    alignment: bool = False
    root: str = ""
    summary: TextIO | None = None
    room: int = 0


class Reporter(Protocol):
    """Is told of each article in input order, then of the end."""

    def report(self, report: Report) -> None: ...
    def missing(self, missing: Missing) -> None: ...
    def finish(self) -> None: ...
