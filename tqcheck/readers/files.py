"""From paths to articles: walk folders, decode bytes, choose the reader by the suffix."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple

from tqcheck.errors import InputError
from tqcheck.model import Article
from tqcheck.readers import jsonl
from tqcheck.readers.base import Finder, Unread, language, told
from tqcheck.readers.prose import unbroken
from tqcheck.readers.sidecar import sidecar
from tqcheck.readers.source import named, place, shown

Item = Article | Unread

# Suffix → module with `read(text) -> Article`. `.jsonl` is a stream and has its own way.
READERS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
STREAMS = (".jsonl", ".ndjson")
LARGEST = 64 * 1024 * 1024
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

# What old newsroom systems write, the more usual first; others are met on old machines only.
_LEGACY = (
    *("cp1252", "cp1251", "gb18030", "cp932", "cp1250", "cp1254", "cp1256", "cp949", "big5", "euc_jp"),
    *("cp1253", "cp1255", "cp1257", "cp1258", "cp874", "koi8_r"),
)


class FrontMatter:
    """Finds originals where the articles name them themselves, and nowhere else. `edited` are the texts of files
    that an editor has not saved yet, by their paths without links."""

    def __init__(self, edited: Mapping[str, str] | None = None) -> None:
        self._edited = edited or {}

    def of_file(self, article: Article, root: str | None = None, roots: Iterable[Path] = ()) -> Article:
        """Put the text of the named original in the place of its name; what goes wrong becomes a note.
        `roots` are folders below which it may stand, apart from those of the article and of the run."""
        name, path = named(article, READERS), article.path or ""
        article = replace(article, source=None)
        if name is None:
            return article
        try:
            found = original(str(place(name, path, roots)), shown(name), self._edited)
        except Exception as error:  # whatever is wrong with the original, the article is read
            reason = str(error).removeprefix(f"{shown(name)}: ") if isinstance(error, InputError) else told(error)
            return replace(article, notes=(*article.notes, f"the source {shown(name)} is not read: {reason}"))
        return beside(article, found)

    def of_record(self, article: Article) -> Article:
        """Return the article as it is."""
        return article


def read(
    paths: Iterable[str], stdin: BinaryIO, stdin_name: str | None = None, originals: Finder | None = None
) -> Iterator[Item]:
    """Yield every article of `paths` in order, with its original where `originals` finds one (without
    it: where its front matter names one); `-` is standard input.

    What cannot be read comes as an `Unread`; the rest goes on.
    """
    originals = originals or FrontMatter()
    for path in paths:
        if path == "-":
            yield from _guard("-", lambda: _stream(stdin, stdin_name or "-", originals))
        elif os.path.isdir(path):  # unlike the method of Path, this one never raises
            yield from _folder(path, originals)
        else:
            yield from _file(path, originals)


def entry(stream: BinaryIO, name: str, originals: Finder) -> Iterator[Item]:
    """Yield what a stream holds that is no file of its own; `name` tells how to read it, and by which path articles
    are known."""
    return _guard(name, lambda: _stream(stream, name, originals))


def _guard(where: str, start: Callable[[], Iterator[Item]]) -> Iterator[Item]:
    try:
        yield from start()
    except Exception as error:  # one input must never cost the others
        yield Unread(where, where, told(error), where)


def _file(path: str, originals: Finder, root: str | None = None) -> Iterator[Item]:
    def start() -> Iterator[Item]:
        try:
            with open(path, "rb") as stream:
                yield from _stream(stream, path, originals, root)
        except FileNotFoundError:
            raise InputError("no such file or folder; check the spelling of the path") from None

    yield from _guard(path, start)


def _folder(folder: str, originals: Finder) -> Iterator[Item]:
    def start() -> Iterator[Item]:
        found = False
        for path in walk(folder):
            found = True
            if isinstance(path, Unread):
                yield path
            else:
                yield from _file(path, originals, folder)
        if not found:
            known = ", ".join([*READERS, *STREAMS])
            raise InputError(f"the folder holds no articles; files that end in {known} are read")

    yield from _guard(folder, start)


def walk(folder: str, suffixes: tuple[str, ...] = (*READERS, *STREAMS)) -> Iterator[str | Unread]:
    """Yield the files of a folder that hold articles (their names end so), sorted; hidden ones are left out.

    A folder within it that cannot be opened costs only itself.
    """
    # A stack, since folders may be nested deeper than calls may be; the next one to visit is last.
    stack: list[tuple[str, bool]] = [(folder, True)]
    while stack:
        path, is_folder = stack.pop()
        if not is_folder:
            yield path
            continue
        try:
            inside = _inside(path, suffixes)
        except OSError as error:
            yield Unread(path, path, told(error), path)
        else:
            stack.extend(reversed(inside))


def _inside(folder: str, suffixes: tuple[str, ...]) -> list[tuple[str, bool]]:
    """Return the sub-folders (True) and the files with articles (False) of a folder, sorted."""
    found = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            if entry.name.startswith("."):
                continue
            # A link to a folder may lead back to where we are.
            if entry.is_dir(follow_symlinks=False):
                found.append((str(Path(entry.path)), True))
            elif entry.name.lower().endswith(suffixes) and _is_file(entry):
                found.append((str(Path(entry.path)), False))
    return found


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return True  # such as a link to itself: opening it will tell


def _stream(stream: BinaryIO, path: str, originals: Finder, root: str | None = None) -> Iterator[Item]:
    suffix = PurePath(path).suffix.lower()
    if suffix in STREAMS:
        for item in jsonl.read(stream, path):
            try:
                yield item if isinstance(item, Unread) else originals.of_record(item)
            except (InputError, OSError) as error:  # of one record; the others go on
                yield Unread(item.id, f"{path}: {item.id}", told(error), path)
        return
    article = _with_languages(_article(stream, suffix))
    article = replace(article, suppressions=article.suppressions + sidecar(path))
    yield originals.of_file(replace(article, id=path, path=path), root)


def _article(stream: BinaryIO, suffix: str) -> Article:
    """Read one article with the reader of the suffix, and note what an editor should know of the file."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(f"larger than {LARGEST >> 20} MiB; write many articles as JSON Lines (.jsonl)")
    text, notes = decode(data)
    article = _reader(suffix)(text)
    notes += article.notes
    if not article.view().text.strip():
        notes += ("the file is empty" if not text.strip() else "the file holds no running text",)
    return replace(article, notes=notes)


