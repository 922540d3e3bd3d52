"""Feeds and pages for tests of the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.web import Web, here
from tqcheck.audit.collect import Event, collect
from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.values import Entry, Fetch, Missed, Validators

# As quick as a test may be, on this machine alone.
QUICK = FetchSettings(
    allow_private=True, robots=False, delay=0.0, per_host=8, backoff=0.01, tries=2, connect=2.0, read=0.6, total=1.5,
    feed_bytes=1_000_000, page_bytes=500_000, host_failures=100,
)  # fmt: skip

LONG = "The council of the city met on Monday to speak of the harbour and its workers. Nobody knew what came next. "


def rss(*items: str, lang: str = "en", head: str = "") -> str:
    about = f"<title>Harbour News</title><language>{lang}</language>"
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>{about}{"".join(items)}</channel></rss>'


def item(link: str | None, text: str = "", title: str = "A title", more: str = "") -> str:
    where = f"<link>{link}</link><guid>{link}</guid>" if link else ""
    return f"<item><title>{title}</title>{where}<description><![CDATA[{text}]]></description>{more}</item>"


def page(text: str, lang: str = "en", head: str = "", title: str = "A title") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n"))
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title}</title>{head}</head>'
        f'<body><nav><a href="/">Home</a></nav><main><article><h1>{title}</h1>{body}</article></main></body></html>'
    )


def run(
    inputs: Sequence[str],
    settings: FetchSettings = QUICK,
    known: dict[str, Validators] | None = None,
    **changes: object,
) -> list[Event]:
    settings = replace(settings, **changes)  # type: ignore[arg-type]
    return list(collect(inputs, settings, (known or {}).get, resolver=here))


def entries(events: Sequence[Event]) -> list[Entry]:
    return [event for event in events if isinstance(event, Entry)]


def missed(events: Sequence[Event]) -> list[str]:
    return [event.outcome for event in events if isinstance(event, Missed)]


def fetches(events: Sequence[Event]) -> list[Fetch]:
    return [event for event in events if isinstance(event, Fetch)]


def links(web: Web, number: int) -> list[str]:
    return [web.url(f"/a/{n}") for n in range(number)]
