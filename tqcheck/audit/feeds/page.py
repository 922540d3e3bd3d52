"""The article of a web page, and what the page says of its other versions; by resiliparse."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from tqcheck.audit.feeds import schema_org
from tqcheck.audit.feeds.charset import decode
from tqcheck.audit.feeds.dates import credible, of_iso
from tqcheck.audit.feeds.dom import first
from tqcheck.audit.feeds.values import Alternate, Page
from tqcheck.audit.feeds.words import TITLE, line, tag, web
from tqcheck.audit.outcomes import OutcomeError

# As deep as browsers nest elements; time grows with the square of it.
_DEEPEST = 512
# Tags of elements that must be closed.
_TAG = re.compile(
    r"<(/?)(?!(?:area|base|basefont|bgsound|br|col|embed|frame|hr|img|input|keygen|link|meta|param|source|track|wbr|p|li|"
    r"dt|dd|option|optgroup|tr|td|th|thead|tbody|tfoot|colgroup|rp|rt|html|head|body)\b)[a-z]",
    re.IGNORECASE,
)
_BREAKS = re.compile(r" ?(?:\t ?)+| ?\n ?")
_SPACES = re.compile(r" {2,}")
_MANY = re.compile(r"\n{3,}")
_MOST = 100


def read(data: bytes, content_type: str, address: str) -> Page:
    """Return the article of a page. Raises OutcomeError where no one could have written it."""
    text, note = decode(data, content_type)
    notes = (note,) if note else ()
    if content_type.partition(";")[0].strip().lower() == "text/plain":
        return Page(text.strip(), notes=notes)
    _bounded(text)
    tree = HTMLTree.parse(text)
    head, body = tree.head, tree.body
    if body is None:
        return Page("", notes=notes)
    links = _links(head, address) if head is not None else {}
    said = schema_org.read(tree, address, (address, links.get("canonical")))
    html = body.parent
    when, doubt = credible(of_iso(_meta(head, "article:published_time")) or said.published, datetime.now(UTC))
    return Page(
        text=_article(tree),
        title=_meta(head, "og:title") or line(tree.title or "", TITLE) or None,
        lang=tag(_attribute(html, "lang"), _attribute(html, "xml:lang"), said.lang),
        published=when,
        canonical=links.get("canonical"),
        alternates=tuple(links.get("versions", ())),
        original=said.original,
        translations=said.translations,
        notes=tuple(filter(None, (note, doubt))),
    )


def _article(tree: HTMLTree) -> str:
    text = extract_plain_text(
        tree,
        main_content=True,
        list_bullets=False,
        alt_texts=False,
        comments=False,
        post_meta=False,
    )
    # Cells of a table are apart by tabs, lists are set in by spaces: neither stands on the page.
    return _MANY.sub("\n\n", _BREAKS.sub("\n", _SPACES.sub(" ", text))).strip()


def _bounded(text: str) -> None:
    depth = 0
    for match in _TAG.finditer(text):
        if match[1]:
            depth -= depth > 0
        else:
            depth += 1
            if depth > _DEEPEST:
                raise OutcomeError("too-deep", f"more than {_DEEPEST} elements inside each other")


def _links(head: Any, address: str) -> dict[str, Any]:
    """The canonical address and the other language versions that the head of a page names."""
    found: dict[str, Any] = {"versions": []}
    for link in first(head, "link[rel][href]", _MOST):
        rels = (_attribute(link, "rel") or "").lower().split()
        href = web(_attribute(link, "href"), address)
        if href is None:
            continue
        if "canonical" in rels:
            found.setdefault("canonical", href)
        lang = tag(_attribute(link, "hreflang"))
        # “x-default” is no language but the page for those whose language is missing.
        if "alternate" in rels and lang is not None:
            version: Alternate = (lang, href)
            found["versions"].append(version)
    return found


def _meta(head: Any, name: str) -> str | None:
    found = head.query_selector(f'meta[property="{name}"]') if head is not None else None
    return line(_attribute(found, "content") or "", TITLE) or None


def _attribute(node: Any, name: str) -> str | None:
    value = node.getattr(name) if node is not None else None
    return value if isinstance(value, str) else None
