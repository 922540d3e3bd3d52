"""Which rules run: codes and prefixes, as in `--select CAS,QUO102 --ignore CAS103`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from tqcheck.config import Layers, Settings
from tqcheck.errors import ConfigError, nearest
from tqcheck.rule_names import rule_names


class Named(Protocol):
    """A rule, or what it is called."""

    @property
    def code(self) -> str:
        """CAS101."""

    @property
    def name(self) -> str:
        """lowercase-name."""


N = TypeVar("N", bound=Named)


def settled(layers: Layers, path: str) -> Settings:
    """Return the settings for one file: what `paths` says of it, its per-file ignores among its ignores."""
    layers = layers.at(path)
    settings = layers.settings
    # Written out, so that they win over a selected prefix or code: they speak of this very file.
    here = layers.ignored_in(path)
    codes = tuple(rule.code for rule in select(rule_names(), here)) if here else ()
    return replace(settings, ignore=(*settings.ignore, *codes), per_file_ignores=(), paths=())


def select(
    rules: Iterable[N],
    selected: Iterable[str] = (),
    ignored: Iterable[str] = (),
    extended: Iterable[str] = (),
) -> tuple[N, ...]:
    """Return the rules that run; a selector is a code, a prefix of codes or a rule name.

    Where two selectors meet, the longer one wins; between equals, `ignored` does. With nothing
    selected, every rule is. Raises ConfigError for a selector that fits no rule.
    """
    rules = tuple(rules)
    selected, ignored, extended = list(selected), list(ignored), list(extended)
    for selector in [*selected, *ignored, *extended]:
        if not any(_fits(selector, rule) for rule in rules):
            known = [r.code for r in rules] + [r.name for r in rules]
            raise ConfigError(
                f"no rule is called “{selector}”{nearest(selector, known) or '.'} `tqcheck rules` lists them all"
            )
    chosen = []
    for rule in rules:
        wanted = max((_length(s, rule) for s in [*selected, *extended]), default=0)
        if not selected:
            wanted = max(wanted, 1)
        if wanted > max((_length(s, rule) for s in ignored), default=0):
            chosen.append(rule)
    return tuple(chosen)


def _fits(selector: str, rule: Named) -> bool:
    return _length(selector, rule) > 0


def _length(selector: str, rule: Named) -> int:
    if selector.upper() == "ALL":
        return 1
    if selector.lower() == rule.name:
        return len(rule.code)
    # A prefix is letters and digits: CAS, CAS1, CAS101.
    return len(selector) if selector and rule.code.startswith(selector.upper()) else 0
