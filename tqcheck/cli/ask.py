"""`--fix --ask`: show each fix that is not safe in its line, and ask."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size

import click

from tqcheck.errors import ConfigError
from tqcheck.fixing import Accept, Offer, safe_only
from tqcheck.model import Article, Finding
from tqcheck.reporters.excerpt import excerpt
from tqcheck.reporters.groups import fixed
from tqcheck.reporters.lines import Lines
from tqcheck.reporters.safe import safe

_NO, _LEFT = "you said no", "you stopped before it"
_ANSWERS = ("yes", "no", "all", "quit")


class Asker:
    """Accepts safe fixes, asks about the others, and remembers the answers."""

    def __init__(self) -> None:
        if not (sys.stdin is not None and sys.stdin.isatty()):
            raise ConfigError("--ask needs a terminal to ask on; use --unsafe-fixes, or --diff to look first")
        self._answers: dict[tuple[str, str, int, str | None], str | None] = {}
        self._all: str | None = None
        self._color = not os.environ.get("NO_COLOR") and sys.stderr is not None and sys.stderr.isatty()

    def accept(self, article: Article) -> Accept:
        """Return what chooses among the fixes of one article."""
        where = article.path or article.id
        if article.id and article.id != article.path:
            where += f" {article.id}"

        def answer(offer: Offer) -> str | None:
            if safe_only(offer) is None:
                return None
            key = (where, offer.finding.code, offer.at, fixed(offer.finding, offer.text))
            if key not in self._answers and self._all is None:
                self._answers[key] = self._ask(where, offer.finding, offer.text)
            return self._answers.get(key, _LEFT if self._all == "quit" else None)

        return answer

    def _ask(self, where: str, finding: Finding, text: str) -> str | None:
        for line in self._shown(where, finding, text):
            click.echo(line, err=True)
        said = self._key()
        if said in {"all", "quit"}:
            self._all = said
        return {"yes": None, "all": None, "no": _NO, "quit": _LEFT}[said]

    def _key(self) -> str:
        while True:
            click.echo("  Apply it? [y]es, [n]o, [a]ll of them, [q]uit asking: ", err=True, nl=False)
            line = sys.stdin.readline()
            if not line:  # Ctrl-D
                click.echo("", err=True)
                return "quit"
            word = line.strip().lower()
            said = next((answer for answer in _ANSWERS if word and answer.startswith(word)), None)
            if said is not None:
                return said

    def _shown(self, where: str, finding: Finding, text: str) -> list[str]:
        edits = finding.fix.edits if finding.fix is not None else ()
        start = min(finding.start, *(e.start for e in edits))
        end = max(finding.end, *(e.end for e in edits))
        lines = Lines(text)
        cut = excerpt(text, lines, start, end, max(40, get_terminal_size((80, 24)).columns) - 4)
        new = fixed(finding, text) or ""
        head = f"{safe(where)}:{lines.position(finding.start)[0]}: {finding.code} {finding.name} "
        return [
            "",
            f"{head}({finding.confidence.label})  {safe(finding.message)}",
            self._line("- ", cut.before, cut.stretch, cut.after, "31"),
            self._line("+ ", cut.before, "" if new == "(take it out)" else new, cut.after, "32"),
        ]

    def _line(self, mark: str, before: str, stretch: str, after: str, color: str) -> str:
        if not self._color:
            return f"  {mark}{before}{stretch}{after}"
        return f"  \x1b[{color}m{mark}{before}\x1b[7m{stretch}\x1b[27m{after}\x1b[0m"
