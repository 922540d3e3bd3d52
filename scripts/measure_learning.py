"""Learn names from one half of some articles, take the capitals off those of the other half, and see what is caught.

    python scripts/measure_learning.py ARTICLES.jsonl[.gz] [LANG [PLACES ARTICLES]]

Caught is a lower-cased name on which CAS101 reports; of every name in the other half that the lexicon holds (learned or
built in), and of every word there that has a capital inside sentences and is no word of the dictionary. False alarms
are findings of CAS101 and NAM101 on the other half as it is, beyond those without what was learned.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tqcheck.config import Settings
from tqcheck.engine import check_article, read
from tqcheck.languages.lexemes import lexemes
from tqcheck.learning.counts import parts, runs_of
from tqcheck.learning.learn import Learned, learn
from tqcheck.learning.writing import written
from tqcheck.model import Article, Confidence
from tqcheck.text.case import lower


def main(path: str, tag: str = "en", least: str = "3", several: str = "2") -> None:
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path, encoding="utf-8")  # noqa: SIM115
    with opened as lines:
        rows = [json.loads(line) for line in lines]
    texts = [row["text"] for row in rows if row["lang"].partition("-")[0] == tag]
    texts += [row["source"] for row in rows if row.get("source_lang") == tag]
    articles = [Article(text, id=str(at), lang=tag) for at, text in enumerate(dict.fromkeys(texts))]
    print(len(articles), "articles")
    print("names of        held and caught     capitals caught     false alarms per 10,000 words")
    for first, second in ((articles[::2], articles[1::2]), (articles[1::2], articles[::2])):
        _half(learn(first), second, tag, int(least), int(several))


def _half(learned: Learned, others: list[Article], tag: str, least: int, several: int) -> None:
    names = learned.names(tag, least, several)
    bare = Settings(select=("CAS101", "NAM101"), min_confidence=Confidence.MEDIUM)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "house.toml")
        file.write_text(written(learned.counts[tag], names, [], {}), encoding="utf-8")
        _caught(bare, replace(bare, lexicon=(str(file),)), others, tag, len(names))


def _caught(bare: Settings, settings: Settings, others: list[Article], tag: str, names: int) -> None:
    known = read(others[0], settings).names
    held = caught = capitals = caught_capitals = alarms = words = 0
    plain = {article.id: len(check_article(article, bare).findings) for article in others}
    for article in others:
        ctx = read(article)
        words += len(ctx.words)
        alarms += len(check_article(article, settings).findings) - plain[article.id]
        places = [
            (start, part)
            for run in runs_of(ctx)
            for word in run
            for start, part in parts(word)
            if lower(part, tag) not in lexemes(tag)
        ]
        for start, part in places:
            low = lower(part, tag)
            text = article.text[:start] + low + article.text[start + len(part) :]
            found = check_article(replace(article, text=text), settings).findings
            hit = any(f.code == "CAS101" and f.start <= start < f.end for f in found)
            capitals += 1
            caught_capitals += hit
            if low in known.single and not known.single[low].common:
                held += 1
                caught += hit
                if not hit:
                    print("    missed", low, repr(text[max(0, start - 30) : start + 30]))
    print(
        f"{names:5} learned   {caught:5}/{held:5} {caught / held:.3f}   {caught_capitals:5}/{capitals:5} "
        f"{caught_capitals / capitals:.3f}   {1e4 * alarms / words:.2f}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
