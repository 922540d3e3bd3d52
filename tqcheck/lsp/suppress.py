"""Where to write that a finding is to be hidden: a comment at its block, or in the file beside a plain text."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import NamedTuple

from tqcheck.model import Article, Edit, Finding, Report
from tqcheck.readers.files import READERS, reread
from tqcheck.reporters.groups import anchor

# The file beside an article, as `readers/sidecar.py` knows it.
_SUFFIX = ".tqcheck.toml"
_LARGEST = 1024 * 1024
_SPACES = re.compile(r"\s+")
# Where words of the article end, a line may go on with the marks that end emphasis, code or a heading.
_REST = re.compile(r"[*_`~#\s]*")


class Insertion(NamedTuple):
    """Words to insert. `path` is the file, None for the article itself; `before` is what the file holds, and
    `exists` says whether there is one. `what` tells the user what will be hidden."""

    edit: Edit
    what: str
    path: str | None = None
    before: str = ""
    exists: bool = True


def suppression(finding: Finding, report: Report, path: str | None) -> Insertion | None:
    """Return what to write to hide a finding of the file at `path` (None: there is no file yet); None where
    nothing would."""
    article = report.article
    reader = READERS.get(PurePath(article.path or "").suffix.lower(), "text")
    if reader != "text":
        edit = _comment(finding, article)
        return None if edit is None else Insertion(edit, "in this paragraph")
    return None if path is None else _entry(finding, article, path + _SUFFIX)


def _comment(finding: Finding, article: Article) -> Edit | None:
    """Return a comment behind the last words of the block, which is about that block."""
    at = anchor(finding)
    if at is None:
        return None
    prose, raw = article.view(), article.text
    place = prose.from_raw(max(at, finding.end - 1) if finding.side == "target" else at)
    if place is None:
        return None
    end = prose.text.find("\n", place)
    end = len(prose.text) if end < 0 else end
    if end <= 0:
        return None
    last = prose.to_raw(end - 1, end).end
    rest = _REST.match(raw, last, _end_of_line(raw, last))
    stop = last + len(raw[last : rest.end()].rstrip()) if rest is not None and _ends(raw, rest.end()) else last
    comment = f"<!-- tqcheck: ignore[{finding.code}] -->"
    for edit in (Edit(stop, stop, f" {comment}"), Edit(last, last, comment)):
        after = reread(article, f"{raw[: edit.start]}{edit.text}{raw[edit.start :]}")
        # A comment must hide the finding and nothing of the article.
        if _even(after.view().text) == _even(prose.text):
            return edit
    return None


def _entry(finding: Finding, article: Article, path: str) -> Insertion | None:
    """Return an entry for the file beside a plain text, which names the words that are at fault."""
    words = _words(finding, article.text)
    try:
        with open(path, "rb") as stream:
            before, exists = stream.read(_LARGEST).decode("utf-8"), True
    except FileNotFoundError:
        before, exists = "", False
    except (OSError, UnicodeDecodeError):
        return None
    lines = ["[[ignore]]", f"codes = {_quoted([finding.code])}"]
    if words is not None:
        lines.append(f"text = {_quoted(words)}")
    lead = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    edit = Edit(len(before), len(before), lead + "\n".join(lines) + "\n")
    return Insertion(edit, "in this text" if words is None else "at these words", path, before, exists)


def _words(finding: Finding, text: str) -> str | None:
    """Return the stretch to name: whole words around the finding; None for what the text lacks."""
    if finding.side != "target":
        return None
    start, end = finding.start, finding.end
    if not text[start:end].strip():
        # Spaces alone are no words: those on both sides tell which spaces are meant.
        start -= len(text[:start]) - len(text[:start].rstrip())
        end += len(text[end:]) - len(text[end:].lstrip())
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end].strip() or None


def _quoted(value: str | list[str]) -> str:
    """Return a value as TOML has it, which knows the escapes of JSON and wants DEL escaped too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _end_of_line(raw: str, at: int) -> int:
    end = raw.find("\n", at)
    return len(raw) if end < 0 else end


def _ends(raw: str, at: int) -> bool:
    return at >= len(raw) or raw[at] == "\n" or raw[at - 1] == "\n"


def _even(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
