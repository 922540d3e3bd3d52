"""Gather human and machine text from the evaluation data and measure every rule on it.

    python scripts/measure_precision.py ../shared/eval/data [--human MORE.jsonl …]

Human text: the edited articles of the sets `clean` and `wild_clean`, the human translations of
`lift`, and the originals of `lift`, `wild_mt` and `mqm`. Machine text: the translations of `lift`,
`wild_mt`, `mqm` and `hallucination`. Nothing of it is copied into the project: only rates are. What
a reader judged to be a true fault in human text is listed as fingerprints in `data/reviewed.txt`
and does not count as a false alarm. Languages that the data lacks come from files given with
`--human` (Dutch was measured on the Dutch manuals of the Debian project).
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tqcheck.evaluation import precision

ROOT = Path(__file__).resolve().parent.parent


def read(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the records of one set."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


# What of a record is measured; the original only where the text is a translation of it.
KEYS = ("lang", "text", "source", "source_lang")


def translated(record: dict[str, Any]) -> dict[str, Any]:
    """Return the text of a record beside its original."""
    return {key: record[key] for key in KEYS if record.get(key)}


def original(record: dict[str, Any]) -> dict[str, Any]:
    """Return the original of a record as a text of its own."""
    return {"lang": record["source_lang"], "text": record["source"]}


def human(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield what people wrote, with its original where it is a translation."""
    for name in ("clean", "wild_clean"):
        yield from map(translated, read(folder, name))
    for record in read(folder, "lift"):
        if record["human"]:
            yield translated(record)
        yield original(record)
    for name in ("wild_mt", "mqm"):
        for record in read(folder, name):
            if record.get("source"):
                yield original(record)


def machine(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield what machines translated, with its original."""
    for record in read(folder, "lift"):
        if not record["human"]:
            yield translated(record)
    for name in ("wild_mt", "hallucination"):
        yield from map(translated, read(folder, name))
    for record in read(folder, "mqm"):
        if not record["human"]:
            yield translated(record)


def write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write records as JSON Lines, each text once."""
    seen = set()
    with path.open("w", encoding="utf-8") as out:
        for record in records:
            if record["text"] not in seen:
                seen.add(record["text"])
                out.write(json.dumps(record, ensure_ascii=False) + "\n")


def main() -> int:
    """Measure and write `tqcheck/rules/precision.json` and `data/precision.md`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--human", nargs="*", default=[], metavar="FILE")
    parser.add_argument("--list", metavar="TSV", help="write every counted finding on human text there, to be read")
    parser.add_argument("--select", metavar="CODES", help="measure only these rules and replace their lines")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        people, machines = Path(folder, "human.jsonl"), Path(folder, "machine.jsonl")
        write(people, human(options.data))
        write(machines, machine(options.data))
        arguments = [str(people), *options.human, "--machine", str(machines), "--jobs", "2"]
        arguments += ["--reviewed", str(ROOT / "data" / "reviewed.txt")]
        arguments += ["--output", str(ROOT / "tqcheck" / "rules" / "precision.json")]
        arguments += ["--markdown", str(ROOT / "data" / "precision.md")]
        if options.select:
            arguments += ["--select", options.select]
        if options.list:
            arguments += ["--list", options.list]
        return precision.main(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
