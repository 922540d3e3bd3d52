"""The name under which an article is known from run to run."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tqcheck.audit.feeds.values import Item

# What campaigns hang on addresses: no part of the name of an article.
_TRACKING = re.compile(r"(?:utm_\w*|fbclid|gclid|mc_[ce]id|at_(?:medium|campaign)\w*|xtor|wt_mc|ns_\w+)(?:=|$)", re.I)


def key_of(feed: str, item: Item) -> str:
    """Return the key of an entry: its address without what campaigns added, else its id within the feed."""
    if item.link is None:
        return f"{feed}#{item.id.removeprefix('#')}"
    parts = urlsplit(item.link)
    kept = [piece for piece in parts.query.split("&") if not _TRACKING.match(piece)]
    return parts._replace(
        scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), query="&".join(kept), fragment=""
    ).geturl()


def nameless(address: str) -> str:
    """Return an address without the name and the password that it may hold."""
    scheme, mark, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}"
