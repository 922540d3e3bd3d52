"""OPML: lists of feeds, as every feed reader exports them (https://opml.org/spec2.opml)."""

from __future__ import annotations

from tqcheck.audit.feeds.sitemap import problem_of
from tqcheck.audit.feeds.values import Listing
from tqcheck.audit.feeds.words import web
from tqcheck.audit.feeds.xml import prepared, walk
from tqcheck.audit.outcomes import OutcomeError


def read(text: str, address: str) -> Listing:
    """Return the feeds of a list in their order, each once. Raises OutcomeError where there are none."""
    feeds: dict[str, None] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2].lower() == "outline":
            for key, value in attributes.items():
                if key.lower() == "xmlurl" and (link := web(value, address)):
                    feeds[link] = None

    fault = walk(prepared(text), start)
    if not feeds:
        said = f"; line {fault.line}: {fault.message}" if fault else ""
        raise OutcomeError("empty", f"the list names no feed (no xmlUrl){said}")
    return Listing(tuple(feeds), (problem_of(fault),) if fault else ())
