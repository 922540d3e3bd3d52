"""Which page is the original of an article, when it can be known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tqcheck.audit.feeds.schema_org import same
from tqcheck.audit.feeds.values import Alternate, Item, Page
from tqcheck.audit.feeds.words import base


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may be the original; `how` says who says so. `item` is its entry, where a pair of feeds has it."""

    address: str | None
    lang: str | None
    how: str
    item: Item | None = None


def candidate(
    item: Item, page: Page | None, lang: str | None, source_lang: str | None, twin: Item | None
) -> Candidate | None:
    """Return the original that an article names, or the entry that it was paired with.

    schema.org names the original itself. Other versions of a page (`hreflang`) are its original only where there is
    one, or one in the language that originals are in: of several nobody knows which was first.
    """
    if page is not None and page.original is not None:
        return Candidate(page.original[1], page.original[0], "schema.org")
    versions = [*item.alternates, *(page.alternates if page else ())]
    own = {same(each) for each in (item.link, page.canonical if page else None) if each}
    others = _others(versions, own, lang)
    if page is not None and page.translations:
        # This page is an original: its other versions came after it.
        translated = {same(link) for link in page.translations}
        others = {each: link for each, link in others.items() if same(link) not in translated}
    wanted = base(source_lang)
    if wanted in others:
        return Candidate(others[wanted], wanted, "hreflang")
    if len(others) == 1 and wanted is None:
        (other,) = others
        return Candidate(others[other], other, "hreflang")
    if twin is not None:
        return Candidate(twin.link, twin.lang, "pairs", twin)
    return None


def contradicts(original: Page, item: Item) -> bool:
    """Tell whether a page says that it was itself translated from the article."""
    return original.original is not None and item.link is not None and same(original.original[1]) == same(item.link)


def _others(versions: Iterable[Alternate], own: set[str], lang: str | None) -> dict[str, str]:
    """The first version in each language but that of the article."""
    found: dict[str, str] = {}
    # A page lists itself too, which tells its language where it says nothing else.
    listed = list(versions)
    lang = base(lang) or next((base(each) for each, link in listed if same(link) in own), None)
    for each, link in listed:
        other = base(each)
        if other is not None and other != lang and same(link) not in own:
            found.setdefault(other, link)
    return found
