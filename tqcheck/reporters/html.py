"""A page for the browser: one file with everything in it, for people who never see a terminal.

Articles are written as they come; the overview and the filters follow them, and the page moves them up.
"""

from __future__ import annotations

from tqcheck.model import Report
from tqcheck.reporters.base import Missing, Options
from tqcheck.reporters.page.article import section, unread
from tqcheck.reporters.page.frame import closing, opening
from tqcheck.reporters.page.overview import Overview


class Reporter:
    """Writes one page."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._overview = Overview()
        self._opened = False

    def report(self, report: Report) -> None:
        """Write the section of an article."""
        number = len(self._overview.articles) + 1
        text = section(report, number, self._options.verbose, self._options.alignment)
        self._overview.add(report)
        self._write(text)

    def missing(self, missing: Missing) -> None:
        """Write an input that could not be read in its place among the others."""
        self._write(unread(missing, len(self._overview.articles) + 1))
        self._overview.miss(missing)

    def finish(self) -> None:
        """Write the overview and what frames the page."""
        self._write(closing(self._overview, self._options.signature))

    def _write(self, text: str) -> None:
        """Write what is whole: a section that could not be made must not cost the page its head."""
        if not self._opened:
            text = opening() + text
        self._options.out.write(text)
        self._opened = True
