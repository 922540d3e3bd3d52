"""Feeds of every kind and age become the same entries; what is broken is read as far as it can be believed."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.feed_texts import LONG, item, rss
from tqcheck.audit.feeds.charset import decode
from tqcheck.audit.feeds.reading import read_feed, read_page
from tqcheck.audit.feeds.values import Feed, Listing
from tqcheck.audit.feeds.words import whole
from tqcheck.audit.outcomes import OutcomeError

WHERE = "https://news.test/feeds/all"
FEEDS = Path(__file__).parent / "feeds"


def read(text: str | bytes, content_type: str = "", limit: int = 100) -> Feed:
    found = read_feed(text if isinstance(text, bytes) else text.encode(), content_type, WHERE, 1_000_000, limit)
    assert isinstance(found, Feed)
    return found


@pytest.mark.parametrize("kind", sorted(path.stem for path in FEEDS.iterdir()))
def test_every_kind_gives_the_same_entry(kind: str) -> None:
    (path,) = FEEDS.glob(f"{kind}.*")
    found = read(path.read_bytes())
    (entry,) = found.items
    assert (entry.link, entry.title) == ("https://news.test/1", "Head")
    assert not found.problems
    if kind not in ("rss-0.90", "sitemap"):
        assert entry.text == "Text & more"
    if kind not in ("rss-0.90", "rss-0.91", "rss-0.92"):
        assert entry.published == datetime(2026, 2, 3, 9, tzinfo=UTC)
    if kind in ("atom", "sitemap"):
        assert ("fr", "https://news.test/fr/1") in entry.alternates
    if kind not in ("rss-0.90", "rss-0.92"):
        assert (entry.lang or found.lang or "").startswith("en")


def test_lists_name_their_feeds_once() -> None:
    addresses = ("https://a.test/x", "/y", "https://a.test/x", "file:///etc/passwd")
    outlines = [f'<outline text="o" xmlUrl="{address}"/>' for address in addresses]
    opml = f'<opml version="2.0"><body><outline text="a">{outlines[0]}</outline>{"".join(outlines[1:])}</body></opml>'
    assert read_feed(opml.encode(), "", WHERE, 10**6, 9) == Listing(("https://a.test/x", "https://news.test/y"))
    maps = "".join(f"<sitemap><loc>https://a.test/{name}.xml</loc></sitemap>" for name in ("old", "news"))
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'
    assert read_feed(gzip.compress(index.encode()), "", WHERE, 10**6, 9) == Listing(("https://a.test/news.xml",))


def test_a_feed_that_ends_in_the_middle_gives_its_whole_entries() -> None:
    text = rss(item("https://news.test/1", "First."), item("https://news.test/2", "Second, which goes on and on."))
    found = read(text[: text.index("which goes")])
    assert [entry.text for entry in found.items] == ["First."]
    assert [problem.outcome for problem in found.problems] == ["truncated"]


def test_a_feed_that_is_not_well_formed_is_read_and_told() -> None:
    found = read(rss("<item><title>Bread & butter &nbsp; more</title><link>https://news.test/1</link></item>"))
    assert [entry.title for entry in found.items] == ["Bread & butter more"]
    assert [problem.outcome for problem in found.problems] == ["malformed"]


def test_a_number_that_is_no_character_costs_itself_alone() -> None:
    text = item("https://news.test/1", "A text.", "Wrong &#x110000; and &#99999999999; and &#233;")
    assert [entry.title for entry in read(rss(text)).items] == ["Wrong and and é"]


@pytest.mark.parametrize(
    "text",
    [
        "<rss version='0.92'><channel><item><title>T</title><link></item>https://news.test/1</link></channel></rss>",
        "<rss version='2.0' xmlns:a='h tt ://b/c/'><channel><item><a:b>x</a:b></item></channel></rss>",
    ],
)
def test_what_feedparser_itself_fails_on_is_malformed(text: str) -> None:
    try:
        outcomes = [problem.outcome for problem in read(text).problems]
    except OutcomeError as error:
        outcomes = [error.outcome]
    assert outcomes in (["malformed"], [])


def test_entries_without_ids_and_links_have_a_name_that_stays() -> None:
    first, again, other = (
        read(rss(item(None, text, title))).items[0].id for text, title in (("a", "T"), ("b", "T"), ("a", "U"))
    )
    assert first == again != other


def test_dates_that_cannot_be_believed_are_left_out_and_told() -> None:
    date = "<pubDate>Mon, 05 Jan {} 10:00:00 GMT</pubDate>"
    found = read(rss(*(item(f"https://news.test/{year}", more=date.format(year)) for year in (2099, 1970, 2026))))
    assert [entry.published is None for entry in found.items] == [True, True, False]
    assert "dated in the future (2099-01-05)" in found.items[0].notes[0]
    assert "dated before there was a web" in found.items[1].notes[0]


def test_entries_beyond_the_limit_are_counted() -> None:
    found = read(rss(*(item(f"https://news.test/{n}") for n in range(7))), limit=5)
    assert len(found.items) == 5
    assert found.problems[0].message == "2 of 7 left out"


TEXT = "Ünïcödé – größer als “vorher”, sagte Łukasz naïvement à Zürich"


@pytest.mark.parametrize(
    ("data", "content_type", "text", "told"),
    [
        (TEXT.encode(), "text/xml", TEXT, False),
        (TEXT.encode(), "text/xml; charset=iso-8859-1", TEXT, True),
        (b"<?xml version='1.0' encoding='iso-8859-1'?>" + "größer".encode("latin-1"), "", "größer", False),
        (
            b"<?xml version='1.0' encoding='windows-1251'?>" + "Город".encode("cp1251"),
            "text/xml; charset=utf-8",
            "Город",
            False,
        ),
        ("größer".encode("latin-1") * 5, "text/xml; charset=no-such-thing", "größer" * 5, False),
        ("größer".encode("latin-1"), "text/xml; charset=utf-8", "größer", True),
        ("größer".encode("utf-16"), "", "größer", False),
        ("日本語のニュース".encode("iso2022-jp"), "text/xml; charset=iso-2022-jp", "日本語のニュース", False),
        (TEXT.encode() * 20 + b"\xff", "text/xml", TEXT * 20 + "\ufffd", False),
    ],
)
def test_character_sets(data: bytes, content_type: str, text: str, told: bool) -> None:
    found, note = decode(data, content_type)
    assert found.removeprefix(found.partition("?>")[0] + "?>" if "?>" in found else "") == text
    assert (note is not None) is told


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        (LONG * 6, True, True),
        (LONG * 6, False, False),
        (LONG * 20, False, True),
        (LONG * 20 + "Read on […]", True, False),
        (LONG * 20 + "… Read more", False, False),
        ("港口工人周一罢工，市长说没人知道接下来会发生什么。" * 8, True, True),
        ("Short.", True, False),
    ],
)
def test_what_is_a_summary(text: str, content: bool, expected: bool) -> None:
    assert whole(text, content=content) is expected


def test_json_that_is_hostile() -> None:
    start = '{"version": "https://jsonfeed.org/version/1", "items": '
    for text in (start + "[1, null, {}]}", start + '[{"id": {}, "content_text": "\\ud800 text"}]}'):
        assert len(read(text).items) == 1
    for text in (start + '"x"}', start + "9" * 5_000 + "}"):
        with pytest.raises(OutcomeError):
            read(text)


def test_the_text_of_a_page_has_the_spaces_that_a_browser_shows() -> None:
    lists = "<ol><li>The  first\n thing</li></ol>"
    table = "<table><tr><td>One</td><td>Two\u00a0%</td></tr></table>"
    body = f"<nav><a href='/'>Home</a></nav><main><p>{LONG}</p>{lists}{table}<p>{LONG}</p></main>"
    html = f"<html><body>{body}</body></html>"
    text = read_page(html.encode(), "text/html; charset=utf-8", WHERE).text
    assert not re.search(r"  |\t| \n|\n ", text)
    assert "The first thing" in text
    assert "One\nTwo\u00a0%" in text
    assert "Home" not in text
