"""The hooks for pre-commit, run by the real pre-commit on a repository of articles.

It clones a repository with the code under test, makes an environment (virtualenv), installs tqcheck into it
(pip builds the wheel from our pyproject.toml) and runs what `entry` names there. Only the index of packages is not
real: see `installing.offline`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.installing import ROOT, copy, offline
from tests.test_changed import git

Commit = Callable[..., subprocess.CompletedProcess[str]]
CLEAN = "The mayor opened the bridge on Monday.\n"
CONFIG = """repos:
- repo: {repo}
  rev: {rev}
  hooks:
  - id: tqcheck
    files: ^articles/
  - id: tqcheck-fix
    alias: fix
    stages: [manual]
"""


def _pre_commit(folder: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, encoding="utf-8")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("home")
    return offline(folder, PRE_COMMIT_HOME=str(folder / "pre-commit"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy(tmp_path_factory.mktemp("project") / "tqcheck")
    git(folder, "init", ".")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "the code under test")
    return folder


@pytest.fixture
def desk(tmp_path: Path, project: Path) -> Path:
    """A repository of articles with the hooks."""
    rev = subprocess.run(["git", "rev-parse", "HEAD"], cwd=project, capture_output=True, check=True, text=True).stdout
    (tmp_path / ".pre-commit-config.yaml").write_text(CONFIG.format(repo=project, rev=rev.strip()), "utf-8")
    (tmp_path / "tqcheck.toml").write_text('lang = "en"\nfail-on = "major"\n', "utf-8")
    (tmp_path / "articles").mkdir()
    for number in range(6):
        (tmp_path / "articles" / f"{number}.md").write_text(CLEAN, "utf-8")
    (tmp_path / "articles" / "old.md").write_text("The port in france is open.\n", "utf-8")
    (tmp_path / "notes.py").write_text("# in france\n", "utf-8")
    git(tmp_path, "init", ".")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "first")
    return tmp_path


def test_the_hooks_are_a_manifest() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    result = subprocess.run(command, capture_output=True, check=False, text=True)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_a_commit_is_checked(desk: Path, environment: dict[str, str]) -> None:
    install = _pre_commit(desk, environment, "install")
    assert install.returncode == 0, install.stderr
    for name, text in (
        ("0.md", "The port in kyiv is open.\n"),
        ("1.md", CLEAN + "\nIt rained.\n"),
        ("2.md", "The the end.\n"),
    ):
        (desk / "articles" / name).write_text(text, "utf-8")
    git(desk, "add", ".")
    command = ["git", "-c", "user.name=Desk", "-c", "user.email=desk@example.org", "commit", "-m", "second"]
    result = subprocess.run(command, cwd=desk, env=environment, capture_output=True, check=False, encoding="utf-8")
    told = result.stdout + result.stderr
    assert result.returncode == 1, told
    assert "- exit code: 1" in told
    assert "CAS101" in told
    assert "REP101" in told  # shown, though it is too small a fault to fail
    assert "old.md" not in told  # nobody touched it
    # The article is mended: now the small fault alone stands, which `fail-on` lets through.
    (desk / "articles" / "0.md").write_text("The port in Kyiv is open.\n", "utf-8")
    git(desk, "add", ".")
    result = subprocess.run(command, cwd=desk, env=environment, capture_output=True, check=False, encoding="utf-8")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Passed" in result.stdout + result.stderr


def test_fixes_are_applied_and_stop_the_commit(desk: Path, environment: dict[str, str]) -> None:
    fix = ("run", "fix", "--hook-stage", "manual", "--files", "articles/old.md")
    first = _pre_commit(desk, environment, *fix)
    assert first.returncode == 1
    assert "files were modified by this hook" in first.stdout
    assert (desk / "articles" / "old.md").read_text("utf-8") == "The port in France is open.\n"
    assert _pre_commit(desk, environment, *fix).returncode == 0


def test_a_file_that_is_called_like_an_option_is_a_file(desk: Path, environment: dict[str, str]) -> None:
    config = desk / ".pre-commit-config.yaml"
    config.write_text(config.read_text("utf-8").replace("    files: ^articles/\n", ""), "utf-8")
    (desk / "--output=articles.md").write_text("The port in france is open.\n", "utf-8")
    git(desk, "add", ".")
    result = _pre_commit(desk, environment, "run", "tqcheck")
    assert "- exit code: 1" in result.stdout
    assert "CAS101" in result.stdout
    assert not (desk / "articles.md").exists()
