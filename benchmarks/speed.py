"""Speed and memory of the command line, as ratios within one run on one machine.

    python benchmarks/speed.py              tqcheck alone
    python benchmarks/speed.py --peers      also Harper and textlint (Node.js; `npm install` in benchmarks/peers first)

Every figure is the median of several whole processes. Absolute times depend on the machine; the
ratios (to a bare Python start, to a peer, to a quarter of the text) are what to compare.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "data" / "sample" / "port-strike.en.txt"
TQCHECK = [str(Path(sys.executable).parent / "tqcheck")]


def seconds(command: list[str], runs: int = 5, folder: Path | None = None) -> float:
    """Return the median wall time of a whole process started in `folder`, after one warm-up."""
    times = []
    for _ in range(runs + 1):
        begin = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False, cwd=folder)
        times.append(time.perf_counter() - begin)
    return statistics.median(times[1:])


def peak_mb(command: list[str]) -> float:
    """Return the peak resident memory of a process in MB, measured by a parent of its own."""
    code = (
        "import resource,subprocess,sys\n"
        "subprocess.run(sys.argv[1:],capture_output=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    return float(done.stdout)


def records(path: Path, articles: int) -> Path:
    """Write a JSON Lines file of `articles` variants of the sample, so that no text is seen twice."""
    text = SAMPLE.read_text(encoding="utf-8")
    with path.open("w", encoding="utf-8") as out:
        for n in range(articles):
            variant = text.replace("600", str(600 + n)).replace("Sunday", f"Sunday {n}")
            out.write(json.dumps({"id": str(n), "lang": "en", "text": variant}) + "\n")
    return path


def main() -> None:
    """Print the figures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    check = [*TQCHECK, "check", "--lang", "en", "--format", "jsonl"]
    bare = seconds([sys.executable, "-c", "pass"])
    print(f"bare Python start              {bare:8.3f} s")
    for label, command in {
        "--version": [*TQCHECK, "--version"],
        "one article, jsonl": [*check, str(SAMPLE)],
        "one article, full report": [*TQCHECK, "check", "--lang", "en", str(SAMPLE)],
    }.items():
        took = seconds(command)
        print(f"{label:30} {took:8.3f} s   {took / bare:6.1f} × bare Python")
    one = seconds([*check, str(SAMPLE)])
    if options.peers:
        peers = HERE / "peers"
        for name, command in {
            "harper": ["node", str(peers / "harper.mjs"), str(SAMPLE)],
            "textlint": [str(peers / "node_modules" / ".bin" / "textlint"), str(SAMPLE)],
        }.items():
            took = seconds(command, folder=peers)
            print(f"{name + ', same article':30} {took:8.3f} s   {took / one:6.1f} × tqcheck")
    with tempfile.TemporaryDirectory() as folder:
        growth(Path(folder), check, one)


def growth(folder: Path, check: list[str], one: float) -> None:
    """Print throughput, memory and growth for many articles and for one long one."""
    times = {}
    for articles in (500, 2_000, 10_000):
        path = records(folder / f"{articles}.jsonl", articles)
        times[articles] = seconds([*check, "--jobs", "1", str(path)], runs=1)
        size = path.stat().st_size / 1e6
        print(
            f"{articles:6} articles, {size:5.1f} MB       {times[articles]:8.2f} s   "
            f"{size / (times[articles] - one):6.2f} MB/s   peak {peak_mb([*check, '--jobs', '1', str(path)]):5.0f} MB"
        )
    print(f"growth 2,000 → 10,000 articles (5 ×)  {times[10_000] / times[2_000]:5.2f} × the time")
    long = folder / "long.txt"
    spent = {}
    for copies in (600, 2_500):
        variants = (SAMPLE.read_text(encoding="utf-8").replace("Sunday", f"Sunday {n}") for n in range(copies))
        long.write_text("\n\n".join(variants), encoding="utf-8")
        spent[copies] = seconds([*check, str(long)], runs=1)
        print(f"one article of {long.stat().st_size / 1e6:4.1f} MB          {spent[copies]:8.2f} s")
    print(f"growth of one article (4.2 ×)          {spent[2_500] / spent[600]:5.2f} × the time")


if __name__ == "__main__":
    main()
