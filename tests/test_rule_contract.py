"""What holds for every rule: names, docstring, behaviour on hostile text."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import tqcheck.rules as rules_package
from tests.hostile import HOSTILE
from tests.marks import EVERYTHING, RULES
from tqcheck.engine import check_article
from tqcheck.model import Article
from tqcheck.rules.base import NEEDS, Rule


def _modules() -> dict[str, str]:
    """Return the rule code of each rule file by its path below `rules/`."""
    found = {}
    for family in pkgutil.iter_modules(rules_package.__path__):
        if family.ispkg:
            package = importlib.import_module(f"tqcheck.rules.{family.name}")
            for info in pkgutil.iter_modules(package.__path__):
                module = importlib.import_module(f"tqcheck.rules.{family.name}.{info.name}")
                own = [v for v in vars(module).values() if isinstance(v, Rule)]
                assert len(own) == 1, f"{info.name} holds {len(own)} rules"
                found[info.name] = own[0].code
    return found


def test_file_says_code_and_name() -> None:
    for module, code in _modules().items():
        rule = RULES[code]
        assert module == f"{code.lower()}_{rule.name.replace('-', '_')}"


def test_codes_and_names_are_unique() -> None:
    assert len({r.name for r in RULES.values()}) == len(RULES) == len(_modules())


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_declaration(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code)
    assert set(rule.needs) <= set(NEEDS)
    assert set(rule.yields_to) <= set(RULES)
    for part in ("Why: ", "When it is wrong: ", "Norm: "):
        assert part in rule.doc, f"the docstring lacks “{part}”"
    lines = Path(rule.run.__code__.co_filename).read_text(encoding="utf-8").count("\n")
    assert lines <= 170, f"{lines} lines: split helpers into text/"


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("lang", ["en", "fr", "ar", "zh", "und"])
def test_hostile_text(hostile: str, lang: str) -> None:
    text = HOSTILE[hostile]
    report = check_article(Article(text, lang=lang), EVERYTHING)
    assert not report.failures
    for finding in report.findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text
    assert report == check_article(Article(text, lang=lang), EVERYTHING)


def test_rules_do_not_yield_in_a_circle() -> None:
    def reachable(code: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        assert code not in seen, f"{code} yields to itself"
        return frozenset().union(*(reachable(other, seen | {code}) for other in RULES[code].yields_to), {code})

    for code in RULES:
        reachable(code)
