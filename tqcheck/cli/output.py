"""Where a report goes: to standard output, or to a file that changes only once the report is whole."""

from __future__ import annotations

import io
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from tqcheck.errors import ConfigError


@contextmanager
def destination(output: str | None, aside: bool = False) -> Iterator[TextIO]:
    """Open what `--output` names; without it, standard output, or standard error where the report stands
    `aside`. Raises ConfigError where nothing can be written."""
    if output is None:
        yield _standard(sys.stderr if aside else sys.stdout)
        return
    if os.path.isdir(output):
        raise ConfigError(f"--output {output}: this is a folder; name a file")
    if os.path.exists(output) and not os.path.isfile(output):
        with _closing(_open(output, output, "w"), output) as out:  # a device or a pipe has no second version
            yield out
        return
    target = os.path.realpath(output)
    if os.path.exists(target) and not os.access(target, os.W_OK):
        raise ConfigError(f"--output {output}: cannot be written: the file is read-only")
    # Hidden, so that a folder that is checked does not hold one article more.
    part = os.path.join(os.path.dirname(target), f".tqcheck-{os.getpid()}-{secrets.token_hex(4)}.part")
    out = _open(part, output, "x")
    try:
        with _closing(out, output):
            yield out
        if os.path.exists(target):
            shutil.copymode(target, part)
        os.replace(part, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise


def same(one: str, other: str) -> bool:
    """Tell whether two paths are one file: by links of both kinds, or by a name that does not exist yet."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)


def let_go() -> None:
    """Part with a stream that takes no more, or Python complains about it on its way out."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _standard(stream: TextIO | None) -> TextIO:
    if stream is None:
        raise ConfigError("standard output is closed; name a file with --output")
    if isinstance(stream, io.TextIOWrapper):
        # A report holds text of any language, whatever the locale of the terminal.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return stream


@contextmanager
def _closing(out: TextIO, output: str) -> Iterator[TextIO]:
    try:
        yield out
    except BaseException:
        with suppress(OSError):  # what went wrong first is what is told
            out.close()
        raise
    try:
        out.close()
    except OSError as error:
        raise OSError(error.errno, error.strerror, output) from error


def _open(path: str, output: str, mode: str) -> TextIO:
    try:
        return open(path, mode, encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[return-value]
    except OSError as error:
        raise ConfigError(f"--output {output}: cannot be written: {error.strerror}") from error
