"""What a second run over unchanged feeds costs, as a share of the first.

    python benchmarks/again.py [FEEDS] [ENTRIES]

The feeds come from a server on this machine and are made of the sentences of the sample feeds. The first run checks
every article, the second asks each feed whether it changed. It must check none, and should take less than 5 % of the
first.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "audit" / "day-2" / "harbour.xml"


def feed(number: int, entries: int, sentences: list[str]) -> bytes:
    """Return a feed of articles of about 350 words."""
    random = Random(number)
    items = []
    for n in range(entries):
        paragraphs = "".join(f"<p>{' '.join(random.sample(sentences, 5))}</p>" for _ in range(4))
        text = f"<![CDATA[{paragraphs}<p>This is article {n} of feed {number}.</p>]]>"
        items.append(
            f"<item><title>{n}</title><link>/{number}/{n}</link><content:encoded>{text}</content:encoded></item>"
        )
    head = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><language>en</language>'
    )
    return f"{head}{''.join(items)}</channel></rss>".encode()


class Handler(BaseHTTPRequestHandler):
    """Answers with a feed, or that it did not change."""

    protocol_version = "HTTP/1.1"
    feeds: dict[str, bytes]

    def do_GET(self) -> None:
        """Answer."""
        content = self.feeds.get(self.path)
        known = content is not None and self.headers.get("If-None-Match") == '"1"'
        self.send_response(404 if content is None else 304 if known else 200)
        body = b"" if known or content is None else content
        self.send_header("ETag", '"1"')
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main(feeds: int = 100, entries: int = 40) -> None:
    """Measure and print."""
    sentences = re.findall(r"[A-Z][^.<>“”]{30,}\.", SAMPLE.read_text("utf-8"))
    handler = type("Feeds", (Handler,), {"feeds": {f"/{n}.xml": feed(n, entries, sentences) for n in range(feeds)}})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, tempfile.TemporaryDirectory() as folder:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        names = "".join(f"http://127.0.0.1:{server.server_port}/{n}.xml\n" for n in range(feeds))
        options = ("--allow-private", "--delay", "0", "--store", f"{folder}/audit.sqlite")
        times = []
        for _ in range(2):
            begin = time.perf_counter()
            command = [sys.executable, "-m", "tqcheck", "audit", "run", "-", *options]
            ended = subprocess.run(command, input=names, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=True)
            times.append(time.perf_counter() - begin)
            print(f"{times[-1]:7.1f} s  {ended.stderr.splitlines()[-1]}")
        server.shutdown()
    print(f"the second run takes {100 * times[1] / times[0]:.1f} % of the first")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
