"""Names that a sound translation may leave out or put in other words.

A name is loose where it is a part of something larger (Victoria Cross, Church of England, Euro-Asia),
the attribute of a noun (a Scotland player) or the state behind a city (Sinsheim, Germany), or where it
is a common noun that serves as a name (the Senate, the World Cup, the Conservatives).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from tqcheck.context import Context
from tqcheck.languages.entities import entity, index
from tqcheck.witnesses.past import past

# Kinds whose names are common nouns, and adjectives of peoples.
_NOUNS = frozenset(("institution", "event", "people", "media"))
_AREAS = frozenset(("country", "region"))
_HYPHENS = "-\u2010\u2011"
_SPACES = " \u00a0\u202f"
_OPENING = ("“", "「", "『", "《", "‘")
# The characters that follow a name without a mark or a particle that ends a phrase.
_RUN = re.compile("[^的在和与與对對于於是了将將被向从從はがをにでとのもや、-〟！-／：-＠\\s\\d]{1,10}")
_RUN_IN_MARKS = re.compile("[一-鿿ァ-ヿ]{1,8} ?[”」』》’]")
# A place written without spaces is no longer.
_PLACE = 8
# So far a look goes: a word is no longer.
_WORD = 40


def common(ctx: Context, words: Iterable[str], keys: Iterable[str]) -> bool:
    """True for entities whose names are common nouns or adjectives; False for what the table lacks."""
    keys = tuple(keys)
    kinds = {entity(key).kind for key in keys}
    if not kinds or not kinds <= _NOUNS:
        return False
    if all(entity(key).kind == "people" or (entity(key).kind == "institution" and entity(key).of) for key in keys):
        # The seat of a government stands for its office and its people: the Élysée.
        return True
    # NATO and Gladbach are bodies, too, but no words.
    return not ctx.language.spaced or all(ctx.is_ordinary(word.lower()) and not word.isupper() for word in words)


def part(ctx: Context, start: int, end: int, words: Sequence[str], keys: Collection[str]) -> bool:
    """True for a name at `[start, end)` that is a part of something larger, or says what another name says.

    `words` are its words, `keys` what the table knows by it: of two unknown words, most name a person.
    """
    person = len(words) > 1 and not keys
    if not ctx.language.spaced:
        return _office(ctx, end, keys) or _body(ctx, end) or _quoted(ctx, start, end) or _around(ctx, end, keys)
    if _titled(ctx, start, keys):
        return True
    return _joined(ctx, start, end) or _inside(ctx, start, end, person) or _behind(ctx, start, end, keys)


def _titled(ctx: Context, start: int, keys: Collection[str]) -> bool:
    """True for a state behind a title: «госсекретарь США» is the Secretary of State."""
    if "country" not in {entity(key).kind for key in keys}:
        return False
    before = ctx.text[max(0, start - _WORD) : start]
    return before[-1:] in _SPACES and bool(before.split()) and before.split()[-1].lower() in ctx.language.words.titles


def _office(ctx: Context, end: int, keys: Collection[str]) -> bool:
    """True for a state or a person before a title: 美国总统特朗普 may be Donald Trump alone, or the President."""
    kinds = {entity(key).kind for key in keys}
    return bool(kinds & {"country", "person"}) and ctx.text.startswith(tuple(ctx.language.words.titles), end)


def _around(ctx: Context, end: int, keys: Collection[str]) -> bool:
    """True for a state before a place of it, which says enough: 美国纽约."""
    states = {entity(key).of for key in keys if entity(key).kind == "country"}
    if not states:
        return False
    after = index(ctx.language.base, False).find(ctx.text, (), end, min(len(ctx.text), end + _PLACE))
    return bool(after) and after[0].start == end and any(entity(key).of in states for key in after[0].keys)


def _body(ctx: Context, end: int) -> bool:
    """True where the name of a body begins with a name, as far as one can tell: 伊朗伊斯兰共和国通讯社."""
    run = _RUN.match(ctx.text, end)
    ends = ctx.language.naming.bodies
    return run is not None and bool(ends) and any(body in run.group() for body in ends)


def _quoted(ctx: Context, start: int, end: int) -> bool:
    """True where a quotation of a few characters begins with a name, so that it is one itself: “中国天眼”."""
    return ctx.text[start - 1 : start] in _OPENING and _RUN_IN_MARKS.match(ctx.text, end) is not None


def _joined(ctx: Context, start: int, end: int) -> bool:
    """True where a hyphen joins a name to more letters."""
    if ctx.language.naming.nouns_capital:
        # Nouns are joined so, and the name is in their translation: Zagros-Gebirge.
        return False
    before, after = ctx.text[max(0, start - 2) : start], ctx.text[end : end + 2]
    return (before[-1:] in _HYPHENS and before[:1].isalnum() and len(before) == 2) or (
        after[:1] in _HYPHENS and after[1:].isalnum() and len(after) == 2
    )


def _inside(ctx: Context, start: int, end: int, person: bool) -> bool:
    """True where the words beside a name make a larger one of it, or a noun that it describes."""
    language = ctx.language
    if not language.spaced or not language.cased or language.naming.nouns_capital:
        return False
    after = _after(ctx, end)
    # The head of Victoria Cross stands behind; where names describe nothing, it is a noun with a capital.
    if after[:1].isupper() and (language.naming.attributive or ctx.is_ordinary(after.lower())):
        return True
    grammar = language.words.function | language.words.finite
    noun = after.islower() and after.isalpha() and after not in grammar and not past(ctx, after)
    if language.naming.attributive and not person and noun and not _located(ctx, start):
        return True
    return _of(ctx, start)


def _located(ctx: Context, start: int) -> bool:
    """True behind a preposition that places take without an article: what follows “in Lisbon” is no noun of it."""
    before = ctx.text[max(0, start - _WORD) : start]
    return before[-1:] in _SPACES and bool(before.split()) and before.split()[-1].lower() in ctx.language.words.locative


def _after(ctx: Context, end: int) -> str:
    """Return the word behind a name, also behind its genitive; "" where a mark stands there."""
    text = ctx.text[end : end + _WORD]
    for genitive in ("'s", "’s"):
        text = text.removeprefix(genitive)
    if text[:1] not in _SPACES or not text:
        return ""
    return text.split(None, 1)[0].rstrip(".,;:!?)”“\"'’") if text.strip() else ""


def _of(ctx: Context, start: int) -> bool:
    """True for the last word of a name with a small word in it: Church of England."""
    before = ctx.text[max(0, start - 2 * _WORD) : start]
    if before[-1:] not in _SPACES or not before:
        return False
    words = before.split()
    if len(words) < 2 or words[-1] not in ctx.language.naming.of:
        return False
    head = words[-2]
    at = start - len(before) + before.rfind(head, 0, before.rfind(words[-1]))
    titles = ctx.language.words.titles
    noun = head[:1].isupper() and head.isalpha() and head not in titles and ctx.is_ordinary(head.lower())
    return noun and at not in ctx.sentence_starts


def _behind(ctx: Context, start: int, end: int, keys: Iterable[str]) -> bool:
    """True for a state or a region behind a comma, with a mark behind it: the place before it says enough."""
    kinds = {entity(key).kind for key in keys}
    if not kinds & _AREAS:
        return False
    before, after = ctx.text[max(0, start - _WORD) : start].rstrip(_SPACES), ctx.text[end : end + 1]
    if before[-1:] != "," or (after and after not in ",.;:)!?\n"):
        return False
    words = before[:-1].split()
    return bool(words) and words[-1][:1].isupper()
