"""The options that several commands share, and the settings they make."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tqcheck.cli import complete
from tqcheck.config import Layers, Settings, resolve
from tqcheck.errors import ConfigError, InputError, UnavailableError
from tqcheck.model import Confidence, Severity

if TYPE_CHECKING:
    from tqcheck.cli.fix import Fixer
    from tqcheck.model import Report

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Codes(click.ParamType[tuple[str, ...]]):
    """Rules, separated by commas."""

    name = "codes"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Split at commas."""
        if isinstance(value, tuple):
            return value
        return tuple(part.strip() for part in str(value).split(",") if part.strip())


class Jobs(click.ParamType[int | None]):
    """A number of processes, or auto."""

    name = "jobs"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | None:
        """Return the number, None for auto."""
        if value is None or value == "auto":
            return None
        digits = str(value).lstrip("0")
        if digits.isascii() and digits.isdigit():
            return int(digits[:6])  # far beyond what any machine is given, and what `int` takes
        return self.fail(f"{value!r} is neither a number of processes nor auto", param, ctx)


def settings_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that override the configuration file."""
    threshold = click.option(
        "--fail-on",
        metavar="minor|major|critical|never",
        help="Severity that makes exit code 1 (default: minor).",
        shell_complete=complete.words(*(s.label for s in Severity), "never"),
    )
    return checking_options(threshold(function))


def checking_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add those of them that say how articles are checked."""
    rules: dict[str, Any] = {
        "type": Codes(),
        "multiple": True,
        "metavar": "CODES",
        "shell_complete": complete.rules,
    }
    options: list[Decorator] = [
        click.option(
            "--lang",
            metavar="LANG",
            help="Language of articles that do not say theirs (default: detect).",
            shell_complete=complete.languages,
        ),
        click.option(
            "--source-lang",
            metavar="LANG",
            help="Language of originals that do not say theirs.",
            shell_complete=complete.languages,
        ),
        click.option(
            "--encoder",
            metavar="NAME|PATH|none",
            help="Sentence encoder: use-m3, e5-small, or any model of sentence-transformers (default: by languages).",
            shell_complete=complete.words("use-m3", "e5-small", "none"),
        ),
        click.option("--select", **rules, help="Rules to run: codes, prefixes or names, with commas."),
        click.option("--ignore", **rules, help="Rules to leave out."),
        click.option("--extend-select", **rules, help="Rules to run in addition."),
        click.option(
            "--glossary",
            multiple=True,
            metavar="FILE",
            help="Terms that the translation must keep to (CSV, TSV, TBX); may be given several times.",
            shell_complete=complete.files,
        ),
        click.option(
            "--min-confidence",
            metavar="low|medium|high",
            help="Hide findings below (default: medium).",
            shell_complete=complete.words(*(c.label for c in Confidence)),
        ),
        click.option(
            "--config",
            "config_file",
            metavar="FILE",
            help="Use this configuration file.",
            shell_complete=complete.files,
        ),
        click.option("--no-config", is_flag=True, help="Read no configuration file."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def fix_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that repair articles."""
    options: list[Decorator] = [
        click.option("--fix", is_flag=True, help="Apply the safe fixes and report what remains."),
        click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: those too that need a look."),
        click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing."),
        click.option("--ask", is_flag=True, help="With --fix: show each fix that needs a look, and ask."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which fixes are wanted, and how."""

    fix: bool
    unsafe: bool
    diff: bool
    ask: bool

    @classmethod
    def of(cls, given: dict[str, Any], paths: tuple[str, ...]) -> Wishes | None:
        """Take the values of `fix_options` out of what click gives; None where no fix is wanted.

        Raises ConfigError for options that do not go together.
        """
        wishes = cls(*(bool(given.pop(key)) for key in ("fix", "unsafe_fixes", "diff", "ask")))
        if wishes.unsafe and not (wishes.fix or wishes.diff):
            raise ConfigError("--unsafe-fixes says which fixes; give --fix to apply them or --diff to see them")
        if wishes.ask and (not wishes.fix or wishes.diff or wishes.unsafe):
            raise ConfigError("--ask goes with --fix alone: it asks about each fix that is not safe")
        if wishes.ask and "-" in paths:
            raise ConfigError("--ask asks on standard input, which holds an article here; name a file")
        form = click.get_current_context().get_parameter_source("format_")
        if wishes.diff and form is click.core.ParameterSource.COMMANDLINE:
            raise ConfigError("--diff writes a diff in the place of the report; leave out --format")
        return wishes if wishes.fix or wishes.diff else None

    def fixer(
        self,
        paths: tuple[str, ...],
        source: str | None,
        stdin_name: str | None,
        configuration: Configuration,
        narrow: Callable[[Report], Report],
    ) -> Fixer:
        """Return what carries them out; `narrow` takes out of a report what does not count."""
        from tqcheck.cli.ask import Asker
        from tqcheck.cli.fix import Fixer
        from tqcheck.cli.originals import known
        from tqcheck.cli.stores import Standard
        from tqcheck.engine import check_article
        from tqcheck.fixing import every, safe_only

        unasked = every if self.unsafe or self.ask else safe_only
        accept = Asker().accept if self.ask else lambda article: unasked
        standard = Standard(stdin_name or "-") if "-" in paths else None
        originals = known(source, paths, stdin_name, configuration, None if standard is None else standard.open())
        return Fixer(
            accept,
            unasked,
            lambda article: narrow(check_article(article, configuration.settings(article.path))),
            originals,
            standard,
            writes=not self.diff,
        )


class Configuration:
    """Finds what applies to each file; a folder is looked up once."""

    def __init__(self, given: dict[str, Any]) -> None:
        """Take the values of `settings_options` as click gives them."""
        file, self._search = given["config_file"], not given["no_config"]
        if file is not None and not self._search:
            raise ConfigError("--config and --no-config exclude each other; give one of them")
        self._file = Path(file) if file is not None else None
        if self._file is not None and not self._file.is_file():
            raise ConfigError(f"{file}: no such configuration file; check the path given with --config")
        self._options = dict(self._overrides(given))
        self._folders: dict[Path, Layers | str] = {}
        self._glossaries: set[tuple[str, ...]] = {()}

    def layers(self, path: str | None) -> Layers:
        """Return the layers of settings that apply to a file; None or `-` is the working folder.

        Raises ConfigError, for each file of a folder whose configuration is wrong.
        """
        from tqcheck.validation import validate

        place = Path.cwd() if path in {None, "-"} else Path(str(path)).absolute()
        folder = place if os.path.isdir(place) else place.parent
        if folder not in self._folders:
            try:
                layers = resolve(folder, self._options, self._file, self._search)
                validate(layers.settings)
                self._told(layers.settings.glossary)
                self._folders[folder] = layers
            except (ConfigError, UnavailableError) as error:
                self._folders[folder] = str(error)
        known = self._folders[folder]
        if isinstance(known, str):
            raise ConfigError(known)
        return known if path in {None, "-"} else known.at(str(path))

    def settings(self, path: str | None) -> Settings:
        """Return the settings for one file, its per-file ignores among its ignores."""
        from tqcheck.select import settled

        return settled(self.layers(path), path or "-")

    def named(self) -> Iterator[str]:
        """Yield the files that the settings found so far name: glossaries, words, baselines."""
        for layers in self._folders.values():
            if not isinstance(layers, str):
                yield from layers.settings.files()

    def _told(self, glossary: tuple[str, ...]) -> None:
        """Tell once of what cannot be used in a glossary; each report lists it again."""
        if glossary and glossary not in self._glossaries:
            from tqcheck.cli.tell import complain
            from tqcheck.readers.glossary import read

            self._glossaries.add(glossary)
            for problem in read(glossary).problems:
                complain(problem)

    @staticmethod
    def _overrides(given: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        from tqcheck.readers.base import language

        for key in ("select", "ignore", "extend_select"):
            if given[key]:
                yield key.replace("_", "-"), tuple(code for codes in given[key] for code in codes)
        if given["glossary"]:
            yield "glossary", given["glossary"]
        for key in ("min_confidence", "fail_on", "encoder"):
            if given[key] is not None:
                yield key.replace("_", "-"), given[key]
        for key in ("lang", "source_lang"):
            if given[key] is not None:
                option = key.replace("_", "-")
                try:
                    yield option, language(given[key])
                except InputError as error:
                    raise ConfigError(f"--{option}: {error}") from error
