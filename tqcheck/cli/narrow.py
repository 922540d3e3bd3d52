"""Which findings of a report count: not those of the baseline, and with `--changed` those in changed paragraphs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from tqcheck.baseline import Baseline
from tqcheck.baselines import read, relative
from tqcheck.cli.options import Configuration, Decorator
from tqcheck.errors import ConfigError
from tqcheck.model import Report

if TYPE_CHECKING:
    from tqcheck.cli.changed import Changed
    from tqcheck.workers.stream import Outcome

USUAL = "tqcheck-baseline.json"


def narrow_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which findings count."""
    options: list[Decorator] = [
        click.option("--baseline", metavar="FILE", help="Report only what this baseline does not hold."),
        click.option("--update-baseline", is_flag=True, help="Take what is found into the baseline."),
        click.option(
            "--changed",
            is_flag=False,
            flag_value="HEAD",
            metavar="[REV]",
            help="Report only what stands in paragraphs that differ from a git revision (default: HEAD).",
        ),
    ]
    for option in reversed(options):
        function = option(function)
    return function


class Narrowing:
    """Takes out of reports what does not count, and knows what the baseline is to hold afterwards."""

    def __init__(self, given: dict[str, Any], configuration: Configuration, paths: Iterable[str]) -> None:
        """Take the values of `narrow_options` out of what click gives. Raises ConfigError for a baseline or
        a revision that cannot be used."""
        self._file, self._updates = given.pop("baseline"), given.pop("update_baseline")
        rev = given.pop("changed")
        self._configuration = configuration
        self._loaded: dict[str, Baseline] = {}
        self._changed: Changed | None = None
        if rev is not None:
            from tqcheck.cli.changed import Changed

            self._changed = Changed(rev, paths)
        if self._updates and self._changed is not None:
            raise ConfigError("--update-baseline takes all findings, --changed only some; leave one of them out")
        for path in paths:
            if (name := self._name(path)) is not None:
                self._baseline(name)
            elif self._updates:
                raise ConfigError(f"--update-baseline needs a baseline: give --baseline {USUAL}")

    def outcomes(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Yield each outcome with the findings that count."""
        for outcome in outcomes:
            yield self(outcome) if isinstance(outcome, Report) else outcome

    def __call__(self, report: Report) -> Report:
        """Return a report with the findings that count; the others are suppressed."""
        if self._changed is not None:
            report = self._changed(report)
        path = report.article.path
        name = None if path is None else self._name(path)
        if path is None or name is None:
            return report
        known, place = self._baseline(name), relative(path, name)
        if self._updates:
            known.update(report, place)
        return known.narrow(report, place)

    def revisions(self) -> Iterator[str]:
        """Yield the files of git that tell when the revision of `--changed` becomes another one."""
        if self._changed is not None:
            yield from self._changed.moving()

    def finish(self) -> None:
        """Write the baselines that are to be updated."""
        if self._updates:
            for name, baseline in self._loaded.items():
                write(name, baseline)

    def _name(self, path: str) -> str | None:
        return self._file or self._configuration.layers(path).settings.baseline

    def _baseline(self, name: str) -> Baseline:
        if name not in self._loaded:
            missing = self._updates and not os.path.exists(name)
            self._loaded[name] = Baseline() if missing else read(name)
        return self._loaded[name]


def write(name: str, baseline: Baseline) -> None:
    """Write a baseline, whole or not at all. Raises ConfigError where it cannot be written."""
    from tqcheck.cli import atomic

    try:
        atomic.replace(name, [baseline.dump().encode()], None)
    except OSError as error:
        raise ConfigError(f"{name}: cannot be written: {error.strerror}") from error
