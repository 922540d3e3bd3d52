"""The newest articles with findings as an Atom feed (RFC 4287), to which an editor can subscribe.

An entry is an article in its newest version. One that is repaired leaves the feed; one that is edited and still has
findings is told again. Nothing of an article is markup in it.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable
from urllib.parse import urlsplit

from tqcheck._version import __version__
from tqcheck.audit.articles import flaws_of
from tqcheck.audit.reports import Options
from tqcheck.audit.summary import Summary
from tqcheck.audit.values import Flaw
from tqcheck.reporters.page.escape import cut, marked, words

# Entries of the feed, findings of an entry, characters of a title.
_ENTRIES, _FINDINGS, _TITLE = 100, 50, 200
_NEWEST = (
    "SELECT a.key, f.name, v.id, v.number, v.title, v.lang, v.score, r.began, v.published "
    "FROM articles a JOIN versions v ON v.id = a.version JOIN feeds f ON f.id = a.feed JOIN runs r ON r.id = v.run "
    "WHERE v.copy = 0 AND EXISTS (SELECT 1 FROM findings x WHERE x.version = v.id) "
    "ORDER BY v.run DESC, v.score, a.key LIMIT ?"
)
_LEVELS = ("critical", "major", "minor")


def write(summary: Summary, options: Options) -> None:
    """Write the feed."""
    rows = options.db.execute(_NEWEST, (_ENTRIES,)).fetchall()
    first = options.db.execute("SELECT began FROM runs ORDER BY id LIMIT 1").fetchone()
    # The same feed as long as the store is the same, wherever it is moved.
    name = _name("store", "" if first is None else first[0])
    updated = max((row[7] for row in rows), default="" if first is None else first[0])
    options.out.write(
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{name}</id>\n<title>tqcheck: findings</title>\n<updated>{updated or '1970-01-01T00:00:00Z'}</updated>\n"
        f'<author><name>tqcheck</name></author>\n<generator version="{__version__}">tqcheck</generator>\n'
    )
    for row in rows:
        options.out.write("".join(_entry(options.db, *row)))
    options.out.write("</feed>\n")


def link(key: str) -> str | None:
    """Return the address of an article if a browser may be sent there: of the web, without a password."""
    try:
        parts = urlsplit(key)
        inside = parts.username is not None or parts.password is not None
    except ValueError:
        return None
    return words(key) if parts.scheme in {"http", "https"} and parts.hostname and not inside else None


def _entry(
    db: sqlite3.Connection,
    key: str,
    feed: str,
    version: int,
    number: int,
    title: str | None,
    lang: str,
    score: float,
    seen: str,
    published: str | None,
) -> Iterable[str]:
    flaws = sorted(flaws_of(db, version), key=lambda f: (_LEVELS.index(f.severity), f.start))
    counts = [(level, sum(f.severity == level for f in flaws)) for level in _LEVELS]
    told = ", ".join(f"{n} {level}" for level, n in counts if n)
    yield f"<entry>\n<id>{_name(key, str(number))}</id>\n"
    yield f"<title>{words(cut(f'{told}: {title or key}', _TITLE))}</title>\n<updated>{seen}</updated>\n"
    if published is not None:
        yield f"<published>{published}</published>\n"
    address = link(key)
    if address is not None:
        yield f'<link rel="alternate" href="{address}"/>\n'
    yield from (f'<category term="{words(c)}"/>\n' for c in sorted({f.category for f in flaws}))
    yield '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
    yield f"<p>{words(feed)} · {words(lang)} · score {score:.0f}</p><ul>"
    yield from map(_item, flaws[:_FINDINGS])
    more = len(flaws) - _FINDINGS
    yield f"</ul>{f'<p>{more} more</p>' if more > 0 else ''}</div></content>\n</entry>\n"


def _item(flaw: Flaw) -> str:
    before, _, rest = flaw.context.partition("⟦")
    after = rest.rpartition("⟧")[2]
    place = f"{words(before)}<b>{marked(flaw.text)}</b>{words(after)}"
    return f"<li><b>{words(flaw.severity)}</b> {words(flaw.code)}: {words(flaw.message)}<br/>{place}</li>"


def _name(*parts: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, "\0".join(("tqcheck", *parts))).urn
