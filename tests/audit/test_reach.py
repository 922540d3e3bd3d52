"""`pairs` of the configuration in archives, and what is said at the start of options that do not reach an input."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.audit.test_audit_cli import Audit, ask, audit  # noqa: F401 - a fixture
from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.inputs import told_apart
from tqcheck.audit.reach import notes
from tqcheck.audit.sieve import Sieve
from tqcheck.config import Settings
from tqcheck.errors import ConfigError

PAIRS = Settings(source_lang="fr", pairs=("{stem}.{lang}.txt",))
FRENCH = "Le maire a dit lundi que le pont sur le fleuve sera fermé. Il y a 4 500 voitures par jour sur ce pont."
ENGLISH = "The mayor said on Monday that the bridge over the river will be closed. There are 5,400 cars a day on it."


def test_files_of_an_archive_find_their_originals_by_name(audit: Audit, tmp_path: Path) -> None:  # noqa: F811
    Path("tqcheck.toml").write_text('source-lang = "fr"\npairs = "{stem}.{lang}.txt"\n')
    elsewhere = tmp_path.parent / f"{tmp_path.name}-archive"
    for folder in (Path("archive"), elsewhere):  # beside the configuration, and not below it
        (folder / "news").mkdir(parents=True)
        (folder / "news" / "bridge.en.txt").write_text(f"{ENGLISH} It stands in {folder.name}.")
        (folder / "news" / "bridge.fr.txt").write_text(f"{FRENCH} Il est à {folder.name}.")
        (folder / "news" / "alone.en.txt").write_text("The mayor said no more on Monday evening.")
    first = audit("run", "archive", str(elsewhere), "--jobs", "1")
    assert "6 checked, 0 unchanged, 2 beside their originals" in first.err
    query = "SELECT a.key, v.origin, v.source_lang FROM articles a JOIN versions v ON v.article = a.id WHERE v.origin"
    assert sorted(row[1:] for row in ask(f"{query} IS NOT NULL")) == [("pairs", "fr")] * 2
    assert {row[0] for row in ask("SELECT code FROM findings")} >= {"NUM101"}
    # An original that is edited, or comes, has its article checked again, and nothing else is.
    Path("archive/news/bridge.fr.txt").write_text(FRENCH.replace("4 500", "5 400"))
    assert "1 shard done before" in audit("run", "archive", str(elsewhere), "--jobs", "1").err
    (elsewhere / "news" / "alone.fr.txt").write_text("Le maire n’a rien dit de plus lundi soir.")
    assert "beside their originals" in audit("run", str(elsewhere), "--jobs", "1").err
    assert ask("SELECT count(*) FROM versions WHERE origin = 'pairs' AND number > 1") == [(2,)]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["http://news.test/feed"], "feeds have originals by hreflang"),
        (["a.jsonl"], "records have their originals in “source”"),
        (["a.parquet"], "records have their originals in “source”"),
        (["a.warc.gz"], "pages of web archives are checked without originals"),
    ],
)
def test_pairs_are_about_files(names: list[str], said: str) -> None:
    found = [*notes(told_apart(names, io.BytesIO()), PAIRS, FetchSettings(), Sieve(), {})]
    assert len(found) == 1
    assert said in found[0]
    assert not [*notes(told_apart(names, io.BytesIO()), Settings(), FetchSettings(), Sieve(), {})]


def test_files_and_folders_are_in_reach_of_pairs(tmp_path: Path) -> None:
    assert not [*notes(told_apart([str(tmp_path), "a.zip"], io.BytesIO()), PAIRS, FetchSettings(), Sieve(), {})]


def test_a_pair_of_archives_is_refused(audit: Audit) -> None:  # noqa: F811
    Path("fr").mkdir()
    refused = audit("run", "en.jsonl", "--pair", "en.jsonl", "fr")
    assert refused.code == 2
    assert "en.jsonl is an archive, and pairs are of feeds" in refused.err
    assert not Path("tqcheck-audit.sqlite").exists()
    with pytest.raises(ConfigError, match="fr is an archive"):
        [*notes(told_apart([], io.BytesIO()), PAIRS, FetchSettings(pairs=(("feed.xml", "fr"),)), Sieve(), {})]


def test_what_else_does_not_reach_is_said() -> None:
    inputs = told_apart(["a.jsonl", "https://news.test/feed"], io.BytesIO())
    since = Sieve(since=datetime(2026, 1, 1, tzinfo=UTC))
    found = [*notes(inputs, Settings(), FetchSettings(), since, {"https_proxy": "http://proxy.test:3128"})]
    assert [each.split()[0] for each in found] == ["--since", "the"]
    assert "the proxy of the environment (HTTPS_PROXY) is not used" in found[1]
    files = told_apart(["feed.xml"], io.BytesIO())
    assert not [*notes(files, Settings(), FetchSettings(), since, {"HTTPS_PROXY": "http://proxy.test:3128"})]
