"""What an address says, and how connections are kept, left and told from one another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.feed_texts import LONG, QUICK, entries, item, links, missed, page, rss, run
from tests.web import Asked, Reply, Web, Write, here
from tqcheck.audit.fetch.address import parsed
from tqcheck.audit.fetch.connections import Connections
from tqcheck.audit.outcomes import OutcomeError

XML = "text/xml"


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("HTTP://News.Test", "http://news.test/"),
        ("http://news.test:80/a", "http://news.test/a"),
        ("https://news.test:443/a#top", "https://news.test/a"),
        ("http://news.test:8080/a?b=c d&e=ü", "http://news.test:8080/a?b=c%20d&e=%C3%BC"),
        ("http://news.test/caf%C3%A9/ö.html", "http://news.test/caf%C3%A9/%C3%B6.html"),
        ("http://news.test/open/../secret/./x/..", "http://news.test/secret/"),
        ("http://news.test//a//b", "http://news.test//a//b"),
        ("http://bücher.test/", "http://xn--bcher-kva.test/"),
        ("http://[::1]:81/", "http://[::1]:81/"),
    ],
)
def test_addresses_as_they_are_asked_for(address: str, asked: str) -> None:
    assert str(parsed(address)) == asked


@pytest.mark.parametrize(
    "address",
    [
        "ftp://news.test/",
        "news.test/feed",
        "http:///feed",
        "http://a b/",
        "http://news.test:0/",
        "http://news.test:port/",
        "http://[1.2.3]/",
        "http://news.test/\r\nHost: other.test",
        "http://a@news.test/",
        "http://\ud800.test/",
        f"http://{'a' * 70}ü.test/",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(OutcomeError) as told:
        parsed(address)
    assert told.value.outcome == "bad-address"


class Served(Web):
    """A web that counts connections, and writes answers as they stand."""

    def __init__(self, answer: Callable[[int], bytes]) -> None:
        super().__init__()
        self.connections: list[int] = []
        self._given = answer

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections.append(0)
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                self.connections[-1] += 1
                writer.write(self._given(sum(self.connections)))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def _read(web: Web, times: int) -> list[bytes]:
    async def reading() -> list[bytes]:
        connections = Connections(QUICK, here)
        bodies = []
        for _ in range(times):
            async with connections.asked(parsed(web.url("/")), {}) as response:
                bodies.append(b"".join([part async for part in response.parts]))
        await connections.close()
        return bodies

    return asyncio.run(reading())


def _answer(body: str, more: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n{more}\r\n{body}".encode()


def test_a_connection_serves_many_requests() -> None:
    with Served(lambda number: _answer(f"answer {number}")) as web:
        assert _read(web, 3) == [b"answer 1", b"answer 2", b"answer 3"]
        assert web.connections == [3]


def test_a_server_that_hangs_up_is_asked_on_another_connection() -> None:
    with Served(lambda number: _answer(f"answer {number}", "Connection: close\r\n")) as web:
        assert _read(web, 2) == [b"answer 1", b"answer 2"]
        assert web.connections == [1, 1]


def test_what_nobody_asked_for_is_no_answer() -> None:
    """A second answer behind the first must not be taken for that to the next request, which may be another page."""
    with Served(lambda number: _answer(f"answer {number}") + _answer("planted")) as web:
        assert _read(web, 2) == [b"answer 1", b"answer 2"]
        assert web.connections == [1, 1]


def test_early_hints_come_before_the_answer() -> None:
    with Served(lambda number: b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + _answer("late")) as web:
        assert _read(web, 1) == [b"late"]


def test_robots_hold_for_what_dots_lead_to() -> None:
    with Web({"/robots.txt": Reply("User-agent: *\nDisallow: /secret", "text/plain")}) as web:
        web.routes["/feed"] = Reply(rss(item(web.url("/open/../secret/1"))), XML)
        assert missed(run([web.url("/feed")], robots=True)) == ["robots"]


def test_requests_at_a_time_have_connections_of_their_own() -> None:
    async def slow(asked: Asked, write: Write) -> None:
        await asyncio.sleep(0.05)
        await write(Reply(page(asked.path + LONG)).raw())

    with Web({"/a/*": slow}) as web:
        web.routes["/feed"] = Reply(rss(*(item(link) for link in links(web, 12))), XML)
        assert len(entries(run([web.url("/feed")], per_host=4))) == 12
        at_a_time = [sum(each.begin <= moment.begin < each.end for each in web.log) for moment in web.log]
        assert 1 < max(at_a_time) <= 4
