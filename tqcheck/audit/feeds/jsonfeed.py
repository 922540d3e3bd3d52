"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from tqcheck.audit.feeds.dates import of_iso
from tqcheck.audit.feeds.syndication import nameless
from tqcheck.audit.feeds.values import Feed, Item, Problem
from tqcheck.audit.feeds.words import NAME, TITLE, line, links, plain, tag, web, whole
from tqcheck.audit.outcomes import OutcomeError


def read(text: str, address: str, limit: int) -> Feed:
    """Return a feed. Raises OutcomeError where it is no JSON Feed or holds no entry."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise OutcomeError("not-a-feed", f"no JSON ({str(error)[:100]})") from error
    version = found.get("version") if isinstance(found, dict) else None
    if not (isinstance(version, str) and "jsonfeed.org/version/" in version):
        raise OutcomeError("not-a-feed", "JSON, but no JSON Feed: “version” does not say so")
    entries = found.get("items")
    entries = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    if not entries:
        raise OutcomeError("empty", "no entry")
    problems = []
    if len(entries) > limit:
        problems.append(Problem("too-many-entries", f"{len(entries) - limit} of {len(entries)} left out"))
    items = tuple(_item(entry, address) for entry in entries[:limit])
    return Feed(line(_string(found, "title"), TITLE) or None, tag(found.get("language")), items, tuple(problems))


def _item(entry: dict[str, Any], address: str) -> Item:
    markup, text = _string(entry, "content_html"), _string(entry, "content_text").strip()
    content = bool(markup or text)
    text = plain(markup) if markup else text or _string(entry, "summary").strip()
    title = line(_string(entry, "title"), TITLE) or None
    link = web(entry.get("url"), address) or web(entry.get("external_url"), address)
    when = of_iso(entry.get("date_published")) or of_iso(entry.get("date_modified"))
    name = entry.get("id")
    return Item(
        # Numbers are no ids, says the norm, but many feeds have them.
        id=(line(str(name), NAME) if isinstance(name, str | int) else "") or link or nameless(title, when, text),
        link=link,
        title=title,
        text=text,
        whole=whole(text, content=content),
        lang=tag(entry.get("language")),
        published=when,
        links=links(markup, link or address),
    )


def _string(of: dict[str, Any], key: str) -> str:
    value = of.get(key)
    # JSON can write halves of characters, which no text holds.
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else ""
