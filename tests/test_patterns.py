"""Patterns of file names: what fits, what they say, where they lead, and which are refused."""

from __future__ import annotations

import re
import time

import pytest

from tqcheck.patterns import Name, Pattern, places, read


@pytest.mark.parametrize(
    ("pattern", "path", "name"),
    [
        ("{stem}.{lang}.md", "a.en.md", Name("", "a", "en")),
        ("{stem}.{lang}.md", "news/2024/a.b.pt-BR.md", Name("news/2024", "a.b", "pt-BR")),
        ("{stem}.{lang}.md", "README.md", None),
        ("{stem}.{lang}.md", "a.english.md", None),
        ("{stem}.{lang}.md", "a.en.txt", None),
        ("{stem}_{lang}.html", "a_b_zh_Hant.html", Name("", "a_b", "zh_Hant")),
        ("{lang}/{stem}.md", "content/en/a.md", Name("content", "a", "en")),
        ("{lang}/{stem}.md", "content/news/a.md", None),
        ("content/{lang}/{dir}/{stem}.md", "content/en/a.md", Name("", "a", "en")),
        ("content/{lang}/{dir}/{stem}.md", "content/en/x/y/a.md", Name("x/y", "a", "en")),
        ("content/{lang}/{dir}/{stem}.md", "old/content/en/a.md", None),
        ("{lang}/{stem}.{lang}.md", "en/a.en.md", Name("", "a", "en")),
        ("{lang}/{stem}.{lang}.md", "en/a.fr.md", None),
        ("(a+)+.{stem}.{lang}.md", "(a+)+.x.en.md", Name("", "x", "en")),
    ],
)
def test_what_a_name_says(pattern: str, path: str, name: Name | None) -> None:
    assert Pattern(pattern).match(path) == name
    if name is not None:
        assert Pattern(pattern).fill(name) == path


def test_names_that_look_like_placeholders_stay_as_they_are() -> None:
    assert Pattern("{dir}/{stem}.{lang}.md").fill(Name("{lang}", "{stem}", "fr")) == "{lang}/{stem}.fr.md"


def test_where_the_original_may_stand() -> None:
    patterns = [Pattern("{stem}.{lang}.md"), Pattern("{stem}.md"), Pattern("originals/{dir}/{stem}.txt")]
    assert read(patterns, "blog/a.md") is None  # a name without a language tells no article from an original
    name = read(patterns, "blog/a.en.md")
    assert name is not None
    assert list(places(patterns, name, "fr")) == ["blog/a.fr.md", "blog/a.md", "originals/blog/a.txt"]
    assert list(places(patterns[:1], name, "pt-BR")) == [
        f"blog/a.{tag}.md" for tag in ("pt-BR", "pt_BR", "pt-br", "pt_br")
    ]


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("{stem}.{lng}.md", "“{lng}” means nothing; did you mean “lang”?"),
        ("{stem}.{}.md", "means nothing"),
        ("../{stem}.{lang}.md", "relative path"),
        ("a/../../{stem}.{lang}.md", "relative path"),
        ("/srv/{stem}.{lang}.md", "relative path"),
        ("C:/{stem}.{lang}.md", "relative path"),
        ("x\\{stem}.{lang}.md", "relative path"),
        ("{stem}.{lang.md", "relative path"),
        ("", "relative path"),
        ("{lang}.md", "{stem} once"),
        ("{stem}/{stem}.{lang}.md", "{stem} once"),
        ("{dir}/{dir}/{stem}.{lang}.md", "{dir} once"),
        ("x{dir}/{stem}.{lang}.md", "{dir} stands for whole folders"),
    ],
)
def test_what_is_no_pattern(pattern: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        Pattern(pattern)


@pytest.mark.parametrize("path", ["a/" * 2000 + "a", "a." * 2000 + "md", "en/" * 1300, "-" * 4000, "x" * 100_000])
def test_hostile_paths_cost_little(path: str) -> None:
    begin = time.process_time()
    for pattern in ("{stem}.{lang}.md", "{lang}/{dir}/{stem}.md", "{dir}/{lang}/{stem}-{lang}.md"):
        assert Pattern(pattern).match(path) is None
    assert time.process_time() - begin < 2
