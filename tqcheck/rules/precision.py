"""Confidence by measurement: how often a rule fires on good human text and on machine text.

`precision.json` holds, for each rule and language, the findings per 10,000 words on human text
(h) and on machine translation (m); `make precision` writes it. A rule that uses no language data
is measured over all languages together, under "*".
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import NamedTuple

from tqcheck.model import Confidence
from tqcheck.rules.base import Rule


class Rates(NamedTuple):
    """Findings per 10,000 words on human text, and on machine translation where known."""

    human: float
    machine: float | None


@cache
def _table() -> dict[str, dict[str, tuple[float, float | None]]]:
    file = resources.files("tqcheck.rules") / "precision.json"
    if not file.is_file():
        return {}
    table: dict[str, dict[str, tuple[float, float | None]]] = json.loads(file.read_text(encoding="utf-8"))["rules"]
    return table


def rates(rule: Rule, lang: str) -> Rates | None:
    """Return the measured rates of a rule in a language (`pt-BR` falls back on `pt`), None where
    it was never measured."""
    measured = _table().get(rule.code, {})
    keys = (lang, lang.partition("-")[0]) if not rule.universal else ("*",)
    for key in keys:
        if key in measured:
            return Rates(*measured[key])
    return None


def confidence(rule: Rule, lang: str) -> Confidence:
    """Return the confidence that the measured rates allow.

    High: h ≤ .1 and, where m is known, 1 − h/m ≥ .95. Medium: h ≤ .5 and ≥ .80. Low: the rest, and
    what was never measured. What the user ordered is not ours to doubt: high.
    """
    if rule.authority == "user":
        return Confidence.HIGH
    found = rates(rule, lang)
    if found is None:
        return Confidence.LOW
    if found.human == 0 or found.machine is None:
        share = 1.0
    else:
        # What fires on human text alone has no precision at all.
        share = 1 - found.human / found.machine if found.machine else 0.0
    if found.human <= 0.1 and share >= 0.95:
        return Confidence.HIGH
    if found.human <= 0.5 and share >= 0.80:
        return Confidence.MEDIUM
    return Confidence.LOW
