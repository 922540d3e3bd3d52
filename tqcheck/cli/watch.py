"""`--watch`: check again whenever something that the report depends on has changed.

It looks at times, sizes and inodes (`stat`) a few times a second. What the system offers to tell of changes (inotify,
FSEvents; the package watchfiles) would spare that, but says nothing of network shares and of folders mounted into
containers, and cannot wait for a file that is not there yet: a configuration, an original. Looking at a
thousand files takes some milliseconds.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from tqcheck.cli.memory import Memory, State, state
from tqcheck.cli.tell import complain
from tqcheck.config import FILE_NAMES
from tqcheck.errors import ConfigError, TqcheckError

if TYPE_CHECKING:
    from tqcheck.cli.options import Configuration
    from tqcheck.readers.originals import Originals
    from tqcheck.workers.stream import Task

States = dict[str, State]

# Seconds between two looks. Looking takes no more than a tenth of the time, however many files there are.
_PAUSE, _SHARE = 0.25, 10
# An editor saves in steps, git changes many files: what has changed must stay as it is for one pause, but not for ever.
_LONGEST = 8
_NAMES = 3
_CLEAR = "\x1b[H\x1b[2J\x1b[3J"


def refuse(paths: tuple[str, ...], writes: bool) -> None:
    """Raise ConfigError for what cannot be watched."""
    if "-" in paths:
        raise ConfigError("--watch looks at files, and standard input is none; name files or folders")
    if writes:
        raise ConfigError("--watch only reports, while somebody writes; leave out --fix and --update-baseline")


def watch(check: Callable[[], int], watched: Watched, clears: bool) -> int:
    """Check, wait for a change, check again; until Ctrl-C, and return the exit code of the last whole check.

    What is wrong with the first run is raised, as without `--watch`; later it is told, and may be mended.
    `clears`: the terminal shows the last report alone.
    """
    code: int | None = None
    try:
        while True:
            before = watched.states()
            if clears:
                sys.stdout.write(_CLEAR)
            try:
                code = check()
            except TqcheckError as error:
                if code is None:
                    raise
                complain(str(error))
                code = 2 if isinstance(error, ConfigError) else 3
            tell(watched.wait(before))
    except KeyboardInterrupt:
        if code is None:
            raise
        return code


def tell(changed: list[str]) -> None:
    """Say which files have changed."""
    changed = [*dict.fromkeys("the revision" if _of_git(name) else name for name in changed)]
    rest = len(changed) - _NAMES
    complain(f"changed: {', '.join(changed[:_NAMES])}" + (f" and {rest:,} more" if rest > 0 else ""))


def _of_git(name: str) -> bool:
    return f"{os.sep}.git{os.sep}" in name


class Watched:
    """The files that a report depends on: articles and what stands beside them, originals, configurations, and
    what these name. All but the first two are known only after a check has begun to read."""

    def __init__(self, paths: tuple[str, ...], others: Iterable[str | None], report: str | None) -> None:
        """Take the articles as given, other files and folders that options name, and the file that the
        report goes to, which is not watched."""
        self._given = (*paths, *(other for other in others if other is not None))
        self._report = report
        self._found: States = {}
        self.memory = Memory()

    def noting(
        self, tasks: Iterable[Task], originals: Originals, settings: Configuration, others: Iterable[str]
    ) -> Iterator[Task]:
        """Pass on the tasks of a check, and note which other files its report will depend on."""
        self._found = {}
        self._note(others)
        originals.sought = set()
        for task in tasks:
            self._note(originals.sought)
            originals.sought.clear()
            yield task
        self._note(settings.named())

    def wait(self, before: States) -> list[str]:
        """Wait until something is other than it was `before` the check, and then for the end of the change;
        return the names of what has changed."""
        before = {**self._found, **before}
        number = sum(found is not None and not _of_git(name) for name, found in before.items())
        complain(f"watching {number:,} file{'' if number == 1 else 's'}; Ctrl-C ends")
        while True:
            now = self._look(before)
            for _ in range(_LONGEST if now else 0):
                last, now = now, self._look(before)
                if now == last:
                    break
            if now:
                return sorted(now)

    def states(self) -> States:
        """Return the state of each file."""
        states: States = {}
        folders: set[str] = set()
        for path in self._given:
            for file in self._files(path):
                states[file] = state(file)
                folders.add(os.path.dirname(file))
        for place in _configurations(folders):
            states[place] = state(place)
        for place in self._found:
            states[place] = state(place)
        report = None if self._report is None else state(self._report)
        return states if report is None else {n: s for n, s in states.items() if s is None or s[:2] != report[:2]}

    def _look(self, before: States) -> States:
        """Wait a moment; return what is other than before, with its state."""
        begin = time.monotonic()
        now = self.states()
        # What was looked at then and is not now: a file that is gone, or one that nothing leads to any more.
        now = {name: state(name) for name in before if name not in now} | now
        time.sleep(max(_PAUSE, _SHARE * (time.monotonic() - begin)))
        return {name: found for name, found in now.items() if found != before.get(name)}

    def _note(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self._found:
                self._found[name] = state(name)

    def _files(self, path: str) -> Iterator[str]:
        """Yield a file, or those of a folder, with the files beside them that say what to hide."""
        from tqcheck.readers import Unread
        from tqcheck.readers.files import walk
        from tqcheck.readers.sidecar import SUFFIX

        for name in walk(path) if os.path.isdir(path) else (path,):
            if not isinstance(name, Unread):
                yield name
                yield name + SUFFIX


def _configurations(folders: Iterable[str]) -> Iterator[str]:
    """Yield every place where a configuration of these folders stands or may come to stand."""
    above: dict[str, None] = {}
    for folder in folders:
        place = os.path.abspath(folder)
        while place not in above:
            above[place] = None
            place = os.path.dirname(place)
    for place in above:
        yield from (os.path.join(place, name) for name in FILE_NAMES)
