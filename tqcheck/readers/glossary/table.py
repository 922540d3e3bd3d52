"""A glossary in a table: CSV or TSV with a line of column names, as people and term bases write it.

Either `source` and `target` (with `source_lang`, `target_lang` where it serves some languages only), or a
column a language: `en,fr,notes`, `Term [en]`, `fr-FR term`. Beside them `forbidden`, `status`, `note`,
`case_sensitive`, `do_not_translate`. Columns of other names are left alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tqcheck.errors import nearest
from tqcheck.glossary import SOURCE, TARGET, Term
from tqcheck.languages import available, load
from tqcheck.languages.loader import canonical
from tqcheck.readers.glossary.rows import Rows, clean

_SEPARATORS = ",;\t"
# Spreadsheets of some countries write this line first: sep=;
_SEP = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
# The names of the columns, in lower case with single spaces.
_NAMES = {
    "source": ("source", "source term", "src", "term", "original", "singular"),
    "target": ("target", "target term", "translation", "trg", "tgt", "preferred"),
    "forbidden": ("forbidden", "forbidden term", "forbidden terms", "do not use", "deprecated", "banned", "avoid"),
    "source_lang": ("source lang", "source language", "src lang", "source locale"),
    "target_lang": ("target lang", "target language", "trg lang", "tgt lang", "target locale"),
    "status": ("status", "term status", "usage status", "administrative status", "usage"),
    "note": (
        *("note", "notes", "comment", "comments", "description", "definition", "explanation", "translator comments"),
        *("developer comments", "concept definition"),
    ),
    "case": ("case sensitive", "casesensitive", "case sensitivity", "match case"),
    "keep": ("do not translate", "dnt", "donottranslate", "non translatable", "untranslatable"),
    "translatable": ("translatable", "translate"),
    "fuzzy": ("fuzzy",),
}
_BY_NAME = {name: kind for kind, names in _NAMES.items() for name in names}
# What says of a column that it holds the terms of its language, and what holds something else about them.
_TERM = {"", "term", "terms", "translation", "name"}
# Two letters that name a column of every other table rather than Indonesian, Norwegian, …
_NO_LANGUAGE = {"id", "no", "nr", "pt."}
_YES, _NO = {"yes", "y", "true", "1", "x", "on"}, {"", "no", "n", "false", "0", "off", "-"}
_WORDS = _YES | _NO
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?$")


@dataclass(slots=True)
class _Columns:
    """What the columns hold: places by kind, and languages with the places of terms and of bans."""

    count: int
    places: dict[str, int] = field(default_factory=dict)
    terms: list[tuple[str, int]] = field(default_factory=list)
    bans: list[tuple[str, int]] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        return (
            ("source" in self.places and bool({"target", "keep", "translatable", "forbidden"} & set(self.places)))
            or (len(self.terms) + len(self.bans) + ("source" in self.places) > 1)
            or {"target", "forbidden"} <= set(self.places)
        )


def read(text: str, rows: Rows) -> None:
    """Read a table into `rows`. Raises ConfigError where its columns are not those of a glossary."""
    separator, skipped = "", 0
    told = _SEP.match(text)
    if told is not None:
        text, separator, skipped = text[told.end() :], told.group(1), 1
    lines = io.StringIO(text, newline="")
    head = next((line for line in lines if line.strip()), "")
    skipped += text[: lines.tell() - len(head)].count("\n") if head else 0
    columns, separator = _columns(head, separator or _SEPARATORS, rows, skipped + 1)
    begin = text.index(head) + len(head) if head else 0
    for line, cells in _cells(text[begin:], separator, rows, skipped + 1):
        if any(map(str.strip, cells)):
            _row(line, cells, columns, separator, rows)


def _cells(text: str, separator: str, rows: Rows, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line that it begins in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = skipped + 1
    try:
        for cells in reader:
            yield line, cells
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        raise rows.error(
            line, f"not a table that can be read ({error}); look for a quotation mark never closed"
        ) from error


def _columns(head: str, separators: str, rows: Rows, line: int) -> tuple[_Columns, str]:
    """Return the columns, read with the separator that makes most of them."""
    found = []
    for separator in separators:
        try:
            names = next(csv.reader([head], delimiter=separator), [])
        except csv.Error:
            continue
        columns = _named(names)
        known = len(columns.places) + len(columns.terms) + len(columns.bans)
        found.append((known, len(names), -separators.index(separator), columns, separator, names))
    best = max(found, key=lambda each: each[:3], default=None)
    if best is None or not best[3].usable:
        raise rows.error(
            line,
            "the first line must name the columns: source and target (or forbidden), or a language code for each "
            f"column of terms, such as en,fr,notes; it reads “{' '.join(head[:80].split())}”",
        )
    for name in best[5]:
        plain = _plain(name)
        hint = nearest(plain, [known for known in _BY_NAME if abs(len(known) - len(plain)) < 3])
        if plain not in _BY_NAME and len(plain) > 5 and hint and _one_slip(plain, hint):
            rows.problem(line, f"the column “{name.strip()[:40]}” is not read{hint}")
    return best[3], best[4]


def _one_slip(name: str, hint: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(name, hint.split("“")[1].rstrip("”?"), score_cutoff=2) <= 2


def _named(names: Sequence[str]) -> _Columns:
    columns = _Columns(len(names))
    for place, name in enumerate(names):
        plain = _plain(name)
        kind = _BY_NAME.get(plain)
        if kind is not None:
            columns.places.setdefault(kind, place)
            continue
        lang, rest = _language(name)
        if lang is not None and rest in _TERM:
            columns.terms.append((lang, place))
        elif lang is not None and _BY_NAME.get(rest) == "forbidden":
            columns.bans.append((lang, place))
    return columns


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[\s_\-]+", " ", name.strip(" \ufeff\"'*").lower()).split())


def _language(name: str) -> tuple[str | None, str]:
    """Return the language that a column is about, and what else its name says."""
    words = re.split(r"[\s\[\]():/]+", name.strip(" \ufeff\"'*")[:80])
    words = [word for word in words if word]
    if len(words) == 1 and "_" in words[0] and not _LANGUAGE.match(words[0]):
        words = words[0].split("_", 1)
    for at in (0, -1):
        if words and _is_language(words[at], alone=len(words) == 1):
            rest = words[1:] if at == 0 else words[:-1]
            return canonical(words[at]), _plain(" ".join(rest))
    named = _by_name().get(" ".join(words).lower())
    return named, ""


def _is_language(word: str, alone: bool) -> bool:
    if _LANGUAGE.match(word) is None or word.lower() in _NO_LANGUAGE:
        return False
    # A three-letter word is a language only where something says so: pos, tag and url are none.
    primary = re.split("[-_]", word)[0]
    return len(primary) == 2 or primary != word or not alone


def _by_name() -> dict[str, str]:
    return {load(tag).name.lower(): tag for tag in available()}


@dataclass(slots=True)
class _Row:
    """One row, read by the kinds of its columns."""

    line: int
    cells: Sequence[str]
    columns: _Columns
    rows: Rows
    # What parts synonyms in a cell.
    synonyms: str

    def at(self, place: int) -> str:
        return self.cells[place].strip() if place < len(self.cells) else ""

    def cell(self, kind: str) -> str:
        place = self.columns.places.get(kind)
        return "" if place is None else self.at(place)

    def terms(self, text: str) -> list[str]:
        return _split(text, self.synonyms)

    def says(self, kind: str) -> bool:
        value = self.cell(kind).lower()
        if not value:
            return False
        if value not in _WORDS:
            self.rows.problem(self.line, f"“{self.cell(kind)[:40]}” is neither yes nor no; taken for no")
        return value in _YES

    def keeps(self) -> bool:
        """True for a term that is not to be translated."""
        return self.says("keep") or (self.cell("translatable") != "" and not self.says("translatable"))


def _row(line: int, cells: Sequence[str], columns: _Columns, separator: str, rows: Rows) -> None:
    if len(cells) > columns.count and any(map(str.strip, cells[columns.count :])):
        told = f"{len(cells)} cells for {columns.count} columns; put quotation marks around a cell with “{separator}”"
        rows.problem(line, told)
        return
    row = _Row(line, cells, columns, rows, "|" if separator == ";" else "|;")
    langs: dict[str, str | None] = {}
    for kind in ("source_lang", "target_lang"):
        value = row.cell(kind)
        langs[kind] = rows.language(line, value) if value else None
        if value and langs[kind] is None:
            return
    terms = [Term(text, langs["source_lang"], SOURCE) for text in row.terms(row.cell("source"))]
    terms += _renderings(row, langs["target_lang"])
    note = " ".join(row.cell("note").split())[:500]
    if terms:
        rows.add(line, terms, note, row.says("case"), row.keeps())
    elif note:
        rows.problem(line, "no term in this row")


def _renderings(row: _Row, target: str | None) -> list[Term]:
    """Return the terms of a row that are not fixed to be those of the original, and what is forbidden."""
    status, bans = row.cell("status"), row.cell("forbidden")
    banned, draft = row.rows.status(row.line, status) if status else (False, False)
    # Some write the words that are not to be used, some “yes” where the term itself is not to be.
    banned = banned or bans.lower() in _YES
    draft = not banned and (draft or row.cell("fuzzy").lower() in _YES)
    found = [Term(text, target, TARGET, banned, draft) for text in row.terms(row.cell("target"))]
    for lang, place in row.columns.terms:
        found += [Term(text, lang, "", banned, draft) for text in row.terms(row.at(place))]
    if bans and bans.lower() not in _WORDS:
        found += [Term(text, target, TARGET, True) for text in row.terms(bans)]
    for lang, place in row.columns.bans:
        found += [Term(text, lang, "", True) for text in row.terms(row.at(place))]
    return found


def _split(text: str, separators: str) -> list[str]:
    """Return the terms of a cell: synonyms stand apart by | (or ;)."""
    if not text:
        return []
    if "|" not in text and separators[-1] not in text:
        found = clean(text)
        return [found] if found else []
    return [part for part in map(clean, re.split(f"[{separators}]", text)) if part]
