"""Feeds and pages a second over many hosts, and politeness as the server sees it.

    python benchmarks/feeds.py [--feeds 200] [--entries 50] [--delay 1.0]

Each feed has a host of its own; all names lead to one local server in another process, which notes who asks when. The
defaults of an audit hold but for `allow_private`: one request to a host at a time and a second between two of them, so
no more than one page a second and host can come.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections import Counter, defaultdict
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.web import Asked, Reply, Web, here
from tqcheck.audit.collect import collect
from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.values import Entry, Fetch

SENTENCE = "The council of the city met on Monday to speak of the harbour and its workers; nobody knew what came next. "


def page(asked: Asked) -> Reply:
    """A page of 60 kB as news sites have them: an article of 400 words among menus, scripts and teasers."""
    menu = "".join(f"<li><a href='/section/{n}'>Section {n}</a></li>" for n in range(150))
    text = "".join(f"<p>{asked.host} {asked.path}: {SENTENCE * 2}</p>" for _ in range(10))
    teasers = "".join(f"<div class='teaser'><a href='/t/{n}'><h3>Another story {n}</h3></a></div>" for n in range(60))
    script = "<script>" + "var a = {b: 1, c: [2, 3]};" * 1_200 + "</script>"
    return Reply(
        f"<!doctype html><html lang='en'><head><title>{asked.path}</title>{script}</head><body>"
        f"<nav><ul>{menu}</ul></nav><main><article><h1>Head</h1>{text}</article></main><aside>{teasers}</aside></body></html>"
    )


def serve(pipe: Connection, entries: int) -> None:
    """Serve until told to end; then say who asked when."""

    def feed(asked: Asked) -> Reply:
        links = (f"http://{asked.headers['host']}/story/{n}" for n in range(entries))
        items = "".join(f"<item><link>{link}</link><description>In short</description></item>" for link in links)
        feed = f"<rss version='2.0'><channel><title>{asked.host}</title>{items}</channel></rss>"
        return Reply(feed, "application/rss+xml")

    robots = Reply("User-agent: *\nDisallow: /private", "text/plain")
    with Web({"/feed": feed, "/story/*": page, "/robots.txt": robots}) as web:
        pipe.send(web.port)
        pipe.recv()
        pipe.send([(each.host, each.path, each.begin, each.end) for each in web.log])


def polite(log: list[tuple[str, str, float, float]]) -> tuple[int, float]:
    """Return the most requests that one host had at a time, and the shortest time between two of them."""
    by_host: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for host, _path, begin, end in log:
        by_host[host].append((begin, end))
    most, shortest = 0, float("inf")
    for spans in by_host.values():
        spans.sort()
        for number, (begin, _end) in enumerate(spans):
            most = max(most, sum(1 for other, end in spans[: number + 1] if end > begin or other == begin))
            if number:
                shortest = min(shortest, begin - spans[number - 1][0])
    return most, shortest


def main() -> None:
    """Print the figures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--entries", type=int, default=50)
    parser.add_argument("--delay", type=float, default=1.0)
    wanted = parser.parse_args()
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, wanted.entries), daemon=True)
    server.start()
    port = ours.recv()
    settings = FetchSettings(allow_private=True, delay=wanted.delay)
    inputs = [f"http://feed{number}.test:{port}/feed" for number in range(wanted.feeds)]
    begin, first = time.perf_counter(), 0.0
    outcomes: Counter[str] = Counter()
    for event in collect(inputs, settings, lambda _address: None, resolver=here):
        first = first or time.perf_counter() - begin
        kind = "article" if isinstance(event, Entry) else "fetch" if isinstance(event, Fetch) else "missed"
        outcomes[f"{kind} {getattr(event, 'outcome', '')}".strip()] += 1
    seconds = time.perf_counter() - begin
    usage = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    used, memory = sum(each.ru_utime + each.ru_stime for each in usage), usage[0].ru_maxrss / 1024
    ours.send("end")
    log = ours.recv()
    server.join()
    most, shortest = polite(log)
    print(f"{wanted.feeds} feeds of {wanted.entries} entries: {dict(outcomes)}")
    articles = outcomes["article"]
    print(f"pages fetched and extracted  {articles / seconds:8.1f} a second, in {seconds:.1f} s")
    print(f"the first article            {first:8.1f} s after the start")
    print(f"processor time               {1000 * used / articles:8.1f} ms a page, without that of the server")
    print(f"requests the server saw      {len(log):8d}")
    print(f"to one host at a time        {most:8d} at most (allowed: {settings.per_host})")
    print(f"between two to one host      {shortest:8.3f} s at least (asked for: {settings.delay:g} s)")
    print(f"memory of the main process   {memory:8.0f} MB at most")


if __name__ == "__main__":
    main()
