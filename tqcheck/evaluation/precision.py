"""Measure every rule on good human text and on machine translation, and write the table that
confidence is looked up in.

    python -m tqcheck.evaluation.precision HUMAN.jsonl… --machine MT.jsonl…
        --output tqcheck/rules/precision.json --markdown data/precision.md

    [--reviewed FINGERPRINTS] [--list FINDINGS.tsv] [--select CODES]

Human text is not free of faults: a finding on it that a person read and judged to be true is named
in the reviewed file by its fingerprint (no text is kept) and is no false alarm.

Records are JSON Lines with `text` and `lang`, and `source` and `source_lang` where there is an
original (`.gz` too). With `--select` only those rules are measured, and their lines of the table
replaced. Counted are the findings whose own
evidence is better than low, after overlaps between rules are resolved, per 10,000 words: the
findings that the table could show or hide as a whole.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from tqcheck.config import Settings
from tqcheck.engine import by_evidence, read
from tqcheck.fingerprint import digest
from tqcheck.model import Article, Confidence, Finding
from tqcheck.readers import Unread, jsonl
from tqcheck.rules import Rule, load_rules
from tqcheck.select import select
from tqcheck.text.words import count

Rates = dict[str, dict[str, list[float | None]]]
# The key of rules that use no data of a language: all languages together.
ALL = "*"
_PER = 10_000


@dataclass
class Tally:
    """Words and findings of one kind of text (human or machine) by language."""

    words: Counter[str] = field(default_factory=Counter)
    # Words that a rule could run on, and its findings there, by (code, language).
    read: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    # Every finding counted: fingerprint, code, language, and the stretch with what is around it.
    listed: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add the counts of other articles."""
        self.words.update(other.words)
        self.read.update(other.read)
        self.found.update(other.found)
        self.failed.extend(other.failed)
        self.listed.extend(other.listed)

    def rate(self, code: str, lang: str) -> float | None:
        """Return the findings per 10,000 words, None where the rule read nothing."""
        words = self.read[code, lang]
        return round(self.found[code, lang] * _PER / words, 3) if words else None


def fingerprint(finding: Finding, text: str) -> str:
    """Return 16 hexadecimal digits for a finding in its surroundings; `text` is its side's."""
    around = text[max(0, finding.start - 40) : finding.end + 40]
    return digest(finding.code, around)


def tally(articles: Iterable[Article], reviewed: frozenset[str] = frozenset(), codes: tuple[str, ...] = ()) -> Tally:
    """Run the rules (all, or those of `codes`) over the articles; count what was not reviewed and found true."""
    # What a user's glossary says cannot be measured without it.
    rules = tuple(rule for rule in select(load_rules(), codes) if rule.authority == "measured")
    # Aligning costs most of the time, and few rules look at pairs.
    aligned = any({"pairs", "encoder"}.intersection(rule.needs) for rule in rules)
    settings = Settings() if aligned else Settings(encoder="none")
    total = Tally()
    for article in articles:
        text = article.view().text
        ctx = read(article, settings)
        base, words = ctx.language.base, count(text)
        active = [rule for rule in rules if rule.obstacle(ctx) is None]
        total.words[base] += words
        for rule in active:
            for key in _keys(rule, base):
                total.read[rule.code, key] += words
        try:
            found = by_evidence(ctx, active)
        except Exception as error:  # told at the end; the measure of the others stands
            total.failed.append(f"{article.path}: {article.id}: {type(error).__name__}: {error}")
            continue
        by_code = {rule.code: rule for rule in active}
        for finding in found:
            side = article.text if finding.side == "target" else article.source or ""
            key = fingerprint(finding, side)
            if finding.confidence > Confidence.LOW and key not in reviewed:
                total.listed.append((key, finding.code, base, _shown(finding, side)))
                for group in _keys(by_code[finding.code], base):
                    total.found[finding.code, group] += 1
    return total


def _shown(finding: Finding, text: str) -> str:
    before, after = text[max(0, finding.start - 60) : finding.start], text[finding.end : finding.end + 60]
    return re.sub(r"\s", " ", f"{before}⟦{finding.text}⟧{after}")


def _keys(rule: Rule, base: str) -> tuple[str, ...]:
    return (base, ALL) if rule.universal else (base,)


def table(human: Tally, machine: Tally) -> dict[str, Any]:
    """Return the content of `precision.json`."""
    rules: Rates = {}
    for code, lang in sorted(human.read):
        h = human.rate(code, lang)
        if h is not None:
            rules.setdefault(code, {})[lang] = [h, machine.rate(code, lang)]
    measured = {"human": dict(sorted(human.words.items())), "machine": dict(sorted(machine.words.items()))}
    return {"measured": measured, "rules": rules}


