"""Settings: what runs and what is shown. From tqcheck.toml or [tool.tqcheck], nearest wins."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from tqcheck.errors import ConfigError, nearest
from tqcheck.model import Confidence, Severity
from tqcheck.patterns import Pattern
from tqcheck.presets import presets

FILE_NAMES = ("tqcheck.toml", "pyproject.toml")
DEFAULT = "default"
COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class Settings:
    """One immutable record of every option; the command line overrides the file.

    preset          name of the preset whose values hold where nothing else is said; None: the defaults below
    lang            language of articles that do not say theirs; None: detect it
    source_lang     language of originals that do not say theirs; None: detect it
    pairs           patterns of file names by which an article finds its original; see patterns.py
    encoder         sentence encoder: a name or the path of a model; None: the one that knows the pair
    select          rules to run, by code, prefix or name; empty: all
    extend_select   rules to run in addition
    ignore          rules to leave out
    min_confidence  findings below are counted, not shown
    fail_on         severity from which the exit code is 1; None: never
    per_file_ignores  path patterns with the rules to leave out there
    glossary        files with the terms that translations must keep to (CSV, TSV, TBX)
    baseline        file with the findings that are known already; None: all are new
    """

    preset: str | None = None
    lang: str | None = None
    source_lang: str | None = None
    pairs: tuple[str, ...] = ()
    encoder: str | None = None
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: Confidence = Confidence.MEDIUM
    fail_on: Severity | None = Severity.MINOR
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    glossary: tuple[str, ...] = ()
    baseline: str | None = None


_STRINGS = {
    "lang": 'a language code such as "en"',
    "source-lang": 'a language code such as "fr"',
    "encoder": "the name of an encoder, a path of a model, or none",
    "baseline": 'a file such as "tqcheck-baseline.json"',
}
KEYS = tuple(f.name.replace("_", "-") for f in fields(Settings))


@dataclass(frozen=True, slots=True)
class Layers:
    """Settings with the place each value comes from: a file, the command line, or the default."""

    settings: Settings = field(default_factory=Settings)
    origins: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None

    def origin(self, key: str) -> str:
        """Return where the value of a key comes from."""
        return self.origins.get(key, DEFAULT)

    def over(self, options: Mapping[str, Any], origin: str) -> Layers:
        """Return these layers with `options` laid over them."""
        settings = with_options(self.settings, options, origin)
        return Layers(settings, {**self.origins, **dict.fromkeys(options, origin)}, self.file)

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """Return what the per-file ignores say about one file."""
        return ignored_in(self.settings, path, None if self.file is None else self.file.parent)


def ignored_in(settings: Settings, path: str, root: Path | None = None) -> tuple[str, ...]:
    """Return what the per-file ignores say about one file: codes, prefixes and names of rules.

    A pattern fits the name of the file, its path as given, or its path from `root`: the folder of
    the configuration file, as everybody expects; without one, the working folder.
    """
    if not settings.per_file_ignores:
        return ()
    names = {Path(path).name, path}
    place, start = Path(os.path.realpath(path)), os.path.realpath(root or Path())
    if place.is_relative_to(start):
        names.add(place.relative_to(start).as_posix())
    return tuple(
        code
        for pattern, codes in settings.per_file_ignores
        if any(fnmatch(name, pattern) for name in names)
        for code in codes
    )


def resolve(
    place: Path,
    options: Mapping[str, Any],
    file: Path | None = None,
    search: bool = True,
    origin: str = COMMAND_LINE,
) -> Layers:
    """Return what applies in a folder: the preset, over it the nearest file (or the given one), then `options`,
    which come from `origin`.

    Raises ConfigError with the file and the key where something is wrong.
    """
    if file is None and search:
        file = find(place)
    said = {} if file is None else _rooted(_table(file) or {}, file.parent)
    layers = Layers(file=file)
    for table, where in ((options, origin), (said, str(file))):
        if "preset" in table:
            name = _checked("preset", table["preset"], where)
            layers = layers.over(presets()[name].values, f"preset {name}")
            break
    if file is not None:
        layers = layers.over(said, str(file))
    return layers.over(options, origin)


def find(start: Path) -> Path | None:
    """Return the nearest configuration file of `start` or a folder above it, if any."""
    start = start.absolute()
    folder = start if os.path.isdir(start) else start.parent
    for place in (folder, *folder.parents):
        for name in FILE_NAMES:
            path = place / name
            if os.path.isfile(path) and (name == "tqcheck.toml" or _table(path) is not None):
                return path
    return None


def with_options(base: Settings, options: Mapping[str, Any], origin: str) -> Settings:
    """Return `base` with the given options (kebab-case keys) checked and laid over it."""
    changes: dict[str, Any] = {}
    for key, value in options.items():
        if key not in KEYS:
            hint = nearest(key, KEYS) or "."
            raise ConfigError(f"{origin}: unknown key “{key}”{hint} Known keys: {', '.join(KEYS)}")
        changes[key.replace("-", "_")] = _checked(key, value, origin)
    return replace(base, **changes)


def _table(path: Path) -> dict[str, Any] | None:
    """Return the options of a file; None for a pyproject.toml that does not speak of tqcheck."""
    ours = path.name != "pyproject.toml"
    try:
        text = path.read_text(encoding="utf-8")
        ours = ours or "[tool.tqcheck" in text
        data = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:  # no TOML, no UTF-8, a number of thousands of digits, a maze
        if not ours:
            return None  # somebody else's trouble
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    if path.name != "pyproject.toml":
        return data
    tool = data.get("tool")
    table = tool.get("tqcheck") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _rooted(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return the options of a file with the paths in them seen from its folder."""
    # Where one is wrong, the check says so.
    if isinstance(name := table.get("baseline"), str) and name:
        table = {**table, "baseline": os.path.join(folder, name)}
    paths = table.get("glossary")
    if not isinstance(paths, list) or not all(isinstance(path, str) and path for path in paths):
        return table
    return {**table, "glossary": [os.path.join(folder, path) for path in paths]}


