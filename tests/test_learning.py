"""tqcheck learn: what a house's own articles say of names, spellings and style, and what becomes of it."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tqcheck.audit.store import Store
from tqcheck.audit.values import Checked
from tqcheck.config import Settings
from tqcheck.engine import check_article
from tqcheck.errors import ConfigError
from tqcheck.model import Article, Confidence
from tqcheck.readers import house_lexicon

ARTICLES = {
    "a.txt": (
        "The Velmora Council met on Monday. In the evening the Velmora Council voted for the ceasefire, and Orsenko "
        "left. A ceasefire was wanted by many, said Orsenko. The sky over Lubrenz was clear.\n\n"
        "Lubrenz had seen a ceasefire before. Nobody asked Orsenko about the ceasefire."
    ),
    "b.txt": (
        "On Tuesday the Velmora Council praised the ceasefire. Later Orsenko flew to Lubrenz with two ministers, who "
        "said the ceasefire held. The ceasefire, they said, would last.\n\nThe cease-fire of last year had not. "
        "Critics say the ceasefire came late. In Lubrenz a ceasefire is news, and “a ceasefire” was the headline."
    ),
}


def _archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir(exist_ok=True)
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _learn(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tqcheck", "learn", *arguments]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8")


def _learned(tmp_path: Path, *arguments: str) -> Path:
    output = tmp_path / "house.toml"
    result = _learn(str(_archive(tmp_path)), "--lang", "en", "--output", str(output), *arguments)
    assert result.returncode == 0, result.stderr
    return output


def _judge(output: Path, form: str, status: str) -> None:
    text = output.read_text(encoding="utf-8")
    at = text.index(json.dumps(form))
    output.write_text(text[:at] + text[at:].replace('"new"', json.dumps(status), 1), encoding="utf-8")


def _check(text: str, lexicon: Path, level: Confidence = Confidence.MEDIUM) -> list[tuple[str, str, Confidence]]:
    settings = Settings(lexicon=(str(lexicon),), min_confidence=level)
    return [(f.code, f.text, f.confidence) for f in check_article(Article(text, lang="en"), settings).findings]


def test_names_spellings_and_their_places(tmp_path: Path) -> None:
    tables = tomllib.loads(_learned(tmp_path).read_text(encoding="utf-8"))
    names = {entry["form"]: entry for entry in tables["name"]}
    assert set(names) == {"Orsenko", "Lubrenz", "Velmora", "Velmora Council"}
    assert (names["Orsenko"]["count"], names["Orsenko"]["articles"], names["Orsenko"]["status"]) == (4, 2, "new")
    assert "Orsenko" in names["Orsenko"]["example"]
    (spelling,) = tables["spelling"]
    assert (spelling["wrong"], spelling["right"], spelling["others"]) == ("cease-fire", "ceasefire", 1)
    assert tables["house"]["articles"] == 2


def test_what_is_new_is_used_with_less_confidence_until_it_is_accepted(tmp_path: Path) -> None:
    output = _learned(tmp_path)
    text = "They met orsenko on Friday. The Council Velmora was silent. A cease-fire is near."
    assert check_article(Article(text, lang="en")).findings == ()
    medium = Confidence.MEDIUM
    assert _check(text, output) == [("CAS101", "orsenko", medium), ("NAM101", "Council Velmora", medium)]
    assert ("HOU104", "cease-fire", Confidence.LOW) in _check(text, output, Confidence.LOW)
    for form in ("Orsenko", "Velmora Council", "cease-fire"):
        _judge(output, form, "accepted")
    high = Confidence.HIGH
    found = [("CAS101", "orsenko", high), ("NAM101", "Council Velmora", high), ("HOU104", "cease-fire", high)]
    assert _check(text, output) == found


def test_what_is_rejected_is_silent_in_the_own_names_and_in_ours(tmp_path: Path) -> None:
    output = _learned(tmp_path)
    _judge(output, "Orsenko", "rejected")
    with output.open("a", encoding="utf-8") as stream:
        stream.write('\n[[name]]\nform = "Marseille"\nstatus = "rejected"\n')
    assert check_article(Article("They met orsenko in marseille.", lang="en")).findings != ()
    assert _check("They met orsenko in marseille.", output) == []


def test_learning_again_keeps_what_was_said(tmp_path: Path) -> None:
    output = _learned(tmp_path)
    first = output.read_bytes()
    assert _learned(tmp_path).read_bytes() == first
    _judge(output, "Orsenko", "accepted")
    _judge(output, "cease-fire", "rejected")
    with output.open("a", encoding="utf-8") as stream:
        stream.write('\n[[name]]\nform = "Quellmar"\nstatus = "accepted"\n')
    judged = tomllib.loads(_learned(tmp_path).read_text(encoding="utf-8"))
    status = {entry["form"]: entry["status"] for entry in judged["name"]}
    assert (status["Orsenko"], status["Lubrenz"], status["Quellmar"]) == ("accepted", "new", "accepted")
    assert judged["spelling"][0]["status"] == "rejected"


def test_an_accepted_style_holds_and_a_new_one_does_not(tmp_path: Path) -> None:
    folder = _archive(tmp_path)
    text = " ".join(f"He said “no” {n} times in 1,{n}00 towns of 2.{n} km²." for n in range(1, 10))
    (folder / "c.txt").write_text(f"{text}\n\n{text}", encoding="utf-8")
    output = _learned(tmp_path)
    style = tomllib.loads(output.read_text(encoding="utf-8"))["style"]
    assert (style["quotes"], style["number-format"], style["exponents"]) == ("“”", "1,234.5", "km²")
    article = 'She said "yes" on 3 km2 of land.'
    assert not [code for code, _text, _level in _check(article, output) if code.startswith("HOU")]
    output.write_text(output.read_text("utf-8").replace('status = "new"', 'status = "accepted"', 1), "utf-8")
    assert {code for code, _text, _level in _check(article, output)} >= {"HOU101", "HOU103"}
    own = Settings(lexicon=(str(output),), exponents="km2")
    assert "HOU103" not in {f.code for f in check_article(Article(article, lang="en"), own).findings}


def test_a_text_that_comes_again_does_not_count_again(tmp_path: Path) -> None:
    before = _learned(tmp_path).read_bytes()
    (_archive(tmp_path) / "copy.txt").write_text(ARTICLES["a.txt"], encoding="utf-8")
    assert _learned(tmp_path).read_bytes() == before


def test_headlines_and_beginnings_of_sentences_say_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        text = "Glorbins Win The Wobbly Cup Again Tonight\n\nGlorbins won. “Glorbins are great,” he said: Glorbins!"
        (folder / name).write_text(text, encoding="utf-8")
    output = tmp_path / "house.toml"
    assert _learn(str(folder), "--lang", "en", "--output", str(output)).returncode == 0
    assert "Glorbins" not in output.read_text(encoding="utf-8")


def test_the_store_of_an_audit_is_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "audit.sqlite"
    with Store.open(path) as store:
        run = store.begin_run(["feed"], "rules", datetime(2026, 1, 5, tzinfo=UTC))
        rows = [
            Checked(key=name, feed="feed", text_hash=name, rules="rules", lang="en", words=9, score=100.0, text=text)
            for name, text in ARTICLES.items()
        ]
        store.add(run, rows)
        store.end_run(run, "done", datetime(2026, 1, 5, tzinfo=UTC))
    output = tmp_path / "house.toml"
    assert _learn(str(path), "--output", str(output)).returncode == 0
    assert "Orsenko" in output.read_text(encoding="utf-8")


def test_other_languages_and_what_cannot_be_read_are_told(tmp_path: Path) -> None:
    folder = _archive(tmp_path)
    (folder / "d.jsonl").write_text('{"id": "1", "text": "Le port est fermé.", "lang": "fr"}\n{"id": 2\n', "utf-8")
    output = tmp_path / "house.toml"
    result = _learn(str(folder), str(tmp_path / "none"), "--lang", "en", "--output", str(output))
    assert result.returncode == 0
    assert "1 in fr" in result.stderr
    assert "d.jsonl" in result.stderr
    assert str(tmp_path / "none") in result.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[name", "not valid TOML"),
        ('[house]\nlang = "en"\nversion = 9\n', "version 9"),
        ('[house]\nlang = "en"\nversion = 1\n[[nam]]\n', "“nam” is no part of a lexicon; did you mean “name”"),
        ('[house]\nlang = "english please"\nversion = 1\n', "lang"),
        ('[house]\nlang = "en"\nversion = 1\n[[name]]\nform = 3\n', "name 1: form must be a text"),
        ('[house]\nlang = "en"\nversion = 1\n[[name]]\nform = "A"\nstatus = "acepted"\n', "did you mean “accepted”"),
        ('[house]\nlang = "en"\nversion = 1\n[style]\nquotes = "x"\n', "style: quotes"),
        ('[house]\nlang = "en"\nversion = 1\n[[spelling]]\nwrong = "a"\nright = "a"\n', "spelling 1"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, text: str, told: str) -> None:
    output = tmp_path / "house.toml"
    output.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=told):
        house_lexicon.read((str(output),))


def test_what_is_no_lexicon_is_never_overwritten(tmp_path: Path) -> None:
    output = tmp_path / "house.toml"
    output.write_text("select = ['CAS']", encoding="utf-8")
    result = _learn(str(_archive(tmp_path)), "--output", str(output))
    assert (result.returncode, output.read_text(encoding="utf-8")) == (2, "select = ['CAS']")
    assert "“select” is no part of a lexicon" in result.stderr


def test_a_lexicon_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        house_lexicon.read((str(tmp_path / "none.toml"),))
