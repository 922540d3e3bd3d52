"""Which version of a package is installed: part of the name of what is derived from its data."""

from __future__ import annotations

import os
from functools import cache
from importlib import util

_ENDING = ".dist-info"


@cache
def version(package: str) -> str | None:
    """Return the version of a package whose import name is that of its distribution, None where it is not installed.

    The name of its metadata folder says it; `importlib.metadata` reads mail headers for that, which takes
    longer than all else about a word list.
    """
    spec = util.find_spec(package)
    if spec is None:
        return None
    for place in spec.submodule_search_locations or ():
        with os.scandir(os.path.dirname(place)) as entries:
            for name in sorted(entry.name for entry in entries):
                if name.lower().startswith(f"{package}-") and name.endswith(_ENDING):
                    return name[len(package) + 1 : -len(_ENDING)]
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
