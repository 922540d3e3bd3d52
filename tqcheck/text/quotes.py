"""Which quotation mark belongs to which: one analysis that all quote rules share.

A mark like ’ closes a quotation, ends a genitive or elides a vowel; " opens, closes or means
inches. Most paragraphs admit one reading without any cost, which a single pass finds. The others,
and quotations that run over paragraphs, go to a small beam search that weighs readings: a mark
without partner costs more than a mixed pair, that more than a mark with its space on the wrong
side, and an apostrophe as much as its place makes it unlikely.

Longer than most files: the weights of one mark and the search over them make sense only together.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from tqcheck.model import Span
from tqcheck.text.segment import paragraphs
from tqcheck.text.words import MARKS


class Norm(Hashable, Protocol):
    """What the analysis needs to know of a language: the quotes part of its record."""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair that edited text shows, the norm first."""

    @property
    def inner_space(self) -> frozenset[str]:
        """Spaces that may stand between « » and what they quote."""

    @property
    def elisions(self) -> frozenset[str]:
        """Words that end in an apostrophe, without it."""

    @property
    def aphaeresis(self) -> frozenset[str]:
        """Words that begin with an apostrophe, without it."""

    @property
    def genitive_apostrophe(self) -> bool:
        """True where a word in -s may end in an apostrophe."""


class Mark(NamedTuple):
    """A mark at `[start, end)`: opening, closing, resumed, apostrophe, prime, unknown or unpaired.

    `resumed` opens again at the head of a paragraph; `unknown` may be an apostrophe or a stray.
    """

    start: int
    end: int
    glyph: str
    role: str


class Pair(NamedTuple):
    """An opening and a closing mark; `known` where some language writes them as a pair."""

    opening: Mark
    closing: Mark
    known: bool

    @property
    def glyphs(self) -> tuple[str, str]:
        """The two marks as text."""
        return self.opening.glyph, self.closing.glyph


@dataclass(frozen=True, slots=True)
class Quotations:
    """All marks in order, and the pairs they form, by their opening mark."""

    marks: tuple[Mark, ...]
    pairs: tuple[Pair, ...]


SINGLE = frozenset("'’‘‚‛‹›´`＇")
# An apostrophe or a quotation mark, as its place decides.
_APOSTROPHES = frozenset("'’‘´`＇")
# Pairs that edited text of some language shows; anything else in a pair is a mismatch.
_KNOWN = {
    "“": "”",
    "‘": "’",
    '"': '"',
    "'": "'",
    "”": "”",
    "’": "’",
    "„": "“”",
    "‚": "‘’",
    "‟": "”",
    "‛": "’",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "`": "'`´",
    "´": "´`",
    "＂": "＂",
    "＇": "＇",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "〝": "〟〞",
}
KNOWN_PAIRS = frozenset(opening + closing for opening, closings in _KNOWN.items() for closing in closings)
_OPENERS = frozenset("“‘„‚«‹「『《〈〝‟‛`")
_CLOSERS = frozenset("”’»›」』》〉〞〟´")
_ALL = '"“”„‟«»‹›‚‛＂＇「」『』《》〈〉〝〞〟'
# Two single marks typed for a double one count as that; ,, before a word is a typed „.
_TOKEN = re.compile(rf"[{_ALL}]|,,(?=\w)|''|``|['’‘´`]")
_TYPED = {",,": "„", "''": '"', "``": '"'}
_BEFORE_OPENING = frozenset("([{<>—–-‑―‐/\\|¿¡…=+*_•·~#:،؛。，、：；！？（［【" + _ALL + "'’‘´`")
_NOT_AFTER_OPENING = frozenset(",.;:!?)]}،؛؟。，、：；！？）］】%")
_WORD_BEFORE = re.compile(rf"[\w{MARKS}]{{1,24}}$")
_WORD_AFTER = re.compile(rf"[\w{MARKS}]{{1,24}}")
_YEARS = re.compile(r"\d\ds?\b")
_MEASURE = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{1,2})?$")
_UNPAIRED, _MISMATCH, _NESTED_SAME, _SHARED, _CARRIED = 2.0, 1.5, 0.9, 0.6, 0.25
# Readings kept at a time, marks in one search, characters that a mixed pair may span, and how much
# dearer than the best a reading may be.
_WIDTH, _LONGEST, _FAR, _HOPELESS = 12, 400, 400, 4.0


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    glyph: str
    heads: bool
    opens: float = 9.0
    closes: float = 9.0
    other: float = 9.0
    role: str = "unpaired"


class _Log(NamedTuple):
    earlier: _Log | None
    token: int
    role: str
    partner: int


class _State(NamedTuple):
    cost: float
    stack: tuple[int, ...]
    log: _Log | None


