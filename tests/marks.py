"""Read specimens whose expected stretches are marked with ⟦ ⟧."""

from __future__ import annotations

import atexit
import importlib
import re
import tempfile
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tqcheck.config import Settings, with_options
from tqcheck.engine import check_article
from tqcheck.model import Article, Confidence, Finding, Report, Span
from tqcheck.rules import Rule, load_rules

# Low-confidence evidence is hidden by default: the tests look at everything.
EVERYTHING = Settings(min_confidence=Confidence.LOW)
RULES = {rule.code: rule for rule in load_rules()}
GOLDEN = Path(__file__).parent / "golden"


class Specimen(NamedTuple):
    """A text with its expected stretches; `fixed` is the repaired text, where one is given."""

    code: str
    text: str
    spans: tuple[Span, ...]
    fixed: str | None


def unmark(marked: str) -> tuple[str, tuple[Span, ...]]:
    """Return the text without its marks, and the marked stretches."""
    spans, text, opened = [], "", 0
    for piece in re.split("([⟦⟧])", marked):
        if piece == "⟦":
            opened = len(text)
        elif piece == "⟧":
            spans.append(Span(opened, len(text)))
        else:
            text += piece
    return text, tuple(spans)


def marked(lang: str, name: str = "marked.tsv") -> list[Specimen]:
    """Return the marked pairs of a golden set."""
    path = GOLDEN / lang / name
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if not line.strip() or line.startswith("#"):
            continue
        code, text, *rest = (field.replace("\\n", "\n") for field in line.split("\t"))
        rows.append(Specimen(code, *unmark(text), rest[0] if rest and rest[0] else None))
    return rows


def clean(lang: str) -> list[str]:
    """Return the clean texts of a golden set."""
    path = GOLDEN / lang / "clean.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.replace("\\n", "\n") for line in lines if line.strip() and not line.startswith("# ")]


def run(
    rule: Rule,
    lang: str,
    text: str,
    source: str | None = None,
    source_lang: str | None = None,
    glossary: str | None = None,
    reader: str | None = None,
    house: str | None = None,
) -> Report:
    """Check `text` with one rule alone."""
    settings = with_wishes(EVERYTHING, glossary, house)
    article = replace(as_read(text, reader), lang=lang, source=source, source_lang=source_lang)
    return check_article(article, settings, rules=[rule])


def as_read(text: str, reader: str | None) -> Article:
    """Return the article of a text, by the reader of its format where there is one."""
    if reader is None:
        return Article(text)
    article: Article = importlib.import_module(f"tqcheck.readers.{reader}").read(text)
    return article


def with_wishes(settings: Settings, glossary: str | None, house: str | None = None) -> Settings:
    """Return settings with a glossary of this content, in a file as any other, and these keys of the house style."""
    if house is not None:
        settings = with_options(settings, tomllib.loads(house), "example")
    return settings if glossary is None else replace(settings, glossary=(_file(glossary),))


@cache
def _file(content: str) -> str:
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "terms.csv"
    path.write_text(content, encoding="utf-8")
    return str(path)


def apply_fixes(text: str, findings: tuple[Finding, ...]) -> str:
    """Return the text with the fixes of all findings applied, from the last to the first."""
    edits = sorted({e for f in findings if f.fix for e in f.fix.edits}, reverse=True)
    for edit in edits:
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
