"""The sample feeds of `data/audit` as a small web site on this machine, for the demo and the tests.

The files speak of `http://news.example`; the site puts its own address there. What a later day does not hold is still
that of the day before. Answers have an ETag, so that a reader need not fetch the same twice.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "data" / "audit"
NAME = b"http://news.example"
TYPES = {
    ".xml": "application/xml; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".json": "application/feed+json",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


class Site(ThreadingHTTPServer):
    """Serves one day; `asked` are the requests so far: path and status."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.day = 1
        self.asked: list[tuple[str, int]] = []

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"

    def content(self, path: str) -> bytes | None:
        """Return what stands under a path on this day; None where nothing does."""
        for day in range(self.day, 0, -1):
            file = (ROOT / f"day-{day}" / path.lstrip("/")).resolve()
            if file.is_file() and file.is_relative_to(ROOT):
                return file.read_bytes().replace(NAME, self.address.encode())
        return None


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        content = self.server.content(path)
        tag = "" if content is None else f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        status = 404 if content is None else 304 if self.headers.get("If-None-Match") == tag else 200
        self.server.asked.append((path, status))
        body = b"" if status == 304 else content or b"Not found\n"
        self.send_response(status)
        if content is not None:
            self.send_header("ETag", tag)
        self.send_header("Content-Type", TYPES.get(Path(path).suffix, "text/plain"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served() -> Iterator[Site]:
    """Run the site while the block does."""
    with Site() as site:
        thread = threading.Thread(target=site.serve_forever, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.shutdown()
            thread.join()
