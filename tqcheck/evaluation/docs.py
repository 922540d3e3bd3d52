"""Write one page a rule and their index from the rules themselves.

    python -m tqcheck.evaluation.docs docs

The pages are generated: edit the docstring or the examples of the rule instead.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from itertools import groupby
from pathlib import Path

from tqcheck.languages import available, load
from tqcheck.rules import Rule, load_rules
from tqcheck.rules.base import NEEDS, SECTIONS, Example
from tqcheck.rules.precision import confidence, rates

_SIGNS = {"\n": "␤", "\xa0": "⍽"}
_CODE = re.compile(r"<(U\+[0-9A-F]{4,6})>")


def main() -> int:
    """Write the pages into the folder given; return the exit code."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs") / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    rules = load_rules()
    pages = {f"{rule.code}.md": page(rule) for rule in rules} | {"index.md": index(rules)}
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


def index(rules: tuple[Rule, ...]) -> str:
    """Return the list of all rules, by category."""
    lines = ["# Rules", "", "Severity is the harm if a finding is true. `tqcheck explain CODE` shows a page in the"]
    lines += ["terminal, `tqcheck rules --lang fr` what runs in a language. The pages are written from the rules.", ""]
    by_category = sorted(rules, key=lambda r: (r.category.value, r.code))
    for category, members in groupby(by_category, key=lambda r: r.category.value):
        lines += [f"## {category}", "", "| rule | severity | reports |", "|---|---|---|"]
        lines += [f"| [{r.code}]({r.code}.md) {r.name} | {r.severity.label} | {_first(r)} |" for r in members]
        lines.append("")
    return "\n".join(lines)


def page(rule: Rule) -> str:
    """Return the page of one rule. It is also read alone, in an editor, so it leads nowhere else."""
    parts = rule.sections
    wrong = [_example(e) for e in rule.examples if e.bad]
    right = [_example(e) for e in rule.examples if not e.bad]
    lines = [f"# {rule.code} {rule.name}", "", parts[""], ""]
    for title in SECTIONS:
        lines += [f"**{title}:** {parts[title]}", ""]
    category = f"category {rule.category.value} (MQM {rule.category.mqm})"
    lines += [f"Severity {rule.severity.label} · {category} · since {rule.since}", "", *_runs(rule)]
    lines += ["## Wrong", "", _legend(rule), "", *wrong, ""]
    lines += ["## Right", "", "Here the rule says nothing.", "", *right, ""]
    lines += ["## Measured", "", *_measured(rule), ""]
    lines += ["## Where you know better", ""]
    lines += [f"`<!-- tqcheck: ignore[{rule.code}] why -->` before a paragraph hides what is found in it, in Markdown"]
    lines += [f'and HTML; `ignore = ["{rule.code}"]` in the configuration turns the rule off.', ""]
    return "\n".join(lines)


def _first(rule: Rule) -> str:
    return rule.sections[""]


def _runs(rule: Rule) -> list[str]:
    """Say where the rule runs, if not everywhere."""
    where = [NEEDS[need].where for need in rule.needs]
    if rule.languages:
        where.insert(0, "the article is in " + " or ".join(_name(tag) for tag in rule.languages))
    return [f"It runs where {', and where '.join(where)}.", ""] if where else []


def _legend(rule: Rule) -> str:
    """Explain the signs in the examples."""
    examples = "".join(_example(e) for e in rule.examples)
    sources = "".join(e.source or "" for e in rule.examples)
    told = "⟦ ⟧ mark what is reported" + (", and what it is about in the original." if "⟦" in sources else ".")
    signs = [f"{sign} is a {name}" for sign, name in (("␤", "line end"), ("⍽", "no-break space")) if sign in examples]
    signs += [f"`<{code}>` is {_called(code)}" for code in sorted(set(_CODE.findall(examples)))]
    return f"{told} {'; '.join(signs)}." if signs else told


def _called(code: str) -> str:
    return unicodedata.name(chr(int(code[2:], 16)), "a control character").lower()


def _example(each: Example) -> str:
    lines = [f"- {_name(each.lang)}: {_code(each.text)}"]
    if each.source is not None:
        of = f" ({_name(each.source_lang)})" if each.source_lang else ""
        lines.append(f"  - original{of}: {_code(each.source)}")
    if each.glossary is not None:
        lines.append(f"  - glossary: {_code(each.glossary.strip())}")
    if each.house is not None:
        lines.append(f"  - house style: {_code(each.house)}")
    if each.fixed is not None:
        lines.append(f"  - repaired: {_code(each.fixed)}")
    return "\n".join(lines)


def _name(tag: str) -> str:
    language = load(tag)
    return language.name if language.known else tag


def _code(text: str) -> str:
    """Return a text as code, what nobody would see in it made visible."""
    shown = "".join(c if c.isprintable() else _SIGNS.get(c, f"<U+{ord(c):04X}>") for c in text)
    return f"`{shown.replace('`', 'ˋ')}`"


def _measured(rule: Rule) -> list[str]:
    if rule.authority == "user":
        return ["Not measured: what it reports is what the user's own file asks for."]
    tags = ["*"] if rule.universal else [t for t in available() if "-" not in t]
    rows = []
    for tag in tags:
        found = rates(rule, tag)
        if found is not None:
            machine = "–" if found.machine is None else f"{found.machine:.2f}"
            language = "all" if tag == "*" else _name(tag)
            rows.append(f"| {language} | {found.human:.2f} | {machine} | {confidence(rule, tag).label} |")
    if not rows:
        return ["Not measured yet: its findings are of low confidence, and hidden unless asked for."]
    head = "Findings per 10,000 words. A finding has at most the confidence that these figures allow in its language."
    columns = "| language | text by people | text by machines | confidence |"
    return [head, "", columns, "|---|---:|---:|---|", *sorted(rows)]


if __name__ == "__main__":
    sys.exit(main())
