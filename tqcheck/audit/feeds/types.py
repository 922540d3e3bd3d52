"""Content types: what we would like to be sent, and what may be a feed or a page."""

from __future__ import annotations

FEEDS = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, "
    "text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)
PAGES = "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5, */*;q=0.1"


def feed_type(content_type: str) -> bool:
    """Tell whether a content type may be a feed. Many servers send feeds as text, HTML or just bytes."""
    kind, _, what = content_type.partition("/")
    if kind in ("", "text"):
        return True
    return kind == "application" and what.endswith(("xml", "json", "octet-stream", "gzip", "opml", "rss", "rdf"))


def page_type(content_type: str) -> bool:
    """Tell whether a content type may be a page."""
    return content_type in ("", "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")
