"""From feeds to articles: full text, originals, politeness, what is known already, and who is told what."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from tests.feed_texts import LONG, QUICK, entries, fetches, item, links, missed, page, rss, run
from tests.web import Asked, Reply, Web, here
from tqcheck.audit.collect import collect
from tqcheck.audit.fetch.answers import pause
from tqcheck.audit.fetch.robots import parse
from tqcheck.audit.fetch.settings import FetchSettings, FullText
from tqcheck.audit.outcomes import OutcomeError
from tqcheck.audit.values import Entry, Fetch, Missed, Validators
from tqcheck.errors import ConfigError, UnavailableError

XML = "text/xml"


def test_full_text_is_fetched_where_the_feed_has_a_summary() -> None:
    with Web() as web:
        one, two = links(web, 2)
        web.routes["/feed"] = Reply(rss(item(one, "A summary …"), item(two, LONG * 20)), XML)
        web.routes["/a/0"] = web.routes["/a/1"] = Reply(page(f"The page. {LONG * 3}", lang="en-GB"))
        texts = {}
        for full in FullText:
            web.log.clear()
            found = entries(run([web.url("/feed")], full_text=full, least_text=5))
            texts[full] = [entry.article.text.partition(".")[0].partition("\n")[0] for entry in found], len(web.log)
    said = LONG.partition(".")[0]
    assert texts == {
        FullText.AUTO: (["A title", said], 2),
        FullText.ALWAYS: (["A title", "A title"], 3),
        FullText.NEVER: (["A summary …", said], 1),
    }


def test_an_entry_says_what_is_known_of_it() -> None:
    with Web() as web:
        link = web.url("/a/0?id=7&amp;utm_source=rss#top")
        date = "<pubDate>Tue, 03 Feb 2026 10:00:00 +0100</pubDate>"
        web.routes["/feed"] = Reply(rss(item(link, more=date, title="The &lt;i&gt;title&lt;/i&gt;")), XML)
        web.routes["/a/0?id=7"] = Reply(page(LONG * 3, lang="en-GB"))
        entry, fetch, _feed = run([web.url("/feed")])
        assert isinstance(entry, Entry)
        assert isinstance(fetch, Fetch)
        assert entry.key == fetch.address == web.url("/a/0?id=7")
    assert entry.article.id == entry.key
    assert entry.feed == web.url("/feed")
    assert entry.published == datetime(2026, 2, 3, 9, tzinfo=UTC)
    assert (entry.article.title, entry.article.lang) == ("The title", "en-GB")
    assert entry.article.text.endswith(LONG.strip())


def test_a_fetch_comes_behind_what_it_brought_and_its_validators_hold_the_next_time() -> None:
    def feed(asked: Asked) -> Reply:
        same = asked.headers.get("if-none-match") == '"f1"'
        return Reply(status=304) if same else Reply(rss(item(link, "Short")), XML, headers={"ETag": '"f1"'})

    def article(asked: Asked) -> Reply:
        same = asked.headers.get("if-modified-since") == "Tue, 03 Feb 2026 10:00:00 GMT"
        return (
            Reply(status=304) if same else Reply(page(LONG), headers={"Last-Modified": "Tue, 03 Feb 2026 10:00:00 GMT"})
        )

    with Web({"/feed": feed, "/a/0": article}) as web:
        (link,) = links(web, 1)
        first = run([web.url("/feed")])
        known = {event.address: event.validators for event in fetches(first) if event.validators}
        second = run([web.url("/feed")], known=known)
        third = run([web.url("/feed")], known={link: known[link]})
    assert [type(event) for event in first] == [Entry, Fetch, Fetch]
    assert [fetch.address for fetch in fetches(first)] == [link, web.url("/feed")]
    assert known == {web.url("/feed"): Validators('"f1"'), link: Validators(None, "Tue, 03 Feb 2026 10:00:00 GMT")}
    assert [(event.outcome, event.validators) for event in fetches(second)] == [("unchanged", Validators('"f1"'))]
    assert [(type(event), event.outcome) for event in third if not isinstance(event, Entry)] == [
        (Fetch, "unchanged"),
        (Fetch, "ok"),
    ]


def test_a_feed_with_an_article_that_could_not_be_had_is_not_taken_for_done() -> None:
    with Web() as web:
        web.routes["/feed"] = Reply(rss(item(links(web, 1)[0])), XML, headers={"ETag": '"1"'})
        web.routes["/a/0"] = Reply(status=503)
        events = run([web.url("/feed")])
        assert [(fetch.outcome, fetch.validators) for fetch in fetches(events)] == [
            ("server-error", None),
            ("ok", None),
        ]
        assert len(web.asked("/a/0")) == QUICK.tries
        web.routes["/a/0"] = Reply(status=404)
        assert fetches(run([web.url("/feed")]))[-1].validators == Validators('"1"')


def test_copies_are_articles_and_what_a_feed_lists_twice_is_named() -> None:
    with Web({"/a/*": Reply(page(LONG))}) as web:
        fifty = [item(link) for link in links(web, 50)]
        web.routes["/feed"] = Reply(rss(*fifty, fifty[0], item(None, "", "No text")), XML)
        web.routes["/other"] = Reply(rss(fifty[0]), XML)
        events = run([web.url("/feed"), web.url("/other")])
        assert len(entries(events)) == 51
        assert [(entry.feed, entry.key) for entry in entries(events)[-2:]] == [
            (web.url("/feed"), web.url("/a/49")),
            (web.url("/other"), web.url("/a/0")),
        ]
        assert sorted(missed(events)) == ["duplicate", "no-text"]


def test_a_page_under_way_is_fetched_once_for_all_feeds_that_list_it() -> None:
    with Web({"/a/*": Reply(page(LONG))}, delay=0.3) as web:
        for name in "abc":
            web.routes[f"/{name}"] = Reply(rss(item(links(web, 1)[0])), XML)
        events = run([web.url(f"/{name}") for name in "abc"])
        assert [entry.feed[-1] for entry in entries(events)] == ["a", "b", "c"]
        assert len(web.asked("/a/0")) == 1


def test_a_feed_that_moved_is_told_and_one_that_is_elsewhere_for_now_is_not() -> None:
    with Web({"/new": Reply(rss(item("http://x.test/", LONG * 20)), XML)}) as web:
        web.routes["/old"] = Reply(status=301, headers={"Location": "/older"})
        web.routes["/older"] = Reply(status=308, headers={"Location": "/new"})
        web.routes["/today"] = Reply(status=302, headers={"Location": "/new"})
        moved = [fetch.moved_to for fetch in fetches(run([web.url("/old"), web.url("/today"), web.url("/new")]))]
        assert moved == [web.url("/new"), None, None]


def test_lists_and_files_are_followed_in_their_order(tmp_path: Path) -> None:
    with Web() as web:
        for name in "abc":
            web.routes[f"/{name}"] = Reply(rss(item(f"http://x.test/{name}", LONG * 20 + name)), XML)
        outlines = "".join(f'<outline xmlUrl="{web.url(path)}"/>' for path in ("/b", "/none", "/list"))
        (tmp_path / "feeds.opml").write_text(f"<opml><body>{outlines}</body></opml>")
        web.routes["/list"] = Reply(f'<opml><body><outline xmlUrl="{web.url("/c")}"/></body></opml>', XML)
        (tmp_path / "own.xml").write_text(rss(item("http://x.test/own", LONG * 20)))
        inputs = [str(tmp_path / "feeds.opml"), str(tmp_path / "own.xml"), web.url("/a"), web.url("/b")]
        events = run(inputs)
    # What is an input itself comes where it stands.
    assert [entry.key[-3:].lstrip("t/") for entry in entries(events)] == ["c", "own", "a", "b"]
    assert missed(events) == ["not-found"]


def test_too_many_feeds_and_lists_too_deep_are_told(tmp_path: Path) -> None:
    with Web(
        {"/loop*": lambda asked: Reply(f'<opml><body><outline xmlUrl="/loop{asked.path}"/></body></opml>', XML)}
    ) as web:
        assert missed(run([web.url("/loop")])) == ["too-many-feeds"]
    outlines = "".join(f'<outline xmlUrl="http://no.test/{n}"/>' for n in range(9))
    (tmp_path / "many.opml").write_text(f"<opml><body>{outlines}</body></opml>")
    events = run([str(tmp_path / "many.opml")], feeds=1)
    assert [(event.outcome, event.message) for event in events if isinstance(event, Missed)] == [
        ("too-many-feeds", "9 feeds left out")
    ]


def test_politeness_as_the_server_sees_it() -> None:
    hosts = ["one.test", "two.test"]
    with Web(
        {"/robots.txt": Reply("User-agent: *\nCrawl-delay: 0.1\nDisallow: /a/2", "text/plain")}, delay=0.02
    ) as web:
        for host in hosts:
            found = [item(web.url(f"/a/{number}", host)) for number in range(6)]
            web.routes[f"{host} /feed"] = Reply(rss(*found), XML)
        web.routes["/a/*"] = lambda asked: Reply(page(f"{asked.host} {asked.path} {LONG}"))
        events = run(
            [web.url("/feed", host) for host in hosts], robots=True, delay=0.05, per_host=1, contact="a@b.test"
        )
    assert (len(entries(events)), missed(events)) == (10, ["robots", "robots"])
    for host in hosts:
        asked = [each for each in web.log if each.host == host]
        assert [each.path for each in asked[:2]] == ["/robots.txt", "/feed"]
        assert "/a/2" not in {each.path for each in asked}
        # Never two at a time, and a pause between them: ours, then the longer one that robots.txt asks for.
        pauses = [later.begin - sooner.end for sooner, later in pairwise(asked)]
        begins = [each.begin for each in asked]
        gaps = [later - sooner for sooner, later in pairwise(begins)]
        assert gaps[0] >= 0.05
        assert min(gaps[1:]) >= 0.1
        assert min(pauses) > 0.0
    assert {each.headers["user-agent"] for each in web.log} == {FetchSettings(contact="a@b.test").agent}
    assert "a@b.test" in FetchSettings(contact="a@b.test").agent


def test_robots_that_cannot_be_had() -> None:
    with Web({"/feed": Reply(rss(item("http://x.test/", LONG * 20)), XML)}) as web:
        assert missed(run([web.url("/feed")], robots=True)) == []  # 404: nothing is forbidden
        web.routes["/robots.txt"] = Reply(status=500)
        assert missed(run([web.url("/feed")], robots=True)) == ["robots-unreachable"]


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: other\nDisallow: /", "/x", True),
        ("User-agent: tqcheck\nUser-agent: b\nAllow: /\n\nUser-agent: *\nDisallow: /", "/x", True),
        ("User-agent: TQcheck/2.0\nDisallow: /\n\nUser-agent: *\nAllow: /", "/x", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /a*b*c", "/axxbxxcxx", False),
        ("User-agent: *\nDisallow: /%7Ejoe # his", "/~joe/x", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("\ufeffuser-agent:*\r\ndisallow:/x\r\n", "/x", False),
        ("Disallow: /", "/x", True),
        ("User-agent: *\nDisallow: " + "*a" * 900 + "$", "/" + "a" * 5_000 + "b", True),
    ],
)  # fmt: skip
def test_robots_as_the_norm_has_it(robots: str, path: str, allowed: bool) -> None:
    assert parse(robots, "tqcheck").allows(path) is allowed


def test_waits_grow_have_jitter_and_are_the_same_each_time() -> None:
    settings, error = FetchSettings(), OutcomeError("server-error", "")
    waits = [pause(error, "http://a.test/", attempt, settings) or 0 for attempt in (1, 2, 3)]
    assert waits == [pause(error, "http://a.test/", attempt, settings) for attempt in (1, 2, 3)]
    assert all(settings.backoff * 2**n * 0.5 <= wait <= settings.backoff * 2**n * 1.5 for n, wait in enumerate(waits))
    assert pause(error, "http://b.test/", 1, settings) != waits[0]
    assert pause(OutcomeError("server-error", "", after=30), "http://a.test/", 1, settings) == 30
    assert pause(OutcomeError("server-error", "", after=3_000), "http://a.test/", 1, settings) is None
    assert pause(OutcomeError("not-found", ""), "http://a.test/", 1, settings) is None


def test_a_host_that_is_down_is_left_alone_and_a_feed_has_its_time() -> None:
    async def never(asked: Asked, write: object) -> None:
        raise ConnectionResetError

    with Web({"/a/*": never}, delay=0.05) as web:
        web.routes["/feed"] = Reply(rss(*(item(link) for link in links(web, 9))), XML)
        outcomes = missed(run([web.url("/feed")], per_host=1, tries=1, host_failures=3))
        assert outcomes == ["broken"] * 3 + ["host-down"] * 6
        web.routes["/a/*"] = lambda asked: Reply(page(asked.path + LONG))
        outcomes = missed(run([web.url("/feed")], per_host=1, feed_total=0.2))
        assert set(outcomes) == {"out-of-time"}
        assert 0 < len(outcomes) < 9


def test_what_waits_to_be_read_holds_back_requests_but_no_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tqcheck.audit.fetch.backlog._MOST", 1)
    with Web({"/a/*": lambda asked: Reply(page(asked.path + LONG))}) as web:
        web.routes["/feed"] = Reply(rss(*(item(link) for link in links(web, 30))), XML)
        assert len(entries(run([web.url("/feed")]))) == 30


def test_who_stops_listening_ends_the_requests() -> None:
    with Web({"/a/*": lambda asked: Reply(page(asked.path + LONG))}, delay=0.01) as web:
        web.routes["/feed"] = Reply(rss(*(item(link) for link in links(web, 200))), XML)
        events = collect([web.url("/feed")], QUICK, lambda _address: None, resolver=here)
        assert isinstance(next(events), Entry)
        events.close()
        assert len(web.log) < 200
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("tqcheck")]


def test_the_store_is_asked_in_the_thread_that_iterates() -> None:
    threads = set()

    def validators(address: str) -> None:
        threads.add(threading.get_ident())

    with Web({"/a/*": lambda asked: Reply(page(asked.path + LONG))}) as web:
        web.routes["/feed"] = Reply(rss(*(item(link) for link in links(web, 3))), XML)
        assert len(entries(list(collect([web.url("/feed")], QUICK, validators, resolver=here)))) == 3
    assert threads == {threading.get_ident()}


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tqcheck.audit.collect.find_spec", lambda name: None if name == "httpx" else name)
    with pytest.raises(UnavailableError, match=r'need httpx: pip install "tqcheck\[audit\]"'):
        collect([], QUICK, lambda _address: None)


@pytest.mark.parametrize("changes", [{"contact": "a\nb"}, {"per_host": 0}, {"total": 0}, {"delay": -1}])
def test_settings_that_make_no_sense(changes: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        FetchSettings(**changes)  # type: ignore[arg-type]
