"""What the parts of an audit hand to each other: an article on its way in, what a fetch came to, what a check gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tqcheck.model import Article


@dataclass(frozen=True, slots=True)
class Entry:
    """An article to be checked, and where it came from.

    `key` tells it from all others of the store: its address, or `path#id` for a record of a file. `feed` is the input
    it belongs to: the address of the feed, the folder, the file. `published` is aware, or None where nothing credible
    is said. `origin` says how the original was found ("record", "hreflang", "schema.org", "pairs"), or None.
    """

    key: str
    feed: str
    article: Article
    published: datetime | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """An input, or an entry of one, that gave no article: why, and under which name the outcome is counted."""

    feed: str
    where: str
    outcome: str
    message: str


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of its last answer, so that it need not send the same again."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request for a feed or a page: its outcome ("ok", "unchanged", "timeout" …), status, bytes and seconds."""

    feed: str
    address: str
    outcome: str
    status: int | None = None
    size: int = 0
    seconds: float = 0.0
    validators: Validators | None = None
    message: str = ""
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Flaw:
    """One finding as the store keeps it; `fingerprint` is the same for the same fault in every run.

    Where something of the original is missing, `text` and `context` are of the original, and `start` and `end` both say
    where in the article it belongs, -1 where nobody knows.
    """

    fingerprint: str
    code: str
    category: str
    severity: str
    confidence: str
    message: str
    start: int
    end: int
    text: str
    context: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking one entry gave.

    `text_hash` covers the text and its original, `rules` all that may change findings; `line` is the number of its
    record, where it stands in a file with others.
    """

    key: str
    feed: str
    text_hash: str
    rules: str
    lang: str
    words: int
    score: float
    flaws: tuple[Flaw, ...] = ()
    failures: tuple[str, ...] = ()
    title: str | None = None
    source_lang: str | None = None
    published: datetime | None = None
    origin: str | None = None
    text: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ShardDone:
    """A shard that was worked through: its digest (content and bounds), where it lies, how many entries it held; or,
    where it is not done as a `whole`, with how many of them a run was content."""

    digest: str
    where: str
    entries: int
    missed: tuple[Missed, ...] = ()
    whole: bool = True
