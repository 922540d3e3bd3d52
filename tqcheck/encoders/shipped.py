"""The encoders that tqcheck brings along, as `shipped.toml` lists them: what each knows can be told
without its package, which not every platform has."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from importlib.util import find_spec

from tqcheck.encoders.base import Encoder


@dataclass(frozen=True, slots=True)
class Shipped:
    """One encoder: where its adapter is, what must be installed for it, and the languages it knows."""

    name: str
    module: str
    class_: str
    package: str
    distribution: str
    languages: frozenset[str]

    def load(self) -> Encoder | str:
        """Return the adapter; where it cannot be had, why, as “needs …, which is not installed”."""
        if not _installed(self.package):
            return f"needs {self.distribution}, which is not installed (pip install {self.distribution})"
        try:
            adapter: Encoder = getattr(import_module(f"tqcheck.encoders.{self.module}"), self.class_)()
        except ImportError as error:
            needed = (error.name or "").partition(".")[0]
            if needed and not _installed(needed):
                return f"needs {needed}, which is not installed (pip install {needed})"
            return f"needs {self.distribution}, which cannot be imported ({error})"
        except OSError as error:  # a library in C that is not for this machine
            return f"needs {self.distribution}, which cannot be loaded ({error})"
        return adapter


def _installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ImportError:
        return False


@cache
def shipped() -> dict[str, Shipped]:
    """Return the encoders by name, the better one first."""
    text = (resources.files("tqcheck.encoders") / "shipped.toml").read_text(encoding="utf-8")
    return {
        name: Shipped(
            name,
            module=row["module"],
            class_=row["class"],
            package=row["package"],
            distribution=row["distribution"],
            languages=frozenset(row["languages"].split()),
        )
        for name, row in tomllib.loads(text).items()
    }
