"""`tqcheck check`: read, check, report, and say with the exit code how it went."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TextIO

import click

from tqcheck.cli import ci, complete
from tqcheck.cli.narrow import Narrowing, narrow_options
from tqcheck.cli.options import Configuration, Jobs, Wishes, fix_options, settings_options
from tqcheck.cli.originals import finder, tell_alone
from tqcheck.cli.output import destination, same
from tqcheck.cli.tell import complain
from tqcheck.errors import ConfigError
from tqcheck.model import Report
from tqcheck.reporters import FORMATS, WITHOUT_NOTES, Options, create
from tqcheck.reporters.base import Missing

if TYPE_CHECKING:
    from tqcheck.cli.stores import Standard
    from tqcheck.cli.watch import Watched
    from tqcheck.model import Article
    from tqcheck.readers import Unread
    from tqcheck.readers.originals import Originals
    from tqcheck.workers.stream import Task


# In the place of a form of report: a diff.
DIFF = "diff"


@click.command("check")
@click.argument("paths", nargs=-1, metavar="PATH… | -", shell_complete=complete.files)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    help="Form of the report (default: full; under GitHub Actions, github).",
)
@click.option("--output", metavar="PATH", help="Write the report to a file.", shell_complete=complete.files)
@click.option(
    "--source",
    metavar="PATH",
    help="The original of the article; for a folder, a folder with files of the same names (but for the language); "
    "for .jsonl, a .jsonl file with records of the same ids.",
    shell_complete=complete.files,
)
@settings_options
@narrow_options
@fix_options
@click.option("--jobs", type=Jobs(), default="auto", metavar="N|auto", help="Processes (auto: one a core if it pays).")
@click.option(
    "--stdin-filename", metavar="PATH", help="Name of what comes on standard input; its suffix tells the format."
)
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour in the full report."
)
@click.option("--show-alignment", is_flag=True, help="Show the aligned segments with their risks (full report).")
@click.option("-v", "--verbose", is_flag=True, help="Show evidence, every finding, and what was skipped.")
@click.option("--watch", is_flag=True, help="Check again whenever an article, an original or a setting changes.")
def command(paths: tuple[str, ...], watch: bool, **given: Any) -> None:
    """Check articles: files (.txt .md .html .jsonl), folders, or - for standard input."""
    if not paths:
        # `--changed` takes what follows it for the revision.
        taken = f" (--changed took “{given['changed']}”; write --changed=HEAD)" if given["changed"] else ""
        raise click.UsageError(f"Missing argument 'PATH… | -'{taken}.", click.get_current_context())
    code = _watched(paths, given) if watch else _checked(paths, given)
    click.get_current_context().exit(code)


def _watched(paths: tuple[str, ...], given: dict[str, Any]) -> int:
    """Check until Ctrl-C; return the exit code of the last check."""
    from tqcheck.cli.watch import Watched, refuse, watch

    refuse(paths, given["fix"] or given["update_baseline"])
    named = (given["source"], given["config_file"], given["baseline"], *given["glossary"])
    terminal = given["output"] is None and sys.stdout is not None and sys.stdout.isatty()
    watched = Watched(paths, named, given["output"])
    return watch(lambda: _checked(paths, given, watched), watched, terminal and os.environ.get("TERM") != "dumb")


def _checked(paths: tuple[str, ...], options: dict[str, Any], watched: Watched | None = None) -> int:
    """Check once; return the exit code."""
    from tqcheck.signature import signature
    from tqcheck.workers.stream import run

    given = dict(options)
    source, output, stdin_filename = given["source"], given["output"], given["stdin_filename"]
    wishes = Wishes.of(given, paths)
    configuration = Configuration(given)
    for path in paths:
        configuration.layers(stdin_filename if path == "-" else path)
        if output is not None and path != "-" and not os.path.isdir(path) and same(path, output):
            raise ConfigError(f"--output {output}: this is an article to check; name another file")
    names = [stdin_filename or "-" if path == "-" else path for path in paths]
    narrowing = Narrowing(given, configuration, names)
    originals = finder(source, paths, stdin_filename, configuration)
    fixer = None if wishes is None else wishes.fixer(paths, source, stdin_filename, configuration, narrowing)
    kept = None if fixer is None else fixer.standard
    todo = tasks(paths, stdin_filename, output, configuration, originals, kept, once=fixer is not None)
    start = run
    if watched is not None:
        start, todo = watched.memory.run, watched.noting(todo, originals, configuration, narrowing.revisions())
    form = DIFF if wishes is not None and wishes.diff else given["format_"] or ci.usual_format(output)
    # The fixed text of standard input is what a pipe wants; the report stands aside for it.
    aside = output is None and kept is not None and form != DIFF
    with (
        destination(output, aside) as out,
        ci.summary(form) as (summary, room),
        closing(start(todo, given["jobs"])) as done,
    ):
        shown = replace(_options(out, given, signature()), root=ci.root(form), summary=summary, room=room)
        pages = Pages(form, shown, output or "standard output")
        outcomes = narrowing.outcomes(done)
        if fixer is not None:
            outcomes = fixer.outcomes(outcomes, pages.write, shown.color)
        code = _write(outcomes, pages, configuration, tell_notes=form in WITHOUT_NOTES)
    narrowing.finish()
    if fixer is not None:
        complain(fixer.told())
    return 3 if tell_alone(originals) or (fixer is not None and fixer.failed) else code


def tasks(
    paths: tuple[str, ...],
    stdin_filename: str | None,
    output: str | None,
    configuration: Configuration,
    originals: Originals,
    kept: Standard | None = None,
    once: bool = False,
) -> Iterator[Task]:
    """Yield every article with its settings. What goes wrong with one is told of this one. With `once`,
    a file that is named twice is read once."""
    from tqcheck.readers import Unread, read

    stdin = kept.open() if kept is not None else io.BytesIO() if sys.stdin is None else sys.stdin.buffer
    seen: set[str] | None = set() if once else None
    written = None if output is None else os.path.realpath(output)
    for path in paths:
        try:
            for item in _articles(_unseen(read([path], stdin, stdin_filename, originals), seen), path, written):
                if isinstance(item, Unread):
                    yield item
                    continue
                if output is not None and item.source_path is not None and same(item.source_path, output):
                    raise ConfigError(f"--output {output}: this is the original of {item.id}; name another file")
                try:
                    settings = configuration.settings(item.path)
                except ConfigError as error:  # in a folder further down; the others go on
                    yield Unread(item.id, item.path or item.id, str(error), item.path)
                else:
                    yield item, settings
        except ConfigError:
            raise
        except Exception as error:
            yield Unread(path, path, f"could not be read ({_named(error)}); please report this", path)


def _articles(items: Iterable[Article | Unread], named: str, written: str | None) -> Iterator[Article | Unread]:
    """Leave out the report that is being `written`, in a folder that is checked; earlier ones too, and say so. One that
    was `named` is told as what cannot be checked."""
    from tqcheck.readers import Unread
    from tqcheck.readers.own import REASON, own

    for item in items:
        if written is not None and item.path is not None and os.path.realpath(item.path) == written:
            continue
        if isinstance(item, Unread) or not own(item):
            yield item
        elif item.path == named:
            yield Unread(item.id, named, f"this is {REASON}", named)
        else:
            complain(f"{item.path}: left out: {REASON}")


def _unseen(items: Iterable[Article | Unread], seen: set[str] | None) -> Iterator[Article | Unread]:
    """Leave out the files that were seen before; None: nothing is left out."""
    current = None
    for item in items:
        here = os.path.realpath(item.path or item.id)
        if seen is None or here == current or here not in seen:
            yield item
            current = here
            if seen is not None:
                seen.add(here)


class Pages:
    """Writes what a reporter says of each article at once or not at all: half an article helps nobody,
    and a reporter that fails on one must not cost the others."""

    def __init__(self, format_: str, options: Options, name: str) -> None:
        """Take the form of the report, and the name of the place for messages."""
        self._out, self._name, self._page = options.out, name, io.StringIO()
        # A diff stands in the place of the report.
        self._reporter = None if format_ == DIFF else create(format_, replace(options, out=self._page))

    def report(self, report: Report) -> None:
        """Write a report."""
        if (reporter := self._reporter) is not None:
            self._put(lambda: reporter.report(report))

    def missing(self, missing: Missing) -> None:
        """Write an input that has no report."""
        if (reporter := self._reporter) is not None:
            self._put(lambda: reporter.missing(missing))

    def finish(self) -> None:
        """Write the end."""
        if self._reporter is not None:
            self._put(self._reporter.finish)

    def write(self, text: str) -> None:
        """Write something else than a report."""
        self._put(lambda: self._page.write(text))

    def _put(self, say: Callable[[], object]) -> None:
        try:
            say()
            text = self._page.getvalue()
        finally:
            self._page.seek(0)
            self._page.truncate()
        try:
            self._out.write(text)
            self._out.flush()
        except OSError as error:  # it does not say where
            raise OSError(error.errno, error.strerror, self._name) from error


def _write(outcomes: Iterable[Report | Unread], pages: Pages, configuration: Configuration, tell_notes: bool) -> int:
    """Report every outcome; return the exit code: what failed weighs more than what was found."""
    from tqcheck.workers.stream import broken

    failed = found = False
    for outcome in outcomes:
        if isinstance(outcome, Report):
            where = outcome.article.path or outcome.article.id
            for failure in outcome.failures:
                failed = True
                complain(f"{where}: rule {failure.where} failed: {failure.message}")
            for note in outcome.article.notes if tell_notes else ():
                complain(f"{where}: {note}")
            found = found or _fails(outcome, configuration)
            try:
                pages.report(outcome)
                continue
            except OSError:
                raise
            except Exception as error:
                message = f"its report could not be written ({_named(error)}); please report this"
                outcome = broken(outcome.article, message)
        failed = True
        complain(f"{outcome.where}: {outcome.message}")
        pages.missing(outcome)
    pages.finish()
    return 3 if failed else 1 if found else 0


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _fails(report: Report, configuration: Configuration) -> bool:
    threshold = configuration.layers(report.article.path).settings.fail_on
    return threshold is not None and any(f.severity >= threshold for f in report.findings)


def _options(out: TextIO, given: dict[str, Any], signature: str) -> Options:
    width, color = terminal(out, given["output"], given["color"])
    return Options(out, signature, width, color, given["verbose"], alignment=given["show_alignment"])


def terminal(out: TextIO, output: str | None, color: str) -> tuple[int, bool]:
    """Return how wide a report for people may be, and whether it has colours."""
    from shutil import get_terminal_size

    here = output is None and out.isatty()
    wanted = color == "always" or (color == "auto" and output is None and _auto_color(here))
    width = get_terminal_size((80, 24)).columns if here or "COLUMNS" in os.environ else 80
    return max(40, min(width, 200)), wanted


def _auto_color(terminal: bool) -> bool:
    if os.environ.get("NO_COLOR"):  # https://no-color.org: any value but the empty one
        return False
    if os.environ.get("FORCE_COLOR"):
        return os.environ["FORCE_COLOR"] != "0"
    return terminal and os.environ.get("TERM") != "dumb"