def _merged(known: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """Return the known table with what was measured again, rule by rule and language by language."""
    measured = {kind: {**known["measured"][kind], **words} for kind, words in content["measured"].items()}
    rules = {code: {**known["rules"].get(code, {}), **rates} for code, rates in content["rules"].items()}
    return {"measured": measured, "rules": dict(sorted({**known["rules"], **rules}.items()))}


def serialise(content: dict[str, Any]) -> str:
    """Return the table as JSON with one rule a line, so that a change of one shows as one line."""
    rules = [f"  {json.dumps(code)}: {json.dumps(rates, sort_keys=True)}" for code, rates in content["rules"].items()]
    measured = json.dumps(content["measured"], sort_keys=True)
    return f'{{\n "measured": {measured},\n "rules": {{\n' + ",\n".join(rules) + "\n }\n}\n"


def markdown(content: dict[str, Any], names: Sequence[str]) -> str:
    """Return the table for people: one of human text, one of machine translation."""
    measured, rules = content["measured"], content["rules"]
    parts = [
        "# Measured precision\n\n"
        "Findings per 10,000 words whose own evidence is not weak; `·`: the rule does not run or was not measured "
        "there. Column `*`: all languages together, for rules that use no data of a language. "
        f"Written by `python -m tqcheck.evaluation.precision` from {', '.join(f'`{n}`' for n in names)}.\n"
    ]
    for at, kind, title in ((0, "human", "Human text"), (1, "machine", "Machine translation")):
        words = measured[kind]
        if not words:
            continue
        langs = [ALL, *words]
        lines = [f"\n## {title}\n", f"| rule | {' | '.join(langs)} |", f"|---|{'---:|' * len(langs)}"]
        lines.append(f"| *words* | {' | '.join(f'{n:,}' for n in (sum(words.values()), *words.values()))} |")
        for code, rates in rules.items():
            cells = [rates.get(lang, (None, None))[at] for lang in langs]
            lines.append(f"| {code} | {' | '.join('·' if c is None else f'{c:.2f}' for c in cells)} |")
        parts.append("\n".join(lines) + "\n")
    return "".join(parts)


def articles(paths: Iterable[str]) -> Iterator[Article]:
    """Yield the articles of JSON Lines files; a bad line stops the measure."""
    for path in paths:
        with gzip.open(path) if path.endswith(".gz") else open(path, "rb") as stream:
            for item in jsonl.read(cast(BinaryIO, stream), path):
                if isinstance(item, Unread):
                    raise SystemExit(f"{item.where}: {item.message}")
                yield item


def measure(
    paths: Iterable[str], jobs: int, reviewed: frozenset[str] = frozenset(), codes: tuple[str, ...] = ()
) -> Tally:
    """Return the tally of all articles of the files."""
    count_batch = partial(tally, reviewed=reviewed, codes=codes)
    stream = articles(paths)
    batches = iter(lambda: list(islice(stream, 64)), [])
    total = Tally()
    if jobs == 1:
        for batch in batches:
            total.add(count_batch(batch))
        return total
    with ProcessPoolExecutor(jobs) as pool:
        for part in pool.map(count_batch, batches):
            total.add(part)
    return total


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and write; return 1 if a rule failed on some article."""
    parser = argparse.ArgumentParser(prog="python -m tqcheck.evaluation.precision", description=__doc__)
    parser.add_argument("human", nargs="+", metavar="HUMAN.jsonl")
    parser.add_argument("--machine", nargs="*", default=[], metavar="MT.jsonl")
    parser.add_argument("--output", type=Path, metavar="JSON")
    parser.add_argument("--markdown", type=Path, metavar="MD")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--reviewed", type=Path, metavar="TXT")
    parser.add_argument("--list", type=Path, metavar="TSV")
    parser.add_argument("--select", metavar="CODES")
    options = parser.parse_args(argv)
    lines = options.reviewed.read_text(encoding="utf-8").splitlines() if options.reviewed else []
    reviewed = frozenset(line.split()[0] for line in lines if line and not line.startswith("#"))
    codes = tuple(options.select.split(",")) if options.select else ()
    human = measure(options.human, options.jobs, reviewed, codes)
    machine = measure(options.machine, options.jobs, codes=codes)
    content = table(human, machine)
    if codes and options.output:
        content = _merged(json.loads(options.output.read_text(encoding="utf-8")), content)
    text = serialise(content)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    if options.markdown:
        names = [Path(p).name for p in (*options.human, *options.machine)]
        options.markdown.write_text(markdown(content, names), encoding="utf-8")
    if options.list:
        rows = sorted(human.listed, key=lambda row: row[1:])
        options.list.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    failed = human.failed + machine.failed
    for line in failed:
        print(line, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
