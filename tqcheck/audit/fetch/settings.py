"""How feeds and pages are fetched and read. The defaults are polite."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tqcheck._version import __version__
from tqcheck.errors import ConfigError


class FullText(Enum):
    """When the page of an entry is fetched: never, always, or where the feed carries only a summary."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """What a run of `collect` may do, to whom, how often and for how long. Times are in seconds, sizes in bytes.

    contact         an address or a page where the owner of a server finds you; part of the User-Agent
    full_text       when the page of an entry is fetched
    originals       look for the original that an article says it was translated from
    source_lang     the language of the originals, where a page has several other languages
    pairs           (feed, feed of its originals): entries are matched by link, date and meaning
    similarity      pairs of entries below this share of what is possible are none; higher is stricter
    pair_hours      how far the dates of an article and of its original may lie apart, where both are known
    allow_private   fetch from private, loopback and link-local addresses too
    robots          heed robots.txt
    delay           time between the end of a request and the next one to the same host
    longest_delay   a host whose robots.txt asks for a longer delay is left alone
    per_host        requests to one host at a time
    connections     requests at a time, over all hosts
    connect, read   time for a connection; for the next bytes
    total           time for one request, whatever trickles in
    tries           how often a request is made that fails for a passing reason
    backoff         the first wait before a new try; it doubles each time
    longest_wait    no wait is longer; a server that asks for more is asked again in the next run
    host_failures   failures in a row after which a host is left alone
    feed_total      time for all pages of one feed, from the moment it was read
    redirects       redirects that one request may follow
    feed_bytes      size of a feed, packed or not; likewise `page_bytes`
    entries         entries of one feed that are taken
    feeds           feeds of one run, those of lists included
    window          feeds under way at a time
    least_text      an article with fewer characters is none
    readers         processes that read feeds and pages
    reading         time that reading one feed or page may take
    seed            of the jitter in waits
    """

    contact: str | None = None
    full_text: FullText = FullText.AUTO
    originals: bool = True
    source_lang: str | None = None
    pairs: tuple[tuple[str, str], ...] = ()
    similarity: float = 0.5
    pair_hours: float = 72.0
    allow_private: bool = False
    robots: bool = True
    delay: float = 1.0
    longest_delay: float = 60.0
    per_host: int = 1
    connections: int = 64
    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    tries: int = 3
    backoff: float = 2.0
    longest_wait: float = 120.0
    host_failures: int = 5
    feed_total: float = 1_800.0
    redirects: int = 5
    feed_bytes: int = 16 * 1024 * 1024
    page_bytes: int = 5 * 1024 * 1024
    entries: int = 1_000
    feeds: int = 20_000
    window: int = 200
    least_text: int = 80
    readers: int = 1
    reading: float = 10.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Raises ConfigError where a setting makes no sense."""
        if self.contact is not None and not (self.contact.isascii() and self.contact.isprintable()):
            raise ConfigError("contact must be one line of ASCII: a mail address or the address of a page")
        for name in ("per_host", "connections", "tries", "window", "readers"):
            if getattr(self, name) < 1:
                raise ConfigError(f"{name} must be at least 1, not {getattr(self, name)}")
        for name in ("delay", "backoff", "redirects"):
            if getattr(self, name) < 0:
                raise ConfigError(f"{name} must not be negative")
        for name in ("connect", "read", "total", "feed_total", "reading", "feed_bytes", "page_bytes"):
            if getattr(self, name) <= 0:
                raise ConfigError(f"{name} must be more than 0, not {getattr(self, name)}")

    @property
    def agent(self) -> str:
        """The User-Agent: who asks, and where to complain."""
        return f"tqcheck/{__version__} ({'+' + self.contact if self.contact else 'audit of news feeds'})"
