"""What a service for continuous integration says of itself in the environment."""

from __future__ import annotations

import io
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
    """Take the job summary of GitHub, and say how many bytes have room; None where there is none. It is
    appended at the end; one that cannot be written costs nothing but itself."""
    path = os.environ.get("GITHUB_STEP_SUMMARY") if form == "github" else None
    if not path:
        yield None, 0
        return
    page = io.StringIO()
    yield page, _LARGEST - (os.path.getsize(path) if os.path.isfile(path) else 0)
    try:
        with open(path, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            out.write(page.getvalue())
    except OSError as error:
        complain(f"the job summary {path} cannot be written: {error.strerror}")
