"""Check the evaluation data in each form of report for services, and validate what comes out by its schema.

    python scripts/validate_reports.py ../shared/eval/data [--sets clean wild_mt] [--formats sarif] [--limit 100]
        [--encoder none]

Articles become files beside their originals (`7.fr.txt` ↔ `7.de.txt`), so that places, repairs and related places are
those of files; single sentences become records of one file. Findings of low confidence are shown: the more, the
better. Written are the counts of each report; the exit code is 1 where one is not valid.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.report_schemas import FORMS, validate  # noqa: E402

# What is longer, or has several lines, is an article.
_SENTENCE = 600
_COUNT = {
    "sarif": lambda text: len(json.loads(text)["runs"][0]["results"]),
    "junit": lambda text: text.count("<failure"),
    "gitlab": lambda text: len(json.loads(text)),
    "rdjson": lambda text: len(json.loads(text)["diagnostics"]),
}


def records(path: Path, limit: int) -> Iterator[dict[str, Any]]:
    """Yield the records of a set as tqcheck reads them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for _number, line in zip(range(limit), lines, strict=False):
            record = json.loads(line)
            languages = {key: record.get(key) for key in ("id", "lang", "source_lang")}
            if "tgt" in record:
                yield {**languages, "text": "\n".join(record["tgt"]), "source": "\n".join(record["src"])}
            for key in ("text", "good", "bad"):
                if isinstance(record.get(key), str):
                    yield {**languages, "text": record[key], "source": record.get("source")}


def lay_out(found: Iterable[dict[str, Any]], folder: Path) -> int:
    """Write records as files and as one JSON Lines file; return their number."""
    number = 0
    with open(folder / "records.jsonl", "w", encoding="utf-8") as sentences:
        for number, record in enumerate(found, 1):
            if "\n" not in record["text"] and len(record["text"]) < _SENTENCE:
                given = {key: value for key, value in record.items() if value is not None}
                sentences.write(json.dumps({**given, "id": f"{record['id']}-{number}"}, ensure_ascii=False) + "\n")
                continue
            lang, source_lang = record["lang"], record["source_lang"] or "none"
            place = folder / f"{source_lang}-{lang}"
            if not place.exists():
                place.mkdir()
                pairs = (
                    "" if source_lang == "none" else f'source-lang = "{source_lang}"\npairs = "{{stem}}.{{lang}}.txt"\n'
                )
                (place / "tqcheck.toml").write_text(f'lang = "{lang}"\n{pairs}', "utf-8")
            for tag, text in ((lang, record["text"]), (source_lang, record["source"])):
                if text:
                    (place / f"{number}.{tag}.txt").write_text(text, "utf-8", newline="")
    return number


def report(folder: Path, form: str, encoder: str | None) -> tuple[str, float]:
    """Return what the command line says of a folder in a form, and how long it took."""
    out = folder.parent / "report"
    command = [sys.executable, "-m", "tqcheck", "check", ".", "--format", form, "--output", str(out)]
    command += ["--min-confidence", "low", "--fail-on", "never"]
    command += [] if encoder is None else ["--encoder", encoder]
    begin = time.monotonic()
    result = subprocess.run(command, cwd=folder, capture_output=True, check=False, text=True)
    if result.returncode:
        raise SystemExit(f"tqcheck ended with {result.returncode}: {result.stderr[-2000:]}")
    return out.read_text("utf-8"), time.monotonic() - begin


def main() -> int:
    """Validate each set in each form; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sets", nargs="+")
    parser.add_argument("--formats", nargs="+", choices=FORMS, default=FORMS)
    parser.add_argument("--limit", type=int, default=10**9, help="records of a set")
    parser.add_argument("--encoder", help="as for check; none takes a tenth of the time, and knows no omissions")
    options = parser.parse_args()
    names = options.sets or sorted(path.name.removesuffix(".jsonl.gz") for path in options.data.glob("*.jsonl.gz"))
    wrong = 0
    print(f"{'set':14} {'form':8} {'texts':>6} {'findings':>8} {'kB':>7} {'s':>5}")
    for name in names:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "articles"
            folder.mkdir()
            number = lay_out(records(options.data / f"{name}.jsonl.gz", options.limit), folder)
            for form in options.formats:
                text, seconds = report(folder, form, options.encoder)
                row = (
                    f"{name:14} {form:8} {number:6} {_COUNT[form](text):8} {len(text.encode()) >> 10:7} {seconds:5.0f}"
                )
                try:
                    validate(form, text)
                except Exception as error:
                    wrong += 1
                    print(f"{row}  NOT VALID: {str(error)[:500]}", flush=True)
                else:
                    print(f"{row}  valid", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
