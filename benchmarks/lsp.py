"""How soon an editor sees findings: `python benchmarks/lsp.py [bytes]`.

A client opens articles of 5 KB over standard input and output, alone and beside their originals, and edits
one word at a time; printed are milliseconds from the message to the findings (median and worst), and as a ratio to the
check alone in one process. The server has checked three others before; the cache of embeddings
holds nothing of the articles measured. Each edit comes once the findings of the one before are there.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from alignment import DID, WHAT, WHERE, WHO
from lsprotocol import types
from pygls.lsp.client import LanguageClient

WARM, OPENED, EDITED = 3, 9, 25


def article(size: int, chance: random.Random) -> tuple[str, str]:
    """Return a German article of about so many bytes, with some faults, and its English original."""
    paragraphs: list[tuple[str, str]] = []
    while sum(len(german.encode()) + 2 for german, _ in paragraphs) < size:
        pairs = [(_clauses(chance), _clauses(chance)) for _ in range(3)]
        german = [f"{one[0]}, und {other[0]}." for one, other in pairs]
        german[chance.randrange(3)] += chance.choice([" Es war am am Montag.", " In berlin regnete es.", ""])
        english = [f"{one[1]}, and {other[1]}." for one, other in pairs]
        paragraphs.append((" ".join(german), " ".join(english)))
    return "\n\n".join(g for g, _ in paragraphs) + "\n", "\n\n".join(e for _, e in paragraphs) + "\n"


def _clauses(chance: random.Random) -> tuple[str, str]:
    a, b, c, d = (chance.choice(list(part)) for part in (WHO, DID, WHAT, WHERE))
    return f"{WHO[a]} {DID[b]} {WHAT[c]} {WHERE[d]}", f"{a} {b} {c} {d}"


class Editor:
    """A client that measures how long findings take."""

    def __init__(self) -> None:
        self.client = LanguageClient("benchmark", "1")
        self.told: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def told(params: types.PublishDiagnosticsParams) -> None:
            self.told.put_nowait(params)

    async def timed(self, uri: str, version: int, send: Callable[[], None]) -> float:
        """Return the milliseconds from a message to the findings of that version."""
        begun = time.perf_counter()
        send()
        while True:
            told = await self.told.get()
            if (told.uri, told.version) == (uri, version):
                return 1000 * (time.perf_counter() - begun)

    async def opened(self, path: Path, text: str) -> float:
        """Open a text."""
        item = types.TextDocumentItem(path.as_uri(), "markdown", 1, text)
        return await self.timed(
            item.uri, 1, lambda: self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        )

    async def edited(self, path: Path, text: str, version: int, word: str) -> float:
        """Put a word into the middle of a text."""
        lines = text.split("\n")
        line = max(range(len(lines)), key=lambda at: (len(lines[at]) > 0, -abs(at - len(lines) // 2)))
        at = types.Position(line, lines[line].index(" ") + 1)
        change = types.TextDocumentContentChangePartial(types.Range(at, at), f"{word} ")
        name = types.VersionedTextDocumentIdentifier(version, path.as_uri())
        params = types.DidChangeTextDocumentParams(name, [change])
        return await self.timed(path.as_uri(), version, lambda: self.client.text_document_did_change(params))


async def measured(folder: Path, size: int, chance: random.Random, beside: bool) -> tuple[list[float], list[float]]:
    """Return the times of openings and of edits, in milliseconds."""
    editor = Editor()
    await editor.client.start_io(sys.executable, "-m", "tqcheck", "lsp")
    await editor.client.initialize_async(types.InitializeParams(types.ClientCapabilities()))
    editor.client.initialized(types.InitializedParams())
    opened = []
    for number in range(WARM + OPENED):
        german, english = article(size, chance)
        if beside:
            (folder / f"{number}.en.md").write_text(english, "utf-8")
        path = folder / f"{number}.de.md"
        opened.append(await editor.opened(path, german))
    edited = [
        await editor.edited(path, german, version, chance.choice(["gestern", "heute", "nun", "dort"]))
        for version in range(2, EDITED + 2)
    ]
    await editor.client.shutdown_async(None)
    editor.client.exit(None)
    await editor.client.stop()
    return opened[WARM:], edited


def alone(size: int, chance: random.Random, beside: bool) -> float:
    """Return the milliseconds of a check in this process, the median of several new articles."""
    from tqcheck import Article
    from tqcheck.engine import check_article

    times = []
    for _ in range(WARM + OPENED):
        german, english = article(size, chance)
        one = Article(german, lang="de", source=english if beside else None, source_lang="en")
        begun = time.perf_counter()
        check_article(one)
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times[WARM:])


async def main() -> None:
    """Print the figures."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    chance = random.Random(11)
    print(f"{'':<22}{'median':>9}{'worst':>9}{'ratio':>7}   (milliseconds; ratio to the check alone)")
    for beside in (False, True):
        with tempfile.TemporaryDirectory() as place:
            words = 'lang = "de"\nsource-lang = "en"\n' + ('pairs = "{stem}.{lang}.md"\n' if beside else "")
            (Path(place) / "tqcheck.toml").write_text(words, "utf-8")
            base = alone(size, chance, beside)
            opened, edited = await measured(Path(place), size, chance, beside)
        for name, times in (("open", opened), ("edit", edited)):
            what = f"{name}, {'beside original' if beside else 'alone'}"
            median = statistics.median(times)
            print(f"{what:<22}{median:>9.0f}{max(times):>9.0f}{median / base:>7.2f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as cache:
        os.environ["TQCHECK_CACHE"] = cache
        os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the server has it
        asyncio.run(main())
