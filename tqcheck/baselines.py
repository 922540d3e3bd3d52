"""Baselines as files: read, and how an article is called in one."""

from __future__ import annotations

import os

from tqcheck.baseline import Baseline, load
from tqcheck.errors import ConfigError

_LARGEST = 256 * 1024 * 1024


def read(name: str) -> Baseline:
    """Return the baseline in a file. Raises ConfigError where there is none that can be used."""
    try:
        if os.path.getsize(name) > _LARGEST:
            raise ConfigError(f"{name}: too large for a baseline")
        with open(name, encoding="utf-8") as stream:
            return load(stream.read(), name)
    except FileNotFoundError:
        raise ConfigError(f"{name}: no such baseline; make it with `tqcheck baseline create`") from None
    except OSError as error:
        raise ConfigError(f"{name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{name}: damaged, or no baseline: it is not UTF-8; restore it or make it anew") from error


def relative(path: str, baseline: str) -> str:
    """Return how an article is called in a baseline: wherever tqcheck is started, by the way from its folder."""
    if path == "-":
        return path
    folder = os.path.dirname(os.path.realpath(baseline))
    try:
        return os.path.relpath(os.path.realpath(path), folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return os.path.realpath(path).replace(os.sep, "/")