@lru_cache(maxsize=8)
def quotations(text: str, norm: Norm) -> Quotations:
    """Return the quotation marks of `text` and their pairs, by the habits of `norm`."""
    tokens: list[_Token] = []
    blocks: list[range] = []
    for block in paragraphs(text):
        first = len(tokens)
        tokens.extend(_tokens(text, block, norm))
        if len(tokens) > first:
            blocks.append(range(first, len(tokens)))
    partners: dict[int, int] = {}
    at = 0
    while at < len(blocks):
        if _plain(tokens, blocks[at], norm, partners):
            at += 1
        else:
            at = _search(tokens, blocks, at, norm, partners)
    marks = tuple(Mark(t.start, t.end, t.glyph, t.role) for t in tokens)
    known = KNOWN_PAIRS | {a + b for a, b in norm.pairs}
    pairs = (Pair(marks[a], marks[b], marks[a].glyph + marks[b].glyph in known) for a, b in sorted(partners.items()))
    return Quotations(marks, tuple(pairs))


def _tokens(text: str, block: Span, norm: Norm) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text, block.start, block.end):
        start, end = match.span()
        glyph = match.group()
        left = text[start - 1] if start > block.start else "\n"
        right = text[end] if end < block.end else "\n"
        if glyph in _APOSTROPHES and _letter(left) and _letter(right):
            continue  # inside a word: don’t, l’homme, 6'2
        if glyph == '"' and "א" <= left <= "ת" and "א" <= right <= "ת" and not _letter(text[end + 1 : end + 2]):
            continue  # gershayim of a Hebrew acronym
        glyph = _TYPED.get(glyph, glyph)
        token = _Token(start, end, glyph, heads=start == block.start)
        _weigh(token, left, right, text, norm)
        yield token


def _weigh(token: _Token, left: str, right: str, text: str, norm: Norm) -> None:
    """Set what it costs to read the token as opening, as closing, or as no quotation mark."""
    glyph = token.glyph
    firsts, seconds = _sides(norm)
    listed = glyph in firsts or glyph in seconds
    directed = glyph in "«»‹›「」『』《》〈〉"
    inside = 0.0 if directed and norm.inner_space else 0.2 if directed else 1.0
    opens = 0.0 if glyph in firsts else 0.7 if listed or glyph not in _OPENERS else 0.2
    closes = 0.0 if glyph in seconds else 0.7 if listed or glyph not in _CLOSERS else 0.2
    if not (left.isspace() or left in _BEFORE_OPENING or _wide(left)):
        opens += 0.6
    if right.isspace():
        opens += inside
    elif right in _NOT_AFTER_OPENING:
        opens += 0.8
    if left.isspace():
        closes += inside
    elif left in "([{¿¡":
        closes += 0.8
    if _letter(right) and not _wide(right):
        closes += 0.5
    token.opens, token.closes = opens, closes
    if glyph in _APOSTROPHES:
        token.other = _apostrophe(token, left, right, text, norm)
        token.role = "apostrophe" if token.other < 1 else "unknown"
    if left.isdigit() and glyph in "\"”'’" and _MEASURE.search(text, max(0, token.start - 7), token.start):
        token.other, token.role = 0.3, "prime"


@lru_cache(maxsize=64)
def _sides(norm: Norm) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(a for a, _b in norm.pairs), frozenset(b for _a, b in norm.pairs)


def _apostrophe(token: _Token, left: str, right: str, text: str, norm: Norm) -> float:
    turned = 0.3 if token.glyph in "‘`´" else 0.0
    if _letter(left):
        found = _WORD_BEFORE.search(text, max(0, token.start - 24), token.start)
        word = found.group().lower() if found else left
        if any(elision.strip("'’").lower() == word for elision in norm.elisions):
            return 0.05 + turned
        if word[-1] in "szxß" and norm.genitive_apostrophe:
            return 0.1 + turned
        return (0.4 if word.endswith("in") or word == "n" else 1.0) + turned
    after = _WORD_AFTER.match(text, token.end)
    if after is None:
        return 9.0
    if _YEARS.match(text, token.end) or after.group().lower() in norm.aphaeresis:
        return 0.1 + turned
    return 1.2 + turned if _letter(right) else 9.0


def _letter(char: str) -> bool:
    return char.isalnum() or "\u0300" <= char <= "\u036f"


def _wide(char: str) -> bool:
    # Scripts without spaces between words, and Arabic and Hebrew with their glued-on particles.
    return char >= "\u2e80" or "\u0590" <= char <= "\u06ff" or "\u0e00" <= char <= "\u0eff"


