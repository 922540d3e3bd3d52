"""Conditions that make an audit fail: `critical > 0`, `rate(casing) > 5`, `lower(CAS101) > 2 in any feed`.

They are about the texts that a run saw first. A severity, category, rule or prefix of rules stands for how often it
was found; `rate(…)` for that per 10,000 words, `lower(…)` for the lower limit of the rate, so that a few words raise
no alarm. `findings` is everything, `missed` the inputs that gave no article.
"""

from __future__ import annotations

import operator
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tqcheck.audit.articles import trouble
from tqcheck.audit.rates import Sample, rate
from tqcheck.errors import ConfigError, nearest
from tqcheck.model import Category, Severity
from tqcheck.rule_names import rule_names
from tqcheck.select import select

_FORM = re.compile(
    r"\s*(?:(?P<measure>rate|lower|count)\s*\(\s*(?P<inner>[\w-]+)\s*\)|(?P<plain>[\w-]+))\s*"
    r"(?P<sign>>=|<=|==|!=|>|<)\s*(?P<limit>\d+(?:\.\d+)?)\s*(?P<each>in\s+any\s+feed)?\s*",
    re.ASCII,
)
_SIGNS = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
}
ALL, MISSED = "findings", "missed"
_HOW = 'write a condition such as "critical > 0", "rate(casing) > 5" or "lower(CAS101) > 2 in any feed"'


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; `codes` are the rules it is about, empty where `name` is a severity, a category or everything."""

    text: str
    measure: str
    name: str
    sign: str
    limit: float
    each_feed: bool
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Holds:
    """A condition that holds: the value it has, and in which feed (None: in all together)."""

    condition: Condition
    value: float
    feed: str | None

    def __str__(self) -> str:
        where = "" if self.feed is None else f" in {self.feed}"
        return f"“{self.condition.text.strip()}” holds: {self.value:.4g}{where}"


def parse(text: str) -> Condition:
    """Return a condition. Raises ConfigError for what is none, or speaks of what does not exist."""
    match = _FORM.fullmatch(text[:200])
    if match is None:
        raise ConfigError(f"--fail-on “{text}”: not understood; {_HOW}")
    name = (match["inner"] or match["plain"]).removesuffix("s") if match["inner"] is None else match["inner"]
    name = ALL if name == "finding" else name
    measure, each = match["measure"] or "count", match["each"] is not None
    known = (ALL, MISSED, *(s.label for s in Severity), *(c.value for c in Category))
    codes: frozenset[str] = frozenset()
    if name not in known:
        try:
            codes = frozenset(rule.code for rule in select(rule_names(), (name,)))
        except ConfigError:
            names = [*known, *(rule.name for rule in rule_names())]
            hint = nearest(name, names) or "."
            raise ConfigError(f"--fail-on “{text}”: “{name}” is no severity, category or rule{hint} {_HOW}") from None
    if name == MISSED and measure != "count":
        raise ConfigError(f"--fail-on “{text}”: inputs that gave no article have no rate; write “missed > 0”")
    return Condition(text, measure, name, match["sign"], float(match["limit"]), each, codes)


def holding(db: sqlite3.Connection, run: int, conditions: Sequence[Condition]) -> list[Holds]:
    """Return what holds of the texts that a run saw first."""
    if not conditions:
        return []
    found = []
    feeds = [row[0] for row in db.execute("SELECT name FROM feeds ORDER BY name")]
    for condition in conditions:
        for feed in feeds if condition.each_feed else (None,):
            value = _value(db, run, condition, feed)
            if value is not None and _SIGNS[condition.sign](value, condition.limit):
                found.append(Holds(condition, value, feed))
    return found


def _value(db: sqlite3.Connection, run: int, condition: Condition, feed: str | None) -> float | None:
    """Return what a condition is about; None where the run saw no new text there."""
    if condition.name == MISSED:
        return float(sum(row[2] for row in trouble(db, run) if feed is None or row[0] == feed))
    words, findings = _texts(db, run, feed)
    if not words:
        return None if feed is not None else 0.0
    counts: dict[int, int] = defaultdict(int)
    for version, code, category, severity in findings:
        if condition.name in {ALL, category, severity} or code in condition.codes:
            counts[version] += 1
    squares = sum(n * n / max(1, words[version]) for version, n in counts.items())
    sample = Sample(len(words), sum(max(1, n) for n in words.values()), sum(counts.values()), squares)
    if condition.measure == "count":
        return float(sample.findings)
    told = rate(sample)
    return told.low if condition.measure == "lower" else told.value


def _texts(
    db: sqlite3.Connection, run: int, feed: str | None
) -> tuple[dict[int, int], Iterable[tuple[int, str, str, str]]]:
    """Return the words of the texts that a run saw first, by version, and their findings."""
    if feed is None:
        chosen, facts = "SELECT id FROM versions WHERE run = ? AND copy = 0", (run,)
    else:
        chosen = (
            "SELECT v.id FROM versions v JOIN listings l ON l.article = v.article JOIN feeds f ON f.id = l.feed "
            "WHERE v.run = ? AND v.copy < 2 AND f.name = ?"
        )
        facts = (run, feed)  # type: ignore[assignment]
    words = dict(db.execute(f"SELECT id, words FROM versions WHERE id IN ({chosen})", facts).fetchall())
    findings = db.execute(f"SELECT version, code, category, severity FROM findings WHERE version IN ({chosen})", facts)
    return words, findings
