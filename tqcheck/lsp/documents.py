"""The texts that are open in the editor, which may differ from their files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath

from lsprotocol.types import TextDocumentContentChangeEvent, TextDocumentContentChangePartial
from pygls.uris import to_fs_path

from tqcheck.lsp.diagnostics import Shown
from tqcheck.lsp.positions import Positions
from tqcheck.model import Report
from tqcheck.readers.files import READERS

# Code points. An article has some thousands; a whole archive would keep the machine busy at every stroke.
LARGEST = 1_000_000
# What an editor calls the languages whose files may have no suffix that we know.
_SUFFIXES = {"markdown": ".md", "html": ".html", "plaintext": ".txt", "text": ".txt"}
_SURROGATE = re.compile("[\ud800-\udfff]")
BOM = "\ufeff"


@dataclass(slots=True)
class Document:
    """One open text. `stamp` counts its edits; `shown` and `report` belong to the stamp `checked`."""

    uri: str
    kind: str
    positions: Positions
    encoding: str
    version: int | None = None
    stamp: int = 0
    checked: int = -1
    report: Report | None = None
    shown: list[Shown] = field(default_factory=list)
    refused: bool = False

    @property
    def text(self) -> str:
        """The text as the editor has it."""
        return self.positions.text

    @property
    def lead(self) -> int:
        """The length of a byte order mark, which is no part of the article."""
        return 1 if self.text.startswith(BOM) else 0

    @property
    def path(self) -> str | None:
        """The path of its file, None for a text that has none yet."""
        return to_fs_path(self.uri)

    @property
    def real(self) -> str | None:
        """The path of its file without links, None for a text that has none yet, or is too large to be read."""
        path = self.path
        return None if path is None or len(self.text) > LARGEST else os.path.realpath(path)

    @property
    def name(self) -> str | None:
        """The path under which it is read; its suffix chooses the reader. None where no reader fits."""
        path = self.path or "untitled"
        if PurePath(path).suffix.lower() in READERS:
            return path
        suffix = _SUFFIXES.get(self.kind)
        return None if suffix is None else path + suffix

    @property
    def fresh(self) -> bool:
        """True where the report is one of the text as it is now."""
        return self.checked == self.stamp and self.report is not None

    def change(self, changes: Iterable[TextDocumentContentChangeEvent], version: int | None) -> None:
        """Take edits in order, each of the text after the one before it."""
        for change in changes:
            if isinstance(change, TextDocumentContentChangePartial):
                start, end = (self.positions.offset(at) for at in (change.range.start, change.range.end))
                text = self.text[:start] + change.text + self.text[max(start, end) :]
            else:
                text = change.text
            self.positions = Positions(whole(text), self.encoding)
        self.version = version
        self.stamp += 1


def whole(text: str) -> str:
    """Return a text that can be written: a half of a pair of surrogates becomes U+FFFD, which is as long."""
    return _SURROGATE.sub("\ufffd", text)
