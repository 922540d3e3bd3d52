"""Take running prose out of a folder of HTML manuals, as JSON Lines for `make precision`.

    python scripts/manual_text.py nl /usr/share/doc/debian-faq-nl … > nl.jsonl

For languages that the evaluation data lacks: manuals are translated and edited by people. Kept are
long paragraphs that begin and end as sentences do, without commands, paths or keys among the words,
and without a sentence that stood before, since manuals repeat themselves.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from tqcheck.readers import html

_SHORTEST = 120
# What belongs to computers rather than to prose; `§` stands for a piece of code that was cut out.
_CODE = re.compile(r"(?is)<(pre|code|tt|kbd|b)\b.*?</\1>")
# Programs are called by their commands in the middle of a sentence.
_TECHNICAL = re.compile(r"\bapt\b|\baptitude\b|[<>{}|$#_/\\\[\]§=]| \.|\w-\s")
# Licences and new chapters stay in English.
_ENGLISH = re.compile(r"\b[Tt]he [a-z]")


def paragraphs(page: str) -> list[str]:
    """Return the paragraphs of a page that are running prose."""
    article = html.read(_CODE.sub("§", page))
    lines = (" ".join(line.split()) for line in article.view().text.split("\n"))
    return [p for p in lines if len(p) > _SHORTEST and p[0].isupper() and p.endswith(".") and _prose(p)]


def _prose(paragraph: str) -> bool:
    return not _TECHNICAL.search(paragraph) and not _ENGLISH.search(paragraph)


def main() -> None:
    """Write one record a page."""
    lang, *folders = sys.argv[1:]
    seen: set[str] = set()
    for path in sorted(p for folder in folders for p in Path(folder).rglob("*.html*")):
        kept = []
        for paragraph in paragraphs(path.read_text(encoding="utf-8", errors="replace")):
            sentences = set(re.split(r"(?<=\.) ", paragraph))
            if not sentences & seen:
                kept.append(paragraph)
            seen |= sentences
        if kept:
            record = {"id": path.name, "lang": lang, "text": "\n\n".join(kept)}
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
