"""A shard: a piece of an archive that is checked in one go, and told from all others by a digest of its content."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from tqcheck.audit.values import Missed


@dataclass(frozen=True, slots=True)
class Shard:
    """Some entries of an archive, to be found again by any process that sees the same files.

    `kind` says how to read it: “records” (JSON Lines), “files” and “zip” (an article each) or “pages” (WARC). `feed` is
    the input it belongs to, `path` its file, from byte `start` to `end` (of several files, from 0 to their size);
    `first` is the number of its first record. What cannot be found again (standard input, packed files, Parquet)
    travels along as `data`. `content` is a hash of what it holds, `digest` one of this, of the place and of all else on
    which the keys of its entries depend. The names of originals are read from the folder `root`. Of its entries, the
    first `begun` are left out, since they are done, and no more than `most` are checked (None: all).
    """

    kind: str
    feed: str
    path: str
    content: str
    start: int = 0
    end: int = 0
    first: int = 1
    files: tuple[str, ...] = ()
    root: str = ""
    data: bytes | None = field(default=None, repr=False)
    begun: int = 0
    most: int | None = None

    @property
    def digest(self) -> str:
        """64 hexadecimal digits, the same in every run over the same content."""
        parts = (self.kind, self.path, str(self.start), str(self.first), self.content)
        return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()

    @property
    def where(self) -> str:
        """Where the shard lies, for people."""
        if self.kind == "files":
            return self.files[0] if len(self.files) == 1 else f"{self.files[0]} … {self.files[-1]}"
        if self.kind == "zip":
            return f"{self.path}/{self.files[0]}"
        return f"{self.path}:{self.first}" if self.kind == "records" else f"{self.path} from byte {self.start}"


def missed(shard: Shard, outcome: str, message: str) -> Missed:
    """Return what is said of a shard, or of the rest of it, that could not be read."""
    return Missed(shard.feed, shard.where, outcome, message)