def _original(place: Path, unsaved: str | None) -> Article:
    with open(place, "rb") if unsaved is None else BytesIO(unsaved.encode()) as stream:
        return _article(stream, place.suffix.lower())


def beside(article: Article, original: Article) -> Article:
    """Return an article with the original that belongs to it; what was noted of the original goes along."""
    name = "the source" if original.path is None else f"the source {original.path}"
    return replace(
        article,
        source=original.text if original.view().text.strip() else None,
        source_prose=original.prose,
        source_lang=article.source_lang or original.lang,
        source_path=original.path,
        source_line=original.line,
        notes=(*article.notes, *(f"{name}: {note}" for note in original.notes)),
    )


def original(path: str, name: str | None = None, edited: Mapping[str, str] | None = None) -> Article:
    """Return the original in a file, under the name by which messages call it (default: its path). `edited` are texts
    that are not saved yet, by path without links. Raises InputError with what is wrong with it."""
    name = name or path
    if not os.path.isfile(path) or PurePath(path).suffix.lower() in STREAMS:
        raise InputError(f"{name}: no such file with one original; give a file that ends in {', '.join(READERS)}")
    try:
        unsaved = edited.get(os.path.realpath(path)) if edited else None
        return replace(_with_languages(_original(Path(path), unsaved)), path=name)
    except (OSError, InputError) as error:
        raise InputError(f"{name}: {told(error)}") from error


def _with_languages(article: Article) -> Article:
    """Check what a file says of its languages: a wrong word there is told, and then left out."""
    lang, said = _language("lang", article.lang)
    source_lang, said_of_source = _language("source_lang", article.source_lang)
    return replace(article, lang=lang, source_lang=source_lang, notes=article.notes + said + said_of_source)


def _language(key: str, tag: str | None) -> tuple[str | None, tuple[str, ...]]:
    try:
        return language(tag) if tag else None, ()
    except InputError as error:
        return None, (f"the {key} of the file is left out: {error}",)


class Decoded(NamedTuple):
    """The text of a file, its encoding as Python calls it, its byte order mark, and what an editor should
    know about them."""

    text: str
    encoding: str
    bom: bytes = b""
    notes: tuple[str, ...] = ()

    def encode(self, text: str) -> bytes:
        """Return a text as the file would hold it. Raises UnicodeEncodeError for what its encoding lacks."""
        return self.bom + text.encode(self.encoding)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file and what an editor should know about its encoding.

    Raises InputError for data that is no text.
    """
    found = decoded(data)
    return found.text, found.notes


def decoded(data: bytes) -> Decoded:
    """Return the text of a file with its encoding. Raises InputError for data that is no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                text = data[len(bom) :].decode(encoding)
            except UnicodeDecodeError:
                break
            notes = () if encoding == "utf-8" else ("read as utf-16; save it as UTF-8",)
            return Decoded(text, encoding, bom, notes)
    if b"\0" in data:
        raise InputError("a binary file, not text; give a .txt, .md, .html or .jsonl file")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        from charset_normalizer import from_bytes  # on use: most files are UTF-8

        matches = list(from_bytes(data[:200_000], cp_isolation=list(_LEGACY)))
        if not matches:
            raise InputError("neither UTF-8 nor another encoding we know; save it as UTF-8") from None
        # Between equals, the more usual encoding.
        best = min(matches, key=lambda m: (m.chaos, -m.coherence, _LEGACY.index(m.encoding)))
        note = f"not UTF-8 (byte {error.start + 1}): read as {best.encoding}; save it as UTF-8 to be sure"
        return Decoded(data.decode(best.encoding, "replace"), best.encoding, b"", (note,))


def reread(article: Article, text: str) -> Article:
    """Return an article with another text, read as its file was."""
    suffix = PurePath(article.path or "").suffix.lower()
    if article.path is None or suffix in STREAMS:
        return replace(article, text=text, prose=unbroken(text))
    new: Article = _reader(suffix)(text)
    beside = tuple(s for s in article.suppressions if s.by == "sidecar")
    return replace(article, text=text, prose=new.prose, suppressions=new.suppressions + beside)


def _reader(suffix: str) -> Callable[[str], Article]:
    read: Callable[[str], Article] = importlib.import_module(f"tqcheck.readers.{READERS.get(suffix, 'text')}").read
    return read
