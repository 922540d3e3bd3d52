"""The pages say what is true: commands exist, the tour runs as shown, the rule in “Adding a rule” works, links lead
somewhere.

`TQCHECK_UPDATE=1 pytest tests/test_docs.py` writes the outputs of the tour anew; look at the difference before you
keep it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt

from tests.installing import ROOT
from tests.marks import apply_fixes, run, unmark
from tqcheck.cli import cli
from tqcheck.rules import Rule

TOUR = ROOT / "docs" / "tour.md"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md")])
HAND_WRITTEN = [page for page in PAGES if page.parent.name != "rules"]


def _names(pages: list[Path]) -> list[str]:
    return [str(page.relative_to(ROOT)) for page in pages]


# Links and anchors.


@cache
def _anchors(page: Path) -> frozenset[str]:
    """Return the anchors of a page, as code hosts and MyST make them of headings."""
    tokens = MarkdownIt().parse(page.read_text("utf-8"))
    titles = [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open"]
    return frozenset(re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles)


@pytest.mark.parametrize("page", HAND_WRITTEN, ids=_names(HAND_WRITTEN))
def test_links_lead_somewhere(page: Path) -> None:
    tokens = MarkdownIt().enable("table").parse(page.read_text("utf-8"))
    links = [
        str(child.attrs["href"])
        for token in tokens
        for child in token.children or ()
        if child.type == "link_open" and not re.match(r"[a-z]+:", str(child.attrs["href"]))
    ]
    for link in links:
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


def test_the_index_lists_every_page() -> None:
    listed = set(re.findall(r"\]\((\S+?\.md)\)", (ROOT / "docs/index.md").read_text("utf-8")))
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert pages == listed - {"rules/index.md"}


# Commands.


def _commands(page: Path) -> list[str]:
    """Return the calls of tqcheck in the fences of a page."""
    fences = [t.content for t in MarkdownIt().parse(page.read_text("utf-8")) if t.type == "fence"]
    lines = [
        re.sub(r"^(\$ |- run: |- (?=tqcheck))", "", line.strip()) for fence in fences for line in fence.split("\n")
    ]
    return [line for line in lines if line.startswith("tqcheck ")]


@pytest.mark.parametrize("page", HAND_WRITTEN, ids=_names(HAND_WRITTEN))
def test_commands_exist(page: Path) -> None:
    for line in _commands(page):
        words = shlex.split(re.split(r"[|;<>]| && ", line)[0], comments=True)[1:]
        words = [word for word in words if word != "…"]
        try:
            with cli.make_context("tqcheck", list(words), resilient_parsing=False) as context:
                name, command, rest = cli.resolve_command(context, [*context._protected_args, *context.args])
                while isinstance(command, click.Group) and rest:
                    name, command, rest = command.resolve_command(context, rest)
                assert command is not None
                # With its parent: click keeps the names of the help option that it makes here.
                command.make_context(name, rest, parent=context)
        except click.exceptions.Exit:  # --version, --help
            continue
        except click.ClickException as error:
            pytest.fail(f"{line}: {error.format_message()}")


# The tour.

_SAVE = re.compile(r"[Ss]ave (?:this|it|the original) as `([^`]+)`[^\n]*:\n\n```\w+\n(.*?)^```", re.M | re.S)
_CONSOLE = re.compile(r"^```console\n(.*?)^```", re.M | re.S)


def _shown(block: str, folder: Path, environment: dict[str, str]) -> str:
    """Return a block of commands with what they print."""
    shown = ""
    for command in re.findall(r"^\$ (.*)$", block, re.M):
        result = subprocess.run(
            ["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, encoding="utf-8",
        )  # fmt: skip
        lines = (line.rstrip() for line in result.stdout.splitlines())
        shown += "\n".join([f"$ {command}", *lines]) + "\n"
    return shown


def test_the_tour(tmp_path: Path) -> None:
    """Follow it: save what it says, type what it types, see what it shows."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "tqcheck").write_text(f'#!/bin/sh\nexec {sys.executable} -m tqcheck "$@"\n', "utf-8")
    (tmp_path / "bin" / "tqcheck").chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM"}}
    environment = {**kept, "PATH": f"{tmp_path / 'bin'}:{kept['PATH']}", "PYTHONPATH": str(ROOT)}
    desk = tmp_path / "desk"
    (desk / "news").mkdir(parents=True)
    text = TOUR.read_text("utf-8")
    steps = sorted([*_SAVE.finditer(text), *_CONSOLE.finditer(text)], key=lambda match: match.start())
    assert len(steps) > 10
    new, at = "", 0
    for step in steps:
        if step.re is _SAVE:
            (desk / step[1]).write_text(step[2], "utf-8")
        else:
            new += text[at : step.start(1)] + _shown(step[1], desk, environment)
            at = step.end(1)
    new += text[at:]
    if os.environ.get("TQCHECK_UPDATE"):
        TOUR.write_text(new, "utf-8")
    assert new == text
    assert (desk / "report.html").is_file()


# The rule that shows how to add one.


def test_the_rule_that_is_shown_works() -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs/adding.md").read_text("utf-8"), re.M | re.S)
    names: dict[str, object] = {}
    exec(compile(code, "docs/adding.md", "exec"), names)
    (rule,) = (value for value in names.values() if isinstance(value, Rule))
    assert list(rule.sections) == ["", "Why", "When it is wrong", "Norm"]
    for each in rule.examples:
        text, spans = unmark(each.text)
        report = run(rule, each.lang, text)
        assert [(f.start, f.end) for f in report.findings] == list(spans)
        assert each.fixed is None or apply_fixes(text, report.findings) == each.fixed
