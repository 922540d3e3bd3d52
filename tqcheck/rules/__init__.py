"""The rules: one folder a family, one file a rule."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from tqcheck.rules.base import Rule

__all__ = ["Rule", "load_rules"]


@cache
def load_rules() -> tuple[Rule, ...]:
    """Import every rule file and return the rules, sorted by code."""
    rules: list[Rule] = []
    for family in pkgutil.iter_modules(__path__, f"{__name__}."):
        if not family.ispkg:
            continue
        package = importlib.import_module(family.name)
        for info in pkgutil.iter_modules(package.__path__, f"{family.name}."):
            module = importlib.import_module(info.name)
            rules.extend(value for value in vars(module).values() if isinstance(value, Rule))
    return tuple(sorted(rules, key=lambda r: r.code))