def _checked(key: str, value: Any, origin: str) -> Any:
    if key in {"select", "extend-select", "ignore"}:
        return _strings(key, value, origin)
    if key == "preset":
        return _choice(key, value, origin, {name: name for name in presets()})
    if key in _STRINGS:
        return _text(key, value, origin, _STRINGS[key])
    if key == "pairs":
        return _patterns(value, origin)
    if key == "glossary":
        return _strings(key, value, origin, 'files such as ["terms.csv"]')
    if key == "min-confidence":
        return _choice(key, value, origin, {c.label: c for c in Confidence})
    if key == "fail-on":
        return _choice(key, value, origin, {**{s.label: s for s in Severity}, "never": None})
    if not isinstance(value, dict):
        raise ConfigError(f"{origin}: {key} must be a table of path patterns, each with a list of rules")
    return tuple((pattern, _strings(key, rules, origin)) for pattern, rules in value.items())


def _text(key: str, value: Any, origin: str, what: str) -> str:
    if not isinstance(value, str) or not value:
        raise ConfigError(f"{origin}: {key} must be {what}")
    return value


def _patterns(value: Any, origin: str) -> tuple[str, ...]:
    patterns = (value,) if isinstance(value, str) else value
    if not isinstance(patterns, list | tuple) or not all(isinstance(p, str) for p in patterns):
        raise ConfigError(f'{origin}: pairs must be a pattern such as "{{stem}}.{{lang}}.md", or a list of them')
    from tqcheck.readers.files import READERS  # on use: few configurations have patterns

    for pattern in patterns:
        try:
            Pattern(pattern)
        except ValueError as error:
            raise ConfigError(f"{origin}: pairs: “{pattern}”: {error}") from error
        suffix = Path(pattern).suffix.lower()
        if suffix not in READERS:
            hint = nearest(suffix, READERS) or "."
            raise ConfigError(f"{origin}: pairs: “{pattern}”: files that end in “{suffix}” are not read{hint}")
    if patterns and not any("{lang}" in pattern for pattern in patterns):
        raise ConfigError(
            f"{origin}: pairs: one of the patterns must hold {{lang}}, which tells articles from originals"
        )
    return tuple(patterns)


def _strings(key: str, value: Any, origin: str, what: str = 'rules such as ["CAS101", "QUO"]') -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(v, str) and v for v in value):
        raise ConfigError(f"{origin}: {key} must be a list of {what}")
    return tuple(value)


def _choice(key: str, value: Any, origin: str, choices: Mapping[str, Any]) -> Any:
    if not isinstance(value, str) or value not in choices:
        hint = nearest(str(value), choices) or "."
        raise ConfigError(f"{origin}: {key} cannot be “{value}”{hint} It is one of {', '.join(choices)}")
    return choices[value]
