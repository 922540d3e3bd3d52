"""One entry of a feed from its summary to an article beside its original."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tqcheck.audit.feeds.values import Item, Page
from tqcheck.audit.feeds.words import base, guessed, weight
from tqcheck.audit.fetch.settings import FetchSettings, FullText
from tqcheck.audit.originals import Candidate, candidate, contradicts
from tqcheck.audit.outcomes import PASSING
from tqcheck.audit.sources import Read, Sources
from tqcheck.audit.values import Entry, Fetch, Missed, Validators
from tqcheck.model import Article

Event = Entry | Missed | Fetch


@dataclass(frozen=True, slots=True)
class Work:
    """An entry to be made an article: its feed, what is known of its page, the entry that it was paired with."""

    feed: str
    key: str
    item: Item
    lang: str | None
    validators: Validators | None = None
    twin: Item | None = None


@dataclass(frozen=True, slots=True)
class _Original:
    text: str
    lang: str | None
    how: str


def wants_page(item: Item, settings: FetchSettings) -> bool:
    """Tell whether the page of an entry is to be fetched."""
    if item.link is None or settings.full_text is FullText.NEVER:
        return False
    return settings.full_text is FullText.ALWAYS or not item.whole


class ArticleRun:
    """Makes articles of entries."""

    def __init__(self, settings: FetchSettings, sources: Sources) -> None:
        self._settings, self._sources = settings, sources

    async def run(self, work: Work) -> tuple[Event, ...]:
        """Return the article of an entry or why there is none, then the fetches that it took, its own page last."""
        item, read = work.item, None
        if wants_page(item, self._settings):
            # By its key, which is its address: what campaigns add to it is none of the reader's business, and the
            # store knows the page by the name of the article.
            read = await self._sources.page(work.feed, work.key, work.validators)
            if read.failure is not None:
                return _missed(work, read.failure.outcome, read.failure.message, read)
            if read.page is None:
                return (read.fetch,)
        page = read.page if read is not None else None
        text = page.text if page is not None else item.text
        if weight(text) < self._settings.least_text:
            return _missed(work, "no-text", f"{len(text)} characters", read)
        original, notes, fetches = await self._original(work, page, text)
        own: tuple[Fetch, ...] = (read.fetch,) if read is not None else ()
        if any(fetch.outcome in PASSING for fetch in fetches):
            # The original may be there the next time: the article must come again then.
            own = tuple(replace(fetch, validators=None) for fetch in own)
        return (_entry(work, page, text, original, notes), *fetches, *own)

    async def _original(
        self, work: Work, page: Page | None, text: str
    ) -> tuple[_Original | None, tuple[str, ...], tuple[Fetch, ...]]:
        """Return the original, what to note where it cannot be had, and the fetches that it took."""
        if not self._settings.originals:
            return None, (), ()
        lang = (page.lang if page else None) or work.lang
        found = candidate(work.item, page, lang, self._settings.source_lang, work.twin)
        if found is None:
            return None, (), ()
        if found.item is not None and found.item.whole:
            return _Original(found.item.text, found.lang, found.how), (), ()
        if found.address is None:
            return None, (), ()
        read = await self._sources.page(work.feed, found.address, None)
        fetches = (replace(read.fetch, validators=None),)
        if read.page is None:
            why = f"{read.failure.outcome}: {read.failure.message}" if read.failure else "no answer"
            return None, (f"the original {found.address} cannot be had ({why})",), fetches
        doubt = self._doubt(work, found, read.page, lang or guessed([text]))
        if doubt is not None:
            return None, (f"{found.address} is not taken for the original: {doubt}",), fetches
        return _Original(read.page.text, read.page.lang or found.lang, found.how), (), fetches

    def _doubt(self, work: Work, found: Candidate, original: Page, lang: str | None) -> str | None:
        """Return why a page is not the original after all."""
        if weight(original.text) < self._settings.least_text:
            return "it has no text"
        if contradicts(original, work.item):
            return "it says that it is a translation of this article"
        if lang is not None and base(original.lang or found.lang or guessed([original.text])) == base(lang):
            return "it is in the language of the article"
        return None


def _missed(work: Work, outcome: str, message: str, read: Read | None) -> tuple[Event, ...]:
    missed = Missed(work.feed, work.key, outcome, message)
    # What gave no article must not count as seen the next time.
    return (missed,) if read is None else (missed, replace(read.fetch, validators=None))


def _entry(work: Work, page: Page | None, text: str, original: _Original | None, notes: tuple[str, ...]) -> Entry:
    item = work.item
    article = Article(
        text,
        id=work.key,
        lang=(page.lang if page else None) or work.lang,
        source=original.text if original else None,
        source_lang=original.lang if original else None,
        title=item.title or (page.title if page else None),
        url=item.link,
        # The feed may be cut at one place in the wrong character set, the page at another: each has its notes.
        notes=(*dict.fromkeys((*item.notes, *(page.notes if page else ()))), *notes),
    )
    published = item.published or (page.published if page else None)
    return Entry(work.key, work.feed, article, published, original.how if original else None)
