"""A folder of originals (`--source DIR`): which file in it belongs to an article.

The one with the same path below the folder; else the one with the same path but for a language tag,
at the end of the name (a.en.md ↔ a.fr.md, also a_en.md and a-en.md) or as a folder (en/a.md ↔
fr/a.md); else such a one with another suffix (a.en.html ↔ a.fr.md).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path, PurePath
from typing import NamedTuple

from tqcheck.errors import InputError
from tqcheck.languages import available
from tqcheck.languages.loader import canonical
from tqcheck.patterns import TAG
from tqcheck.readers.base import Unread
from tqcheck.readers.files import STREAMS, walk

_DOTTED = re.compile(rf".+\.({TAG})")
_DASHED = re.compile(rf"(.+?)[-_]({TAG})")
_TAG = re.compile(TAG)
# Stands for a tag behind a dash. Words of a headline stand there too (trip-to-la, vote-no), so such a
# name has a partner only among names of its kind, and only known languages count.
_DASH = "\0"


class Reading(NamedTuple):
    """One way to read a path: without a language tag, and the tag. `key` is the folders and the stem."""

    key: tuple[str, ...]
    lang: str | None


class Folder:
    """The files of a folder, by what is left of their paths without language tags."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._place = Path(folder).absolute()
        self._real = os.path.realpath(folder)
        # What could not be looked into; the articles that belong there seem to have no original.
        self.troubles: list[Unread] = []

    def find(self, path: str, root: str | None, lang: str | None, source_lang: str | None) -> tuple[str | None, bool]:
        """Return the original of the article at `path`, None where there is none, and whether one was to
        be expected: an article that is an original itself has none.

        `root` is the folder that is read, None for a file on its own: then it is the folder beside that
        of the originals in which the file lies, else the file's own. `lang` and `source_lang` are what is
        known of the languages. Raises InputError where several files have the same claim.
        """
        member = _below(os.path.realpath(path), self._real)
        ways = self._inside(Path(path).absolute(), root, member)
        tags = {tag for tag in (lang, *(reading.lang for reading in readings(ways[0]))) if tag is not None}
        if source_lang in tags or (member and (source_lang is None or not tags)):
            return None, False
        for inside in ways:
            best = self._best(path, inside, tags, source_lang)
            if len(best) > 1:
                names = ", ".join(os.path.join(self.folder, other) for other in sorted(best)[:3])
                hint = "keep one of them" if source_lang else "name the language of the originals with --source-lang"
                raise InputError(f"{len(best)} files may be its original ({names}); {hint}")
            if best:
                return os.path.join(self.folder, best[0]), True
        return None, True

    def _best(self, path: str, inside: str, tags: set[str], source_lang: str | None) -> list[str]:
        """Return the files with the best claim to be the original of an article."""
        found: dict[str, tuple[int, int]] = {}
        real = os.path.realpath(path)
        for reading in readings(inside):
            langs = {reading.lang} if reading.lang else tags
            for other, theirs in self._index.get(reading.key, ()):
                claim = _claim(inside, langs, other, theirs, source_lang)
                if claim is not None and os.path.realpath(self._place / other) != real:
                    found[other] = min(claim, found.get(other, claim))
        return [other for other, claim in found.items() if claim == min(found.values())]

    def _inside(self, place: Path, root: str | None, member: bool) -> list[str]:
        """Return the paths that an article may have in this folder, the likeliest first."""
        if member and place.is_relative_to(self._place):
            return [os.path.relpath(place, self._place)]
        around = self._place.parent
        beside = place.is_relative_to(around) and place.parent != around
        twin = around / place.relative_to(around).parts[0] if beside else place.parent
        if root is None:
            return [os.path.relpath(place, twin)]
        ways = [os.path.relpath(place, Path(root).absolute())]
        # A folder that holds both en/ and fr/, somewhere below.
        if beside and self._place.is_relative_to(Path(root).absolute()) and _tag(twin.name) and _tag(self._place.name):
            ways.append(os.path.relpath(place, twin))
        return ways

    @cached_property
    def _index(self) -> dict[tuple[str, ...], list[tuple[str, str | None]]]:
        index: dict[tuple[str, ...], list[tuple[str, str | None]]] = {}
        for path in walk(self.folder):
            if isinstance(path, Unread):
                self.troubles.append(path)
            elif PurePath(path).suffix.lower() not in STREAMS:
                inside = os.path.relpath(path, self.folder)
                for reading in readings(inside):
                    index.setdefault(reading.key, []).append((inside, reading.lang))
        return index


def _claim(
    inside: str, langs: set[str], other: str, theirs: str | None, source_lang: str | None
) -> tuple[int, int] | None:
    """Return the rank of a file as the original of another, the lowest first; None where it is none.

    `langs` is what is known of the language of the article, `theirs` the tag by which the file was found.
    """
    said = theirs or _dotted(PurePath(other).stem)
    if said is not None and source_lang is not None and _base(said) != _base(source_lang):
        return None
    if inside == other:
        return 0, 0
    if said is not None and said in langs:
        return None
    near = 1 if PurePath(inside).suffix.lower() == PurePath(other).suffix.lower() else 2
    return near, 2 if said is None or source_lang is None else 0 if said == source_lang else 1


def readings(path: str) -> list[Reading]:
    """Return the ways to read a relative path, the plain one first."""
    *folders, name = PurePath(path).parts
    stem = PurePath(name).stem
    return list(
        dict.fromkeys(
            Reading((*places, rest), tag or where)
            for rest, tag in _names(stem)
            for places, where in _folders(folders)
            if tag is None or where is None or tag == where
        )
    )


def _names(stem: str) -> Iterator[tuple[str, str | None]]:
    yield stem, None
    if (tag := _dotted(stem)) is not None:
        yield stem.rpartition(".")[0], tag
    dashed = _DASHED.fullmatch(stem)
    if dashed is not None and _base(canonical(dashed[2])) in _known():
        yield dashed[1] + _DASH, canonical(dashed[2])


def _dotted(stem: str) -> str | None:
    found = _DOTTED.fullmatch(stem)
    return None if found is None else _language(found[1])


def _folders(folders: list[str]) -> Iterator[tuple[tuple[str, ...], str | None]]:
    yield tuple(folders), None
    for at, name in enumerate(folders):
        if (tag := _tag(name)) is not None:
            yield (*folders[:at], *folders[at + 1 :]), tag


def _tag(name: str) -> str | None:
    return _language(name) if _TAG.fullmatch(name) else None


def _language(tag: str) -> str | None:
    """Return a tag in its usual casing; None for three letters that are no language we know (old, css)."""
    clean = canonical(tag)
    return clean if len(_base(clean)) == 2 or _base(clean) in _known() else None


def _base(tag: str) -> str:
    return tag.partition("-")[0]


@cache
def _known() -> frozenset[str]:
    return frozenset(map(_base, available()))


def _below(place: str, folder: str) -> bool:
    return Path(place).is_relative_to(folder)
