"""What a shell offers when the user presses the tab key; click writes the scripts for the shells."""

from __future__ import annotations

from collections.abc import Callable

import click
from click.shell_completion import CompletionItem

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer files and folders: the shell knows them."""
    return [CompletionItem(incomplete, type="file")]


def words(*known: str) -> Complete:
    """Return what offers some words."""
    return lambda ctx, param, incomplete: [CompletionItem(w) for w in known if w.startswith(incomplete)]


def rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer codes of rules, and names once one is begun; of a list with commas, the last one."""
    from tqcheck.rule_names import rule_names

    done, comma, begun = incomplete.rpartition(",")
    found = [CompletionItem(done + comma + r.code, help=r.name) for r in rule_names() if _begins(r.code, begun)]
    if begun:
        found += [CompletionItem(done + comma + r.name) for r in rule_names() if r.name.startswith(begun)]
    return found


def languages(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the languages that have data."""
    from tqcheck.languages import available

    return [CompletionItem(tag) for tag in available() if _begins(tag, incomplete)]


def _begins(word: str, begun: str) -> bool:
    return word.lower().startswith(begun.lower())
