"""What the user hides: where each suppression reaches, which findings it takes, and which ones are idle.

A comment between two blocks is about the next one (paragraph, heading, list item, table cell), a comment
on the line of some words about the block of these words. `disable` reaches to the `enable` of its rules, or
to the end; the front matter, the record and the file beside the article speak of all of it, or of the words they name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from tqcheck.errors import ConfigError, nearest
from tqcheck.model import Article, Finding, Idle, Prose, Span, Suppressed, Suppression
from tqcheck.rule_names import rule_names
from tqcheck.select import select

_ACTIONS = ("ignore", "disable", "enable")
# What may stand between the end of some words and a comment on them: no line break and no tag of a block.
_BESIDE = re.compile(
    r"(?:[^\n<]|</?(?:a|abbr|b|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|time|u)\b[^<>]*>)*", re.IGNORECASE
)
_WORDS = re.compile(r"\S+")


@dataclass(eq=False, slots=True)
class _Region:
    """A stretch of the raw text in which one rule is hidden, and what asked for it."""

    start: int
    end: int
    wishes: list[_Wish]
    # Named words cover what lies in them; a block covers what begins in it.
    strict: bool = False
    whole: bool = False


@dataclass(eq=False, slots=True)
class _Wish:
    """One selector of one suppression."""

    said: Suppression
    selector: str
    codes: frozenset[str]
    used: bool = False


class Suppressions:
    """All that is suppressed in one article."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._wishes: list[_Wish] = []
        self._wrong: list[Idle] = []
        self._regions: dict[str, list[_Region]] = {}
        self._open: dict[str, _Region] = {}
        for said in article.suppressions:
            self._read(said)
        for regions in self._regions.values():
            regions.sort(key=lambda r: (r.start, r.end))
        # The furthest end so far tells where looking back may stop.
        self._furthest = {code: list(accumulate((r.end for r in rs), max)) for code, rs in self._regions.items()}

    def divide(self, found: Iterable[Finding]) -> tuple[list[Finding], list[Suppressed]]:
        """Return the findings that stay, and those that are hidden. Of several suppressions that hide
        one, the first in the text is named."""
        kept: list[Finding] = []
        hidden: list[Suppressed] = []
        for finding in found:
            said = self.note(finding)
            if said is None:
                kept.append(finding)
            else:
                hidden.append(Suppressed(finding, said.by, said.reason))
        return kept, hidden

    def note(self, finding: Finding) -> Suppression | None:
        """Count a finding for all that hide it, and return the first of them."""
        first = None
        for region in self._around(finding):
            for wish in region.wishes:
                wish.used = True
            first = region.wishes[0].said
        return first

    def idle(self, ran: frozenset[str]) -> Iterator[Idle]:
        """Yield the suppressions that hide nothing; `ran` are the rules that ran. Where one of its rules
        did not, it may be of use another time, and nothing is said."""
        yield from self._wrong
        for wish in self._wishes:
            if not wish.used and wish.codes <= ran:
                yield self._idle(wish.said, f"“{wish.selector}” hides nothing; take this suppression out.")

    def _around(self, finding: Finding) -> Iterator[_Region]:
        """Yield the regions that take a finding, the last in the text first."""
        regions, furthest = self._regions.get(finding.code, []), self._furthest.get(finding.code, [])
        place = finding.start if finding.side == "target" else finding.insert_at
        if place is None:
            yield from (region for region in regions if region.whole)
            return
        end = finding.end if finding.side == "target" else place
        # What is missing at the end of a block belongs to the block.
        least = place if finding.side == "target" else place - 1
        at = bisect_right(regions, place, key=lambda r: r.start) - 1
        while at >= 0 and furthest[at] > least:
            region = regions[at]
            if region.end > least and (end <= region.end or not region.strict):
                yield region
            at -= 1

    def _read(self, said: Suppression) -> None:
        if said.action not in _ACTIONS or not (said.codes or said.action == "enable"):
            self._wrong.append(self._idle(said, _advice(said)))
            return
        wishes = [_Wish(said, selector, codes) for selector in said.codes if (codes := self._codes(said, selector))]
        if said.action == "enable":
            self._close(said, wishes)
            return
        self._wishes += wishes
        for wish in wishes:
            for code in wish.codes:
                if said.action == "disable":
                    self._disable(code, wish)
                else:
                    self._regions.setdefault(code, []).extend(self._reach(wish))

    def _disable(self, code: str, wish: _Wish) -> None:
        region = self._open.get(code)
        if region is not None:
            region.wishes.append(wish)  # it is off already: the two end together
            return
        self._open[code] = region = _Region(wish.said.end, len(self._article.text) + 1, [wish])
        self._regions.setdefault(code, []).append(region)

    def _close(self, said: Suppression, wishes: list[_Wish]) -> None:
        """End the regions of some rules, or all of them where none is named."""
        codes = {code for wish in wishes for code in wish.codes} if said.codes else set(self._open)
        ended = [region for code in codes if (region := self._open.pop(code, None)) is not None]
        for region in ended:
            region.end = said.start
        if not ended and (wishes or not said.codes):
            self._wrong.append(self._idle(said, "Nothing is disabled here; take this comment out."))

    def _codes(self, said: Suppression, selector: str) -> frozenset[str]:
        try:
            return frozenset(rule.code for rule in select(rule_names(), [selector]))
        except ConfigError as error:
            told = str(error)
            self._wrong.append(self._idle(said, f"This hides nothing: {told[0].lower()}{told[1:]}."))
            return frozenset()

    def _reach(self, wish: _Wish) -> Iterator[_Region]:
        """Yield where one that ignores reaches."""
        said, raw = wish.said, self._article.text
        if said.words is not None:
            at = raw.find(said.words)
            while at >= 0:
                yield _Region(at, at + len(said.words), [wish], strict=True)
                at = raw.find(said.words, at + len(said.words))
        elif said.by == "comment":
            block = _block(self._article.view(), raw, said)
            if block is not None:
                yield _Region(*block, [wish])
        else:
            yield _Region(0, len(raw) + 1, [wish], whole=True)

    def _idle(self, said: Suppression, message: str) -> Idle:
        if said.start < said.end:
            return Idle(message, said.start, said.end)
        # What a file beside the article or its record says is told on its first word.
        first = _WORDS.search(self._article.text)
        words = f" (“{said.words[:40]}”)" if said.words else ""
        place = "ignore in the record" if said.by == "record" else f"{self._article.path}.tqcheck.toml"
        name = f"{place}{words}: "
        return Idle(name + message, *(first.span() if first is not None else (0, 0)))


