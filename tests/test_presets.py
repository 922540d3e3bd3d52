"""Presets, the first configuration, and what the shell offers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tqcheck.cli.init import KEYS as EXPLAINED
from tqcheck.cli.init import content
from tqcheck.config import KEYS, Settings, resolve
from tqcheck.engine import validate
from tqcheck.errors import ConfigError
from tqcheck.model import Confidence, Severity
from tqcheck.presets import presets


def _run(*arguments: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tqcheck", *arguments]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **env}, capture_output=True, text=True, check=False, encoding="utf-8"
    )


@pytest.mark.parametrize("name", presets())
def test_every_preset_can_be_used_and_is_explained(name: str, tmp_path: Path) -> None:
    (tmp_path / "tqcheck.toml").write_text(f'preset = "{name}"')
    layers = resolve(tmp_path, {})
    validate(layers.settings)
    assert layers.settings.preset == name
    assert {layers.origin(key) for key in presets()[name].values} == {f"preset {name}"}
    docs = (Path(__file__).parent.parent / "docs" / "configuration.md").read_text("utf-8")
    row = next(line for line in docs.splitlines() if line.startswith(f"| `{name}` |"))
    for value in (layers.settings.min_confidence.label, layers.settings.fail_on.label, *layers.settings.ignore):
        assert f"`{value}`" in row


def test_the_file_wins_over_the_preset_and_options_over_both(tmp_path: Path) -> None:
    file = tmp_path / "tqcheck.toml"
    file.write_text('preset = "feed"\nfail-on = "major"\nignore = []')
    layers = resolve(tmp_path, {})
    assert (layers.settings.min_confidence, layers.settings.fail_on) == (Confidence.HIGH, Severity.MAJOR)
    assert layers.settings.ignore == ()
    assert layers.origin("fail-on") == str(file)
    assert layers.origin("min-confidence") == "preset feed"
    layers = resolve(tmp_path, {"min-confidence": "low"})
    assert layers.settings.min_confidence is Confidence.LOW
    # Another preset given on the way takes the place of that of the file, and the file wins over it too.
    layers = resolve(tmp_path, {"preset": "strict"}, origin="editor")
    assert (layers.settings.min_confidence, layers.settings.fail_on) == (Confidence.LOW, Severity.MAJOR)
    assert layers.origin("preset") == "editor"
    file.write_text("")
    assert resolve(tmp_path, {}).settings == Settings()


@pytest.mark.parametrize(
    ("said", "told"), [('"dsk"', "did you mean “desk”? It is one of desk, strict, feed"), ("5", "preset cannot be “5”")]
)
def test_an_unknown_preset(said: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "tqcheck.toml").write_text(f"preset = {said}")
    with pytest.raises(ConfigError, match=re.escape(told)) as caught:
        resolve(tmp_path, {})
    assert str(caught.value).startswith(str(tmp_path / "tqcheck.toml"))


def test_a_desk_and_a_feed_see_different_things(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The ship left the port of Lisbon ,and it came back on Monday. It saw a port in france."
    )
    codes = {}
    for name in ("desk", "feed"):
        (tmp_path / "tqcheck.toml").write_text(f'preset = "{name}"\nlang = "en"')
        ran = _run("check", "a.txt", "--format", "concise", folder=tmp_path)
        codes[name] = (re.findall(r"\b[A-Z]{3}\d{3}\b", ran.stdout), ran.returncode)
    assert codes == {"desk": (["SPA101", "CAS101"], 1), "feed": (["CAS101"], 0)}


def test_the_first_configuration_explains_every_key_and_holds_what_it_says(tmp_path: Path) -> None:
    assert {"preset", *EXPLAINED} == set(KEYS)
    for name in presets():
        text = content(name)
        assert tomllib.loads(text) == {"preset": name}
        assert max(map(len, text.split("\n"))) <= 120
    (tmp_path / "terms.csv").write_text("source,target\nlevy,Abgabe\n")
    for name in ("accept.txt", "reject.txt"):
        (tmp_path / name).write_text("")
    (tmp_path / "house.en.toml").write_text('[house]\nlang = "en"\nversion = 1\n')
    for _about, example in EXPLAINED.values():
        assert all(f"\n# {line}\n" in content("desk") for line in example.split("\n"))
    together = "\n".join(example for _about, example in EXPLAINED.values())
    (tmp_path / "tqcheck.toml").write_text(together)
    layers = resolve(tmp_path, {})
    validate(layers.settings)
    assert {key for key in KEYS if layers.origin(key) != "default"} == set(EXPLAINED)


def test_init_never_overwrites(tmp_path: Path) -> None:
    ran = _run("init", "--preset", "strict", folder=tmp_path)
    file = tmp_path / "tqcheck.toml"
    assert (ran.returncode, ran.stdout) == (0, "tqcheck.toml written; `tqcheck config` shows what applies\n")
    assert file.read_text("utf-8") == content("strict")
    file.write_text("mine")
    ran = _run("init", folder=tmp_path)
    assert (ran.returncode, file.read_text()) == (2, "mine")
    assert "there is a configuration already" in ran.stderr
    file.unlink()
    (tmp_path / "pyproject.toml").write_text("[tool.tqcheck]\n")
    assert _run("init", ".", folder=tmp_path).returncode == 2
    assert not file.exists()
    (tmp_path / "below").mkdir()
    assert _run("init", "below", folder=tmp_path).returncode == 0
    assert "did you mean “feed”?" in _run("init", "--preset", "fed", folder=tmp_path).stderr
    assert _run("init", "none", folder=tmp_path).returncode == 2


def test_config_shows_the_preset_the_language_and_the_original(tmp_path: Path) -> None:
    (tmp_path / "tqcheck.toml").write_text('preset = "desk"\nsource-lang = "fr"\npairs = "{stem}.{lang}.md"')
    (tmp_path / "a.en.md").write_text("The port is closed.")
    (tmp_path / "a.fr.md").write_text("Le port est fermé.")
    lines = _run("config", "a.en.md", folder=tmp_path).stdout.splitlines()
    assert "# a.en.md: its language is en, said by the article or its name" in lines
    assert "# a.en.md: its original is a.fr.md" in lines
    assert 'fail-on = "major"  # preset desk' in lines
    assert f'preset = "desk"  # {tmp_path / "tqcheck.toml"}' in lines


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("tqcheck ini", ["plain,init"]),
        ("tqcheck check --min-confidence m", ["plain,medium"]),
        ("tqcheck check --fail-on n", ["plain,never"]),
        ("tqcheck check --lang pt", ["plain,pt", "plain,pt-BR"]),
        ("tqcheck check --select NUM101,rep101", ["plain,NUM101,REP101"]),
        ("tqcheck explain doubled-w", ["plain,doubled-word"]),
        ("tqcheck init --preset s", ["plain,strict"]),
        ("tqcheck check artic", ["file,artic"]),
    ],
)
def test_the_shell_offers(words: str, offered: list[str], tmp_path: Path) -> None:
    count = str(len(words.split()) - 1)
    env = {"_TQCHECK_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": count}
    ran = _run(folder=tmp_path, **env)
    assert ran.stdout.split() == offered
