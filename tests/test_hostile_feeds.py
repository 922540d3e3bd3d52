"""A hostile web: each trick ends in a named outcome, within its limits, and harms no other feed."""

from __future__ import annotations

import asyncio
import gzip
import json
import shutil
import socket
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.feed_texts import LONG, QUICK, entries, fetches, item, missed, page, rss, run
from tests.web import Asked, Reply, Web, Write
from tqcheck.audit.outcomes import OUTCOMES
from tqcheck.audit.values import Missed

XML = "application/rss+xml"
GOOD = rss(item("http://good.test/1", LONG * 20))
DTD = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'

OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
ZIPPED = {"Content-Encoding": "gzip"}


async def _endless(asked: Asked, write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" + GOOD[:200].encode())
    for _ in range(10_000):
        await write(b"<item>" * 10_000)


async def _drip(asked: Asked, write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
    for _ in range(1_000):
        await write(b"<")
        await asyncio.sleep(0.1)


async def _headers(asked: Asked, write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1_000):
        await write(f"X-{number}: y\r\n".encode())
        await asyncio.sleep(0.1)


async def _silent(asked: Asked, write: Write) -> None:
    await asyncio.sleep(60)


async def _broken(asked: Asked, write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 5000\r\n\r\n<rss>")


async def _garbage(asked: Asked, write: Write) -> None:
    await write(b"\0\1\2 no HTTP at all\r\n\r\n")


def _chain(asked: Asked) -> Reply:
    return Reply(status=302, headers={"Location": f"/chain/{int(asked.path.rpartition('/')[2]) + 1}"})


def _bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(size)) + packer.flush()


def _laughs(depth: int) -> str:
    names = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth))
    return rss(item("http://x.test/", "x"), head=f'<!DOCTYPE rss [<!ENTITY l0 "lol">{names}]>').replace(
        "A title", f"&l{depth - 1};"
    )


HOSTILE: dict[str, tuple[object, str]] = {
    "/endless": (_endless, "too-large"),
    "/drip": (_drip, "too-slow"),
    "/headers": (_headers, "too-slow"),
    "/silent": (_silent, "timeout"),
    "/broken": (_broken, "broken"),
    "/garbage": (_garbage, "broken"),
    "/huge": (Reply(b"x", XML, headers={"Content-Length": str(300 * 1024 * 1024)}), "too-large"),
    "/bomb": (Reply(_bomb(300), XML, headers=ZIPPED), "too-large"),
    "/sitemap.xml.gz": (Reply(_bomb(300), "application/gzip"), "too-large"),
    "/brotli": (Reply(b"\x1b\0", XML, headers={"Content-Encoding": "br"}), "bad-encoding"),
    "/half-gzip": (Reply(gzip.compress(GOOD.encode())[:-20], XML, headers=ZIPPED), "bad-encoding"),
    "/chain/0": (_chain, "too-many-redirects"),
    "/nowhere": (Reply(status=302), "bad-redirect"),
    "/file": (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "bad-address"),
    "/laughs": (Reply(_laughs(12), XML), "entities"),
    "/external": (Reply(rss(item(None, "x"), head=OUTSIDE), XML), "entities"),
    "/hidden": (Reply(DTD + "<rss><channel><title>&b;&nbsp;</rss>", XML), "entities"),
    "/deep": (Reply("<rss version='2.0'>" + "<a>" * 5_000, XML), "too-deep"),
    "/page": (Reply(page(LONG, head='<link rel="alternate" type="application/rss+xml" href="/rss">')), "html-not-feed"),
    "/other": (Reply("<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"), "content-type"),
    "/what": (Reply("<invoice><sum>1</sum></invoice>", XML), "not-a-feed"),
    "/json": (Reply('{"items": []}', "application/json"), "not-a-feed"),
    "/deep.json": (Reply("[" * 200_000, "application/json"), "not-a-feed"),
    "/empty": (Reply(rss(), XML), "empty"),
    "/nothing": (Reply("", XML), "empty"),
    "/binary": (Reply(b"\x89PNG\0\1\2\3\xff\xfe" * 99, XML), "charset"),
    "/cut": (Reply("<rss version='2.0'><channel><item><title>Half a", XML), "truncated"),
    "/gone": (Reply(status=410), "gone"),
    "/secret": (Reply(status=403), "forbidden"),
    "/busy": (Reply(status=429, headers={"Retry-After": "86400"}), "too-many-requests"),
    "/down": (Reply(status=503), "server-error"),
    "/missing": (Reply(status=404), "not-found"),
}  # fmt: skip


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    routes = {path: route for path, (route, _outcome) in HOSTILE.items()}
    with Web({**routes, "/chain/*": _chain, "/good": Reply(GOOD, XML)}) as web:  # type: ignore[dict-item]
        yield web


def _url(web: Web, path: str) -> str:
    return web.url(path, "busy.test" if path == "/busy" else "news.test")


def test_every_trick_ends_in_its_outcome_and_the_good_feed_is_read(web: Web) -> None:
    inputs = [_url(web, path) for path in HOSTILE]
    events = run([*inputs, web.url("/good")])
    told = {event.feed: event.outcome for event in events if isinstance(event, Missed)}
    assert told == {_url(web, path): outcome for path, (_route, outcome) in HOSTILE.items()}
    assert set(told.values()) <= OUTCOMES.keys()
    assert [entry.feed for entry in entries(events)] == [web.url("/good")]
    # In the order of the inputs, whatever came first.
    assert [fetch.feed for fetch in fetches(events)] == [*inputs, web.url("/good")]
    # What failed is asked for in full the next time.
    assert all(fetch.validators is None for fetch in fetches(events)[:-1])


