"""`tqcheck explain`: one rule, with its reasons, examples and measured rates."""

from __future__ import annotations

import click

from tqcheck.cli import complete
from tqcheck.cli.columns import columns, paragraph
from tqcheck.errors import ConfigError, nearest
from tqcheck.languages import available
from tqcheck.rules import Rule, load_rules
from tqcheck.rules.base import Example
from tqcheck.rules.precision import confidence, rates


@click.command("explain")
@click.argument("rule_name", metavar="CODE|NAME", shell_complete=complete.rules)
def command(rule_name: str) -> None:
    """Explain a rule: what it reports, why it matters, when it is wrong, with examples."""
    rules = load_rules()
    by_name = {rule.code.lower(): rule for rule in rules} | {rule.name: rule for rule in rules}
    rule = by_name.get(rule_name.strip().lower())
    if rule is None:
        known = [r.code for r in rules] + [r.name for r in rules]
        hint = nearest(rule_name, known) or "."
        raise ConfigError(f"no rule is called “{rule_name}”{hint} `tqcheck rules` lists them all")
    click.echo(f"{rule.code} {rule.name}")
    click.echo(f"{rule.category.value} ({rule.category.mqm}), {rule.severity.label}, {rule.status} since {rule.since}")
    for title, text in rule.sections.items():
        click.echo()
        paragraph(f"{title}: {text}" if title else text)
    _runs(rule)
    _examples(rule)
    _measured(rule)


def _runs(rule: Rule) -> None:
    told = [f"only in {', '.join(rule.languages)}"] if rule.languages else []
    told += [f"needs {', '.join(rule.needs)}"] if rule.needs else []
    told += [f"yields to {', '.join(rule.yields_to)} on the same stretch"] if rule.yields_to else []
    if told:
        click.echo()
        paragraph(f"Runs: {'; '.join(told)}.")


def _examples(rule: Rule) -> None:
    for title, bad in (("Reported (⟦ ⟧ mark the stretch):", True), ("Left alone:", False)):
        click.echo(f"\n{title}")
        for each in rule.examples:
            if each.bad is bad:
                click.echo(f"  {each.lang:<6} {_line(each.text)}")
                _beside(each)
                if bad and each.fixed is not None:
                    click.echo(f"    fix  {_line(each.fixed)}")


def _beside(each: Example) -> None:
    """Show what an example cannot be read without: its original, its glossary, the house style."""
    if each.source is not None:
        click.echo(f"    of   {_line(each.source)} ({each.source_lang})")
    if each.glossary is not None:
        click.echo(f"    by   {_line(each.glossary.strip())}")
    if each.house is not None:
        click.echo(f"    by   {_line(each.house)}")


def _line(text: str) -> str:
    from tqcheck.reporters.safe import safe

    return safe(text.replace("\n", " ⏎ "))


def _measured(rule: Rule) -> None:
    if rule.authority == "user":
        click.echo("\nNot measured: what it reports is what you yourself wrote down asks for.")
        return
    tags = ("*",) if rule.universal else available()
    rows = [
        (tag, f"{r.human:.2f}", "·" if r.machine is None else f"{r.machine:.2f}", confidence(rule, tag).label)
        for tag in tags
        if (r := rates(rule, tag)) is not None
    ]
    click.echo(
        "\nMeasured, findings per 10,000 words:" if rows else "\nNot measured yet: its findings are of low confidence."
    )
    if rows:
        columns(("lang", "human", "machine", "confidence"), rows, frozenset({1, 2}))
