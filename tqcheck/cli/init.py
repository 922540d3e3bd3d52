"""`tqcheck init`: a first configuration, every key in it with a word of explanation."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

import click

from tqcheck.cli import complete
from tqcheck.config import FILE_NAMES, find
from tqcheck.errors import ConfigError, nearest
from tqcheck.presets import presets

_NAME = FILE_NAMES[0]
# Key → what it is for, and a line to take the comment sign from. A test holds them against the keys there are.
KEYS = {
    "lang": ("Language of articles that do not say theirs; without it, each is detected.", 'lang = "en"'),
    "source-lang": ("Language of originals that do not say theirs.", 'source-lang = "fr"'),
    "pairs": (
        "How an article finds its original by the name of its file: {stem}, {lang}, {dir}. It needs source-lang.",
        'pairs = "{stem}.{lang}.md"',
    ),
    "encoder": ("Sentence encoder, or none; without it, the two languages decide.", 'encoder = "none"'),
    "select": ("Rules to run, by code, prefix or name; without it, all. `tqcheck rules` lists them.",
               'select = ["NUM", "ENT", "QUO101"]'),
    "extend-select": ("Rules to run in addition to those.", 'extend-select = ["SPA101"]'),
    "ignore": ("Rules to leave out.", 'ignore = ["QUO105"]'),
    "min-confidence": ("Findings below are counted and not shown: low, medium or high.", 'min-confidence = "medium"'),
    "fail-on": ("Severity that makes exit code 1: minor, major, critical or never.", 'fail-on = "major"'),
    "glossary": ("Files with the terms that translations must keep to (CSV, TSV, TBX).", 'glossary = ["terms.csv"]'),
    "baseline": (
        "Findings that are known already; `tqcheck baseline create` makes the file.",
        'baseline = "tqcheck-baseline.json"',
    ),
    "languages": ("Languages that articles may have; another one is reported.", 'languages = ["en", "fr"]'),
    "quotes": (
        "Quotation marks by language: two, or four with those of a quotation within one.",
        'quotes = {en = "“”‘’", de = "„“‚‘", fr = "« »"}',
    ),
    "number-format": (
        "The number 1234.5 as you write it in each language.",
        'number-format = {en = "1,234.5", de = "1.234,5", fr = "1 234,5"}',
    ),
    "exponents": ("Square and cubic units: km² or km2.", 'exponents = "km²"'),
    "spellings": ("Of words with two known spellings, those that you write.", 'spellings = ["Kyiv", "adviser"]'),
    "prefer": (
        "Other words with what to write instead, in all languages or in one.",
        'prefer = {"Nagorno-Karabagh" = "Nagorno-Karabakh", de = {"Weissrussland" = "Belarus"}}',
    ),
    "accept": ("Words that no rule about casing, names, unknown or foreign words reports.", 'accept = ["adidas"]'),
    "accept-files": ("Files of such words, one a line.", 'accept-files = ["accept.txt"]'),
    "reject": ("Words that are always reported, with what to write instead, if you like.",
               'reject = {"utilise" = "use", "alternativlos" = ""}'),
    "reject-files": ("Files of such words, one a line: utilise = use.", 'reject-files = ["reject.txt"]'),
    "lexicon": (
        "Names, spellings and style of your own articles; `tqcheck learn` writes the file.",
        'lexicon = ["house.en.toml"]',
    ),
    # Tables: they must stand last.
    "per-file-ignores": (
        "Rules to leave out in some files only, by patterns of paths from this folder.",
        '[per-file-ignores]\n"archive/*" = ["SPA", "QUO"]',
    ),
    "paths": (
        "Other values for some files only; where several tables fit a file, the last one wins.",
        '[[paths]]\nfiles = ["wire/*"]\nmin-confidence = "high"',
    ),
}  # fmt: skip


@click.command("init")
@click.argument("folder", default=".", metavar="[FOLDER]", shell_complete=complete.files)
@click.option(
    "--preset",
    default="desk",
    metavar="|".join(presets()),
    help="The preset to begin with (default: desk).",
    shell_complete=complete.words(*presets()),
)
def command(folder: str, preset: str) -> None:
    """Write a first configuration, with comments, into a folder (default: this one).

    A file that is there is never overwritten.
    """
    if preset not in presets():
        hint = nearest(preset, presets()) or "."
        raise ConfigError(f"--preset cannot be “{preset}”{hint} It is one of {', '.join(presets())}")
    if not os.path.isdir(folder):
        raise ConfigError(f"{folder}: no such folder; make it first")
    place = Path(folder) / _NAME
    known = find(Path(folder))
    if known is not None and known.parent == Path(folder).absolute():
        raise ConfigError(f"{Path(folder) / known.name}: there is a configuration already; nothing was written")
    try:
        with open(place, "x", encoding="utf-8", newline="\n") as out:
            out.write(content(preset))
    except FileExistsError:
        raise ConfigError(f"{place}: there is a configuration already; nothing was written") from None
    except OSError as error:
        raise ConfigError(f"{place}: cannot be written: {error.strerror}") from error
    click.echo(f"{place} written; `tqcheck config` shows what applies")


def content(preset: str) -> str:
    """Return the content of the file."""
    lines = [
        "# Configuration of tqcheck; `tqcheck config FILE` shows what applies to a file, and where it comes from.",
        "",
        *_comment("A preset sets min-confidence, fail-on and ignore, as far as this file does not:"),
    ]
    for name, known in presets().items():
        lines += _comment(f"{name}: {known.about}.", "  ")
    lines += [f'preset = "{preset}"', ""]
    for about, example in KEYS.values():
        lines += [*_comment(about), *(f"# {line}" for line in example.split("\n")), ""]
    return "\n".join(lines)


def _comment(text: str, indent: str = "") -> Iterator[str]:
    for number, line in enumerate(wrap(text, 110)):
        yield f"# {indent}{'  ' if indent and number else ''}{line}"
