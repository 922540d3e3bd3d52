"""Settings: from which file, in which order, and what is told about a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tqcheck.config import DEFAULT, Settings, find, ignored_in, resolve, with_options
from tqcheck.engine import validate
from tqcheck.errors import ConfigError
from tqcheck.model import Confidence, Severity


def test_nearest_file_wins(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "tqcheck.toml").write_text('lang = "fr"', "utf-8")
    (tmp_path / "a" / "pyproject.toml").write_text('[tool.tqcheck]\nlang = "de"', "utf-8")
    (inner / "pyproject.toml").write_text("[tool.other]\n", "utf-8")
    assert find(inner) == tmp_path / "a" / "pyproject.toml"
    assert resolve(inner, {}).settings.lang == "de"
    assert resolve(tmp_path, {}).settings.lang == "fr"
    (tmp_path / "a" / "tqcheck.toml").write_text("", "utf-8")
    assert find(inner) == tmp_path / "a" / "tqcheck.toml"


def test_layers_know_where_values_come_from(tmp_path: Path) -> None:
    file = tmp_path / "tqcheck.toml"
    file.write_text('lang = "fr"\nfail-on = "never"\nmin-confidence = "low"', "utf-8")
    layers = resolve(tmp_path, {"min-confidence": "high"})
    assert layers.settings == Settings(lang="fr", fail_on=None, min_confidence=Confidence.HIGH)
    assert [layers.origin(k) for k in ("lang", "min-confidence", "select")] == [str(file), "command line", DEFAULT]
    assert resolve(tmp_path, {}, search=False).settings == Settings()
    assert resolve(Path("/"), {}, file=file).settings.lang == "fr"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('selct = ["REP"]', "unknown key “selct”; did you mean “select”?"),
        ("zzzzzz = 1", "unknown key “zzzzzz”. Known keys: preset, lang"),
        ('select = "REP"', "select must be a list"),
        ('select = [""]', "select must be a list"),
        ("lang = 5", "lang must be a language code"),
        ('fail-on = "majr"', "fail-on cannot be “majr”; did you mean “major”?"),
        ("min-confidence = []", "min-confidence cannot be"),
        ("baseline = 5", "baseline must be a file such as"),
        ("pairs = 5", "pairs must be a pattern"),
        ('pairs = ["{stem}.{lang}.md", 5]', "pairs must be a pattern"),
        ('pairs = "{stem}.{lnag}.md"', "did you mean “lang”?"),
        ('pairs = "../{stem}.{lang}.md"', "relative path"),
        ('pairs = "{stem}.{lang}.mdd"', "are not read; did you mean “.md”?"),
        ('pairs = ["{stem}.md", "x/{stem}.txt"]', "one of the patterns must hold {lang}"),
        ('pair = "{stem}.{lang}.md"', "unknown key “pair”; did you mean “pairs”?"),
        ("per-file-ignores = 1", "per-file-ignores must be a table"),
        ("[broken", "not valid TOML"),
        ("lang = " + "1" * 5000, "not valid TOML"),
        ("lang = " + "[" * 50_000, "not valid TOML"),
    ],
)
def test_mistakes_name_the_file_and_the_key(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "tqcheck.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(ConfigError) as caught:
        resolve(tmp_path, {}, file)
    assert str(caught.value).startswith(f"{file}: ")
    assert message in str(caught.value)


def test_a_broken_pyproject_matters_only_if_it_speaks_of_us(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text("[broken", "utf-8")
    assert find(tmp_path) != file
    file.write_text("[tool.tqcheck]\nlang = ", "utf-8")
    with pytest.raises(ConfigError):
        find(tmp_path)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        resolve(tmp_path, {}, tmp_path / "none.toml")


def test_per_file_ignores(tmp_path: Path) -> None:
    (tmp_path / "tqcheck.toml").write_text('[per-file-ignores]\n"wire/*" = ["CAS"]\n"*.md" = ["QUO101"]', "utf-8")
    layers = resolve(tmp_path, {})
    assert layers.ignored_in(str(tmp_path / "wire" / "a.md")) == ("CAS", "QUO101")
    assert layers.ignored_in(str(tmp_path / "a.txt")) == ()
    assert resolve(tmp_path, {}, search=False).ignored_in("a.md") == ()


def test_per_file_ignores_without_a_file_start_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(per_file_ignores=(("wire/*", ("CAS",)), ("a.txt", ("QUO",))))
    assert ignored_in(settings, "wire/b.txt") == ("CAS",)
    assert ignored_in(settings, "./wire/a.txt") == ("CAS", "QUO")
    assert ignored_in(settings, str(tmp_path / "wire" / "b.txt")) == ("CAS",)
    assert ignored_in(settings, str(tmp_path / "wire" / "b.txt"), tmp_path / "wire") == ()
    assert ignored_in(Settings(), "a.txt") == ()


def test_patterns_of_pairs(tmp_path: Path) -> None:
    file = tmp_path / "tqcheck.toml"
    file.write_text('pairs = "{stem}.{lang}.md"', "utf-8")
    assert resolve(tmp_path, {}).settings.pairs == ("{stem}.{lang}.md",)
    with pytest.raises(ConfigError, match="pairs needs source-lang"):
        validate(resolve(tmp_path, {}).settings)
    validate(resolve(tmp_path, {"source-lang": "fr"}).settings)
    file.write_text('pairs = ["{stem}.{lang}.md", "originals/{dir}/{stem}.txt"]\nsource-lang = "french"', "utf-8")
    assert len(resolve(tmp_path, {}).settings.pairs) == 2
    with pytest.raises(ConfigError, match="“french” is not a language tag"):
        validate(resolve(tmp_path, {}).settings)


def test_options() -> None:
    settings = with_options(Settings(), {"fail-on": "critical", "extend-select": ("CAS",)}, "x")
    assert (settings.fail_on, settings.extend_select) == (Severity.CRITICAL, ("CAS",))
