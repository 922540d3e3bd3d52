"""Where findings stand in files, for services that show the files themselves: code hosts, editors.

Lines end at line feeds, as these services count them. A record of a JSON Lines file stands on its
line there; columns of its text are none of the file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from tqcheck.model import Finding, Report, Span
from tqcheck.reporters.base import Missing
from tqcheck.reporters.groups import anchor
from tqcheck.reporters.lines import Lines

# Standard input has no file.
STDIN = "stdin"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file, half-open. Without columns it is whole lines, both ends among them."""

    path: str
    line: int
    end_line: int
    column: int | None = None
    end_column: int | None = None


class Places:
    """Finds the places of one report; columns count what `size` measures. `root` is the folder that
    paths are relative to."""

    def __init__(self, report: Report, size: Callable[[str], int], root: str = "") -> None:
        self._article = article = report.article
        self._size = size
        self._sides: dict[str, Lines] = {}
        self.path = called(article.path, article.id, root)
        self.source_path = None if article.source_path is None else called(article.source_path, "", root)

    def of(self, finding: Finding) -> Place:
        """Return where a finding stands: one about what the target lacks in the original, if that is a
        file; else where in the target it belongs, if that is known; else at the end of the target."""
        if finding.side == "target":
            return self.target(finding.start, finding.end)
        place = self.original(Span(finding.start, finding.end))
        return self.gap(finding) if place is None else place

    def inside(self, finding: Finding) -> str:
        """Return where in its record a finding stands, in code points; empty where its file shows the place."""
        article = self._article
        if finding.side == "source" and self.source_path is not None:
            side, text, record = "record of the original", article.source or "", article.source_line
            at: int | None = finding.start
        else:
            side, text, record, at = "record", article.text, article.line, anchor(finding)
        if record is None:
            return ""
        if side not in self._sides:
            self._sides[side] = Lines(text)
        line, column = self._sides[side].position(len(text) if at is None else at)
        return f"line {line}, column {column} of the {side} {article.id}"

    def gap(self, finding: Finding) -> Place:
        """Return where in the target what it lacks belongs."""
        at = anchor(finding)
        at = len(self._article.text) if at is None else at
        return self.target(at, at)

    def target(self, start: int, end: int) -> Place:
        """Return the place of a stretch of the target."""
        return self._place(self.path, "target", self._article.text, self._article.line, start, end)

    def original(self, span: Span) -> Place | None:
        """Return the place of a stretch of the original, None where that is no file."""
        article = self._article
        if self.source_path is None or article.source is None:
            return None
        return self._place(self.source_path, "source", article.source, article.source_line, *span)

    def _place(self, path: str, side: str, text: str, record: int | None, start: int, end: int) -> Place:
        if record is not None:
            return Place(path, record, record)
        if side not in self._sides:
            self._sides[side] = Lines(text, self._size, feeds=True)
        line, column = self._sides[side].position(start)
        end_line, end_column = self._sides[side].position(end)
        return Place(path, line, end_line, column, end_column)


def unread(missing: Missing, root: str = "") -> Place:
    """Return the place of an input that could not be read: the line of a record, else the first."""
    path = called(missing.path, missing.id, root)
    of_record = missing.where == f"{missing.path}:{missing.id}" and missing.id.isdecimal()
    line = int(missing.id) if of_record else 1
    return Place(path, line, line)


def called(path: str | None, id_: str, root: str = "") -> str:
    """Return the path of an article as services write it: with slashes, relative to `root` if it is below."""
    if path is None:
        return id_ or "text"
    if path == "-":
        return STDIN
    if root:
        place = os.path.relpath(os.path.abspath(path), root) if _below(path, root) else path
        return PurePath(place).as_posix()
    return PurePath(path).as_posix()


def _below(path: str, root: str) -> bool:
    try:
        return os.path.commonpath([os.path.abspath(path), os.path.abspath(root)]) == os.path.abspath(root)
    except ValueError:  # on another drive
        return False
