"""The command line: one file a sub-command, imported only when it runs."""

from __future__ import annotations

import gc
import importlib
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import click

from tqcheck._version import __version__
from tqcheck.cli.output import let_go
from tqcheck.cli.tell import complain, reason, tell
from tqcheck.errors import ConfigError, TqcheckError

# Command → module with a click command of that name; the order is that of the help.
COMMANDS = {
    "check": "Check articles and report what an editor should mend.",
    "baseline": "Keep the findings that are known already, so that only new ones are reported.",
    "learn": "Learn names, spellings and style from your own articles.",
    "compare": "Compare a translation with a reference: BLEU, chrF2++, TER, and findings.",
    "audit": "Audit feeds and archives again and again, and tell trends from noise.",
    "rules": "List every rule.",
    "explain": "Explain a rule: what, why, when it is wrong, examples.",
    "languages": "List the languages and what runs in each.",
    "init": "Write a first configuration, with comments.",
    "config": "Show what applies to a file, and where each value comes from.",
    "lsp": "Check articles while they are written (a language server for editors).",
}


class _ClosedError(Exception):
    """The reader of our output has left. Click would end with 1 there, and 1 says that there are findings."""


@contextmanager
def _pipe() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise _ClosedError from error


class Lazy(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command that is asked for."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"tqcheck.cli.{cmd_name}").command
        return command

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the command line; the help and the version are written here."""
        with _pipe():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _pipe():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help needs the summaries only, so nothing is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tqcheck", message="%(prog)s %(version)s")
def cli() -> None:
    """Check machine-translated news articles.

    tqcheck finds what machine translation leaves behind and says what to write instead.
    Exit codes: 0 nothing to mend, 1 findings, 2 usage or configuration, 3 some input, rule or
    report failed, 130 interrupted.
    """


def main() -> None:
    """Run the command line; whatever goes wrong ends with one clear sentence on standard error."""
    gc.freeze()  # the process is ours: what is large and stays may be left out of collections (`glossary.uncollected`)
    code = _run()
    let_go()
    sys.exit(code)


def _run() -> int:
    """Return the exit code. 1 says one thing only: there are findings."""
    try:
        code = cli(prog_name="tqcheck", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()  # a full disk must be noticed while it can be told
        return code if isinstance(code, int) else 0
    except (KeyboardInterrupt, click.Abort):
        return _end("interrupted", 130)
    except (_ClosedError, BrokenPipeError):
        # As every program that dies of SIGPIPE: 0 would say that all was checked, under `set -o pipefail` too.
        return 141
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        with suppress(OSError):
            tell(shown.getvalue().removesuffix("\n"))
        return 2
    except ConfigError as error:
        return _end(str(error), 2)
    except TqcheckError as error:
        return _end(str(error), 3)
    except OSError as error:
        return _end(f"stopped: {reason(error)}", 3)
    except Exception as error:
        return _end(f"stopped by a fault of its own ({type(error).__name__}: {error}); please report this", 3)


def _end(message: str, code: int) -> int:
    with suppress(OSError):
        complain(message)
    return code
