"""From the bytes of a feed, whatever its kind, to its items; from those of a page to its article."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from tqcheck.audit.feeds import jsonfeed, opml, sitemap, syndication
from tqcheck.audit.feeds.charset import decode
from tqcheck.audit.feeds.dates import credible
from tqcheck.audit.feeds.values import Feed, Listing, Page
from tqcheck.audit.feeds.words import web
from tqcheck.audit.feeds.xml import root
from tqcheck.audit.fetch.body import unzipped
from tqcheck.audit.outcomes import OutcomeError

# Bytes of a list of some thousand feeds.
_SHORT = 1 << 20
_LINK = re.compile(r"<link\s[^>]{0,600}>", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]{1,2000})""", re.IGNORECASE)
_TYPE = re.compile(r"application/(?:rss|atom|feed)\+(?:xml|json)", re.IGNORECASE)


def read_feed(data: bytes, content_type: str, address: str, most: int, limit: int) -> Feed | Listing:
    """Return the feed or the list in `data`; `most` is its largest size unpacked, `limit` the entries that are taken.

    Raises OutcomeError where it is none.
    """
    text, note = decode(unzipped(data, most), content_type)
    found = _read(text, address, limit)
    if isinstance(found, Listing):
        return found
    now = datetime.now(UTC)
    items = []
    for item in found.items:
        when, doubt = credible(item.published, now)
        items.append(replace(item, published=when, notes=tuple(filter(None, (note, doubt)))))
    return replace(found, items=tuple(items))


def read_list(data: bytes, address: str) -> Listing | None:
    """Return the list of feeds (OPML) in a file of the user's own, None where it holds something else, or is long.

    Expat alone looks at it, so it need not be read where it could do no harm. Raises OutcomeError as `read_feed` does.
    """
    if len(data) > _SHORT or data[:1] != b"<" or b"<opml" not in data[:1024]:
        return None
    text, _note = decode(data, "")
    return opml.read(text, address) if root(text) == "opml" else None


def read_page(data: bytes, content_type: str, address: str) -> Page:
    """Return the article of a page. Raises OutcomeError where no one could have written it."""
    from tqcheck.audit.feeds import page  # on use: the parser behind it is a large library

    return page.read(data, content_type, address)


def _read(text: str, address: str, limit: int) -> Feed | Listing:
    start = text.lstrip()[:1]
    if not start:
        raise OutcomeError("empty", "there is nothing in it")
    if start in "{[":
        return jsonfeed.read(text, address, limit)
    name = root(text)
    if name in ("rss", "rdf", "feed"):
        return syndication.read(text, address, limit)
    if name == "opml":
        return opml.read(text, address)
    if name in ("urlset", "sitemapindex"):
        return sitemap.read(text, address, limit)
    if name == "html" or "<html" in text[:4_096].lower() or "<body" in text[:4_096].lower():
        raise OutcomeError("html-not-feed", _named(text, address))
    raise OutcomeError("not-a-feed", f"its first element is <{name}>" if name else "neither XML nor JSON")


def _named(text: str, address: str) -> str:
    """Say which feed a page names (https://www.rssboard.org/rss-autodiscovery)."""
    for match in _LINK.finditer(text[: 256 * 1024]):
        href = _HREF.search(match[0])
        link = web(href[1].replace("&amp;", "&"), address) if href and _TYPE.search(match[0]) else None
        if link:
            return f"a web page; the feed that it names is {link[:200]}"
    return "a web page that names no feed"
