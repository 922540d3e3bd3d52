"""What reading gives: a feed with its items, a list of feeds, a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# A language tag (None where it is not said) and the address of that version.
Alternate = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed. `text` is what the feed itself carries, as plain text; `whole` where that is the article
    and not a summary. `links` are the addresses that the text names."""

    id: str
    link: str | None
    title: str | None = None
    text: str = ""
    whole: bool = False
    lang: str | None = None
    published: datetime | None = None
    alternates: tuple[Alternate, ...] = ()
    links: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with a feed that could be read all the same."""

    outcome: str
    message: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed or a sitemap with news."""

    title: str | None
    lang: str | None
    items: tuple[Item, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """The addresses of feeds (OPML) or of sitemaps, in their order."""

    feeds: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a web page. `original` is the page that schema.org says it was translated from, with its
    language; `translations` are pages that it says were translated from this one."""

    text: str
    title: str | None = None
    lang: str | None = None
    published: datetime | None = None
    canonical: str | None = None
    alternates: tuple[Alternate, ...] = ()
    original: Alternate | None = None
    translations: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
