"""Check one shard: the function that every engine runs, and that may be run inside any other system.

It needs nothing but its arguments and the files that the shard names, and changes nothing. Rules, word lists and the
encoder are loaded at the first call in a process and kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from tqcheck.audit.checking import checked, rules_signature
from tqcheck.audit.repeats import repeated
from tqcheck.audit.shards import Shard, entries
from tqcheck.audit.values import Checked, Entry, Missed, ShardDone
from tqcheck.config import Settings
from tqcheck.errors import ConfigError, InputError, UnavailableError
from tqcheck.readers.base import language

_OF_ARTICLE: dict[str, type] = {
    **dict.fromkeys(("key", "feed", "text_hash", "rules", "lang"), str),
    "words": int,
    "score": float,
    "title": str,
}
_OF_FLAW: dict[str, type] = {
    **dict.fromkeys(("fingerprint", "code", "category", "severity", "confidence", "message"), str),
    "start": int,
    "end": int,
    "text": str,
    "context": str,
    "suggestion": str,
}
# The keys of a row, and the type of their values where they are not None.
COLUMNS: dict[str, type] = {"kind": str, **_OF_ARTICLE, **_OF_FLAW}
_NOTHING: dict[str, Any] = dict.fromkeys(COLUMNS)


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What a shard came to: each of its entries, as it was checked or why it gave no article.

    `rules` is the signature of what checked it, where it was checked. `size` counts the bytes of the texts, in UTF-8.
    `begun` entries were done before; where it is not `whole`, some behind these are not done.
    """

    digest: str
    where: str
    rules: str
    outcomes: tuple[Checked | Missed, ...] = ()
    size: int = 0
    begun: int = 0
    whole: bool = True

    @property
    def checked(self) -> tuple[Checked, ...]:
        """The articles."""
        return tuple(one for one in self.outcomes if isinstance(one, Checked))

    @property
    def done(self) -> ShardDone:
        """What is noted of the shard itself."""
        missed = tuple(one for one in self.outcomes if isinstance(one, Missed))
        return ShardDone(self.digest, self.where, self.begun + len(self.outcomes), missed, self.whole)

    def first(self, most: int) -> ShardResult:
        """Return what came of the entries up to the `most`th article."""
        held = 0
        for number, one in enumerate(self.outcomes):
            if isinstance(one, Checked):
                if held == most:
                    return replace(self, outcomes=self.outcomes[:number], whole=False)
                held += 1
        return self

    def rows(self) -> list[dict[str, Any]]:
        """Return all of it as flat records with the keys of `COLUMNS`, for tables of any kind.

        `kind` is “article” for what was checked; then come its findings, each a “finding”. A “missed” one gave no
        article: `code` is why, `key` where. What does not belong to a kind is None.
        """
        articles = [row for one in self.checked for row in _rows(one)]
        return articles + [
            _NOTHING
            | {"kind": "missed", "key": one.where, "feed": one.feed, "code": one.outcome, "message": one.message}
            for one in self.done.missed
        ]


def check_shard(shard: Shard, settings: Settings | None = None, keep_text: bool = False) -> ShardResult:
    """Check every entry of a shard and return what they came to; with `keep_text`, with their texts.

    A pure function of the content of the shard and the settings; arguments and result can be pickled. An entry that
    gives no article is a `Missed`. Raises OSError where a file of the shard is gone, ConfigError and UnavailableError
    where the settings cannot be used at all.
    """
    settings = settings or Settings()
    rules = rules_signature(settings)
    outcomes: list[Checked | Missed] = []
    size = taken = 0
    whole = True
    seen: set[str] = set()
    for number, entry in enumerate(entries(shard, settings)):
        outcome: Checked | Missed
        if number < shard.begun:
            seen.add(entry.key if isinstance(entry, Entry) else "")
            continue
        if taken == shard.most:
            whole = False
            break
        if isinstance(entry, Missed):
            outcome = entry
        elif entry.key in seen:
            outcome = repeated(entry.feed, entry.key, "before it")
        else:
            seen.add(entry.key)
            size += len(entry.article.text.encode("utf-8", "surrogatepass"))
            outcome = check_entry(entry, settings, rules, keep_text)
        taken += isinstance(outcome, Checked)
        outcomes.append(outcome)
    return ShardResult(shard.digest, shard.where, rules, tuple(outcomes), size, shard.begun, whole)


def check_entry(entry: Entry, settings: Settings, rules: str, keep_text: bool = False) -> Checked | Missed:
    """Return what an entry came to; `rules` is the signature of the settings.

    An entry without text, and one on which tqcheck breaks, is a `Missed`. Raises only ConfigError and
    UnavailableError: what is wrong with the settings is wrong for all entries.
    """
    from tqcheck.engine import check_article  # on use: a run that finds nothing new needs no rules

    article = replace(entry.article, lang=_tag(entry.article.lang), source_lang=_tag(entry.article.source_lang))
    if not article.view().text.strip():
        return Missed(entry.feed, entry.key, "no-text", "the entry has no text; nothing is checked")
    try:
        report = check_article(article, settings)
        return checked(replace(entry, article=article), report, rules, keep_text=keep_text)
    except (ConfigError, UnavailableError):
        raise
    except Exception as error:  # one article must never cost the others their report
        told = f"tqcheck failed on it ({type(error).__name__}: {str(error)[:200]}); please report this"
        return Missed(entry.feed, entry.key, "failed", told)


def _tag(said: str | None) -> str | None:
    """Return a language tag in its usual form; None where it is none, so that the language is detected."""
    try:
        return language(said) if said else None
    except InputError:
        return None


def _rows(one: Checked) -> Iterator[dict[str, Any]]:
    article = _NOTHING | {name: getattr(one, name) for name in _OF_ARTICLE}
    yield article | {"kind": "article"}
    for flaw in one.flaws:
        yield article | {"kind": "finding"} | {name: getattr(flaw, name) for name in _OF_FLAW}
