"""Audit an archive of 20,000 articles: throughput, memory over time, and what a second run costs.

    python benchmarks/audit.py                       processes of this machine, one a core
    python benchmarks/audit.py --engine dask         a Dask cluster of this machine
    python benchmarks/audit.py --articles 2000       a smaller archive

The articles are made of the sentences in `tests/golden`, right ones and, one in twenty, faulty ones; no two are the
same. Originals are not beside them: only the rules that need the text alone run. Seconds depend on the machine and on
what else it does; processor seconds, memory and the ratio of the two runs do so less.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import threading
import time
from functools import partial
from multiprocessing import active_children
from pathlib import Path

from tqcheck.audit.archive_run import Engine, Tally, audit_archives
from tqcheck.audit.checking import rules_signature
from tqcheck.audit.engines import dask, processes
from tqcheck.audit.store import Store
from tqcheck.config import Settings

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden"
SENTENCES, PARAGRAPH = 30, 3
FAULTY = 20
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def sentences(folder: Path) -> tuple[list[str], list[str]]:
    """Return the right and the faulty sentences of a language."""
    clean = (folder / "clean.txt").read_text(encoding="utf-8").splitlines()
    marked = (folder / "marked.tsv").read_text(encoding="utf-8").splitlines()
    faulty = [line.split("\t")[1].replace("⟦", "").replace("⟧", "") for line in marked if "\t" in line]
    return [[line.replace("\\n", " ") for line in lines if line.strip()] for lines in (clean, faulty)]  # type: ignore


def records(path: Path, articles: int) -> None:
    """Write an archive; the same number gives the same archive."""
    chance = random.Random(articles)
    folders = sorted(folder for folder in GOLDEN.iterdir() if (folder / "clean.txt").is_file())
    known = {folder.name: sentences(folder) for folder in folders}
    with path.open("w", encoding="utf-8") as out:
        for n in range(articles):
            lang = folders[n % len(folders)].name
            clean, faulty = known[lang]
            chosen = [chance.choice(faulty if chance.randrange(FAULTY) == 0 else clean) for _ in range(SENTENCES)]
            parts = [" ".join(chosen[at : at + PARAGRAPH]) for at in range(0, SENTENCES, PARAGRAPH)]
            out.write(json.dumps({"id": n, "lang": lang, "text": f"{n}\n\n" + "\n\n".join(parts)}) + "\n")


class Watch(threading.Thread):
    """Looks every half second at the memory and the processor time of this process and of its workers."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.memory: list[int] = []
        self.spent: dict[int, float] = {}
        self.over = threading.Event()

    def run(self) -> None:
        """Look until it is over."""
        while not self.over.wait(0.5):
            total = 0
            for process in [os.getpid(), *(child.pid for child in active_children() if child.pid)]:
                try:
                    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                self.spent[process] = (int(words[11]) + int(words[12])) / TICK
                total += int(words[21]) * PAGE
            self.memory.append(total)


def audit(place: Path, archive: Path, engine: Engine) -> tuple[Tally, float]:
    """Audit an archive; return what came of it, and the seconds."""
    settings = Settings(encoder="none")
    with Store.open(place) as store:
        begin = time.perf_counter()
        run = store.begin_run([str(archive)], rules_signature(settings))
        tally = audit_archives(store, run, [str(archive)], settings, engine)
        store.end_run(run, "done")
        return tally, time.perf_counter() - begin


def main() -> None:
    """Print the figures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--engine", choices=["processes", "dask"], default="processes")
    options = parser.parse_args()
    engine: Engine = partial({"processes": processes, "dask": dask}[options.engine].run, jobs=options.jobs)
    with tempfile.TemporaryDirectory() as folder:
        archive, place = Path(folder) / "archive.jsonl", Path(folder) / "audit.db"
        records(archive, options.articles)
        watch = Watch()
        watch.start()
        tally, took = audit(place, archive, engine)
        watch.over.set()
        size, spent = tally.size / 1e6, sum(watch.spent.values())
        print(f"{tally.articles:,} articles, {size:.1f} MB of text, {tally.done} shards, {tally.findings:,} findings")
        print(f"{took:8.1f} s with {options.jobs} workers      {size / took:6.3f} MB/s")
        if options.engine == "processes":  # the workers of Dask are not children of ours
            print(f"{spent:8.1f} s of processor time     {size / spent:6.3f} MB/s for each core that it has to itself")
            quarter = len(watch.memory) // 4
            early, late = max(watch.memory[quarter : 2 * quarter]), max(watch.memory[-quarter:])
            print(
                f"{early / 1e6:8.0f} MB in the second quarter, {late / 1e6:.0f} MB in the last   {late / early:.2f} ×"
            )
        written = sum(file.stat().st_size for file in Path(folder).glob("audit.db*"))
        print(f"{written / tally.articles:8.0f} bytes of the store for each article")
        again, second = audit(place, archive, engine)
        print(f"{second:8.1f} s for a second run over the same ({again.skipped} shards known)   {second / took:.4f} ×")


if __name__ == "__main__":
    main()
