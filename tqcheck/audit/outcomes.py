"""The names under which fetches and missed articles are counted, each with what it means."""

from __future__ import annotations

OK, UNCHANGED = "ok", "unchanged"

OUTCOMES = {
    OK: "fetched and read",
    UNCHANGED: "the server says that nothing changed since the last run",
    # The address, and who may fetch it.
    "bad-address": "no http or https address, or one that holds a password",
    "private-address": "leads to a private, loopback or link-local address",
    "robots": "robots.txt forbids it",
    "robots-unreachable": "robots.txt could not be read because of an error of the server",
    # On the way.
    "no-such-host": "the name of the host is unknown",
    "unreachable": "no connection to the host",
    "bad-tls": "no secure connection: the certificate or the protocol is wrong",
    "timeout": "the server did not answer in time",
    "too-slow": "the answer came so slowly that the time for all of it was over",
    "broken": "the server broke off or did not speak HTTP",
    "host-down": "left out, since the host failed several times in a row",
    "out-of-time": "left out, since the time for this feed was over",
    # What the server said.
    "too-many-redirects": "redirected more often than is allowed",
    "bad-redirect": "redirected to nowhere or to what is no web address",
    "not-found": "404: not there",
    "gone": "410: gone for good",
    "forbidden": "401, 403 or 451: not for us",
    "too-many-requests": "429: the server wants fewer requests",
    "client-error": "another answer between 400 and 499",
    "server-error": "an answer between 500 and 599",
    "odd-status": "an answer that no feed or page is sent with",
    # What was sent.
    "content-type": "what was sent is neither a feed nor a page (a picture, a film, a program)",
    "bad-encoding": "packed in a way that cannot be unpacked",
    "too-large": "larger than is allowed, packed or unpacked",
    "charset": "bytes that are no text in any character set",
    # Feeds.
    "unreadable": "the file cannot be read",
    "html-not-feed": "a web page where a feed was expected",
    "not-a-feed": "no feed, list of feeds or sitemap that is known",
    "no-news": "a sitemap without news entries",
    "empty": "a feed or an archive without entries",
    "entities": "declares XML entities, which can blow up or read other files",
    "too-deep": "elements nested so deep that no person wrote them",
    "truncated": "ends in the middle; whole entries were read",
    "malformed": "not well-formed; read as well as it can be",
    "too-many-entries": "entries beyond the limit were left out",
    "too-many-feeds": "a list of more feeds, or of lists deeper inside each other, than is allowed",
    # Archives.
    "no-file": "no such file or folder",
    "not-text": "binary data where text was expected",
    "missing-columns": "a Parquet file without the columns that are read, or with values of another kind in them",
    "damaged": "cannot be read from some place on; what stands before it was read",
    "bad-name": "a name in a zip archive that leads out of it",
    "encrypted": "locked with a password",
    "bomb": "unpacks to far more than text does; not read further",
    "changed": "the file changed while it was read",
    "bad-record": "a line or a row that is no article",
    # Entries.
    "own-report": "a page or an export that tqcheck wrote",
    "no-text": "nothing to check: no text, or next to none",
    "duplicate": "the same entry stands in the input more than once",
    "reading-timeout": "taking out the text took too long",
    "reading-died": "taking out the text broke the process that did it",
    "failed": "tqcheck failed on it; please report this",
}

# What may go better the next time: a feed with such entries is asked for in full again.
PASSING = frozenset(
    "robots-unreachable no-such-host unreachable bad-tls timeout too-slow broken host-down out-of-time "
    "too-many-requests server-error reading-timeout reading-died failed".split()
)


class OutcomeError(Exception):
    """Ends a fetch or a reading; `outcome` is one of OUTCOMES, `after` the seconds the server asks us to wait."""

    def __init__(self, outcome: str, message: str, *, status: int | None = None, after: float | None = None) -> None:
        # What servers say is quoted: no sign of it may steer the terminal on which it is shown.
        message = "".join(sign if sign.isprintable() else " " for sign in message)
        super().__init__(outcome, message)
        self.outcome, self.message, self.status, self.after = outcome, message, status, after
