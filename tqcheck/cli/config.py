"""`tqcheck config`: what applies to a file, and where each value comes from."""

from __future__ import annotations

import json
from dataclasses import fields
from enum import IntEnum
from typing import Any

import click

from tqcheck.cli.options import Configuration, settings_options

# What a value that is not set means.
_UNSET = {
    "lang": "each article is detected",
    "source-lang": "each original is detected",
    "encoder": "the languages decide",
    "baseline": "every finding is new",
}


@click.command("config")
@click.argument("path", required=False)
@settings_options
def command(path: str | None, **given: Any) -> None:
    """Show what applies to a file or folder (default: this folder), and where each value comes from.

    The output is a valid tqcheck.toml.
    """
    layers = Configuration(given).layers(path)
    click.echo(f"# configuration file: {layers.file or 'none'}")
    tables = []
    for field in fields(layers.settings):
        key = field.name.replace("_", "-")
        value = getattr(layers.settings, field.name)
        if key == "per-file-ignores":
            tables = [f"{json.dumps(p, ensure_ascii=False)} = {_toml(v)}" for p, v in value]
        elif key == "glossary" and not value:
            continue
        elif value is None and key in _UNSET:
            click.echo(f"# {key}: not set, {_UNSET[key]}")
        else:
            click.echo(f"{key} = {_toml(value)}  # {layers.origin(key)}")
    if path is not None and (extra := layers.ignored_in(path)):
        click.echo(f"# of the per-file ignores, these apply to {path}: {', '.join(extra)}")
    if tables:
        click.echo(f"\n[per-file-ignores]  # {layers.origin('per-file-ignores')}")
        click.echo("\n".join(tables))


def _toml(value: Any) -> str:
    if value is None:
        return '"never"'
    if isinstance(value, IntEnum):
        return json.dumps(value.name.lower())
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
