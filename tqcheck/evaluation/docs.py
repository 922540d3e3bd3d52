"""Write one page a rule and their index from the rules themselves.

    python -m tqcheck.evaluation.docs docs

The pages are generated: edit the docstring or the examples of the rule instead.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from tqcheck.languages import available
from tqcheck.rules import Rule, load_rules
from tqcheck.rules.base import NEEDS, SECTIONS, Example
from tqcheck.rules.precision import rates


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
    lines = ["# Rules", "", "Generated from the rules; `tqcheck explain CODE` shows the same in the terminal.", ""]
    by_category = sorted(rules, key=lambda r: (r.category.value, r.code))
    for category, members in groupby(by_category, key=lambda r: r.category.value):
        lines += [f"## {category}", "", "| rule | severity | reports |", "|---|---|---|"]
        lines += [f"| [{r.code}]({r.code}.md) {r.name} | {r.severity.label} | {_first(r)} |" for r in members]
        lines.append("")
    return "\n".join(lines)


def page(rule: Rule) -> str:
    """Return the page of one rule."""
    parts = rule.sections
    lines = [f"# {rule.code} {rule.name}", "", parts[""], ""]
    for title in SECTIONS:
        lines += [f"**{title}:** {parts[title]}", ""]
    facts = [f"Category {rule.category.value}", f"MQM {rule.category.mqm}", f"severity {rule.severity.label}"]
    lines += [" · ".join([*facts, f"since {rule.since}"]), ""]
    needs = [f"`{need}` (else skipped: {NEEDS[need][0]})" for need in rule.needs]
    if rule.languages:
        needs.insert(0, "only " + ", ".join(rule.languages))
    if needs:
        lines += ["Needs: " + "; ".join(needs) + ".", ""]
    lines += ["## Wrong", ""] + [_example(e) for e in rule.examples if _bad(e)]
    lines += ["", "## Right", ""] + [_example(e) for e in rule.examples if not _bad(e)]
    lines += ["", "## Measured", "", *_measured(rule), ""]
    return "\n".join(lines)


def _first(rule: Rule) -> str:
    return rule.sections[""]


def _bad(each: Example) -> bool:
    return "⟦" in each.text or (each.glossary is not None and "⟦" in (each.source or ""))


def _example(each: Example) -> str:
    shown = f"- {each.lang}: `{_visible(each.text)}`"
    shown += "" if each.fixed is None else f" → `{_visible(each.fixed)}`"
    if each.house is not None:
        return f"{shown}, by `{_visible(each.house)}`"
    if each.glossary is None:
        return shown
    # Without its glossary and its original, such an example says nothing.
    shown += "" if each.source is None else f", of {each.source_lang}: `{_visible(each.source)}`"
    return f"{shown}, by the glossary `{_visible(each.glossary.strip())}`"


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() else "␤" if c == "\n" else f"<U+{ord(c):04X}>" for c in text).replace("`", "ˋ")


def _measured(rule: Rule) -> list[str]:
    if rule.authority == "user":
        return ["Not measured: what it reports is what the user's own file asks for."]
    tags = ["*"] if rule.universal else [t for t in available() if "-" not in t]
    rows = []
    for tag in tags:
        found = rates(rule, tag)
        if found is not None:
            machine = "–" if found.machine is None else f"{found.machine:.2f}"
            rows.append(f"| {'all' if tag == '*' else tag} | {found.human:.2f} | {machine} |")
    if not rows:
        return ["Not measured yet: shown as low confidence only."]
    head = ["Findings per 10,000 words.", "", "| language | human text | machine translation |", "|---|---:|---:|"]
    return head + rows


if __name__ == "__main__":
    sys.exit(main())
