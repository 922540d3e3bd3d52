"""`tqcheck check`: read, check, report, and say with the exit code how it went."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from tqcheck.cli.options import Configuration, settings_options
from tqcheck.errors import ConfigError
from tqcheck.model import Report
from tqcheck.reporters import FORMATS, Options, Reporter, create

if TYPE_CHECKING:
    from tqcheck.readers import Unread


class Jobs(click.ParamType[int | None]):
    """A number of processes, or auto."""

    name = "jobs"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | None:
        """Return the number, None for auto."""
        if value is None or value == "auto":
            return None
        if isinstance(value, int) or (str(value).isascii() and str(value).isdigit() and int(value) > 0):
            return int(value)
        return self.fail(f"{value!r} is neither a number of processes nor auto", param, ctx)


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH… | -")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="full", help="Form of the report.")
@click.option("--output", metavar="PATH", help="Write the report to a file.")
@settings_options
@click.option("--jobs", type=Jobs(), default="auto", metavar="N|auto", help="Processes (auto: one a core if it pays).")
@click.option(
    "--stdin-filename", metavar="PATH", help="Name of what comes on standard input; its suffix tells the format."
)
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour in the full report."
)
@click.option("-v", "--verbose", is_flag=True, help="Show evidence, every finding, and what was skipped.")
def command(
    paths: tuple[str, ...],
    format_: str,
    output: str | None,
    jobs: int | None,
    stdin_filename: str | None,
    color: str,
    verbose: bool,
    **given: Any,
) -> None:
    """Check articles: files (.txt .md .html .jsonl), folders, or - for standard input."""
    from tqcheck.cli.pool import Task, run
    from tqcheck.engine import signature
    from tqcheck.readers import Unread, read

    configuration = Configuration(given)
    for path in paths:
        configuration.layers(stdin_filename if path == "-" else path)
    written = Path(output).resolve() if output is not None else None
    if written is not None and written in {Path(path).resolve() for path in paths}:
        raise ConfigError(f"--output {output}: this is an article to check; name another file")

    def tasks() -> Iterator[Task]:
        for item in read(paths, sys.stdin.buffer, stdin_filename):
            if written is not None and item.path is not None and Path(item.path).resolve() == written:
                continue  # the report itself, in a folder that is checked
            yield item if isinstance(item, Unread) else (item, configuration.settings(item.path))

    with ExitStack() as stack:
        out = _open(output, stack)
        reporter = create(format_, _options(out, output, color, verbose, signature()))
        code = _write(run(tasks(), jobs), reporter, configuration, tell_notes=format_ == "concise")
    sys.exit(code)


def _write(
    outcomes: Iterable[Report | Unread], reporter: Reporter, configuration: Configuration, tell_notes: bool
) -> int:
    """Report every outcome; return the exit code: what failed weighs more than what was found."""
    failed = found = False
    for outcome in outcomes:
        if not isinstance(outcome, Report):
            failed = True
            _complain(f"{outcome.where}: {outcome.message}")
            reporter.missing(outcome)
            continue
        where = outcome.article.path or outcome.article.id
        for failure in outcome.failures:
            failed = True
            _complain(f"{where}: rule {failure.where} failed: {failure.message}")
        for note in outcome.article.notes if tell_notes else ():
            _complain(f"{where}: {note}")
        found = found or _fails(outcome, configuration)
        reporter.report(outcome)
    reporter.finish()
    return 3 if failed else 1 if found else 0


def _fails(report: Report, configuration: Configuration) -> bool:
    threshold = configuration.layers(report.article.path).settings.fail_on
    return threshold is not None and any(f.severity >= threshold for f in report.findings)


def _complain(message: str) -> None:
    clean = "".join(c if c.isprintable() else "�" for c in message)
    click.echo(f"tqcheck: {clean}", err=True)


def _open(output: str | None, stack: ExitStack) -> TextIO:
    if output is not None:
        try:
            return stack.enter_context(open(output, "w", encoding="utf-8", errors="backslashreplace", newline="\n"))
        except OSError as error:
            raise ConfigError(f"--output {output}: cannot be written: {error.strerror}") from error
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A report holds text of any language, whatever the locale of the terminal.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return sys.stdout


def _options(out: TextIO, output: str | None, color: str, verbose: bool, signature: str) -> Options:
    from shutil import get_terminal_size

    terminal = output is None and out.isatty()
    wanted = color == "always" or (color == "auto" and output is None and _auto_color(terminal))
    width = get_terminal_size((80, 24)).columns if terminal or "COLUMNS" in os.environ else 80
    return Options(out, signature, max(40, min(width, 200)), wanted, verbose)


def _auto_color(terminal: bool) -> bool:
    if os.environ.get("NO_COLOR"):  # https://no-color.org: any value but the empty one
        return False
    if os.environ.get("FORCE_COLOR"):
        return os.environ["FORCE_COLOR"] != "0"
    return terminal and os.environ.get("TERM") != "dumb"
