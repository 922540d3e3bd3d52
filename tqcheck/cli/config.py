"""`tqcheck config`: what applies to a file, and where each value comes from."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from enum import IntEnum
from io import BytesIO
from typing import Any

import click

from tqcheck.cli import complete
from tqcheck.cli.options import Configuration, settings_options
from tqcheck.config import Layers

# What a value that is not set means.
_UNSET = {
    "preset": "the defaults hold",
    "lang": "each article is detected",
    "source-lang": "each original is detected",
    "encoder": "the languages decide",
    "baseline": "every finding is new",
}
# Keys of which nothing is said where they are empty, and tables, which stand at the end.
_HOUSE = (
    "glossary", "languages", "quotes", "number-format", "exponents", "spellings", "prefer",
    "accept", "accept-files", "reject", "reject-files", "lexicon",
)  # fmt: skip
_TABLES = ("per-file-ignores", "paths")


@click.command("config")
@click.argument("path", required=False, shell_complete=complete.files)
@settings_options
def command(path: str | None, **given: Any) -> None:
    """Show what applies to a file or folder (default: this folder), and where each value comes from.

    The output is a valid tqcheck.toml.
    """
    configuration = Configuration(given)
    layers = configuration.layers(path)
    click.echo(f"# configuration file: {layers.file or 'none'}")
    if path is not None and os.path.isfile(path):
        _article(path, configuration)
    unsaid = []
    for field in fields(layers.settings):
        key = field.name.replace("_", "-")
        value = getattr(layers.settings, field.name)
        if key in _TABLES:
            continue
        if key in _HOUSE and not value:
            unsaid.append(key)
        elif value is None and key in _UNSET:
            click.echo(f"# {key}: not set, {_UNSET[key]}")
        else:
            click.echo(f"{key} = {_toml(value)}  # {layers.origin(key)}")
    if unsaid:
        click.echo(f"# not set, so that no rule speaks of it: {', '.join(unsaid)}")
    if path is not None and (extra := layers.ignored_in(path)):
        click.echo(f"# of the per-file ignores, these apply to {path}: {', '.join(extra)}")
    _tables(layers)


def _tables(layers: Layers) -> None:
    """Show the tables by path: in TOML, they must stand last."""
    if layers.settings.per_file_ignores:
        click.echo(f"\n[per-file-ignores]  # {layers.origin('per-file-ignores')}")
        for pattern, codes in layers.settings.per_file_ignores:
            click.echo(f"{json.dumps(pattern, ensure_ascii=False)} = {_toml(codes)}")
    for patterns, values in layers.settings.paths:
        click.echo(f"\n[[paths]]  # {layers.origin('paths')}\nfiles = {_toml(patterns)}")
        for key, value in values:
            click.echo(f"{key} = {_toml(value)}")


def _article(path: str, configuration: Configuration) -> None:
    """Tell what is known of the article in a file; nothing of a file with many."""
    from tqcheck.cli.originals import finder
    from tqcheck.languages.detect import detect
    from tqcheck.readers import Unread, read
    from tqcheck.readers.files import STREAMS
    from tqcheck.reporters.safe import safe

    if os.path.splitext(path)[1].lower() in STREAMS:
        return
    for item in read([path], BytesIO(), originals=finder(None, (path,), None, configuration)):
        if isinstance(item, Unread):
            click.echo(f"# {safe(path)}: {safe(item.message)}")
            continue
        settings = configuration.layers(path).settings
        said = "said by the article or its name" if item.lang else "said by the settings" if settings.lang else ""
        lang = item.lang or settings.lang or detect(item.view().text) or "none"
        click.echo(f"# {safe(path)}: its language is {lang}, {said or 'detected'}")
        original = "none" if item.source_path is None else item.source_path
        click.echo(f"# {safe(path)}: its original is {safe(original)}")
        for note in item.notes:
            click.echo(f"# {safe(path)}: {safe(note)}")


def _toml(value: Any) -> str:
    """Return a value as TOML writes it; a tuple of pairs is a table."""
    if value is None:
        return '"never"'
    if isinstance(value, IntEnum):
        return json.dumps(value.name.lower())
    if not isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    if value and isinstance(value[0], tuple):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {_toml(each)}" for key, each in value) + "}"
    return "[" + ", ".join(_toml(each) for each in value) + "]"
