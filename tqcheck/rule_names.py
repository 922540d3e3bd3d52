"""Codes and names of all rules. They stand in the names of their files, so that no rule need be imported to tell
whether there is one, and a run that checks nothing imports none."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import resources
from typing import NamedTuple


class RuleName(NamedTuple):
    """What a rule is called: CAS101, lowercase-name."""

    code: str
    name: str


@cache
def rule_names() -> tuple[RuleName, ...]:
    """Return the codes and names of all rules, sorted by code."""
    folder = str(resources.files("tqcheck") / "rules")
    families = [f"{folder}/{family.name}" for family in pkgutil.iter_modules([folder]) if family.ispkg]
    return tuple(sorted(_named(module.name) for module in pkgutil.iter_modules(families)))


def _named(module: str) -> RuleName:
    code, _, name = module.partition("_")
    return RuleName(code.upper(), name.replace("_", "-"))
