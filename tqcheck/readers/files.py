"""From paths to articles: walk folders, decode bytes, choose the reader by the suffix."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath
from typing import BinaryIO

from tqcheck.errors import InputError
from tqcheck.model import Article
from tqcheck.readers import jsonl
from tqcheck.readers.base import Unread, language

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
_LARGEST = 64 * 1024 * 1024
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

# What old newsroom systems write, the more usual first; others are met on old machines only.
_LEGACY = (
    *("cp1252", "cp1251", "gb18030", "cp932", "cp1250", "cp1254", "cp1256", "cp949", "big5", "euc_jp"),
    *("cp1253", "cp1255", "cp1257", "cp1258", "cp874", "koi8_r"),
)


def read(paths: Iterable[str], stdin: BinaryIO, stdin_name: str | None = None) -> Iterator[Item]:
    """Yield every article of `paths` in order; `-` is standard input.

    What cannot be read comes as an `Unread`; the rest goes on.
    """
    for path in paths:
        if path == "-":
            yield from _guard("-", lambda: _stream(stdin, stdin_name or "-"))
        elif Path(path).is_dir():
            yield from _folder(Path(path))
        else:
            yield from _file(path)


def _guard(where: str, start: Callable[[], Iterator[Item]]) -> Iterator[Item]:
    try:
        yield from start()
    except (InputError, OSError) as error:
        text = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        yield Unread(where, where, text, where)


def _file(path: str) -> Iterator[Item]:
    def start() -> Iterator[Item]:
        if not Path(path).exists():
            raise InputError("no such file or folder; check the spelling of the path")
        with open(path, "rb") as stream:
            yield from _stream(stream, path)

    yield from _guard(path, start)


def _folder(folder: Path) -> Iterator[Item]:
    def start() -> Iterator[Item]:
        found = False
        for path in walk(folder):
            found = True
            yield from _file(str(path))
        if not found:
            known = ", ".join([*READERS, *STREAMS])
            raise InputError(f"the folder holds no articles; files that end in {known} are read")

    yield from _guard(str(folder), start)


def walk(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder that hold articles, sorted; hidden ones are left out."""
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.startswith("."):
            continue
        # A link to a folder may lead back to where we are.
        if entry.is_dir() and not entry.is_symlink():
            yield from walk(entry)
        elif entry.is_file() and entry.suffix.lower() in (*READERS, *STREAMS):
            yield entry


def _stream(stream: BinaryIO, path: str) -> Iterator[Item]:
    suffix = PurePath(path).suffix.lower()
    if suffix in STREAMS:
        yield from jsonl.read(stream, path)
        return
    data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise InputError(f"larger than {_LARGEST >> 20} MiB; write many articles as JSON Lines (.jsonl)")
    text, notes = decode(data)
    reader = importlib.import_module(f"tqcheck.readers.{READERS.get(suffix, 'text')}")
    article: Article = reader.read(text)
    notes += article.notes
    if not article.view().text.strip():
        notes += ("the file is empty" if not text.strip() else "the file holds no running text",)
    article, more = _with_source(article, path)
    yield replace(
        article,
        id=path,
        path=path,
        notes=notes + more,
        lang=language(article.lang) if article.lang else None,
        source_lang=language(article.source_lang) if article.source_lang else None,
    )


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file and what an editor should know about its encoding.

    Raises InputError for data that is no text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                break
            return text, () if encoding == "utf-8-sig" else (f"read as {encoding}; save it as UTF-8",)
    if b"\0" in data:
        raise InputError("a binary file, not text; give a .txt, .md, .html or .jsonl file")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        from charset_normalizer import from_bytes  # on use: most files are UTF-8

        matches = list(from_bytes(data[:200_000], cp_isolation=list(_LEGACY)))
        if not matches:
            raise InputError("neither UTF-8 nor another encoding we know; save it as UTF-8") from None
        # Between equals, the more usual encoding.
        best = min(matches, key=lambda m: (m.chaos, -m.coherence, _LEGACY.index(m.encoding)))
        note = f"not UTF-8 (byte {error.start + 1}): read as {best.encoding}; save it as UTF-8 to be sure"
        return data.decode(best.encoding, "replace"), (note,)


def _with_source(article: Article, path: str) -> tuple[Article, tuple[str, ...]]:
    """Read the original that a front matter names by its path beside the article."""
    named = article.source
    if named is None:
        return article, ()
    place = Path(path).parent / named
    if PurePath(named).suffix.lower() not in READERS or "://" in named:
        return replace(article, source=None), ()  # a credit such as “source: Reuters”
    if path == "-" or not place.is_file():
        return replace(article, source=None), (f"the source {named} does not exist beside the article",)
    reader = importlib.import_module(f"tqcheck.readers.{READERS[place.suffix.lower()]}")
    source: Article = reader.read(decode(place.read_bytes())[0])
    return replace(article, source=source.view().text), ()
