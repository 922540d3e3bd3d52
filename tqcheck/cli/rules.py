"""`tqcheck rules`: every rule in one table."""

from __future__ import annotations

import json
from collections import Counter

import click

from tqcheck.cli.columns import columns
from tqcheck.languages import available
from tqcheck.languages.loader import canonical
from tqcheck.model import Confidence
from tqcheck.rules import Rule, load_rules
from tqcheck.rules.precision import confidence, rates


@click.command("rules")
@click.option("--lang", metavar="LANG", help="Show the confidence in this language.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
def command(lang: str | None, format_: str) -> None:
    """List every rule: code, name, category, severity, and how sure its findings are.

    Confidence is measured for each language; without --lang, the number of languages at each level is shown.
    """
    tag = canonical(lang) if lang else None
    rules = load_rules()
    if format_ == "json":
        click.echo(json.dumps([_record(rule) for rule in rules], indent=1, ensure_ascii=False))
        return
    rows = [(r.code, r.name, r.category.value, r.severity.label, _level(r, tag)) for r in rules]
    columns(("code", "name", "category", "severity", f"confidence ({tag})" if tag else "confidence"), rows)


def _level(rule: Rule, tag: str | None) -> str:
    if rule.authority == "user":
        return "the user's"
    if tag is not None or rule.universal:
        measured = rates(rule, tag or "*")
        return confidence(rule, tag or "*").label if measured else "not measured"
    levels = Counter(confidence(rule, t) for t in available() if rates(rule, t))
    told = ", ".join(f"{level.label} {levels[level]}" for level in reversed(Confidence) if levels[level])
    return told or "not measured"


def _record(rule: Rule) -> dict[str, object]:
    tags = ("*",) if rule.universal else available()
    measured = {tag: r for tag in tags if (r := rates(rule, tag)) is not None}
    return {
        "code": rule.code,
        "name": rule.name,
        "category": rule.category.value,
        "mqm": rule.category.mqm,
        "severity": rule.severity.label,
        "status": rule.status,
        "since": rule.since,
        "authority": rule.authority,
        "needs": list(rule.needs),
        "languages": list(rule.languages),
        "summary": rule.doc.partition("\n")[0],
        "measured": {
            tag: {"human": r.human, "machine": r.machine, "confidence": confidence(rule, tag).label}
            for tag, r in measured.items()
        },
    }
