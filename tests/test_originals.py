"""Where originals come from: which file or record belongs to which article, who has the last word, and
what may not be read."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from tqcheck.errors import InputError
from tqcheck.model import Article
from tqcheck.patterns import Pattern
from tqcheck.readers import Unread, read
from tqcheck.readers.files import original
from tqcheck.readers.originals import Habits, Originals
from tqcheck.readers.partner import Folder
from tqcheck.readers.records import Records


def _tree(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"Text of {name}.", "utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _found(
    article: str,
    root: str | None = "news",
    lang: str | None = None,
    source_lang: str | None = None,
    folder: str = "orig",
) -> str | None:
    place, _expected = Folder(folder).find(article, root, lang, source_lang)
    return None if place is None else Path(place).as_posix()


@pytest.mark.parametrize(
    ("article", "originals", "found"),
    [
        ("news/a.md", ["orig/a.md", "orig/b.md", "orig/x/a.md"], "orig/a.md"),
        ("news/x/a.md", ["orig/a.md", "orig/x/a.md"], "orig/x/a.md"),
        ("news/a.en.md", ["orig/a.fr.md", "orig/b.fr.md"], "orig/a.fr.md"),
        ("news/a.en.md", ["orig/a.md"], "orig/a.md"),
        ("news/a.md", ["orig/a.fr.md"], "orig/a.fr.md"),
        ("news/a.pt_BR.md", ["orig/a.pt.md"], "orig/a.pt.md"),
        ("news/en/x/a.md", ["orig/fr/x/a.md"], "orig/fr/x/a.md"),
        ("news/en/a.en.md", ["orig/fr/a.fr.md"], "orig/fr/a.fr.md"),
        ("news/en/a.md", ["orig/a.md"], "orig/a.md"),
        ("news/a_en.md", ["orig/a_fr.md"], "orig/a_fr.md"),
        ("news/a-en.md", ["orig/a-fr.md"], "orig/a-fr.md"),
        ("news/a.en.html", ["orig/a.fr.md"], "orig/a.fr.md"),
        ("news/a.en.html", ["orig/a.fr.md", "orig/a.fr.html"], "orig/a.fr.html"),
        # The words of a headline are no language tags.
        ("news/vote-yes.md", ["orig/vote-no.md"], None),
        ("news/a-trip-to-la.md", ["orig/a-trip-to.md"], None),
        ("news/a.old.md", ["orig/a.new.md"], None),
        ("news/a.v1.md", ["orig/a.v2.md"], None),
        # Of the same language, or elsewhere.
        ("news/a.en.md", ["orig/a.en.html"], None),
        ("news/en/a.md", ["orig/fr/x/a.md"], None),
        ("news/a.md", ["orig/.hidden/a.md", "orig/a.png", "orig/a.jsonl"], None),
    ],
)
def test_a_file_of_the_same_name(here: Path, article: str, originals: list[str], found: str | None) -> None:
    _tree(here, article, *originals)
    assert _found(article) == found


def test_the_language_of_the_originals_decides(here: Path) -> None:
    _tree(here, "news/a.en.md", "orig/a.fr.md", "orig/a.de.md", "orig/a.md", "orig/a.en.md")
    assert _found("news/a.en.md", source_lang="fr") == "orig/a.fr.md"
    assert _found("news/a.en.md", source_lang="it") == "orig/a.md"
    assert _found("news/a.en.md", source_lang="fr-CA") == "orig/a.fr.md"
    (here / "orig" / "a.en.md").unlink()
    with pytest.raises(InputError, match=r"3 files may be its original .*--source-lang"):
        _found("news/a.en.md")
    _tree(here, "orig/fr/b.md", "orig/b.fr.md", "news/b.en.md")
    with pytest.raises(InputError, match=r"2 files may be its original .*keep one of them"):
        _found("news/b.en.md", source_lang="fr")


def test_an_original_has_none(here: Path) -> None:
    _tree(here, "news/a.en.md", "news/a.fr.md", "news/orig/a.fr.md", "news/b.md")
    assert Folder("news/orig").find("news/orig/a.fr.md", "news", None, None) == (None, False)
    assert Folder("news").find("news/a.fr.md", "news", None, "fr") == (None, False)
    assert Folder("news").find("news/b.md", "news", None, "fr") == (None, False)
    assert _found("news/a.en.md", source_lang="fr", folder="news") == "news/a.fr.md"
    # A copy of the original in the folder of the articles is none of them.
    _tree(here, "orig/a.fr.md")
    assert Folder("orig").find("news/a.fr.md", "news", None, "fr") == (None, False)


def test_files_on_their_own_know_the_folder_beside_that_of_the_originals(here: Path) -> None:
    _tree(here, "en/x/index.md", "fr/index.md", "fr/x/index.md", "c.md", "fr/c.md")
    assert _found("en/x/index.md", None, folder="fr") == "fr/x/index.md"
    assert _found(str(here / "en" / "x" / "index.md"), None, folder="fr") == "fr/x/index.md"
    assert _found("c.md", None, folder="fr") == "fr/c.md"
    (here / "fr" / "x" / "index.md").unlink()
    assert _found("en/x/index.md", None, folder="fr") is None  # rather than the index of all


def test_a_folder_that_holds_both_languages_somewhere(here: Path) -> None:
    _tree(here, "site/en/x/a.md", "site/fr/x/a.md", "site/fr/index.md", "site/en/b/index.md", "blog/index.md")
    assert _found("site/en/x/a.md", ".", folder="site/fr") == "site/fr/x/a.md"
    assert _found("site/en/x/a.md", "site", folder="site/fr") == "site/fr/x/a.md"
    assert _found("site/en/b/index.md", ".", folder="site/fr") is None
    assert _found("blog/index.md", ".", folder="site/fr") is None


def _records(path: Path, *records: dict[str, object]) -> None:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")


def test_records_are_paired_by_id(here: Path) -> None:
    _records(here / "o.jsonl", {"id": "b", "text": "B", "lang": "fr"}, {"id": "a", "text": "Â\u2028Ä", "source": "no"})
    _records(
        here / "n.jsonl",
        {"id": "a", "text": "a"},
        {"id": "b", "text": "b", "source": "its own"},
        {"id": "c", "text": "c"},
    )
    originals = Originals(Records("o.jsonl"))
    articles = [i for i in read(["n.jsonl"], io.BytesIO(), None, originals) if isinstance(i, Article)]
    assert [a.source for a in articles] == ["Â\u2028Ä", "its own", None]
    assert [a.source_path for a in articles] == ["o.jsonl", None, None]
    assert (originals.alone, originals.names) == (1, ["n.jsonl: c"])
    assert not originals.troubles


def test_records_without_ids_are_paired_by_line(here: Path) -> None:
    (here / "o.jsonl").write_bytes(b'\xef\xbb\xbf{"text": "one"}\n\n{broken\n{"text": "four"}')
    _records(here / "n.jsonl", *({"text": str(n)} for n in range(1, 5)))
    originals = Originals(Records("o.jsonl"))
    articles = [i for i in read(["n.jsonl"], io.BytesIO(), None, originals) if isinstance(i, Article)]
    assert [a.source for a in articles] == ["one", None, None, "four"]
    assert [t.where for t in originals.troubles] == ["o.jsonl:3"]


def test_two_records_of_one_id_cost_one_article(here: Path) -> None:
    _records(here / "o.jsonl", {"id": "a", "text": "1"}, {"id": "b", "text": "2"}, {"id": "a", "text": "3"})
    _records(here / "n.jsonl", {"id": "a", "text": "a"}, {"id": "b", "text": "b"})
    bad, good = read(["n.jsonl"], io.BytesIO(), None, Originals(Records("o.jsonl")))
    assert isinstance(bad, Unread)
    assert bad.message == "2 records of o.jsonl have the id “a” (lines 1, 3); keep one"
    assert bad.where == "n.jsonl: a"
    assert isinstance(good, Article)
    assert good.source == "2"


def _habits(*patterns: str, root: Path | None = None, lang: str | None = None) -> Habits:
    return Habits(tuple(map(Pattern, patterns)), root, lang, "fr")


def _one(path: str, originals: Originals) -> Article:
    (item,) = read([path], io.BytesIO(), None, originals)
    assert isinstance(item, Article), item
    return item


def test_who_has_the_last_word(here: Path) -> None:
    """--source before front matter before the patterns."""
    _tree(here, "a.fr.md", "front.md", "given.md", "b.en.md")
    (here / "a.en.md").write_text("---\nsource: front.md\nsource_lang: de\n---\nText.", "utf-8")
    habits = _habits("{stem}.{lang}.md")
    given = _one("a.en.md", Originals(original("given.md"), lambda path: habits))
    named = _one("a.en.md", Originals(None, lambda path: habits))
    assert (given.source, given.source_path, given.source_lang) == ("Text of given.md.", "given.md", "de")
    assert (named.source, named.source_path) == ("Text of front.md.", "front.md")
    # What is named and cannot be read is told, and nothing takes its place.
    (here / "front.md").unlink()
    broken = _one("a.en.md", Originals(None, lambda path: habits))
    assert broken.source is None
    assert "the source front.md is not read" in broken.notes[0]
    (here / "a.en.md").write_text("---\nsource: Reuters\n---\nText.", "utf-8")
    assert _one("a.en.md", Originals(None, lambda path: habits)).source_path == "a.fr.md"
    # A folder that has nothing leaves the word to the others.
    (here / "empty").mkdir()
    assert _one("a.en.md", Originals(Folder("empty"), lambda path: habits)).source_path == "a.fr.md"
    alone = Originals(Folder("empty"), lambda path: habits)
    assert _one("b.en.md", alone).source is None
    assert alone.names == ["b.en.md"]


def test_patterns_find_originals_and_languages(here: Path) -> None:
    _tree(here, "x/a.en.md", "x/a.fr.md", "x/b.en.md", "README.md", "x/c.zz.md")
    originals = Originals(None, lambda path: _habits("{stem}.{lang}.md", root=here))
    items = {i.path: i for i in read(["."], io.BytesIO(), None, originals) if isinstance(i, Article)}
    languages = {path: a.lang for path, a in items.items()}
    assert languages == {"README.md": None, "x/a.en.md": "en", "x/a.fr.md": "fr", "x/b.en.md": "en", "x/c.zz.md": None}
    assert [path for path, a in items.items() if a.source is not None] == ["x/a.en.md"]
    assert items["x/a.en.md"].source_path == os.path.join("x", "a.fr.md")
    # An original and a file that no pattern is about are not missed.
    assert originals.names == ["x/b.en.md", "x/c.zz.md"]


def test_an_article_knows_its_languages_best(here: Path) -> None:
    _tree(here, "a.de.md", "a.fr.md")
    (here / "a.en.md").write_text("---\nlang: en-GB\nsource_lang: de\n---\nText.", "utf-8")
    article = _one("a.en.md", Originals(None, lambda path: _habits("{stem}.{lang}.md")))
    assert (article.lang, article.source_path) == ("en-GB", "a.de.md")


def test_patterns_are_read_from_the_configuration_or_the_working_folder(here: Path) -> None:
    _tree(here, "site/en/x/a.md", "site/fr/x/a.md", "conf/tqcheck.toml", "en/b.md", "fr/b.md")
    pattern = "{lang}/{dir}/{stem}.md"
    inside = Originals(None, lambda path: _habits(pattern, root=here / "site"))
    assert _one("site/en/x/a.md", inside).source == "Text of site/fr/x/a.md."
    assert _one("en/b.md", Originals(None, lambda path: _habits(pattern, root=here / "conf"))).source is not None
    assert _one("site/en/x/a.md", Originals(None, lambda path: _habits(pattern, root=here))).source is None


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_nothing_outside_is_read(here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a download or a pull request brings along must not make a report quote other files."""
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.md"
    secret.write_text("password", "utf-8")
    _tree(here, "a.en.md")
    (here / "a.fr.md").symlink_to(secret)
    (item,) = read(
        ["a.en.md"], io.BytesIO(), None, Originals(None, lambda path: _habits("{stem}.{lang}.md", root=here))
    )
    assert isinstance(item, Unread)
    assert "is a link out of the folder" in item.message
    for name in (str(secret), "a.fr.md", f"../{secret.parent.name}/secret.md"):
        (here / "b.en.md").write_text(f"---\nsource: {name}\n---\nText.", "utf-8")
        article = _one("b.en.md", Originals(None, lambda path: Habits(root=here)))
        assert article.source is None
        assert "is not read" in article.notes[0]


