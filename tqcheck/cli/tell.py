"""Messages for people, on standard error."""

from __future__ import annotations

import click


def tell(message: str) -> None:
    """Write a message; what it quotes from files and names cannot reach the terminal."""
    from tqcheck.reporters.safe import safe  # on use: `tqcheck --version` has nothing to tell

    # A message of several lines is ours (the usage); what is quoted in one has no line break of its own.
    click.echo("\n".join(safe(line) for line in message.split("\n")), err=True)


def complain(message: str) -> None:
    """Write one line that names the program."""
    tell(f"tqcheck: {' '.join(message.splitlines())}")


def reason(error: OSError) -> str:
    """Return what the system says about an error, with the name of the file where there is one."""
    told = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {told}" if error.filename else told
