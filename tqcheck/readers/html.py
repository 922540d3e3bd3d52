"""HTML: the text that a reader of the page sees, mapped back to the bytes of the page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from tqcheck.model import Article
from tqcheck.readers.directives import directives
from tqcheck.readers.inline import OBJECT
from tqcheck.readers.prose import Builder

# No text of the page: what shows nothing, menus, code, and the controls of a form. The form itself
# stays: some systems wrap the whole page in one.
_UNSEEN = frozenset("script style template svg math noscript iframe object".split())
_INLINE = frozenset("code kbd samp button select option optgroup datalist textarea label".split())
# What stands for a word of the sentence.
_WORDLIKE = frozenset({"code", "kbd", "samp", "math"})
_DROPPED = _UNSEEN | _INLINE | {"nav", "pre"}
_BLOCKS = frozenset(
    "address article aside blockquote body br caption dd details dialog div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section "
    "summary table tbody td tfoot th thead tr ul".split()
)
# Elements whose content is no markup. The first two take the rest of the page if they never close.
_RAW = ("script", "style", "title", "textarea", "iframe")
_ENDLESS = _RAW[:2]
# A page of which more than this part is left out deserves a word.
_MUCH = 0.8

# What HTML calls white space; a no-break space is none.
_WHITE = r"[ \t\n\r\f]"
_SPACES = re.compile(rf"{_WHITE}+")
# A tag up to its `>`. Quantifiers are possessive and the search goes on behind what was looked at,
# so no character is looked at twice.
_MARK = re.compile(
    rf"""
      <(?P<close>/?)(?P<name>[A-Za-z][^ \t\n\r\f/<>]*+)
       (?P<attributes>(?:[^<>"'=]++ | ={_WHITE}*+(?:"[^"]*+"|'[^']*+') | ["'=])*+)
    | <(?P<declaration>!--|!\[CDATA\[|[!?/])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    rf"""([^ \t\n\r\f"'<>/=]++)(?:{_WHITE}*+={_WHITE}*+(?:"([^"]*+)"|'([^']*+)'|([^ \t\n\r\f"'<>]++)))?"""
)
_RAW_END = re.compile(rf"</({'|'.join(_RAW)})(?=[ \t\n\r\f/>])", re.IGNORECASE)
# Longer numbers are no characters and stay as they are.
_REFERENCE = re.compile(r"&(?:\#[0-9]{1,9}(?![0-9])|\#[xX][0-9A-Fa-f]{1,8}(?![0-9A-Fa-f])|[A-Za-z][A-Za-z0-9]{1,31});?")
_WORDS = re.compile(rf"(?P<space>{_WHITE}+)|{_REFERENCE.pattern}")


def read(text: str) -> Article:
    """Return the article of a page; scripts, menus and code are left out."""
    page = _Page(text)
    for token in _tokens(text):
        page.take(token)
    title = _SPACES.sub(" ", page.title).strip()
    prose = page.builder.prose()
    said = directives(text, page.comments, prose)
    return Article(text, prose=prose, lang=page.lang, title=title or None, notes=page.notes(), suppressions=said)


class _Token(NamedTuple):
    """A piece of the page: text, title (the inside of one), comment, open, empty (`<br/>`) or close."""

    kind: str
    name: str
    start: int
    end: int


def _tokens(raw: str) -> Iterator[_Token]:
    """Yield the text, the tags and the comments of a page in order; scripts are left out."""
    skip = _Skip(raw)
    done = at = 0
    while mark := _MARK.search(raw, at):
        start, name = mark.start(), (mark["name"] or "").lower()
        at = mark.end()
        if not name:
            at = skip.declaration(start, mark["declaration"])
            if at < 0:  # one that never closes is text
                at = mark.end()
                continue
        elif raw[at : at + 1] == ">":
            at += 1
        else:
            continue  # no tag but a “less than”
        if done < start:
            yield _Token("text", "", done, start)
        done = at
        if not name:
            yield _Token("comment", "", start, at)
            continue
        kind = "close" if mark["close"] else "empty" if mark["attributes"].endswith("/") else "open"
        yield _Token(kind, name, start, at)
        if kind == "open" and name in _RAW:
            inside, done = at, skip.inside(name, at)
            if name == "title":
                yield _Token("title", name, inside, done)
            at = done
    if done < len(raw):
        yield _Token("text", "", done, len(raw))


class _Skip:
    """Finds the ends of what is no text. What does not occur again is not searched for again."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._last = {end: raw.rfind(end) for end in ("-->", "]]>", ">")}
        self._ends: dict[str, list[int]] = {name: [] for name in _RAW}
        for end in _RAW_END.finditer(raw):
            self._ends[end.group(1).lower()].append(end.start())

    def declaration(self, start: int, kind: str) -> int:
        """Return where a comment or declaration ends, -1 if it never does."""
        if kind == "!--":
            return self._behind("-->", start + 2)  # `<!-->` is a whole comment
        end = self._behind("]]>", start) if kind.startswith("![") else -1
        return end if end >= 0 else self._behind(">", start)

    def _behind(self, end: str, start: int) -> int:
        return self._raw.index(end, start) + len(end) if start <= self._last[end] else -1

    def inside(self, name: str, start: int) -> int:
        """Return where the raw content that begins at `start` ends."""
        ends = self._ends[name]
        at = bisect_left(ends, start)
        if at < len(ends):
            return ends[at]
        if name in _ENDLESS:
            return len(self._raw)
        tag = self._raw.find("<", start) if name == "title" else start
        return tag if tag >= 0 else len(self._raw)


def _pairs(raw: str) -> dict[int, int]:
    """Return start tag → end tag of the dropped elements that close."""
    pairs: dict[int, int] = {}
    opened: dict[str, list[int]] = {name: [] for name in _DROPPED}
    for token in _tokens(raw):
        if token.name not in _DROPPED:
            continue
        if token.kind == "open":
            opened[token.name].append(token.start)
        elif token.kind == "close" and opened[token.name]:
            pairs[opened[token.name].pop()] = token.start
    return pairs


class _Page:
    """Feeds a builder; white space collapses as in a browser."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.builder = Builder(raw)
        self.lang: str | None = None
        self.title = ""
        self.comments: list[tuple[int, int]] = []
        self._pairs = _pairs(raw)
        # The outermost dropped element that we are in, and its end tag if it has one.
        self._dropped = ""
        self._until = -1
        self._seen = 0
        self._left_out: Counter[str] = Counter()
        # A line break or space that is written only when text follows: (text, start, end).
        self._pending: tuple[str, int, int] | None = None

    def take(self, token: _Token) -> None:
        """Take the next piece of the page."""
        if token.kind == "comment":
            self.comments.append((token.start, token.end))
        elif token.kind == "text":
            self._words(token.start, token.end)
        elif token.kind != "title":
            self._tag(token)
        elif not self._dropped:
            self.title += _REFERENCE.sub(lambda m: unescape(m.group()), self.raw[token.start : token.end])

    def notes(self) -> tuple[str, ...]:
        """Say so where most of the page was left out: an element may have gone wrong."""
        lost = self._left_out.total()
        if lost <= _MUCH * (lost + self._seen):
            return ()
        most = self._left_out.most_common(1)[0][0]
        share = 100 * lost // (lost + self._seen)
        return (f"{share} % of the text of the page is left out, most of it in <{most}>",)

    def _tag(self, token: _Token) -> None:
        if token.name in _BLOCKS and self.builder.length:
            self._pending = ("\n", token.start, token.start)
        if self._dropped:
            if not self._ends(token):
                return
            self._dropped = ""
        if token.kind == "close":
            return
        if token.name == "html":
            self.lang = self._language(token) or self.lang
        # `<script/>` opens a script in HTML, but one that never closes.
        if token.name in _DROPPED and token.kind == "open":
            self._dropped, self._until = token.name, self._pairs.get(token.start, -1)
            if token.name in _WORDLIKE:
                # The words around it must not meet: press <kbd>q</kbd>, then …
                self._flush()
                self.builder.stand(OBJECT, token.start, token.end)

    def _ends(self, token: _Token) -> bool:
        """True where the dropped element ends: at its end tag, or where the article must have begun."""
        if token.start == self._until:
            return True
        if self._until >= 0 and self._dropped in _UNSEEN:
            return False  # a template holds whatever it likes
        if token.kind != "close" and token.name in {"main", "article"}:
            return True
        if token.kind == "close" and token.name == "body":
            return True
        if self._until >= 0:
            return False
        if self._dropped in _INLINE:
            return token.name in _BLOCKS
        return token.kind != "close" and token.name in {"h1", "p"}

    def _language(self, token: _Token) -> str | None:
        for attribute in _ATTRIBUTE.finditer(self.raw, token.start + len("<html"), token.end - 1):
            if attribute.group(1).lower() == "lang":
                return next(filter(None, attribute.groups()[1:]), None)
        return None

    def _words(self, start: int, end: int) -> None:
        size = len(self.raw[start:end].strip())
        if self._dropped:
            if self._dropped not in _UNSEEN:
                self._left_out[self._dropped] += size
            return
        self._seen += size
        for match in _WORDS.finditer(self.raw, start, end):
            self._text(start, match.start())
            start = match.end()
            if match["space"]:
                self._space(*match.span())
            else:
                self._reference(*match.span())
        self._text(start, end)

    def _reference(self, start: int, end: int) -> None:
        text = unescape(self.raw[start:end])
        self._flush()
        if text == self.raw[start:end]:
            self.builder.keep(start, end)  # no entity after all: AT&T
        else:
            self.builder.stand(text, start, end)

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
