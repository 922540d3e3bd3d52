"""Sitemaps (https://www.sitemaps.org/protocol.html) with news entries, and their indexes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tqcheck.audit.feeds.dates import of_iso
from tqcheck.audit.feeds.values import Feed, Item, Listing, Problem
from tqcheck.audit.feeds.words import TITLE, line, tag, web
from tqcheck.audit.feeds.xml import Fault, prepared, walk
from tqcheck.audit.outcomes import OutcomeError

_NEWS = "sitemap-news"
# Sitemaps of an index; larger ones hold the archive of decades.
_MOST = 50
_FIELDS = {"title", "language", "publication_date"}
_PIECES = 100


@dataclass(slots=True)
class _Reader:
    """Takes the elements; `limit` news entries are kept, the others counted."""

    address: str
    limit: int
    items: list[Item] = field(default_factory=list)
    maps: list[str] = field(default_factory=list)
    pages: int = 0
    more: int = 0
    _said: dict[str, str] = field(default_factory=dict)
    _versions: list[tuple[str | None, str]] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._pieces = []
        if _local(name) in ("url", "sitemap"):
            self._said, self._versions = {}, []
        elif _local(name) == "news" and _NEWS in name:
            self._said["news"] = "yes"
        elif _local(name) == "link" and attributes.get("rel") == "alternate" and len(self._versions) < _PIECES:
            lang, href = tag(attributes.get("hreflang")), web(attributes.get("href"), self.address)
            if lang and href:
                self._versions.append((lang, href))

    def text(self, data: str) -> None:
        if len(self._pieces) < _PIECES:
            self._pieces.append(data)

    def end(self, name: str) -> None:
        local, text = _local(name), "".join(self._pieces).strip()
        self._pieces = []
        # Pictures and films have addresses of their own.
        if local == "loc" and ("/sitemap/" in name or " " not in name):
            self._said["loc"] = text
        elif _NEWS in name and local in _FIELDS:
            self._said[local] = text
        elif local == "sitemap" and (link := web(self._said.get("loc"), self.address)):
            self.maps.append(link)
        elif local == "url" and (link := web(self._said.get("loc"), self.address)):
            self._page(link)

    def _page(self, link: str) -> None:
        self.pages += 1
        if "news" not in self._said:
            return
        if len(self.items) >= self.limit:
            self.more += 1
            return
        said = self._said
        item = Item(link, link, line(said.get("title", ""), TITLE) or None, alternates=tuple(self._versions))
        when = of_iso(said.get("publication_date"))
        self.items.append(replace(item, lang=tag(said.get("language")), published=when))


def read(text: str, address: str, limit: int) -> Feed | Listing:
    """Return the news of a sitemap, or the sitemaps of an index. Raises OutcomeError where there are none."""
    reader = _Reader(address, limit)
    fault = walk(prepared(text), reader.start, reader.end, reader.text)
    problems = [problem_of(fault)] if fault else []
    if reader.maps:
        # The index of a house that has sitemaps of news holds others that are none.
        news = [link for link in reader.maps if "news" in link.lower()] or reader.maps
        if len(news) > _MOST:
            problems.append(Problem("too-many-feeds", f"{len(news) - _MOST} of {len(news)} sitemaps left out"))
        return Listing(tuple(dict.fromkeys(news[:_MOST])), tuple(problems))
    if not reader.items:
        raise OutcomeError("no-news", f"{reader.pages} pages, none of them marked as news")
    if reader.more:
        problems.append(Problem("too-many-entries", f"{reader.more} of {reader.more + limit} left out"))
    return Feed(None, None, tuple(reader.items), tuple(problems))


def problem_of(fault: Fault) -> Problem:
    """Return what to say of a list that is broken somewhere: what came before was read."""
    return Problem("truncated" if fault.cut else "malformed", f"line {fault.line}: {fault.message}; read up to there")


def _local(name: str) -> str:
    return name.rpartition(" ")[2].lower()
