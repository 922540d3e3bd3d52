"""Settings with a name, for the situations in which articles are checked: `presets.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple


class Preset(NamedTuple):
    """What a preset is for, and the values of the keys that it sets."""

    about: str
    values: Mapping[str, Any]


@cache
def presets() -> Mapping[str, Preset]:
    """Return the presets by name."""
    text = (resources.files("tqcheck") / "presets.toml").read_text("utf-8")
    return {
        name: Preset(table["about"], {key: value for key, value in table.items() if key != "about"})
        for name, table in tomllib.loads(text).items()
    }
