"""The command line: one file a sub-command, imported only when it runs."""

from __future__ import annotations

import importlib
import sys

import click

from tqcheck._version import __version__
from tqcheck.errors import ConfigError, TqcheckError

# Command → module with a click command of that name; the order is that of the help.
COMMANDS = {
    "check": "Check articles and report what an editor should mend.",
    "rules": "List every rule.",
    "explain": "Explain a rule: what, why, when it is wrong, examples.",
    "languages": "List the languages and what runs in each.",
    "config": "Show what applies to a file, and where each value comes from.",
}


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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help needs the summaries only, so nothing is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tqcheck", message="%(prog)s %(version)s")
def cli() -> None:
    """Check machine-translated news articles.

    tqcheck finds what machine translation leaves behind and says what to write instead.
    Exit codes: 0 nothing to mend, 1 findings, 2 usage or configuration, 3 some input or rule failed.
    """


def main() -> None:
    """Run the command line; mistakes end with one clear sentence on standard error."""
    try:
        cli(prog_name="tqcheck")
    except ConfigError as error:
        _fail(error, 2)
    except TqcheckError as error:
        _fail(error, 3)


def _fail(error: TqcheckError, code: int) -> None:
    click.echo(f"tqcheck: {error}", err=True)
    sys.exit(code)
