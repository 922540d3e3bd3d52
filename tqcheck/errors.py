"""Errors that tqcheck raises. Each message says what is wrong and what to do next."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class TqcheckError(Exception):
    """Base of every error that tqcheck raises on purpose."""


class ConfigError(TqcheckError):
    """The configuration or the command line asks for something that does not exist."""


class InputError(TqcheckError):
    """An input cannot be read; the other inputs go on."""


class UnavailableError(TqcheckError):
    """An optional part (an extra, a model, a data file) is not there."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return “; did you mean “x”?” for the known word nearest to `word`, or an empty string."""
    by_lower = {k.lower(): k for k in known}
    matches = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.5)
    return f"; did you mean “{by_lower[matches[0]]}”?" if matches else ""
