"""Settings: what runs and what is shown. From tqcheck.toml or [tool.tqcheck], nearest wins."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from tqcheck.config_values import checked, strings
from tqcheck.errors import ConfigError, nearest
from tqcheck.house import Wishes
from tqcheck.model import Confidence, Severity
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
    glossary        files with the terms that translations must keep to (CSV, TSV, TBX)
    baseline        file with the findings that are known already; None: all are new
    languages       languages that articles may have; empty: all
    quotes … prefer   the house style; see `house.Wishes`
    accept          words that no rule about words reports; accept_files: files of such words
    reject          words that are always reported, with what to write instead; reject_files: files of them
    lexicon         files of names, spellings and style that were learned from the house's own articles
    per_file_ignores  path patterns with the rules to leave out there
    paths           path patterns with keys and values that hold there; of several, the last wins
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
    glossary: tuple[str, ...] = ()
    baseline: str | None = None
    languages: tuple[str, ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()
    number_format: tuple[tuple[str, str], ...] = ()
    exponents: str | None = None
    spellings: tuple[str, ...] = ()
    prefer: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    accept: tuple[str, ...] = ()
    accept_files: tuple[str, ...] = ()
    reject: tuple[tuple[str, str], ...] = ()
    reject_files: tuple[str, ...] = ()
    lexicon: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    paths: tuple[tuple[tuple[str, ...], tuple[tuple[str, Any], ...]], ...] = ()

    @property
    def house(self) -> Wishes:
        """What is said of the house style here; the files of words are not read."""
        return Wishes(**{key: getattr(self, key) for key in Wishes._fields if key != "learned"})

    def files(self) -> Iterator[str]:
        """Yield the files that these settings name, for whatever path."""
        everywhere = [(key, getattr(self, key.replace("-", "_"))) for key in _FILES]
        for key, value in (*everywhere, *(entry for _patterns, entries in self.paths for entry in entries)):
            if key in _FILES:
                yield from value
        if self.baseline is not None:
            yield self.baseline


KEYS = tuple(f.name.replace("_", "-") for f in fields(Settings))
# What a table of `paths` cannot set: it holds for a run, for a folder, or tells itself which files it is about.
_EVERYWHERE = frozenset({"preset", "pairs", "baseline", "per-file-ignores", "paths"})
_BY_PATH = tuple(key for key in KEYS if key not in _EVERYWHERE)
_FILES = ("glossary", "accept-files", "reject-files", "lexicon")


@dataclass(frozen=True, slots=True)
class Layers:
    """Settings with the place each value comes from: a file, the command line, or the default."""

    settings: Settings = field(default_factory=Settings)
    origins: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None
    # Keys that were given beside the file, over which nothing is laid.
    given: frozenset[str] = frozenset()

    def origin(self, key: str) -> str:
        """Return where the value of a key comes from."""
        return self.origins.get(key, DEFAULT)

    def over(self, options: Mapping[str, Any], origin: str) -> Layers:
        """Return these layers with `options` laid over them."""
        settings = with_options(self.settings, options, origin)
        return Layers(settings, {**self.origins, **dict.fromkeys(options, origin)}, self.file, self.given)

    @property
    def root(self) -> Path | None:
        """The folder that patterns of paths begin in; None: the working folder."""
        return None if self.file is None else self.file.parent

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """Return what the per-file ignores say about one file."""
        return ignored_in(self.settings, path, self.root)

    def at(self, path: str) -> Layers:
        """Return the layers for one file: what `paths` says of it over the rest of its configuration."""
        layers = self
        for patterns, values in self.settings.paths:
            if fits(path, patterns, self.root):
                here = {key: value for key, value in values if key not in self.given}
                where = f"{self.file or DEFAULT}, paths {', '.join(patterns)}"
                settings = replace(layers.settings, **{key.replace("-", "_"): value for key, value in here.items()})
                origins = {**layers.origins, **dict.fromkeys(here, where)}
                layers = replace(layers, settings=settings, origins=origins)
        return layers


def ignored_in(settings: Settings, path: str, root: Path | None = None) -> tuple[str, ...]:
    """Return what the per-file ignores say about one file: codes, prefixes and names of rules."""
    return tuple(code for pattern, codes in settings.per_file_ignores if fits(path, (pattern,), root) for code in codes)


def fits(path: str, patterns: tuple[str, ...], root: Path | None = None) -> bool:
    """True where a pattern fits the name of a file, its path as given, or its path from `root`: the folder of
    the configuration file, as everybody expects; without one, the working folder.
    """
    names = {Path(path).name, path}
    place, start = Path(os.path.realpath(path)), os.path.realpath(root or Path())
    if place.is_relative_to(start):
        names.add(place.relative_to(start).as_posix())
    return any(fnmatch(name, pattern) for name in names for pattern in patterns)


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
            name = checked("preset", table["preset"], where)
            layers = layers.over(presets()[name].values, f"preset {name}")
            break
    if file is not None:
        layers = layers.over(said, str(file))
    return replace(layers.over(options, origin), given=frozenset(options))


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
        changes[key.replace("-", "_")] = _by_path(value, origin) if key == "paths" else checked(key, value, origin)
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
    rooted = dict(table)
    if isinstance(name := table.get("baseline"), str) and name:
        rooted["baseline"] = os.path.join(folder, name)
    for key in _FILES:
        names = table.get(key)
        if isinstance(names, list) and all(isinstance(name, str) and name for name in names):
            rooted[key] = [os.path.join(folder, name) for name in names]
    places = table.get("paths")
    if isinstance(places, list) and all(isinstance(place, dict) for place in places):
        rooted["paths"] = [_rooted(place, folder) for place in places]
    return rooted


def _by_path(value: Any, origin: str) -> tuple[tuple[tuple[str, ...], tuple[tuple[str, Any], ...]], ...]:
    """Return the tables of `paths`: patterns of paths, and the keys and values that hold for them."""
    if not isinstance(value, list | tuple) or not all(isinstance(table, dict) for table in value):
        raise ConfigError(f'{origin}: paths must be tables such as [[paths]] with files = ["archive/*"] and other keys')
    found = []
    for number, table in enumerate(value, 1):
        where = f"{origin}: paths {number}"
        patterns = strings("files", table.get("files"), where, 'patterns such as ["archive/*"]')
        if not patterns:
            raise ConfigError(f'{where}: files must hold a pattern such as "archive/*"')
        values = []
        for key, said in table.items():
            if key != "files":
                if key not in _BY_PATH:
                    known = "holds for all files; set it outside of paths" if key in KEYS else "is unknown"
                    hint = "" if key in KEYS else nearest(key, _BY_PATH)
                    raise ConfigError(
                        f"{where}: the key “{key}” {known}{hint or '.'} Known keys: {', '.join(_BY_PATH)}"
                    )
                values.append((key, checked(key, said, where)))
        found.append((patterns, tuple(values)))
    return tuple(found)