def test_no_trick_makes_us_read_more_than_is_allowed(web: Web) -> None:
    for fetch in fetches(run([web.url(path) for path in ("/endless", "/huge", "/bomb", "/chain/0")])):
        assert fetch.size <= QUICK.feed_bytes
    assert len({each.path for each in web.log if each.path.startswith("/chain/")}) == QUICK.redirects + 1


def test_no_secure_connection(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain HTTP where TLS is expected, a certificate that nobody vouches for, one that the user vouches for."""
    assert missed(run([f"https://news.test:{web.port}/good"])) == ["bad-tls"]
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=news.test -addext subjectAltName=DNS:news.test"
    )
    subprocess.run([*command.split(), "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    with Web({"/good": Reply(GOOD, XML)}, certificate=(cert, key)) as secure:
        address = f"https://news.test:{secure.port}/good"
        assert missed(run([address])) == ["bad-tls"]
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        assert len(entries(run([address]))) == 1
        assert missed(run([address.replace("news.test", "other.test")])) == ["bad-tls"]


def test_hosts_that_are_not_there(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
        events = run([f"http://news.test:{closed}/", str(tmp_path / "none.xml"), str(tmp_path)])
    assert missed(events) == ["unreachable", "unreadable", "unreadable"]


def test_a_reader_that_hangs_or_dies_is_replaced(web: Web) -> None:
    from tests.readers_at_risk import die, hang, well
    from tqcheck.audit.outcomes import OutcomeError
    from tqcheck.audit.sandbox import MEMORY, Sandbox

    async def outcomes() -> list[str]:
        sandbox, found = Sandbox(1, 0.5, MEMORY), []
        for function in (hang, well, die, well):
            try:
                found.append(await sandbox.run(function))
            except OutcomeError as error:
                found.append(error.outcome)
        sandbox.close()
        return found

    assert asyncio.run(outcomes()) == ["reading-timeout", "well", "reading-died", "well"]


def test_what_is_odd_but_can_be_read_is_read_and_noted(web: Web) -> None:
    date = "<pubDate>Mon, 05 Jan 2099 10:00:00 GMT</pubDate>"
    text = f"Größer als vorher. {LONG * 20}"
    web.routes["/latin"] = Reply(rss(item("http://x.test/1", text)).encode("latin-1"), "text/xml; charset=utf-8")
    web.routes["/nameless"] = Reply(rss(item(None, text, "One"), item(None, text, "Two")), XML)
    web.routes["/ahead"] = Reply(rss(item("http://x.test/2", text, more=date)), XML)
    whole = rss(item("http://x.test/3", text), item("http://x.test/4", text))
    web.routes["/half"] = Reply(whole[: -len(text)], XML)
    latin, one, two, ahead, half = entries(run([web.url(path) for path in ("/latin", "/nameless", "/ahead", "/half")]))
    assert {entry.article.text for entry in (latin, one, two, ahead, half)} == {text.strip()}
    assert "was read as" in latin.article.notes[0]
    assert one.key.startswith(web.url("/nameless#"))
    assert one.key != two.key
    assert (ahead.published, ahead.article.notes) == (
        None,
        ("dated in the future (2099-01-05); the date is left out",),
    )
    assert half.key == "http://x.test/3"


def test_pages_that_readers_hang_on_cost_their_own_feed_alone(web: Web) -> None:
    web.routes["/slow.xml"] = Reply(rss(*(item(web.url(f"/slow/{number}")) for number in range(6))), XML)
    web.routes["/slow/*"] = Reply("<html><body>" + "<p>" * 1_600_000)  # seconds of work in 5 MB
    web.routes["/quick.xml"] = Reply(rss(*(item(web.url(f"/quick/{number}")) for number in range(3))), XML)
    web.routes["/quick/*"] = lambda asked: Reply(page(asked.path + LONG))
    events = run([web.url("/slow.xml"), web.url("/quick.xml")], reading=1.0, page_bytes=5_000_000, total=30.0)
    assert missed(events) == ["reading-timeout"] * 6
    assert sum("3 pages of this feed" in event.message for event in events if isinstance(event, Missed)) == 3
    assert len(entries(events)) == 3


def test_pages_that_no_one_wrote(web: Web) -> None:
    web.routes["/nest"] = Reply("<html><body>" + "<div>" * 90_000 + LONG * 9)
    web.routes["/film"] = Reply(b"x" * 9, "video/mp4")
    web.routes["/nest.xml"] = Reply(rss(item(web.url("/nest")), item(web.url("/film")), item(web.url("/void"))), XML)
    web.routes["/void"] = Reply(page("Too short."))
    assert missed(run([web.url("/nest.xml")])) == ["too-deep", "content-type", "no-text"]


def test_no_word_of_a_server_steers_the_terminal(web: Web) -> None:
    steer = "\x1b[2J\x9b31m"
    web.routes["/kind"] = Reply(b"x", "image/\x9b31m")
    web.routes["/odd.json"] = Reply(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1",
                "items": [
                    {"id": steer + "7", "url": f"http://x.test/{steer}", "title": steer + "T", "content_text": LONG * 9}
                ],
            }
        ),
        "application/json",
    )
    events = run([web.url("/kind"), web.url("/odd.json")])
    (entry,) = entries(events)
    assert (entry.key, entry.article.title) == (f"{web.url('/odd.json')}#[2J 31m7", "[2J 31mT")
    assert not {"\x1b", "\x9b"} & set("".join(str(getattr(event, "message", "")) for event in events))
    assert missed(events) == ["content-type"]
