"""What a SARIF log says of the rules: their help, their severity, and their place in MQM."""

from __future__ import annotations

import re
from typing import Any

from tqcheck.model import Category, Finding, Severity
from tqcheck.rules import Rule, load_rules
from tqcheck.rules.base import SECTIONS

LEVELS = {Severity.CRITICAL: "error", Severity.MAJOR: "warning", Severity.MINOR: "note"}
_SENTENCE = re.compile(r"(?<=[\w)”])\. (?=[A-Z])")
_NOTIFICATIONS = {
    "rule-skipped": "A rule that could not run on some articles, and why.",
    "rule-failed": "A rule that broke on an article: its findings there are missing.",
    "input-failed": "An input that could not be read or checked.",
    "input-note": "What an editor should know about a file.",
}


def plain(text: str) -> str:
    """Return words as a plain text message of SARIF holds them: braces would be placeholders (§3.11.5),
    “](” a link (§3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")


class Descriptors:
    """The rules that a log speaks of, in the order in which it comes to them."""

    def __init__(self) -> None:
        self._all = {rule.code: rule for rule in load_rules()}
        self._indices: dict[str, int] = {}
        self._names: dict[str, str] = {}

    def known(self, code: str) -> bool:
        """Tell whether there is a rule of this code."""
        return code in self._all

    def index(self, code: str, finding: Finding | None = None) -> int:
        """Return the index of a rule; of one that we do not have, `finding` tells the name."""
        if finding is not None:
            self._names.setdefault(code, finding.name)
        return self._indices.setdefault(code, len(self._indices))

    def driver(self, version: str) -> dict[str, Any]:
        """Return the description of the tool."""
        notifications = [{"id": id_, "shortDescription": {"text": text}} for id_, text in _NOTIFICATIONS.items()]
        return {
            "name": "tqcheck",
            "version": version,
            "shortDescription": {"text": "Checks machine-translated articles."},
            "rules": [self._rule(code) for code in self._indices],
            "notifications": notifications,
            "supportedTaxonomies": [{"name": "MQM", "index": 0}],
        }

    def taxonomy(self) -> dict[str, Any]:
        """Return the part of MQM that the rules are about."""
        return {
            "name": "MQM",
            "organization": "themqm.org",
            "informationUri": "https://themqm.org",
            "shortDescription": {"text": "Multidimensional Quality Metrics: a typology of translation errors."},
            "taxa": [{"id": path, "name": path.rpartition("/")[2]} for path in self._paths()],
        }

    def _paths(self) -> list[str]:
        return list(dict.fromkeys(self._all[code].category.mqm for code in self._indices if code in self._all))

    def _rule(self, code: str) -> dict[str, Any]:
        rule = self._all.get(code)
        if rule is None:
            return {"id": code, "name": self._names.get(code, code)}
        parts = rule.sections
        category = rule.category
        target = {"id": category.mqm, "index": self._paths().index(category.mqm)}
        return {
            "id": code,
            "name": rule.name,
            "shortDescription": {"text": plain(_first(parts[""]))},
            "fullDescription": {"text": plain(parts[""])},
            "help": _help(rule),
            "defaultConfiguration": {"level": LEVELS[rule.severity]},
            "relationships": [
                {"target": {**target, "toolComponent": {"name": "MQM", "index": 0}}, "kinds": ["superset"]}
            ],
            "properties": {"tags": _tags(category), "category": category.value, "mqm": category.mqm},
        }


def _help(rule: Rule) -> dict[str, str]:
    """Return the help: why, when it errs, and the norm. Its Markdown holds no HTML (§3.11.4.2)."""
    parts = rule.sections
    told = [(title, parts[title]) for title in SECTIONS if parts.get(title)]
    text = "\n\n".join([parts[""], *(f"{title}: {words}" for title, words in told)])
    marked = "\n\n".join([_marked(parts[""]), *(f"**{title}:** {_marked(words)}" for title, words in told)])
    return {"text": plain(text), "markdown": marked.replace("{", "{{").replace("}", "}}")}


def _marked(text: str) -> str:
    return text.replace("\\", "\\\\").replace("<", "\\<").replace("*", "\\*").replace("_", "\\_").replace("[", "\\[")


def _first(text: str) -> str:
    return _SENTENCE.split(text, maxsplit=1)[0].rstrip(".") + "."


def _tags(category: Category) -> list[str]:
    return ["translation", category.value, f"mqm/{category.mqm}"]
