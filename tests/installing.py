"""Installations without a network, for tests of what installs tqcheck elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parent.parent
# What a wheel is built of.
_PARTS = ("tqcheck", "pyproject.toml", "README.md", "LICENSE", "NOTICE", ".pre-commit-hooks.yaml", "action.yml")


def offline(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment for a pip that asks no index.

    pip, its build of the wheel, the console script and the new environment are real. What tqcheck depends on, and
    the build backend, are found where the tests have them (PYTHONPATH), tqcheck itself is not: the folder
    given gets links to every package but ours, so that no test meets the code beside it by mistake.
    """
    packages = folder / "packages"
    if not packages.exists():
        packages.mkdir(parents=True)
        for entry in Path(sysconfig.get_path("purelib")).iterdir():
            if not entry.name.startswith(("tqcheck", "_editable", "__editable", "pip", "__pycache__")):
                (packages / entry.name).symlink_to(entry)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON", "GIT_", "VIRTUAL_ENV"))}
    pip = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # as pip reads it: no isolation
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    path = os.pathsep.join((str(Path(sys.executable).parent), kept.get("PATH", os.defpath)))
    # A cache of our own would cost seconds; that of the user holds the same word lists.
    return {**kept, **pip, "PYTHONPATH": str(packages), "PATH": path, **more}


def copy(folder: Path) -> Path:
    """Return the project as its repository holds it, without what only tests and docs need."""
    folder.mkdir(parents=True)
    for name in _PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def wheel(folder: Path, environment: dict[str, str]) -> Path:
    """Build the wheel into a folder and return the folder, for `PIP_FIND_LINKS`."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, env=environment)
    return folder
