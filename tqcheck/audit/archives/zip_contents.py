"""What a zip archive holds, and which of its members is the original of which: none outside of it is ever read."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import replace

from tqcheck.audit.outcomes import OutcomeError
from tqcheck.languages import load
from tqcheck.model import Article
from tqcheck.patterns import places, read
from tqcheck.readers import files as reader
from tqcheck.readers.base import Unread, language
from tqcheck.readers.frontmatter import parse
from tqcheck.readers.originals import Habits
from tqcheck.readers.source import named, shown

# What zipfile raises for members that are damaged, locked, or packed in a way that it does not know.
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)
# Front matter stands at the very beginning.
_HEAD = 64 * 1024
_WITH_FRONT_MATTER = (".md", ".markdown", ".txt")


class Inside:
    """The members of an archive, and the finder of originals among them. `origin` says how that of the last article was
    found."""

    def __init__(self, archive: zipfile.ZipFile, path: str, habits: Habits) -> None:
        self.path, self.origin = path, "front-matter"
        self._archive, self._habits = archive, habits
        self._members = {info.filename: info for info in archive.infolist()}

    def read(self, name: str, most: int = reader.LARGEST + 1) -> bytes:
        """Return the first bytes of a member. Raises OutcomeError where it cannot be read."""
        if name not in self._members:
            raise OutcomeError("changed", "the archive changed while it was read; run the audit again")
        try:
            with self._archive.open(name) as stream:
                return stream.read(most)
        except FAULTS as error:
            raise OutcomeError("damaged", f"cannot be unpacked: {' '.join(str(error).split())[:200]}") from error

    def state(self, name: str | None) -> str:
        """Return what changes with the content of a member."""
        info = None if name is None else self._members.get(name)
        return "" if info is None else f"{name}\0{info.CRC}\0{info.file_size}"

    def original(self, name: str) -> str | None:
        """Return the member that will be read as the original of another."""
        article = Article("")
        if name.lower().endswith(_WITH_FRONT_MATTER):
            try:
                values = parse(self.read(name, _HEAD).decode("utf-8", "replace")).values
            except OutcomeError:  # told with the article
                return None
            article = replace(article, source=values.get("source"), source_lang=values.get("source_lang"))
        return self._place(name, article)[0]

    def of_record(self, article: Article) -> Article:
        """Return the article as it is."""
        return article

    def of_file(self, article: Article, root: str | None) -> Article:
        """Return the article of a member beside its original, which is looked for in the archive alone."""
        name = (article.path or "").removeprefix(f"{self.path}/")
        place, self.origin = self._place(name, article)
        article = replace(self._with_language(name, article), source=None)
        if place is None:
            return article
        try:
            [found] = reader.entry(io.BytesIO(self.read(place)), f"{self.path}/{place}", _Alone())
        except OutcomeError as error:
            found = Unread(place, place, error.message if place in self._members else "there is no such file inside")
        if isinstance(found, Unread):
            return replace(article, notes=(*article.notes, f"the source {shown(place)} is not read: {found.message}"))
        return reader.beside(article, found)

    def _place(self, name: str, article: Article) -> tuple[str | None, str]:
        """Return the name of the original of a member, and who says so."""
        if (said := named(article, reader.READERS)) is not None:
            return posixpath.normpath(posixpath.join(posixpath.dirname(name), said)), "front-matter"
        source_lang = article.source_lang or self._habits.source_lang
        parts = read(self._habits.patterns, name)
        if parts is None or source_lang is None or language(parts.lang) == source_lang:
            return None, ""
        fitting = places(self._habits.patterns, parts, source_lang)
        return next((each for each in fitting if each != name and each in self._members), None), "pairs"

    def _with_language(self, name: str, article: Article) -> Article:
        parts = read(self._habits.patterns, name)
        known = parts is not None and article.lang is None and load(language(parts.lang)).known
        return replace(article, lang=language(parts.lang)) if parts is not None and known else article


class _Alone:
    """Leaves an article alone: an original has none."""

    def of_record(self, article: Article) -> Article:
        """Return the article as it is."""
        return article

    def of_file(self, article: Article, root: str | None) -> Article:
        """Return the article without what it says of an original."""
        return replace(article, source=None)
