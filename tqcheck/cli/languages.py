"""`tqcheck languages`: what runs in each language, with what data, and how sure it is."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

import click

from tqcheck.cli.columns import columns, paragraph
from tqcheck.languages import Language, available, load
from tqcheck.model import Confidence
from tqcheck.rules import Rule, load_rules
from tqcheck.rules.base import NEEDS, Context
from tqcheck.rules.precision import confidence, rates


@dataclass(frozen=True, slots=True)
class Row:
    """One language: rules that run, what data there is, rules by confidence."""

    language: Language
    runs: tuple[Rule, ...]
    data: tuple[str, ...]
    levels: Counter[Confidence]


@click.command("languages")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
def command(format_: str) -> None:
    """List the languages, the rules that run in each by family, their data and measured confidence.

    Other languages run with the rules that need no data of a language.
    """
    rows = [_row(load(tag)) for tag in available()]
    families = list(dict.fromkeys(_prefix(rule) for rule in load_rules()))
    if format_ == "json":
        click.echo(json.dumps([_record(row, families) for row in rows], indent=1, ensure_ascii=False))
        return
    click.echo("Rules that run, by family\n")
    header = ("", *families)
    body = [(row.language.tag, *(str(n) if (n := _count(row, f)) else "·" for f in families)) for row in rows]
    columns(header, body, frozenset(range(1, len(header))), gap=" ")
    click.echo("\nData, and rules by measured confidence (low ones are hidden unless asked for)\n")
    columns(
        ("", "language", "rules", "high", "medium", "low", "data"),
        [
            (
                row.language.tag,
                row.language.name,
                str(len(row.runs)),
                *(str(row.levels[level]) for level in reversed(Confidence)),
                ", ".join(row.data) or "·",
            )
            for row in rows
        ],
        frozenset({2, 3, 4, 5}),
    )
    names = {_prefix(rule): rule.run.__module__.split(".")[-2] for rule in load_rules()}
    click.echo()
    paragraph(", ".join(f"{prefix} {name}" for prefix, name in names.items()))


def _prefix(rule: Rule) -> str:
    return rule.code.rstrip("0123456789")


def _count(row: Row, family: str) -> int:
    return sum(_prefix(rule) == family for rule in row.runs)


def _row(language: Language) -> Row:
    ctx = Context("", language)
    runs = tuple(rule for rule in load_rules() if rule.obstacle(ctx) is None)
    data = tuple(need for need in ("names", "calendar", "frequencies") if NEEDS[need].met(ctx))
    levels = Counter(confidence(rule, language.tag) for rule in runs)
    return Row(language, runs, data, levels)


def _record(row: Row, families: list[str]) -> dict[str, object]:
    tag = row.language.tag
    measured = {rule.code: r for rule in row.runs if (r := rates(rule, tag)) is not None}
    return {
        "tag": tag,
        "name": row.language.name,
        "script": row.language.script,
        "direction": row.language.direction,
        "families": {family: n for family in families if (n := _count(row, family))},
        "data": list(row.data),
        "confidence": {level.label: row.levels[level] for level in reversed(Confidence)},
        "rules": {
            rule.code: {
                "confidence": confidence(rule, tag).label,
                "human": measured[rule.code].human if rule.code in measured else None,
                "machine": measured[rule.code].machine if rule.code in measured else None,
            }
            for rule in row.runs
        },
    }
