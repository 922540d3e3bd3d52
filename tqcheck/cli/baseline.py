"""`tqcheck baseline create|update|prune`: keep a baseline."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from typing import Any

import click

from tqcheck.baseline import Baseline
from tqcheck.baselines import read, relative
from tqcheck.cli.narrow import USUAL, write
from tqcheck.cli.options import Configuration, Decorator, settings_options
from tqcheck.cli.tell import complain
from tqcheck.errors import ConfigError
from tqcheck.model import Report


@click.group("baseline")
def command() -> None:
    """Keep the findings that are known already, so that only new ones are reported.

    `tqcheck check --baseline FILE` (or `baseline = "FILE"` in the configuration) leaves out what it holds.
    """


def _keeps(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what the three commands have in common."""
    options: list[Decorator] = [
        click.argument("paths", nargs=-1, required=True, metavar="PATH…"),
        click.option("--baseline", metavar="FILE", help=f"The baseline (default: the configured one, else {USUAL})."),
        click.option("--source", metavar="PATH", help="The originals, as for `tqcheck check`."),
        settings_options,
    ]
    for option in reversed(options):
        function = option(function)
    return function


@command.command()
@_keeps
def create(paths: tuple[str, ...], baseline: str | None, source: str | None, **given: Any) -> None:
    """Write a baseline that holds all that is found now."""
    configuration, name = _prepared(paths, baseline, given)
    if os.path.exists(name):
        raise ConfigError(f"{name}: exists already; use `tqcheck baseline update`, or take it away first")
    _keep(paths, source, configuration, name, Baseline(), Baseline.update)


@command.command()
@_keeps
def update(paths: tuple[str, ...], baseline: str | None, source: str | None, **given: Any) -> None:
    """Take what is found in these articles in the place of what the baseline holds of them."""
    configuration, name = _prepared(paths, baseline, given)
    _keep(paths, source, configuration, name, read(name), Baseline.update)


@command.command()
@_keeps
def prune(paths: tuple[str, ...], baseline: str | None, source: str | None, **given: Any) -> None:
    """Take out what is no longer found in these articles, and articles that are no more. Nothing is added."""
    configuration, name = _prepared(paths, baseline, given)
    _keep(paths, source, configuration, name, read(name), Baseline.prune)


def _prepared(paths: tuple[str, ...], baseline: str | None, given: dict[str, Any]) -> tuple[Configuration, str]:
    if "-" in paths:
        raise ConfigError("a baseline knows articles by their path; standard input has none")
    configuration = Configuration(given)
    configured = [configuration.layers(path).settings.baseline for path in paths]
    if baseline is None and len(set(configured)) > 1:
        raise ConfigError(
            "these articles have several baselines in their configurations; say which one with --baseline"
        )
    return configuration, baseline or configured[0] or USUAL


def _keep(
    paths: tuple[str, ...],
    source: str | None,
    configuration: Configuration,
    name: str,
    known: Baseline,
    keep: Callable[[Baseline, Report, str], None],
) -> None:
    """Check the articles, keep their findings, and write the baseline if all could be read."""
    from tqcheck.cli.check import tasks
    from tqcheck.cli.originals import finder, tell_alone
    from tqcheck.workers.stream import run

    before, failed = len(known), False
    seen = set()
    originals = finder(source, paths, None, configuration)
    with closing(run(tasks(paths, None, name, configuration, originals, once=True), None)) as outcomes:
        for outcome in outcomes:
            if not isinstance(outcome, Report):
                failed = True
                complain(f"{outcome.where}: {outcome.message}")
                continue
            for failure in outcome.failures:
                failed = True
                complain(f"{outcome.article.path}: rule {failure.where} failed: {failure.message}")
            place = relative(outcome.article.path or "", name)
            seen.add(f"{place}#{outcome.article.id}" if outcome.article.line is not None else place)
            keep(known, outcome, place)
    failed = tell_alone(originals) or failed
    if not failed:
        _forget(known, seen, name)
    write(name, known)
    click.echo(f"{name}: {len(known):,} finding{'' if len(known) == 1 else 's'} (before: {before:,})")
    click.get_current_context().exit(3 if failed else 0)


def _forget(known: Baseline, seen: set[str], name: str) -> None:
    """Take out articles that are no more: files that are gone, and records that their file no longer holds."""
    folder = os.path.dirname(os.path.realpath(name))
    files = {article.partition("#")[0] for article in seen}
    for article in set(known.entries) - seen:
        file = article.partition("#")[0]
        if file in files or not (
            os.path.exists(os.path.join(folder, article)) or os.path.exists(os.path.join(folder, file))
        ):
            del known.entries[article]
