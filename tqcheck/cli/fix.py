"""`--fix` and `--diff`: repair each article as its report comes, write it back, and say what was done."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from tqcheck.cli import diff
from tqcheck.cli.atomic import CHANGED
from tqcheck.cli.stores import FileStore, Standard, Store
from tqcheck.cli.tell import complain, reason
from tqcheck.errors import InputError
from tqcheck.fixing import Accept, Fixed, Offer, deferred, fix, has_fixes
from tqcheck.model import Article, Edit, Report
from tqcheck.readers import Unread
from tqcheck.readers.files import Decoded, decoded, reread
from tqcheck.readers.rewrite import edited

if TYPE_CHECKING:
    from tqcheck.workers.stream import Outcome

Passes = tuple[tuple[Edit, ...], ...]


class Counts(NamedTuple):
    """What `--fix` did in all."""

    fixed: int = 0
    files: int = 0
    deferred: int = 0
    remaining: int = 0


class _Record(NamedTuple):
    """What to do to one record: a digest of the text it must still have, and the edits."""

    digest: bytes
    passes: Passes


class Fixer:
    """Repairs what passes through. `accept` chooses the fixes of an article; `unasked` does where none can be
    written, so that nobody is asked in vain. `check` checks an article again, `originals` are files that
    nobody may change, `standard` is standard input where it is an article."""

    def __init__(
        self,
        accept: Callable[[Article], Accept],
        unasked: Accept,
        check: Callable[[Article], Report],
        originals: frozenset[str] = frozenset(),
        standard: Standard | None = None,
        writes: bool = True,
    ) -> None:
        self.failed = False
        self.standard = standard
        self._accept, self._unasked, self._check = accept, unasked, check
        self._originals, self._writes = originals, writes
        self._counts = Counts()
        self._show: Callable[[str], None] = lambda line: None
        self._path: str | None = None
        self._records: dict[int, _Record] = {}
        self._written = False
        self._refusal = ""

    def outcomes(self, outcomes: Iterable[Outcome], show: Callable[[str], None], color: bool) -> Iterator[Outcome]:
        """Yield each outcome as it is after its repair. Where nothing is to be written, `show` is given
        the lines of a diff, in `color` or not, and each outcome stays as it is."""
        self._show = (lambda line: show(diff.for_terminal(line))) if color else show
        for outcome in outcomes:
            path = outcome.article.path if isinstance(outcome, Report) else outcome.path
            if path != self._path:
                self._finish()
                self._path, self._refusal = path, ""
            yield outcome if isinstance(outcome, Unread) else self._report(outcome)
        self._finish()

    def told(self) -> str:
        """Return one line about all that was done."""
        counts = self._counts
        fixes = "1 fix" if counts.fixed == 1 else f"{counts.fixed:,} fixes"
        files = "1 file" if counts.files == 1 else f"{counts.files:,} files"
        done = f"{fixes} in {files}" if counts.fixed else "no fixes"
        first = f"{done} applied" if self._writes else f"{done} to apply, nothing was written"
        waiting = f", {counts.deferred:,} deferred" if counts.deferred else ""
        rest = "1 finding" if counts.remaining == 1 else f"{counts.remaining:,} findings"
        return f"{first}{waiting}; {rest} {'left' if self._writes else 'would be left'}"

    def _report(self, report: Report) -> Report:
        done = self._fixed(report) if has_fixes(report) else Fixed(report)
        if done.fight:
            complain(f"{self._path}: the fixes of {', '.join(done.fight)} undo each other; please report this")
        new = done.report
        sums = self._counts
        self._counts = Counts(
            sums.fixed + len(new.fixed),
            sums.files,
            sums.deferred + len(new.deferred),
            sums.remaining + len(new.findings),
        )
        return new if self._writes else report

    def _fixed(self, report: Report) -> Fixed:
        article = report.article
        store = self._store()
        if store is None:
            return Fixed(deferred(report, self._unasked, "it stands in no file"))
        if os.path.realpath(self._path or "") in self._originals and not self._is_stdin():
            return Fixed(deferred(report, self._unasked, "the file is the original of another article"))
        blocked = store.obstacle() if self._writes else None
        if blocked is not None:
            return self._refused(report, blocked)
        try:
            accept = self._accept(article)
            return self._file(report, accept, store) if article.line is None else self._record(report, accept)
        except Exception as error:  # one article must never cost the others
            return self._refused(report, _why(error))

    def _file(self, report: Report, accept: Accept, store: Store) -> Fixed:
        with store.open() as stream:
            data = stream.read()
        old = decoded(data)
        if old.text != report.article.text:
            raise InputError(CHANGED)
        if old.encode(old.text) != data:
            raise InputError(f"some of its bytes are not {old.encoding}; save it as UTF-8 first")
        done = self._run(report, _writable(accept, old))
        new = done.report.article.text
        if new != old.text:
            if self._writes:
                store.write([old.encode(new)])
                self._written = True
            else:
                self._shown(diff.unified(self._path or "-", old.text, new))
            self._count_file()
        return done

    def _record(self, report: Report, accept: Accept) -> Fixed:
        """Fix a record now; the file is written when the last of its records has come."""
        done = self._run(report, accept)
        if done.passes and report.article.line is not None:
            self._records[report.article.line] = _Record(_digest(report.article.text), done.passes)
        return done

    def _run(self, report: Report, accept: Accept) -> Fixed:
        article = report.article
        return fix(report, accept, self._check, lambda text: reread(article, text))

    def _refused(self, report: Report, why: str) -> Fixed:
        report = deferred(report, self._unasked, why)
        if any(each.reason == why for each in report.deferred):
            self.failed = True
            if why != self._refusal:  # once for a file with many records
                complain(f"{self._path}: not fixed: {why}")
            self._refusal = why
        return Fixed(report)

    def _finish(self) -> None:
        """Write what waits for the end of a file: its records, or standard input as a whole."""
        path, records, written = self._path, self._records, self._written
        self._records, self._written = {}, False
        store = self._store()
        if path is None or store is None or not (records or self._is_stdin()) or written:
            return
        try:
            if self._writes:
                with store.open() as stream:
                    store.write(_rewritten(_lines(stream), records))
            else:
                self._shown_records(store, path, records)
        except (OSError, InputError) as error:
            self.failed = True
            complain(f"{path}: nothing of it was written, whatever its report says: {_why(error)}")
            return
        if records:
            self._count_file()

    def _shown_records(self, store: Store, path: str, records: dict[int, _Record]) -> None:
        if not records:
            return
        self._shown(diff.header(path))
        with store.open() as stream:
            for number, line in _lines(stream):
                if number in records:
                    old, new = line.decode(), _changed(line, number, records[number]).decode()
                    self._shown(diff.record(number, old, new))

    def _shown(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._show(line)

    def _count_file(self) -> None:
        self._counts = self._counts._replace(files=self._counts.files + 1)

    def _is_stdin(self) -> bool:
        return self.standard is not None and self._path == self.standard.name

    def _store(self) -> Store | None:
        if self._path is None:
            return None
        return self.standard if self.standard is not None and self._is_stdin() else FileStore(self._path)


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return reason(error)
    if isinstance(error, InputError):
        return str(error)
    return f"tqcheck failed on it ({type(error).__name__}: {error}); please report this"


def _writable(accept: Accept, file: Decoded) -> Accept:
    """Accept only what the encoding of the file can hold."""

    def inner(offer: Offer) -> str | None:
        fix = offer.finding.fix
        for edit in fix.edits if fix is not None else ():
            try:
                edit.text.encode(file.encoding)
            except UnicodeEncodeError:
                return f"“{edit.text}” cannot be written in {file.encoding}; save the file as UTF-8 first"
        return accept(offer)

    return inner


def _lines(stream: object) -> Iterator[tuple[int, bytes]]:
    readline: Callable[[], bytes] = stream.readline  # type: ignore[attr-defined]
    return enumerate(iter(readline, b""), 1)


def _rewritten(lines: Iterable[tuple[int, bytes]], records: dict[int, _Record]) -> Iterator[bytes]:
    left = len(records)
    for number, line in lines:
        if number in records:
            left -= 1
            line = _changed(line, number, records[number])
        yield line
    if left:
        raise InputError(CHANGED)


def _changed(line: bytes, number: int, record: _Record) -> bytes:
    bom = b"\xef\xbb\xbf" if number == 1 and line.startswith(b"\xef\xbb\xbf") else b""
    try:
        text = line[len(bom) :].decode("utf-8")
        known = json.loads(text)["text"]
        if _digest(known) != record.digest:
            raise InputError(CHANGED)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(CHANGED) from error
    return bom + edited(text, record.passes).encode("utf-8")


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
