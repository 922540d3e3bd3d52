"""HTML: the text that a reader of the page sees, mapped back to the bytes of the page."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from tqcheck.model import Article
from tqcheck.readers.prose import Builder

_DROPPED = frozenset(
    (
        "script style template nav code pre head svg math noscript iframe object select textarea button form kbd samp"
    ).split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body br caption dd details dialog div dl dt fieldset figcaption figure footer "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p section "
    "summary table tbody td tfoot th thead tr ul".split()
)
# Elements without content never close.
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# What HTML calls white space; a no-break space is none.
_SPACES = re.compile(r"[ \t\n\r\f]+")


def read(text: str) -> Article:
    """Return the article of a page; scripts, menus and code are left out."""
    parser = _Parser(text)
    parser.feed(text)
    parser.close()
    title = _SPACES.sub(" ", "".join(parser.title)).strip()
    return Article(text, prose=parser.builder.prose(), lang=parser.lang, title=title or None)


class _Parser(HTMLParser):
    """Feeds a builder; white space collapses as in a browser."""

    def __init__(self, raw: str) -> None:
        super().__init__(convert_charrefs=False)
        self.raw = raw
        self.builder = Builder(raw)
        self.lang: str | None = None
        self.title: list[str] = []
        self._dropped: list[str] = []
        self._in_title = False
        self._starts = [0, *(m.end() for m in re.finditer("\n", raw))]
        # A line break or space that is written only when text follows: (text, start, end).
        self._pending: tuple[str, int, int] | None = None

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "html" and values.get("lang"):
            self.lang = values["lang"]
        if tag == "title" and "svg" not in self._dropped:
            self._in_title = True
        if tag in _DROPPED:
            # `<p>` inside a forgotten `<head>`: the body has begun.
            self._dropped.append(tag)
        elif self._dropped == ["head"] and (tag == "body" or tag in _BLOCKS):
            self._dropped.clear()
        if tag in _BLOCKS:
            self._break(self._offset())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # `<br/>` is a start only; `<script/>` opens a script in HTML, but one that never closes.
        if tag in _VOID or tag not in _DROPPED:
            self.handle_starttag(tag, attrs)
        if tag == "title":
            self._in_title = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag in self._dropped:
            while self._dropped.pop() != tag:
                pass
        if tag in _BLOCKS:
            self._break(self._offset())

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        if self._dropped or self._in_title:
            return
        start = self._offset()
        at = 0
        for space in _SPACES.finditer(data):
            self._text(start + at, start + space.start())
            self._space(start + space.start(), start + space.end())
            at = space.end()
        self._text(start + at, start + len(data))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, reference: str) -> None:
        start = self._offset()
        end = start + len(reference)
        end += self.raw[end : end + 1] == ";"
        text = unescape(self.raw[start:end])
        if self._in_title:
            self.title.append(text)
        if self._dropped or self._in_title:
            return
        self._flush()
        if text == self.raw[start:end]:
            self.builder.keep(start, end)  # no entity after all: AT&T
        else:
            self.builder.stand(text, start, end)

    def _break(self, at: int) -> None:
        if self.builder.length:
            self._pending = ("\n", at, at)

    def _space(self, start: int, end: int) -> None:
        if self._pending is None and self.builder.length:
            self._pending = (" ", start, end)

    def _text(self, start: int, end: int) -> None:
        if start < end:
            self._flush()
            self.builder.keep(start, end)

    def _flush(self) -> None:
        if self._pending is None:
            return
        text, start, end = self._pending
        self._pending = None
        if text == " " == self.raw[start:end]:
            self.builder.keep(start, end)
        else:
            self.builder.stand(text, start, end)
