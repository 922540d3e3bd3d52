"""What holds for every rule: names, docstring, behaviour on hostile text, linear cost."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from pathlib import Path

import pytest

import tqcheck.rules as rules_package
from tests.marks import EVERYTHING, RULES
from tqcheck.engine import check_article
from tqcheck.model import Article
from tqcheck.rules.base import NEEDS, Rule

HOSTILE = {
    "empty": "",
    "blank": " \n\t\n ",
    "surrogate": "A \ud800 lone surrogate, “quoted \udfff” and more.",
    "controls": "".join(map(chr, range(1, 160))),
    "long line": "word " * 20_000,
    "one word": "a" * 100_000,
    "spaces": "a" + " " * 50_000 + ".",
    "dots": ". " * 30_000,
    "quotes": "\"'“”‘’«»" * 8_000,
    "brackets": "([{" * 20_000,
    "digits": "1 " * 30_000 + "1," * 20_000,
    "dashes": "- " * 30_000,
    "markup": "<a " * 20_000 + "&#" * 10_000 + "](" * 10_000,
    "capitals": "AbC" * 20_000,
    "mixed": "aа" * 20_000,
    "apostrophes": "l’" * 20_000,
    "newlines": "\n" * 50_000,
}  # fmt: skip


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
    assert lines <= 160, f"{lines} lines: split helpers into text/"


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


@pytest.mark.parametrize("hostile", [h for h in HOSTILE if h not in {"empty", "blank", "controls", "surrogate"}])
def test_cost_is_linear(hostile: str) -> None:
    """Four times the text may cost about four times the time; a quadratic rule would cost sixteen."""
    small, large = HOSTILE[hostile][:25_000], HOSTILE[hostile][:25_000] * 4
    slow = []
    for rule in RULES.values():
        cost = []
        for text in (small, large):
            begin = time.process_time()
            check_article(Article(text, lang="en"), EVERYTHING, rules=[rule])
            cost.append(time.process_time() - begin)
        # Below a fifth of a second nothing can be said about growth.
        if cost[1] > 0.2 and cost[1] > 10 * cost[0]:
            slow.append(f"{rule.code}: {cost[0]:.3f} s, then {cost[1]:.3f} s")
    assert not slow, "; ".join(slow)
