"""`tqcheck lsp`: the language server, for editors that start it."""

from __future__ import annotations

import os
import sys

import click

from tqcheck.errors import ConfigError


@click.command("lsp")
@click.option("--stdio", is_flag=True, help="Speak over standard input and output (which it always does).")
def command(stdio: bool) -> None:
    """Check articles while they are written: a language server over standard input and output.

    Editors start it; docs/editors.md says how. It needs the extra tqcheck[lsp].
    """
    # For the small products of an article several threads of BLAS lose more by waiting for each other than they
    # win, two to three times as long on a machine that does other things too. Numpy reads this when it is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from tqcheck.lsp.features import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"pygls", "lsprotocol", "cattrs", "attrs"}:
            raise
        raise ConfigError(
            f"the language server is not installed ({error.name} is missing); pip install 'tqcheck[lsp]'"
        ) from error
    if sys.stdin is None or sys.stdout is None:
        raise ConfigError("the language server speaks over standard input and output; they are closed")
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # a word too many there would end the conversation
    click.get_current_context().exit(serve(out))
