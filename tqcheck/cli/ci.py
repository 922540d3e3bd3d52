"""What a service for continuous integration says of itself in the environment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from tqcheck.cli.tell import complain

# GitHub refuses the summary of a step that is longer, all of it.
_LARGEST = 1024 * 1024
# The checkout: the folder that paths in reports start from.
_ROOTS = {
    "github": ("GITHUB_WORKSPACE",),
    "gitlab": ("CI_PROJECT_DIR",),
    "sarif": ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"),
    "markdown": ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"),
}


def usual_format(output: str | None) -> str:
    """Return the form of a report when none is asked for: annotations where GitHub reads them."""
    return "github" if output is None and os.environ.get("GITHUB_ACTIONS") == "true" else "full"


def root(form: str) -> str:
    """Return the folder that paths are relative to in a form of report; empty: as they were given."""
    return next(filter(None, (os.environ.get(name) for name in _ROOTS.get(form, ()))), "")


@contextmanager
def summary(form: str) -> Iterator[tuple[TextIO | None, int]]:
    """Open the job summary of GitHub, and say how many bytes have room; None where there is none. One that
    cannot be written costs nothing but itself."""
    path = os.environ.get("GITHUB_STEP_SUMMARY") if form == "github" else None
    out = _open(path) if path else None
    if out is None:
        yield None, 0
        return
    try:
        yield out, _LARGEST - os.path.getsize(str(path))
    finally:
        try:
            out.close()
        except OSError as error:
            complain(f"the job summary {path} cannot be written: {error.strerror}")


def _open(path: str) -> TextIO | None:
    try:
        return open(path, "a", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        complain(f"the job summary {path} cannot be written: {error.strerror}")
        return None
