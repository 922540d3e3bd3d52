"""Learn a lexicon from articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

from tqcheck.audit.values import Missed
from tqcheck.config import Settings
from tqcheck.engine import read
from tqcheck.errors import TqcheckError
from tqcheck.languages.lexemes import lexemes
from tqcheck.learning.choosing import ARTICLES, LEAST, Found, Spelled, names, spellings
from tqcheck.learning.counts import Counts
from tqcheck.model import Article


@dataclass
class Learned:
    """What was counted by primary language subtag, and what gave no article."""

    counts: dict[str, Counts] = field(default_factory=dict)
    missed: list[Missed] = field(default_factory=list)

    @property
    def languages(self) -> Counter[str]:
        """How many articles there were in each."""
        return Counter({tag: counts.articles for tag, counts in self.counts.items()})

    def names(self, tag: str, least: int = LEAST, articles: int = ARTICLES) -> list[Found]:
        """Return the names of a language; none where it has no capitals, or no dictionary to tell them from words."""
        known = lexemes(tag)
        return names(self.counts[tag], known.__contains__, least, articles) if known else []

    def spellings(self, tag: str) -> list[Spelled]:
        """Return the spellings of a language."""
        return spellings(self.counts[tag])


def learn(
    found: Iterable[Article | Missed],
    lang: str | None = None,
    tell: Callable[[int], None] = lambda count: None,
) -> Learned:
    """Count what is in the articles; `lang` is that of articles that do not say theirs, None: detected.

    `tell` hears how many were counted. A text that comes again does not count again. The same texts in another order
    give the same counts, and other examples.
    """
    learned = Learned()
    seen: set[bytes] = set()
    count = 0
    for article in found:
        if isinstance(article, Missed):
            learned.missed.append(article)
            continue
        digest = blake2b(article.text.encode("utf-8", "backslashreplace"), digest_size=16).digest()
        if digest in seen:
            continue
        seen.add(digest)
        bare = Article(article.text, id=article.id, lang=article.lang or lang, prose=article.prose)
        try:
            ctx = read(bare, Settings())
        except TqcheckError as error:
            learned.missed.append(Missed(article.id, article.id, "unreadable", str(error)))
            continue
        base = ctx.language.base
        learned.counts.setdefault(base, Counts(base)).add(ctx)
        count += 1
        tell(count)
    return learned
