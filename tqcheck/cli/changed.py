"""`--changed`: which paragraphs of an article differ from a git revision.

Paragraphs are compared by their words: one that moved, or was wrapped anew, has not changed.
"""

from __future__ import annotations

import io
import os
import subprocess
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath

from tqcheck.cli.tell import complain
from tqcheck.errors import ConfigError, InputError
from tqcheck.model import Article, Finding, Report, Suppressed
from tqcheck.readers import Unread, jsonl
from tqcheck.readers.files import STREAMS, decoded, reread

_TIMEOUT = 60
# A worktree has a folder of its own beside that of its repository.
_FOLDERS = ("--git-dir", "--git-common-dir")
_OF_A_HOOK = frozenset("GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_COMMON_DIR".split())


class Changed:
    """Takes out of reports the findings in paragraphs that a revision has too."""

    def __init__(self, rev: str, paths: Iterable[str]) -> None:
        """Take a revision, `REV...` for where this branch left it. Raises ConfigError where a path is in no
        repository, or its repository has no such revision."""
        self._rev = rev
        self._repositories: dict[str, tuple[str, str] | ConfigError] = {}
        self._last: tuple[str, Mapping[str, Article]] = ("", {})
        for path in paths:
            if path == "-":
                raise ConfigError("--changed must know which file it is: say it with --stdin-filename")
            found = self._repository(path if os.path.isdir(path) else os.path.dirname(os.path.realpath(path)))
            if isinstance(found, ConfigError):
                raise found

    def moving(self) -> Iterator[str]:
        """Yield the files that git writes when HEAD or the revision moves; one may come to be."""
        for found in self._repositories.values():
            if not isinstance(found, ConfigError):
                yield from _moving(found[0], self._rev.removesuffix("..."))

    def __call__(self, report: Report) -> Report:
        """Return the report with the findings in unchanged paragraphs suppressed."""
        old = self._old(report.article) if report.findings else None
        if old is None:
            return report
        changed = _Paragraphs(report.article, old)
        rest = tuple(f for f in report.findings if changed.holds(f))
        reason = f"in {self._rev} too"
        hidden = tuple(Suppressed(f, "unchanged", reason) for f in report.findings if not changed.holds(f))
        return replace(report, findings=rest, suppressed=report.suppressed + hidden)

    def _old(self, article: Article) -> Article | None:
        """Return the article of the revision, None where it has none."""
        path = os.path.realpath(article.path or "")
        if self._last[0] != path:
            self._last = path, self._articles(path, article)
        return self._last[1].get(article.id if article.line is not None else "")

    def _articles(self, path: str, article: Article) -> Mapping[str, Article]:
        """Return the articles of a file in the revision by their id; the only one of a file by “”."""
        found = self._repository(os.path.dirname(path))
        if isinstance(found, ConfigError):
            complain(f"{article.path}: all of it counts as changed: {found}")
            return {}
        top, commit = found
        name = os.path.relpath(path, top).replace(os.sep, "/")
        data = _git(top, "cat-file", "blob", f"{commit}:{name}")
        if data is None:
            return {}
        if PurePath(path).suffix.lower() in STREAMS:
            return {old.id: old for old in jsonl.read(io.BytesIO(data), path) if not isinstance(old, Unread)}
        try:
            return {"": reread(article, decoded(data).text)}
        except InputError:  # it was no text then
            return {}

    def _repository(self, folder: str) -> tuple[str, str] | ConfigError:
        """Return the top folder and the commit for a folder, or what is wrong."""
        if folder not in self._repositories:
            try:
                self._repositories[folder] = self._found(folder)
            except ConfigError as error:
                self._repositories[folder] = error
        return self._repositories[folder]

    def _found(self, folder: str) -> tuple[str, str]:
        top = _git(folder or ".", "rev-parse", "--show-toplevel")
        if top is None:
            raise ConfigError(f"--changed: {folder} is in no git repository (or git does not trust it)")
        place = os.fsdecode(top.removesuffix(b"\n"))
        rev = self._rev
        if rev.endswith("..."):
            base = _git(place, "merge-base", "--", rev.removesuffix("..."), "HEAD")
            rev = rev if base is None else base.decode().strip()
        commit = _git(place, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")
        if commit is None:
            hint = "; fetch it first (a CI checkout often has the last commit only)"
            if os.path.exists(rev):
                hint = f"; if {rev} is an article, write --changed=HEAD {rev}"
            raise ConfigError(f"--changed: {place} has no revision “{self._rev}”{hint}")
        return place, commit.decode().strip()


class _Paragraphs:
    """The paragraphs of an article, and which of them an older version lacks."""

    def __init__(self, article: Article, old: Article) -> None:
        self._prose, self._old_text = article.view(), old.text
        lines = self._prose.text.split("\n")
        had = Counter(map(_even, old.view().text.split("\n")))
        self._starts = [0]
        self._new: list[bool] = []
        for line in lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
            even = _even(line)
            had[even] -= 1
            self._new.append(bool(even) and had[even] < 0)

    def holds(self, finding: Finding) -> bool:
        """True where a finding stands in a changed paragraph."""
        at = finding.start if finding.side == "target" else finding.insert_at
        start = None if at is None else self._prose.from_raw(at)
        if start is None:
            # A comment, or what the article lacks at no known place.
            return any(self._new) if finding.side == "source" else finding.text not in self._old_text
        end = start if finding.side == "source" else max(start, (self._prose.from_raw(finding.end - 1) or start))
        first, last = (bisect_right(self._starts, place) - 1 for place in (start, end))
        return any(self._new[first : last + 1])


def _moving(place: str, rev: str) -> Iterator[str]:
    own, common = (_line(place, "rev-parse", "--path-format=absolute", option) for option in _FOLDERS)
    if own is None or common is None:
        return
    yield from (os.path.join(own, name) for name in ("HEAD", "logs/HEAD"))
    yield from (os.path.join(common, name) for name in ("packed-refs", "reftable/tables.list"))
    for name in ("HEAD", rev):
        ref = _line(place, "rev-parse", "--symbolic-full-name", name)
        if ref is not None and ref.startswith("refs/"):
            yield os.path.join(common, ref)


def _line(place: str, *arguments: str) -> str | None:
    said = _git(place, *arguments)
    return None if said is None else os.fsdecode(said.removesuffix(b"\n"))


def _even(line: str) -> str:
    return " ".join(line.split())


def _git(folder: str, *arguments: str) -> bytes | None:
    """Return what git says, None where it fails. Raises ConfigError where there is no git, or it hangs."""
    # A hook is told of its own repository, which need not be that of the article.
    environment = {key: value for key, value in os.environ.items() if key not in _OF_A_HOOK}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(
            ["git", "-C", folder, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
            env=environment,
        )
    except FileNotFoundError:
        raise ConfigError("--changed needs git, which is not installed") from None
    except subprocess.TimeoutExpired:
        raise ConfigError(f"--changed: git did not answer within {_TIMEOUT} s in {folder}") from None
    return done.stdout if done.returncode == 0 else None
