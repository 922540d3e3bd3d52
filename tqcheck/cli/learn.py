"""`tqcheck learn`: a lexicon of names, spellings and style from a house's own articles."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from tqcheck.cli import complete
from tqcheck.cli.tell import complain, tell
from tqcheck.errors import ConfigError


@click.command("learn")
@click.argument("archives", nargs=-1, required=True, metavar="ARCHIVE…", shell_complete=complete.files)
@click.option("--output", required=True, metavar="FILE", help="The lexicon, as TOML; what you said in it is kept.")
@click.option("--lang", metavar="CODE", help="Language to learn (default: that of most articles).")
@click.option("--contact", metavar="ADDRESS", help="Where the owner of a server finds you; sent along to feeds.")
@click.option("--allow-private", is_flag=True, help="Fetch from private and local addresses too.")
@click.option("--least", default=3, show_default=True, type=click.IntRange(1), help="Places that make a name.")
@click.option("--articles", default=2, show_default=True, type=click.IntRange(1), help="Articles that make a name.")
def command(
    archives: tuple[str, ...],
    output: str,
    lang: str | None,
    contact: str | None,
    allow_private: bool,
    least: int,
    articles: int,
) -> None:
    """Learn names, spellings and style from articles that you have published.

    An ARCHIVE is a feed (an address or a file), a folder, a file of articles (text, Markdown, HTML, JSON Lines,
    Parquet, WARC, zip), the store of an audit that keeps texts, or - for names on standard input. Review the file, and
    name it in the configuration: lexicon = ["FILE"].
    """
    from tqcheck.audit.fetch.settings import FetchSettings
    from tqcheck.cli.atomic import replace, state
    from tqcheck.languages.loader import canonical
    from tqcheck.learning.learn import learn
    from tqcheck.learning.sources import articles as found
    from tqcheck.learning.writing import written
    from tqcheck.readers.house_lexicon import lexicon, parsed, raw_of

    wanted = None if lang is None else canonical(lang).partition("-")[0]
    before: dict[str, Any] = {}
    expected = None
    if os.path.exists(output):
        expected = state(output)
        raw = raw_of(output, expected.size)
        lexicon(raw, output)  # a file that is none is told, not overwritten
        before = parsed(raw, output)
    fetching = FetchSettings(contact=contact, originals=False, allow_private=allow_private)
    learned = learn(found(archives, sys.stdin.buffer, fetching), wanted)
    for missed in learned.missed:
        complain(f"{missed.where}: {missed.message}")
    languages = learned.languages
    if not languages:
        raise ConfigError("no article could be read, so there is nothing to learn from")
    tag = wanted or min(languages, key=lambda each: (-languages[each], each))
    if tag not in languages:
        raise ConfigError(f"none of the articles is in {tag}; they are in {', '.join(sorted(languages))}")
    if before and before["house"]["lang"] != tag:
        raise ConfigError(f"{output}: a lexicon of {before['house']['lang']}; write that of {tag} to another file")
    names, spelled = learned.names(tag, least, articles), learned.spellings(tag)
    replace(output, [written(learned.counts[tag], names, spelled, before).encode("utf-8")], expected)
    counts = learned.counts[tag]
    tell(
        f"{output}: {len(names):,} names and {len(spelled):,} spellings from {counts.articles:,} articles in {tag} "
        f'({counts.words:,} words). Review it, then set lexicon = ["{os.path.basename(output)}"].'
    )
    others = {each: count for each, count in languages.items() if each != tag}
    if others:
        said = ", ".join(f"{count:,} in {each}" for each, count in sorted(others.items()))
        complain(f"left out: {said}; --lang learns from them")