def _plain(tokens: list[_Token], block: range, norm: Norm, partners: dict[int, int]) -> bool:
    """Pair a paragraph that has one reading free of cost; False where it has none."""
    stack: list[int] = []
    roles: list[tuple[int, str]] = []
    found: dict[int, int] = {}
    for index in block:
        token = tokens[index]
        top = tokens[stack[-1]].glyph if stack else ""
        if not token.closes and stack and (top, token.glyph) in norm.pairs:
            found[stack.pop()] = index
            roles.append((index, "closing"))
        elif token.other <= 0.1:
            roles.append((index, token.role))
        elif not token.opens and all(tokens[i].glyph != token.glyph for i in stack):
            stack.append(index)
            roles.append((index, "opening"))
        else:
            return False
    if stack:
        return False
    for index, role in roles:
        tokens[index].role = role
    partners.update(found)
    return True


def _search(tokens: list[_Token], blocks: list[range], at: int, norm: Norm, partners: dict[int, int]) -> int:
    """Find the cheapest reading from paragraph `at` on; return where no quotation is open any more."""
    states = [_State(0.0, (), None)]
    known = KNOWN_PAIRS | {a + b for a, b in norm.pairs}
    first = blocks[at].start
    while at < len(blocks) and blocks[at].stop - first <= _LONGEST:
        for index in blocks[at]:
            states = _best([new for state in states for new in _readings(state, index, tokens, known)])
        at += 1
        states = _best(s._replace(cost=s.cost + _CARRIED * len(s.stack)) for s in states)
        if not states[0].stack:
            break
    else:
        if at < len(blocks) and blocks[at].start == first:
            for index in blocks[at]:
                tokens[index].role = "unknown"  # one endless paragraph: no judgement
            return at + 1
    best = min(states, key=lambda s: s.cost + _UNPAIRED * len(s.stack))
    for role, index, partner in _decisions(best):
        tokens[index].role = "unpaired" if index in best.stack else role
        if role == "closing":
            partners[partner] = index
    return at


def _decisions(state: _State) -> list[tuple[str, int, int]]:
    found = []
    log = state.log
    while log is not None:
        found.append((log.role, log.token, log.partner))
        log = log.earlier
    return found[::-1]


def _best(states: Iterable[_State]) -> list[_State]:
    best: dict[tuple[int, ...], _State] = {}
    for state in states:
        rival = best.get(state[1])
        if rival is None or state[0] < rival[0]:
            best[state[1]] = state
    # No two have one stack, so what comes behind it never decides.
    kept = sorted(best.values())[:_WIDTH]
    return [state for state in kept if state[0] <= kept[0][0] + _HOPELESS]


def _readings(state: _State, index: int, tokens: list[_Token], known: frozenset[str]) -> Iterator[_State]:
    cost, stack, log = state
    token = tokens[index]
    same = sum(tokens[i].glyph == token.glyph for i in stack)
    if token.heads and stack:
        first = tokens[stack[-1]].glyph
        if first == token.glyph or first + token.glyph in ("«»", "‹›", "“”"):
            yield _State(cost - _CARRIED, stack, _Log(log, index, "resumed", -1))
    if stack:
        opener = tokens[stack[-1]].glyph
        matched = opener + token.glyph in known
        price = 0.0 if matched else _mismatch(tokens[stack[-1]], token)
        yield _State(cost + token.closes + price, stack[:-1], _Log(log, index, "closing", stack[-1]))
        # «ООО «Ромашка»: one mark closes both where they would meet.
        if matched and len(stack) > 1 and tokens[stack[-2]].glyph == opener:
            shared = _Log(log, stack[-2], "resumed", -1)
            yield _State(cost + token.closes + _SHARED, stack[:-2], _Log(shared, index, "closing", stack[-1]))
    if len(stack) < 4:
        yield _State(cost + token.opens + _NESTED_SAME * same, (*stack, index), _Log(log, index, "opening", -1))
    if token.other < _UNPAIRED:
        yield _State(cost + token.other, stack, _Log(log, index, token.role, -1))
    yield _State(cost + _UNPAIRED, stack, _Log(log, index, "unpaired", -1))


def _mismatch(opening: _Token, closing: _Token) -> float:
    """Price a mixed pair: dear where the marks are of different levels, reversed, or far apart."""
    mixed = (opening.glyph in SINGLE) != (closing.glyph in SINGLE)
    reversed_ = opening.opens > 0.5 or closing.closes > 0.5
    return _MISMATCH + 0.2 * mixed + 0.5 * reversed_ + 0.5 * (closing.start - opening.start > _FAR)


__all__ = ["KNOWN_PAIRS", "SINGLE", "Mark", "Norm", "Pair", "Quotations", "quotations"]
