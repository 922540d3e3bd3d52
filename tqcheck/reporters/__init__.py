"""Reporters: from reports to what people and programs read."""

from __future__ import annotations

import importlib

from tqcheck.reporters.base import Options, Reporter

# Format → module with a class `Reporter(options)`.
FORMATS = {
    "full": "full",
    "concise": "concise",
    "json": "json",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "rdjson": "rdjson",
    "markdown": "markdown",
    "html": "html",
}
# These have no place for what an editor should know of a file; standard error tells it.
WITHOUT_NOTES = frozenset({"concise", "github", "gitlab", "junit", "rdjson"})


def create(name: str, options: Options) -> Reporter:
    """Return the reporter of a format; its module is imported only now."""
    reporter: Reporter = importlib.import_module(f"tqcheck.reporters.{FORMATS[name]}").Reporter(options)
    return reporter


__all__ = ["FORMATS", "WITHOUT_NOTES", "Options", "Reporter", "create"]
