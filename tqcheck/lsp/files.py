"""What applies to a file that is open: its settings, its original, and the article that its text is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from tqcheck import baselines
from tqcheck.baseline import Baseline
from tqcheck.config import FILE_NAMES, Layers, Settings, resolve
from tqcheck.errors import ConfigError
from tqcheck.model import Article, Report
from tqcheck.readers import Unread, read
from tqcheck.readers.originals import Habits, Originals
from tqcheck.select import settled
from tqcheck.validation import validate

EDITOR = "settings of the editor"
_BOM = b"\xef\xbb\xbf"
_State = tuple[str, int, int]


class Files:
    """Finds what applies to each file, and finds it again once a configuration file has changed.

    `options` are settings of the editor, which win over those of the files.
    """

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        """Raises ConfigError for settings of the editor that are wrong."""
        given = {_kebab(key): value for key, value in (options or {}).items() if value is not None}
        file = given.pop("config", None)
        if file is not None and not (isinstance(file, str) and os.path.isfile(file)):
            raise ConfigError(f"{EDITOR}: config: {file}: no such configuration file")
        self._file = None if file is None else Path(file)
        self._options = given
        self._known: dict[Path, tuple[tuple[_State, ...], Layers]] = {}
        self._baseline: tuple[_State, Baseline] | None = None
        if given:
            Layers().over(given, EDITOR)

    def layers(self, folder: Path) -> Layers:
        """Return the layers of settings of a folder. Raises ConfigError, UnavailableError."""
        state = self._state(folder)
        known = self._known.get(folder)
        if known is not None and known[0] == state:
            return known[1]
        layers = resolve(folder, self._options, self._file, origin=EDITOR)
        validate(layers.settings)
        self._known[folder] = state, layers
        return layers

    def article(
        self, text: str, name: str, known: bool, edited: Mapping[str, str] | None = None
    ) -> tuple[Article | Unread, Settings]:
        """Return the article that a text is (a byte order mark is no part of it), beside its original, and
        the settings for it. `name` is its path; it has a file where it is `known`. `edited` are the texts that are
        open, by path without links: an original is read as it stands in the editor.

        Raises ConfigError, UnavailableError.
        """
        folder = Path(name).absolute().parent if known else Path.cwd()
        layers = self.layers(folder).at(name)
        originals = Originals(None, lambda path: Habits.of(layers), edited=edited or {})
        (item,) = read(["-"], BytesIO(_BOM + text.removeprefix("\ufeff").encode()), name, originals)
        settings = settled(layers, name)
        if isinstance(item, Article) and originals.alone:
            note = "no original was found; the rules that need one did not run"
            item = replace(item, notes=(*item.notes, note))
        return item, settings

    def narrowed(self, report: Report, settings: Settings) -> Report:
        """Return a report without what the baseline holds. Raises ConfigError for a baseline that is none."""
        name, path = settings.baseline, report.article.path
        if name is None or path is None:
            return report
        state = _stat(Path(name))
        if self._baseline is None or state is None or self._baseline[0] != state:
            self._baseline = state or ("", 0, 0), baselines.read(name)
        return self._baseline[1].narrow(report, baselines.relative(path, name))

    def _state(self, folder: Path) -> tuple[_State, ...]:
        """Return what tells whether configuration files came, went or changed."""
        places = [self._file] if self._file else [p / name for p in (folder, *folder.parents) for name in FILE_NAMES]
        return tuple(state for place in places if (state := _stat(place)) is not None)


def _stat(place: Path) -> _State | None:
    """Return what tells whether a file has changed; None where there is none."""
    try:
        state = os.stat(place)
    except OSError:
        return None
    return str(place), state.st_mtime_ns, state.st_size


def _kebab(key: str) -> str:
    """Return a key as the configuration file has it: editors write minConfidence."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in key).replace("_", "-")