def test_front_matter_may_point_below_the_configuration(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _tree(here, "fr/a.md", "en/x.md")
    (here / "en" / "a.md").write_text("---\nsource: ../fr/a.md\n---\nText.", "utf-8")
    monkeypatch.chdir(here / "en")
    assert _one("a.md", Originals()).source is None
    assert _one("a.md", Originals(None, lambda path: Habits(root=here))).source == "Text of fr/a.md."


def test_an_original_that_cannot_be_read_costs_one_article(here: Path) -> None:
    _tree(here, "news/a.md", "news/b.md", "orig/b.md")
    (here / "orig" / "a.md").write_bytes(b"a\0b")
    bad, good = read(["news"], io.BytesIO(), None, Originals(Folder("orig")))
    assert isinstance(bad, Unread)
    assert bad.message.startswith(f"its original is not read: {os.path.join('orig', 'a.md')}: a binary file")
    assert isinstance(good, Article)
    assert good.source is not None


def test_text_files_have_front_matter_too(here: Path) -> None:
    _tree(here, "o.txt")
    (here / "a.txt").write_text("---\nlang: en\nsource: o.txt\n---\r\nOne.\r\nTwo.", "utf-8", newline="")
    article = _one("a.txt", Originals())
    assert (article.lang, article.source, article.view().text) == ("en", "Text of o.txt.", "One.\nTwo.")
    assert article.text[slice(*article.view().to_raw(0, 4))] == "One."
    dashes = "---\nA poem: yes\n---\nText."
    (here / "b.txt").write_text(dashes, "utf-8")
    assert _one("b.txt", Originals()).view().text == dashes
