"""Boundary F1 of the sentences: `python benchmarks/segmentation.py FOLDER [LANG]`.

Known single sentences of the evaluation data are joined, five at a time, and cut again; a boundary counts
where it is found exactly. With a language, its mistakes are printed. Text+berg is left out: its words
and marks stand apart, as no article has them.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tqcheck.languages import load
from tqcheck.text.segment import paragraphs, sentences

_WHOLE = re.compile(r"[.!?…。！？؟।][\"”’»›)）」』]*$")
_MOST = 2000


def records(folder: Path, name: str) -> Iterator[Any]:
    """Yield the records of a set."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def single(folder: Path) -> dict[str, set[str]]:
    """Return the sentences of each language that stand alone in the data."""
    found: dict[str, set[str]] = defaultdict(set)
    for record in records(folder, "demetr"):
        found[record["source_lang"]].add(record["source"].strip())
        found["en"].add(record["good"].strip())
    for record in records(folder, "align"):
        if "berg" not in record["id"]:
            found[record["source_lang"]].update(text.strip() for text in record["src"])
            found[record["lang"]].update(text.strip() for text in record["tgt"])
    return found


def main() -> None:
    """Print one line a language."""
    folder, shown = Path(sys.argv[1]), sys.argv[2:3]
    for lang, known in sorted(single(folder).items()):
        texts = sorted(text for text in known if _WHOLE.search(text) and "\n" not in text)
        if len(texts) < 20:
            continue
        random.Random(0).shuffle(texts)
        language = load(lang)
        right = extra = missed = 0
        for at in range(0, min(len(texts), _MOST) - 4, 5):
            text, gold = "", set()
            for part in texts[at : at + 5]:
                text += (" " if text and language.spaced else "") + part
                gold.add(len(text))
            dotted = "." in language.numbers.ordinals
            spans = sentences(text, paragraphs(text), language.words.abbreviations, dotted)
            got = {span.end for span in spans} - {len(text)}
            gold.discard(len(text))
            right, extra, missed = right + len(gold & got), extra + len(got - gold), missed + len(gold - got)
            if lang in shown:
                for place in sorted(gold ^ got):
                    kind = "missed" if place in gold else "extra"
                    print(f"    {kind}: {text[max(0, place - 50) : place]}|{text[place : place + 30]}")
        f1 = 2 * right / max(1, 2 * right + extra + missed)
        print(f"{lang:5} {min(len(texts), _MOST):5} sentences   F1 {f1:.3f}   extra {extra}   missed {missed}")


if __name__ == "__main__":
    main()
