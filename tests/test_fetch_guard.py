"""Addresses that must not be fetched: inside the house, by whatever way they are reached, and what is no address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.feed_texts import LONG, QUICK, fetches, item, missed, rss, run
from tests.web import Reply, Web
from tqcheck.audit.collect import collect
from tqcheck.audit.fetch import guard

XML = "application/rss+xml"
GOOD = rss(item("http://good.test/1", LONG * 20))


@pytest.fixture
def web() -> Iterator[Web]:
    with Web({"/good": Reply(GOOD, XML)}) as web:
        yield web


def test_nothing_is_fetched_inside_the_house(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name, a literal, a redirect, a name that changes: the address that is connected to is the one that counts."""
    really = guard.public
    monkeypatch.setattr(guard, "public", lambda address: address == "127.0.0.1" or really(address))
    names = {"news.test": ["127.0.0.1"], "inside.test": ["10.0.0.7"], "both.test": ["127.0.0.1", "192.168.0.9"]}
    turns = iter([["127.0.0.1"], ["127.0.0.2"]])

    async def resolve(host: str, port: int) -> list[str]:
        return next(turns) if host == "rebound.test" else names.get(host, [host.strip("[]")])

    for number, target in enumerate(
        ["http://inside.test/", "http://127.0.0.2:1/", "http://[::1]/", "http://169.254.169.254/latest/meta-data"]
    ):
        web.routes[f"/to/{number}"] = Reply(status=302, headers={"Location": target})
    web.routes["/closing"] = Reply(GOOD, XML, headers={"Connection": "close"})
    inputs = [
        *(web.url(f"/to/{number}") for number in range(4)),
        "http://inside.test/feed",
        web.url("/good", "both.test"),
        web.url("/closing", "rebound.test"),
        web.url("/closing?2", "rebound.test"),
    ]
    web.routes["/closing?2"] = web.routes["/closing"]
    settings = QUICK.__class__(robots=False, delay=0.0, per_host=1, tries=1)
    events = list(collect(inputs, settings, lambda _address: None, resolver=resolve))
    outcomes = [fetch.outcome for fetch in fetches(events)]
    assert outcomes == [*["private-address"] * 6, "ok", "private-address"]
    assert not [each for each in web.log if each.host in ("inside.test", "both.test", "127.0.0.2", "169.254.169.254")]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("0.0.0.0", False), ("100.64.0.1", False),
        ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1%eth0", False),
        ("fc00::1", False), ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", True), ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False), ("2002:a00:1::1", False), ("ff02::1", False), ("elsewhere", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert guard.public(address) is public


def test_addresses_that_are_none(web: Web) -> None:
    inputs = [
        "http://",
        "http://user:hunter2@news.test/",
        "http://[::1",
        f"http://news.test/{'x' * 9_000}",
        "http://news.test:99999/",
    ]
    events = run(inputs)
    assert missed(events) == ["bad-address"] * 5
    assert "hunter2" not in repr(events)