def _block(prose: Prose, raw: str, said: Suppression) -> Span | None:
    """Return the block that a comment is about, in the raw text; None after the last one."""
    before, after = _neighbours(prose, said)
    text = prose.text
    beside = before > 0 and bool(_BESIDE.fullmatch(raw, prose.to_raw(before - 1, before).end, said.start))
    within = before > 0 and after < len(text) and "\n" not in text[before : after + 1]
    place = before - 1 if beside or within else after
    while place < len(text) and text[place] == "\n":
        place += 1
    if place >= len(text):
        return None
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return prose.to_raw(start, len(text) if end < 0 else end)


def _neighbours(prose: Prose, said: Suppression) -> tuple[int, int]:
    """Return where the prose before a comment ends and where that after it begins."""
    if not prose.pieces:
        return said.start, said.end
    last = bisect_right(prose.pieces, said.start, key=lambda piece: piece[1]) - 1
    following = bisect_right(prose.pieces, said.end - 1, key=lambda piece: piece[1])
    after = prose.pieces[following][0] if following < len(prose.pieces) else len(prose.text)
    if last < 0:
        return 0, after
    at, start = prose.pieces[last]
    stop = prose.pieces[last + 1][0] if last + 1 < len(prose.pieces) else len(prose.text)
    return min(at + said.start - start, stop), after


def _advice(said: Suppression) -> str:
    if said.action in _ACTIONS:
        return f"This hides nothing: it must say which rules, as in {said.action}[CAS101] or {said.action}[ALL]."
    return f"This hides nothing: “{said.action}” is no word for it{nearest(said.action, _ACTIONS) or '.'}"
