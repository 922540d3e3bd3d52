"""A baseline: the findings that were there when the checks were turned on, known again by content.

An entry is used up by the finding with its fingerprint, else by one of the same rule on the same words of the
same article: so an edit in the same sentence makes nothing new either.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from tqcheck.errors import ConfigError
from tqcheck.fingerprint import known as fingerprints
from tqcheck.model import Report, Suppressed
from tqcheck.rules import load_rules
from tqcheck.text.repeats import folded
from tqcheck.text.words import count

VERSION = 1
# What is kept of the words at fault: enough to know them again, and one line of a diff.
_LONGEST = 120
# Fewer words are no sentence.
_FEW = 6
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Entry(NamedTuple):
    """One finding of the baseline."""

    code: str
    text: str
    fingerprint: str


class Baseline:
    """The entries of a baseline by the name of their article: its path from the folder of the baseline,
    with `#id` for a record of a file with many."""

    def __init__(self, entries: Mapping[str, Iterable[Entry]] | None = None) -> None:
        self.entries = {name: sorted(found) for name, found in (entries or {}).items()}

    def narrow(self, report: Report, path: str) -> Report:
        """Return a report whose findings are those that the baseline does not hold; the others are
        suppressed. `path` is that of the article, from the folder of the baseline."""
        if not (entries := self.entries.get(_name(report, path))):
            return report
        fits = _matched(entries, current(report, path))
        findings = report.findings
        rest = tuple(f for f, entry in zip(findings, fits, strict=True) if entry is None)
        held = tuple(Suppressed(f, "baseline") for f, entry in zip(findings, fits, strict=True) if entry is not None)
        return replace(report, findings=rest, suppressed=report.suppressed + held)

    def update(self, report: Report, path: str) -> None:
        """Take the findings of a report in the place of what was known of its article."""
        self.entries[_name(report, path)] = sorted(current(report, path))

    def prune(self, report: Report, path: str) -> None:
        """Take out the entries of an article that fit none of its findings, and write anew those that do."""
        name, found = _name(report, path), current(report, path)
        fits = _matched(self.entries.get(name, []), found)
        self.entries[name] = sorted(new for new, entry in zip(found, fits, strict=True) if entry is not None)

    def dump(self) -> str:
        """Return the content of the file: sorted, one finding a line, so that a diff says what came and went."""
        articles = []
        for name, entries in sorted(self.entries.items()):
            rows = ",\n".join(_line(entry._asdict()) for entry in entries)
            if rows:
                articles.append(f"{_line(name)}: [\n{rows}\n]")
        body = ",\n".join(articles)
        return f'{{\n"version": {VERSION},\n"articles": {{\n{body}\n}}\n}}\n'

    def __len__(self) -> int:
        return sum(map(len, self.entries.values()))


def load(text: str, name: str) -> Baseline:
    """Return the baseline in the content of a file. Raises ConfigError, naming the file, where it is none."""
    anew = "restore it from your version control, or take it away and run `tqcheck baseline create`"
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{name}: damaged, or no baseline: {str(error)[:200]}; {anew}") from error
    version = data.get("version") if isinstance(data, dict) else None
    if isinstance(version, int) and not isinstance(version, bool) and version != VERSION:
        raise ConfigError(
            f"{name}: a baseline of version {version}, and this tqcheck reads version {VERSION}; use the tqcheck that "
            "wrote it, or take the file away and run `tqcheck baseline create`"
        )
    try:
        if type(version) is not int:
            raise ValueError("it has no version")
        return Baseline({str(name): [_entry(row) for row in rows] for name, rows in data["articles"].items()})
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ConfigError(f"{name}: damaged, or no baseline ({error}); {anew}") from error


def current(report: Report, path: str) -> list[Entry]:
    """Return the findings of a report as entries, in their order."""
    keys = fingerprints(report, path)
    return [Entry(f.code, f.text[:_LONGEST], key) for f, key in zip(report.findings, keys, strict=False)]


def _name(report: Report, path: str) -> str:
    article = report.article
    return f"{path}#{article.id}" if article.id and article.id != article.path else path


def _matched(entries: Iterable[Entry], found: list[Entry]) -> list[Entry | None]:
    """Return for each finding the entry that it uses up, None where it is new."""
    known = list(entries)
    exact = {(entry.code, entry.fingerprint): entry for entry in known}
    fits = [exact.pop((each.code, each.fingerprint), None) for each in found]
    alike: dict[str, list[Entry]] = defaultdict(list)
    for entry in exact.values():
        alike[_words(entry.text)].append(entry)
    # Its own rule first, then one that takes turns with it: of two copies, the place decides which rule speaks.
    for same in (True, False):
        for number, each in enumerate(found):
            if fits[number] is None and (rest := alike.get(_words(each.text))):
                codes = {each.code} if same else _turns(each.code)
                fits[number] = next((entry for entry in rest if entry.code in codes), None)
                rest[:] = [entry for entry in rest if entry is not fits[number]]
    long = [entry for entry in known if count(entry.text) > _FEW]
    for number, each in enumerate(found if long else ()):
        if fits[number] is None and count(each.text) > _FEW:
            fits[number] = next((entry for entry in long if _holds(entry, each)), None)
    return fits


def _words(text: str) -> str:
    """Return the words at fault for comparison. Of the copies of a sentence, one may be set in capitals."""
    return folded(text) if count(text) > _FEW else text


def _holds(entry: Entry, found: Entry) -> bool:
    """True where an entry takes a paragraph as a whole of which a finding takes a sentence."""
    whole, words = folded(entry.text), folded(found.text)
    return words in whole and (entry.code in _turns(found.code) or (entry.code == found.code and words != whole))


@cache
def _turns(code: str) -> frozenset[str]:
    """Return the rules that yield to a rule, or to which it yields: of them, one alone reports some words."""
    rules = {rule.code: rule for rule in load_rules()}
    above = rules[code].yields_to if code in rules else ()
    return frozenset((*above, *(rule.code for rule in rules.values() if code in rule.yields_to)))


def _entry(row: Any) -> Entry:
    entry = Entry(row["code"], row["text"], row["fingerprint"])
    if not all(isinstance(value, str) for value in entry):
        raise TypeError("an entry that is not made of strings")
    return entry


def _line(value: object) -> str:
    """Return JSON without what some editors take for the end of a line, and without lone surrogates."""
    return _UNSAFE.sub(lambda m: f"\\u{ord(m.group()):04x}", json.dumps(value, ensure_ascii=False))
