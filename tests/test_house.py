"""House style, accepted and rejected words, and settings by path."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tqcheck.config import Settings, resolve, with_options
from tqcheck.engine import check, check_article, validate
from tqcheck.errors import ConfigError
from tqcheck.house import Wishes, house
from tqcheck.languages import load
from tqcheck.model import Article, Confidence, Report


def _run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tqcheck", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")


def _settings(said: str) -> Settings:
    return with_options(Settings(min_confidence=Confidence.LOW), tomllib.loads(said), "test")


def _found(report: Report) -> list[tuple[str, str]]:
    return [(f.code, f.text) for f in report.findings]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("quotes = 5", "quotes must be a specimen such as"),
        ('quotes = {de = "«"}', "quotes: “«” must be two marks, or four"),
        ('quotes = {german = "«»"}', "quotes: “german” is not a language tag"),
        ('number-format = "1,234,5"', "must be the number 1234.5 as you write it"),
        ('number-format = {en = "12.5"}', "must be the number 1234.5 as you write it"),
        ('exponents = "km3"', "exponents cannot be “km3”; did you mean “km²”?"),
        ('spellings = ["Kyjv"]', "“Kyjv” is none of the words known with two spellings; did you mean “Kyjiv”?"),
        ('prefer = ["Kyiv"]', "prefer must be a table of words"),
        ('prefer = {"Kiev" = 5}', "“Kiev” must have the word to write instead"),
        ('prefer = {"Kiev" = "Kiev"}', "is to be replaced by itself"),
        ('prefer = {"a" = "b", "b" = "c", "c" = "a"}', "are to be replaced by each other"),
        ('prefer = {"Kiew" = {"x" = "y"}}', "prefer: “Kiew” is not a language tag"),
        ('languages = "en"', "languages must be a list of language codes"),
        ('languages = ["english"]', "languages: “english” is not a language tag"),
        ("accept = [5]", "accept must be a list of words"),
        ("reject = 5", "reject must be a list of words, or a table"),
        ('reject = {"a" = 5}', "reject: “a” must have the word"),
        ("paths = 5", "paths must be tables such as [[paths]]"),
        ("[[paths]]\nlang = 'en'", "paths 1: files must be a list of patterns"),
        ("[[paths]]\nfiles = ['*']\npreset = 'desk'", "paths 1: the key “preset” holds for all files"),
        ("[[paths]]\nfiles = ['*']\nlnag = 'de'", "paths 1: the key “lnag” is unknown; did you mean “lang”?"),
        ("[[paths]]\nfiles = ['*']\n[[paths]]\nfiles = ['*']\nlang = 5", "paths 2: lang must be a language code"),
    ],
)
def test_mistakes_name_the_key(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "tqcheck.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(ConfigError) as caught:
        resolve(tmp_path, {})
    assert str(caught.value).startswith(f"{file}: ")
    assert message in str(caught.value)


def test_what_a_house_wants_depends_on_the_language() -> None:
    said = _settings(
        'quotes = {de = "»«›‹", fr = "« »"}\nnumber-format = "1.234,5"\nspellings = ["Kyiv", "Kyjiw"]'
    ).house
    german, french = house(said, "de-AT"), house(said, "fr")
    assert [(m.opening, m.closing, m.inner) for m in german.quotes] == [("»", "«", ""), ("›", "‹", "")]
    assert french.quotes[0].inner == "\u00a0"
    assert german.spellings["Kiew"].instead == "Kyjiw"
    assert french.spellings["Kiev"].instead == "Kyiv"
    assert german.speaks(load("de")).quotes.primary == ("»", "«")
    assert house(said, "es").quotes == ()
    assert house(Wishes(), "en").speaks(load("en")) is load("en")


def test_house_marks_are_no_foreign_marks() -> None:
    text = "She spoke of a «mistake» and a «slip», and he of “nothing”."
    assert [code for code, _text in _found(check(text, lang="en"))] == ["QUO103", "QUO103"]
    report = check(text, lang="en", config=Settings(quotes=(("en", "«»"),)))
    assert _found(report) == [("HOU101", "“")]
    assert "|house:" in report.signature


def test_only_what_cannot_be_wrong_is_safe() -> None:
    said = _settings('prefer = {"Kiev" = "Kyiv", "Peking" = "Beijing"}\nreject = {"utilise" = "use", "synergy" = ""}')
    text = "They went to Kiev and Peking. Dynamo Kiev won. They utilise synergy."
    fixes = {f.text: f.fix and f.fix.safe for f in check(text, lang="en", config=said).findings if f.start < 30}
    assert fixes == {"Kiev": True, "Peking": False}
    later = {f.text: f.fix and f.fix.safe for f in check(text, lang="en", config=said).findings if f.start > 30}
    assert later == {"Kiev": False, "utilise": True, "synergy": None}


def test_accepted_words_are_hidden_and_say_by_whom() -> None:
    text = "She bought shoes of kyiv in france on Monday."
    assert _found(check(text, lang="en")) == [("CAS101", "kyiv"), ("CAS101", "france")]
    report = check(text, lang="en", config=_settings('accept = ["kyiv"]'))
    assert ("CAS101", "kyiv") not in _found(report)
    assert [(s.finding.text, s.by) for s in report.suppressed] == [("kyiv", "word list")]
    # A capital in the list is the spelling: it does not excuse the word without.
    assert ("CAS101", "kyiv") in _found(check(text, lang="en", config=_settings('accept = ["Kyiv"]')))


def test_words_from_files(tmp_path: Path) -> None:
    (tmp_path / "accept.txt").write_text("# brands\nkyiv  # in small letters\n\n", "utf-8")
    (tmp_path / "reject.txt").write_text("utilise = use\r\nsynergy\r\n", "utf-8")
    config = tmp_path / "tqcheck.toml"
    config.write_text('accept-files = ["accept.txt"]\nreject-files = ["reject.txt"]\nlang = "en"')
    settings = resolve(tmp_path, {}).settings
    validate(settings)
    report = check("They utilise synergy in kyiv.", config=settings)
    assert _found(report) == [("HOU106", "utilise"), ("HOU106", "synergy")]
    (tmp_path / "reject.txt").write_text("= use\n", "utf-8")
    os.utime(tmp_path / "reject.txt", ns=(1, 1))
    with pytest.raises(ConfigError, match=r"reject\.txt:1: write a word"):
        validate(settings)
    (tmp_path / "reject.txt").unlink()
    with pytest.raises(ConfigError, match=r"reject\.txt: no such file"):
        validate(settings)


def test_settings_by_path(tmp_path: Path) -> None:
    (tmp_path / "tqcheck.toml").write_text(
        'lang = "en"\nfail-on = "minor"\nignore = ["SPA"]\n'
        '[[paths]]\nfiles = ["wire/*", "b.txt"]\nignore = []\nlang = "de"\n'
        '[[paths]]\nfiles = ["wire/fr/*"]\nlang = "fr"\nselect = ["HOU"]\nprefer = {"Kyiv" = "Kiev"}\n'
    )
    layers = resolve(tmp_path, {"fail-on": "never"})
    validate(layers.settings)
    said = {name: layers.at(str(tmp_path / name)) for name in ("a.txt", "b.txt", "wire/a.txt", "wire/fr/a.txt")}
    assert [each.settings.lang for each in said.values()] == ["en", "de", "de", "fr"]
    assert [each.settings.ignore for each in said.values()] == [("SPA",), (), (), ()]
    assert said["wire/fr/a.txt"].origin("lang") == f"{tmp_path / 'tqcheck.toml'}, paths wire/fr/*"
    assert said["wire/fr/a.txt"].origin("fail-on") == "command line"
    assert resolve(tmp_path, {"lang": "it"}).at(str(tmp_path / "b.txt")).settings.lang == "it"
    path = str(tmp_path / "wire" / "fr" / "a.txt")
    settings = resolve(tmp_path, {}).at(path).settings
    assert _found(check_article(Article("Il vit à Kyiv.", path=path), settings)) == [("HOU104", "Kyiv")]
    with pytest.raises(ConfigError, match="no rule is called"):
        validate(with_options(Settings(), {"paths": [{"files": ["x"], "select": ["ZZZ"]}]}, "x"))


def test_config_shows_the_house_and_is_a_configuration_again(tmp_path: Path) -> None:
    said = (
        'lang = "en"\nquotes = {en = "“”‘’"}\nexponents = "km2"\nspellings = ["Kyiv"]\n'
        'prefer = {"Bombay" = "Mumbai", en = {"utilise" = "use"}}\nreject = ["synergy"]\naccept = ["adidas"]\n'
        '[[paths]]\nfiles = ["wire/*"]\nexponents = "km²"\nmin-confidence = "high"\n'
    )
    (tmp_path / "tqcheck.toml").write_text(said, "utf-8")
    (tmp_path / "wire").mkdir()
    (tmp_path / "wire" / "a.txt").write_text("The port of Kiev utilises a synergy.")
    ran = _run("config", "wire/a.txt", folder=tmp_path)
    assert f'exponents = "km²"  # {tmp_path / "tqcheck.toml"}, paths wire/*\n' in ran.stdout
    assert "# not set, so that no rule speaks of it: glossary, languages, number-format" in ran.stdout
    (tmp_path / "again.toml").write_text(ran.stdout, "utf-8")
    again = resolve(tmp_path, {}, tmp_path / "again.toml").settings
    assert again == resolve(tmp_path, {}).at("wire/a.txt").settings
    ran = _run("check", "wire/a.txt", "--format", "concise", "--select", "HOU", folder=tmp_path)
    assert [line.split()[1] for line in ran.stdout.splitlines() if line.startswith("wire")] == ["HOU104", "HOU106"]
    assert ran.returncode == 1
    assert _run("check", "wire/a.txt", "--fix", folder=tmp_path).returncode == 1
    assert (tmp_path / "wire" / "a.txt").read_text() == "The port of Kyiv utilises a synergy."


def test_what_the_documentation_shows_can_be_used(tmp_path: Path) -> None:
    docs = (Path(__file__).parent.parent / "docs" / "configuration.md").read_text("utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", docs, re.DOTALL)
    assert len(blocks) == 3
    for name in ("accept.txt", "reject.txt"):
        (tmp_path / name).write_text("word\n")
    (tmp_path / "tqcheck.toml").write_text("\n".join(blocks), "utf-8")
    layers = resolve(tmp_path, {})
    validate(layers.settings)
    assert layers.at(str(tmp_path / "wire" / "sport" / "a.md")).settings.accept == ("Bayern",)
