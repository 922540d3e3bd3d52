"""RSS 0.9x to 2.0, RDF and Atom, by feedparser."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any

from tqcheck.audit.feeds.dates import of_tuple
from tqcheck.audit.feeds.values import Alternate, Feed, Item, Problem
from tqcheck.audit.feeds.words import NAME, TITLE, line, links, plain, tag, web, whole
from tqcheck.audit.feeds.xml import Fault, prepared, walk
from tqcheck.audit.outcomes import OutcomeError

_ENTRY_END = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?(?:item|entry)\s*>")
_MOST_LINKS = 40


def read(text: str, address: str, limit: int) -> Feed:
    """Return a feed. Raises OutcomeError where it holds no entry, or what no feed should hold."""
    data = prepared(text)
    fault = walk(data)
    problems = []
    if fault is not None:
        data, problem = _mended(data, fault)
        problems.append(problem)
    found = _parsed(data, address)
    if not found.entries:
        if fault is not None:
            raise OutcomeError(
                "truncated" if fault.cut else "malformed", f"line {fault.line}: {fault.message}; no entry"
            )
        raise OutcomeError("empty", "no entry")
    if len(found.entries) > limit:
        problems.append(Problem("too-many-entries", f"{len(found.entries) - limit} of {len(found.entries)} left out"))
    items = tuple(_item(entry, address) for entry in islice(found.entries, limit))
    return Feed(
        line(plain(str(found.feed.get("title", ""))), TITLE) or None,
        tag(found.feed.get("language")),
        items,
        tuple(problems),
    )


def _parsed(data: bytes, address: str) -> Any:
    import feedparser

    # Text is all that we take: what HTML the entries hold is never shown, so it need not be made safe.
    # feedparser is given bytes, since it would fetch or open what looks like an address or a file name.
    try:
        return feedparser.parse(
            io.BytesIO(data),
            response_headers={"content-location": address, "content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # it fails on some input that is broken enough, with whatever error comes
        raise OutcomeError(
            "malformed", f"feedparser fails on it ({type(error).__name__}: {str(error)[:100]})"
        ) from error


def _mended(data: bytes, fault: Fault) -> tuple[bytes, Problem]:
    """Leave out the entry that broke off: half an article would be checked as if it were one."""
    where = f"line {fault.line}: {fault.message}"
    if not fault.cut:
        return data, Problem("malformed", where)
    end = 0
    for match in _ENTRY_END.finditer(data):
        end = match.end()
    return data[:end], Problem("truncated", f"{where}; the whole entries were read")


def _item(entry: Any, address: str) -> Item:
    link = web(entry.get("feedburner_origlink"), address) or _own(entry, address)
    contents = [part for part in entry.get("content", ()) if _texty(part)]
    content = max(contents, key=lambda part: len(part.get("value", "")), default=None)
    described = entry.get("summary_detail") or {}
    chosen = content if content is not None else described
    markup = str(chosen.get("value") or "")
    text = markup.strip() if chosen.get("type") == "text/plain" else plain(markup)
    title = line(plain(str(entry.get("title", ""))), TITLE) or None
    when = of_tuple(entry.get("published_parsed")) or of_tuple(entry.get("updated_parsed"))
    return Item(
        id=line(str(entry.get("id") or ""), NAME) or link or nameless(title, when, text),
        link=link or web(entry.get("id"), address),
        title=title,
        text=text,
        whole=whole(text, content=content is not None),
        lang=tag(entry.get("language"), chosen.get("language")),
        published=when,
        alternates=_alternates(entry.get("links", ()), address),
        links=links(markup, link or address),
    )


def _own(entry: Any, address: str) -> str | None:
    """The page of an entry. feedparser's `link` may be that of another language version."""
    for link in islice(entry.get("links", ()), _MOST_LINKS):
        if link.get("rel") == "alternate" and not link.get("hreflang"):
            return web(link.get("href"), address)
    return web(entry.get("link"), address)


def nameless(title: str | None, when: datetime | None, text: str) -> str:
    """Return an id for an entry without one: the same as long as title and date are."""
    known = f"{title} {when.isoformat() if when else ''}" if title else text
    return "#" + hashlib.sha256(known.encode("utf-8", "replace")).hexdigest()[:16]


def _texty(part: Any) -> bool:
    return str(part.get("type") or "text/html") in ("text/plain", "text/html", "application/xhtml+xml")


def _alternates(found: Iterable[Any], address: str) -> tuple[Alternate, ...]:
    versions = []
    for link in islice(found, _MOST_LINKS):
        href, lang = web(link.get("href"), address), tag(link.get("hreflang"))
        if link.get("rel") == "alternate" and href and lang:
            versions.append((lang, href))
    return tuple(versions)
