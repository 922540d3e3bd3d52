"""tqcheck checks machine-translated news articles and says what an editor should mend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tqcheck._version import __version__

if TYPE_CHECKING:
    from tqcheck.alignment import align
    from tqcheck.config import Settings
    from tqcheck.engine import check, check_article
    from tqcheck.errors import ConfigError, InputError, TqcheckError, UnavailableError
    from tqcheck.model import (
        Article,
        Category,
        Confidence,
        Edit,
        Failure,
        Finding,
        Fix,
        Report,
        Segment,
        Severity,
        Skip,
        Span,
    )
    from tqcheck.rules import load_rules
    from tqcheck.rules.base import Context, Draft, Example, Rule, example, rule

# Public name → module. Imported on first use, so that `tqcheck --version` costs nothing.
_HOMES = {
    "tqcheck.alignment": ("align",),
    "tqcheck.config": ("Settings",),
    "tqcheck.engine": ("check", "check_article"),
    "tqcheck.errors": ("ConfigError", "InputError", "TqcheckError", "UnavailableError"),
    "tqcheck.model": (
        "Article",
        "Category",
        "Confidence",
        "Edit",
        "Failure",
        "Finding",
        "Fix",
        "Report",
        "Segment",
        "Severity",
        "Skip",
        "Span",
    ),
    "tqcheck.rules": ("load_rules",),
    "tqcheck.rules.base": ("Context", "Draft", "Example", "Rule", "example", "rule"),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Article",
    "Category",
    "Confidence",
    "ConfigError",
    "Context",
    "Draft",
    "Edit",
    "Example",
    "Failure",
    "Finding",
    "Fix",
    "InputError",
    "Report",
    "Rule",
    "Segment",
    "Settings",
    "Severity",
    "Skip",
    "Span",
    "TqcheckError",
    "UnavailableError",
    "__version__",
    "align",
    "check",
    "check_article",
    "example",
    "load_rules",
    "rule",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(_MODULES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
