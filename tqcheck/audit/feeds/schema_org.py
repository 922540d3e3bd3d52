"""What a page says of its original in the words of schema.org: `translationOfWork` and `workTranslation`.

In JSON-LD and in microdata. Pages say so of other articles too (teasers, series), so only what is said of this
page counts: of a work with its address, or of the only one that has an original.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from tqcheck.audit.feeds.dates import of_iso
from tqcheck.audit.feeds.dom import first
from tqcheck.audit.feeds.values import Alternate
from tqcheck.audit.feeds.words import tag, web

_LONGEST = 512 * 1024
_BLOCKS, _NODES, _WORKS, _PROPERTIES = 20, 5_000, 50, 20


@dataclass(slots=True)
class Said:
    """What is said of this page."""

    original: Alternate | None = None
    translations: tuple[str, ...] = ()
    lang: str | None = None
    published: datetime | None = None


@dataclass(slots=True)
class _Work:
    """A work: the addresses that it goes by, and its originals and translations."""

    addresses: tuple[str, ...]
    lang: str | None = None
    published: datetime | None = None
    originals: list[Alternate] = field(default_factory=list)
    translations: list[Alternate] = field(default_factory=list)


def read(tree: Any, address: str, own: tuple[str | None, ...]) -> Said:
    """Return what a page at `address` says of itself; `own` are the addresses that it goes by."""
    works = [*islice(_json_works(tree, address), _WORKS), *islice(_item_works(tree, address), _WORKS)]
    mine = {same(each) for each in own if each}
    said = Said()
    here = [work for work in works if mine & {same(each) for each in work.addresses}]
    nameless = [work for work in works if not work.addresses]
    for work in here or (nameless if len(nameless) == 1 else []):
        said.lang = said.lang or work.lang
        said.published = said.published or work.published
        said.translations += tuple(link for _lang, link in work.translations)
        said.original = said.original or next((o for o in work.originals if same(o[1]) not in mine), None)
    for work in works:
        # The original itself may stand there, with this page among its translations.
        if said.original is None and work not in here and work.addresses:
            said.original = next(
                ((work.lang, work.addresses[0]) for _lang, link in work.translations if same(link) in mine), None
            )
    return said


def same(address: str) -> str:
    """Return an address in the form in which two are compared."""
    scheme, _, rest = address.partition("://")
    return rest.partition("#")[0].rstrip("/").removeprefix("www.") if scheme.lower() in ("http", "https") else address


def _json_works(tree: Any, address: str) -> Iterator[_Work]:
    nodes: list[dict[str, Any]] = []
    for block in first(tree.document, 'script[type="application/ld+json"]', _BLOCKS):
        text = block.text
        if not isinstance(text, str) or len(text) > _LONGEST:
            continue
        try:
            nodes += islice(_nodes(json.loads(text, strict=False)), _NODES)
        except (ValueError, RecursionError):
            continue
    by_id = {str(node["@id"]): node for node in nodes if len(node) > 1 and isinstance(node.get("@id"), str)}
    for node in nodes:
        lang = node.get("inLanguage")
        work = _Work(
            _addresses(node, address),
            tag(lang.get("alternateName") if isinstance(lang, dict) else lang),
            of_iso(node.get("datePublished")),
            _others(node.get("translationOfWork"), by_id, address),
            _others(node.get("workTranslation"), by_id, address),
        )
        if work.originals or work.translations or (work.published and work.addresses):
            yield work


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """All objects of a document in their order; keys lose their prefix (`schema:`, `https://schema.org/`)."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            node = {key.rpartition("/")[2].rpartition(":")[2]: each for key, each in value.items()}
            yield node
            waiting.extend(reversed(list(node.values())))


def _addresses(node: dict[str, Any], base: str) -> tuple[str, ...]:
    page = node.get("mainEntityOfPage")
    named = (node.get("url"), page.get("@id") if isinstance(page, dict) else page, node.get("@id"))
    # “#article” is a name inside the page, not the address of another.
    links = (web(each, base) for each in named if isinstance(each, str) and not each.startswith(("#", "_:")))
    return tuple(dict.fromkeys(link for link in links if link))


def _others(value: Any, by_id: dict[str, dict[str, Any]], base: str) -> list[Alternate]:
    found: list[Alternate] = []
    for each in islice(value if isinstance(value, list) else [value], _WORKS):
        if isinstance(each, str):
            each = {"@id": each}
        if not isinstance(each, dict):
            continue
        named = {**by_id.get(str(each.get("@id")), {}), **each}
        addresses = _addresses(named, base)
        if addresses:
            found.append((tag(named.get("inLanguage")), addresses[0]))
    return found


def _item_works(tree: Any, address: str) -> Iterator[_Work]:
    for name in ("translationOfWork", "workTranslation"):
        for node in first(tree.document, f'[itemprop~="{name}"]', _WORKS):
            link = _value(node, address)
            if link is None:
                continue
            owner = node.parent
            while owner is not None and owner.type == 1 and not owner.hasattr("itemscope"):
                owner = owner.parent
            inside = owner is not None and owner.type == 1
            mine = web(owner.getattr("itemid") or _url(owner, node), address) if inside else None
            work = _Work((mine,) if mine else ())
            (work.originals if name == "translationOfWork" else work.translations).append(link)
            yield work


def _value(node: Any, base: str) -> Alternate | None:
    lang = node.query_selector('[itemprop~="inLanguage"]')
    named = (node.getattr("href"), node.getattr("itemid"), _url(node, None), node.getattr("content"))
    link = next((found for each in named if each and (found := web(each, base))), None)
    if link is None:
        return None
    said = (lang.getattr("content") or lang.text) if lang is not None else node.getattr("hreflang")
    return tag(said), link


def _url(node: Any, apart: Any) -> str | None:
    """The property url of a work, but not that of a work inside `apart`."""
    for each in first(node, '[itemprop~="url"]', _PROPERTIES):
        parent = each.parent
        while parent is not None and parent != node and parent != apart and parent.type == 1:
            if parent.hasattr("itemscope"):
                break
            parent = parent.parent
        if parent == node:
            value = each.getattr("href") or each.getattr("content")
            return value if isinstance(value, str) else None
    return None
