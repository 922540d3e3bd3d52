"""Collects the concepts of one file, and tells of rows that cannot be used."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import PurePath

from tqcheck.errors import ConfigError
from tqcheck.glossary import SOURCE, Concept, Glossary, Term
from tqcheck.languages.loader import canonical
from tqcheck.languages.terms import MOST_WORDS, word_count

# A larger term base than any desk works with.
MOST_ROWS = 200_000
_LONGEST = 200
# Problems told one by one; the rest are counted.
_TOLD = 50

_FORBIDDEN = {
    *("forbidden", "deprecated", "superseded", "obsolete", "rejected", "prohibited", "banned", "not recommended"),
    *("do not use", "disallowed", "avoid", "retired"),
}
_OPTIONAL = {
    *("proposed", "draft", "new", "candidate", "provisional", "pending", "in review", "to review", "under review"),
    *("needs review", "unreviewed", "not reviewed", "fuzzy", "provisionally processed"),
}
_APPROVED = {
    *("", "preferred", "admitted", "approved", "allowed", "standardized", "standardised", "regulated", "legal"),
    *("active", "final", "published", "confirmed", "valid", "translated", "mandatory", "required", "current", "ok"),
    *("reviewed", "accepted", "finalized", "consolidated", "starter element", "working element"),
}
# Suffixes that TBX puts behind the values of administrativeStatus and normativeAuthorization.
_TBX = ("-admn-sts", "-admin-sts", "term")


class Rows:
    """The concepts of a file, in the making."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.name = PurePath(path).name
        self._concepts: list[Concept] = []
        self._seen: set[tuple[tuple[Term, ...], bool, bool]] = set()
        self._problems: list[str] = []
        self._more = 0

    def error(self, line: int | None, message: str) -> ConfigError:
        """Return the error that the whole file cannot be used."""
        return ConfigError(f"{self.path}{'' if line is None else f', line {line}'}: {message}")

    def problem(self, line: int | None, message: str) -> None:
        """Note a row that cannot be used."""
        if len(self._problems) < _TOLD:
            self._problems.append(f"{self.path}{'' if line is None else f', line {line}'}: {message}")
        else:
            self._more += 1

    def add(self, line: int, terms: Sequence[Term], note: str = "", case: bool = False, keep: bool = False) -> None:
        """Add a concept; terms that cannot be looked for are told and left out."""
        if len(self._concepts) >= MOST_ROWS:
            raise self.error(line, f"more than {MOST_ROWS:,} entries; keep those that your texts need")
        kept = tuple(dict.fromkeys(term for term in terms if self._usable(line, term)))
        if any(term.forbidden for term in kept):
            right = {(term.text, term.lang) for term in kept if not term.forbidden and term.role != SOURCE}
            both = [term for term in kept if term.forbidden and (term.text, term.lang) in right]
            for term in both:
                self.problem(line, f"“{term.text}” is both required and forbidden here; its ban is left out")
            kept = tuple(term for term in kept if term not in both)
        key = (kept, case, keep)
        if kept and key not in self._seen:
            self._seen.add(key)
            self._concepts.append(Concept(kept, self.name, line, note, case, keep))

    def status(self, line: int, value: str) -> tuple[bool, bool]:
        """Return whether a status says forbidden, and whether it says not approved yet."""
        if not value:
            return False, False
        word = " ".join(value.replace("_", " ").lower().split())
        for suffix in _TBX:
            word = word.removesuffix(suffix).strip()
        if word not in _FORBIDDEN | _OPTIONAL | _APPROVED:
            known = "preferred, admitted, proposed, deprecated, forbidden"
            self.problem(line, f"the status “{value[:40]}” is unknown, so the term is allowed; write one of {known}")
        return word in _FORBIDDEN, word in _OPTIONAL

    def language(self, line: int, value: str) -> str | None:
        """Return a language tag, None (and a note) where it is none."""
        try:
            return canonical(value)
        except ConfigError as error:
            self.problem(line, f"{error}; the entry is left out")
            return None

    def glossary(self, fingerprint: str) -> Glossary:
        """Return what was collected. Raises ConfigError where there is nothing."""
        if not self._concepts:
            told = f"; the first problem: {self._problems[0]}" if self._problems else ""
            raise self.error(None, f"no entry that can be used{told}")
        problems = list(self._problems)
        if self._more:
            problems.append(f"{self.path}: {self._more} more problems of this kind")
        return Glossary(tuple(self._concepts), tuple(problems), fingerprint)

    def _usable(self, line: int, term: Term) -> bool:
        text = term.text
        if len(text) <= _LONGEST and text.count(" ") < MOST_WORDS // 2 and text.replace(" ", "").isalnum():
            return True
        if "\n" in text or "\r" in text:
            reason = "runs over several lines (a quotation mark that is never closed?)"
        elif len(text) > _LONGEST or word_count(text) > MOST_WORDS:
            reason = f"has more than {_LONGEST} characters or {MOST_WORDS} words: a sentence, not a term"
        elif not word_count(text):
            reason = "has no letter or digit"
        else:
            return True
        self.problem(line, f"“{' '.join(text[:40].split())}” {reason}; it is left out")
        return False


def clean(text: str) -> str:
    """Return a term in composed form, without what spreadsheets and markup leave around it."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    composed = composed.strip(" \t\u00a0\ufeff\u200b")
    return composed if "\n" in composed else " ".join(composed.split())
