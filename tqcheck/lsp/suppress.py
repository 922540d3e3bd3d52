"""Where to write that a finding is to be hidden: a comment at its block, or in the file beside a plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from tqcheck.model import Article, Edit, Finding, Report, Suppression
from tqcheck.readers.files import READERS, reread
from tqcheck.readers.sidecar import SUFFIX
from tqcheck.reporters.groups import anchor
from tqcheck.suppressing import Suppressions

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
        edit = next((e for e in _comments(finding, article) if _hides(e, finding, report)), None)
        return None if edit is None else Insertion(edit, "in this paragraph")
    return None if path is None else _entry(finding, article, path + SUFFIX)


def _comments(finding: Finding, article: Article) -> Iterator[Edit]:
    """Yield ways to put a comment behind the last words of the block, which is about that block."""
    at = anchor(finding)
    prose, raw = article.view(), article.text
    place = None if at is None else prose.from_raw(at)
    if place is None:
        return
    end = prose.text.find("\n", place)
    end = len(prose.text) if end < 0 else end
    if end <= place:
        return
    last = prose.to_raw(end - 1, end).end
    line_end = _end_of_line(raw, last)
    for said in article.suppressions:
        if said.by == "comment" and said.action == "ignore" and last <= said.start <= line_end:
            bracket = raw.find("]", said.start, said.end)
            if bracket > 0:
                yield Edit(bracket, bracket, f",{finding.code}")
    comment = f"<!-- tqcheck: ignore[{finding.code}] -->"
    rest = raw[last:line_end].rstrip()
    if _REST.fullmatch(rest):
        yield Edit(last + len(rest), last + len(rest), f" {comment}")
    yield Edit(last, last, comment)


def _hides(edit: Edit, finding: Finding, report: Report) -> bool:
    """True where a comment would hide the finding, nothing of the article, and no comment that is there."""
    article = report.article
    after = reread(article, f"{article.text[: edit.start]}{edit.text}{article.text[edit.start :]}")
    if _even(after.view().text) != _even(article.view().text):
        return False
    said = Suppressions(after)
    before = [s.finding for s in report.suppressed if s.finding.start < edit.start and s.finding.side == "target"]
    return all(said.note(each) is not None for each in [finding, *before])


def _entry(finding: Finding, article: Article, path: str) -> Insertion | None:
    """Return an entry for the file beside a plain text, which names the words that are at fault."""
    words = _words(finding, article.text)
    said = Suppression("ignore", (finding.code,), "", "sidecar", words=words)
    if Suppressions(replace(article, suppressions=(said,))).note(finding) is None:
        return None
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


def _even(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
