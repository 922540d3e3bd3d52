"""Where the original of an article comes from. The first that names one holds:

1. the article's own record (`source` in a JSON Lines file, the text itself),
2. `--source`: a file, a folder, or a JSON Lines file,
3. `source` in the front matter: a path, relative to the article,
4. `pairs` in the configuration: patterns of file names.

What the user names (2) may stand anywhere. What articles and configurations name (3, 4) may not: they
come with a download or a pull request, and a report quotes what was read (see `source.place`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tqcheck.config import Layers, Settings
from tqcheck.errors import InputError
from tqcheck.languages import load
from tqcheck.languages.loader import canonical
from tqcheck.model import Article
from tqcheck.patterns import Name, Pattern, places, read
from tqcheck.readers.base import Unread, language
from tqcheck.readers.files import READERS, FrontMatter, beside, original
from tqcheck.readers.partner import Folder
from tqcheck.readers.records import Records
from tqcheck.readers.source import allowed, named

# Names of articles without an original that are kept to be told.
_TOLD = 3


@dataclass(frozen=True, slots=True)
class Habits:
    """What the configuration says of the files of a folder: `patterns` of their names, read from `root`
    (the folder of its file; None: the working folder), and the languages of articles and originals."""

    patterns: tuple[Pattern, ...] = ()
    root: Path | None = None
    lang: str | None = None
    source_lang: str | None = None

    @classmethod
    def of(cls, layers: Layers) -> Habits:
        """Return what the settings of a folder say."""
        return cls.said(layers.settings, None if layers.file is None else layers.file.parent)

    @classmethod
    def said(cls, settings: Settings, root: Path | None) -> Habits:
        """Return what settings say, with the folder from which their patterns are read."""
        lang, source_lang = (tag and canonical(tag) for tag in (settings.lang, settings.source_lang))
        return cls(tuple(map(Pattern, settings.pairs)), root, lang, source_lang)

    def read(self, path: str) -> tuple[Path, Name] | None:
        """Return what the name of a file says, and the folder from which it is read; None where no pattern fits."""
        root = _root(path, self.root)
        name = None if root is None else read(self.patterns, Path(os.path.abspath(path)).relative_to(root).as_posix())
        return None if root is None or name is None else (root, name)


@dataclass(slots=True)
class Originals:
    """Puts an original beside each article, and counts the articles that should have had one.

    `given` is what `--source` names, `habits` returns what applies to the file at a path. `sought` takes the
    places where the originals of files are looked for, and may appear; None: nobody wants to know.
    """

    given: Article | Folder | Records | None = None
    habits: Callable[[str], Habits] = lambda path: Habits()
    alone: int = 0
    names: list[str] = field(default_factory=list)
    sought: set[str] | None = None
    # Texts that an editor has not saved yet, by the paths of their files without links.
    edited: Mapping[str, str] = field(default_factory=dict)

    @property
    def troubles(self) -> Sequence[Unread]:
        """What of `--source` could not be read."""
        return self.given.troubles if isinstance(self.given, Folder | Records) else ()

    def of_record(self, article: Article) -> Article:
        """Return the article of a JSON Lines record beside its original."""
        if article.source is not None or self.given is None:
            return article
        found = self._by_id(article)
        return self._missed(article, f"{article.path}: {article.id}") if found is None else beside(article, found)

    def of_file(self, article: Article, root: str | None) -> Article:
        """Return the article of a file beside its original; `root` is the folder that is read, if any."""
        path = article.path or ""
        habits = self.habits(path)
        found, expected = self._given(article, root, habits)
        if found is not None:
            return beside(replace(article, source=None), found)
        if (name := named(article, READERS)) is not None:
            self._seek(Path(path).parent / name)
            return FrontMatter(self.edited).of_file(article, root, () if habits.root is None else (habits.root,))
        article = replace(article, source=None)
        if habits.patterns:
            article, original_, patterned = self._by_pattern(article, habits)
            if original_ is not None:
                return beside(article, original_)
            expected = expected or patterned
        return self._missed(article, path) if expected else article

    def _seek(self, place: Path) -> None:
        if self.sought is not None:
            self.sought.add(str(place))

    def _missed(self, article: Article, name: str) -> Article:
        self.alone += 1
        if len(self.names) < _TOLD:
            self.names.append(name)
        return article

    def _by_id(self, article: Article) -> Article | None:
        return self.given.find(article.id) if isinstance(self.given, Records) else None

    def _given(self, article: Article, root: str | None, habits: Habits) -> tuple[Article | None, bool]:
        """Return the original that `--source` names, and whether there should be one."""
        if isinstance(self.given, Folder):
            # The front matter of an article knows its own languages best.
            lang, source_lang = article.lang or habits.lang, article.source_lang or habits.source_lang
            place, expected = self.given.find(article.path or "", root, lang, source_lang)
            return (None if place is None else _loaded(place, self.edited)), expected
        if isinstance(self.given, Records):
            return self._by_id(article), True
        return self.given, self.given is not None

    def _by_pattern(self, article: Article, habits: Habits) -> tuple[Article, Article | None, bool]:
        """Return the article with the language that its name says, its original, and whether there
        should be one: not where no pattern fits, and not of an original."""
        path, source_lang = article.path or "", article.source_lang or habits.source_lang
        said = habits.read(path)
        if said is None or source_lang is None:
            return article, None, False
        root, name = said
        tag = language(name.lang)
        if article.lang is None and load(tag).known:
            article = replace(article, lang=tag)
        if tag == source_lang:
            return article, None, False
        real = os.path.realpath(path)
        for place in places(habits.patterns, name, source_lang):
            self._seek(root / place)
            found = (root / place).resolve()
            if str(found) == real or not found.is_file():
                continue
            shown = str(root / place) if os.path.isabs(path) else os.path.relpath(root / place)
            if not allowed(found, path, (root,)):
                raise InputError(f"its original {shown} is a link out of the folder of the configuration; put it there")
            return article, _loaded(shown, self.edited), True
        return article, None, True


def _loaded(path: str, edited: Mapping[str, str]) -> Article:
    try:
        return original(path, edited=edited)
    except InputError as error:
        raise InputError(f"its original is not read: {error}") from error


def _root(path: str, folder: Path | None) -> Path | None:
    """Return the folder from which patterns are read: that of the configuration, or the working folder
    for a file that does not lie there (--config names a file anywhere); None for a file elsewhere."""
    place = Path(os.path.abspath(path))
    roots = (Path(os.path.abspath(root)) for root in (folder, Path()) if root is not None)
    return next((root for root in roots if place.is_relative_to(root)), None)
