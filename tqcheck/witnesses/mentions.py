"""Which stretches of a sentence name somebody or something, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tqcheck.context import Context
from tqcheck.languages.entities import Hit, core, entity, everywhere, given_names, index
from tqcheck.languages.record import Calendar, Language
from tqcheck.languages.spaceless import cut
from tqcheck.model import Span
from tqcheck.text.case import lower
from tqcheck.text.words import Word
from tqcheck.witnesses.loose_names import common, part

# Runs of katakana, Latin runs, and foreign names with a dot between their parts.
_KATAKANA = re.compile(r"[ァ-ヺー]{2,}(?:[・＝][ァ-ヺー]+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9.'’-]*(?: [A-ZÀ-Ý][A-Za-zÀ-ɏ0-9.'’-]*)*")
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[·・][\u4e00-\u9fff]{1,8})+")
# What stands between the parts of a foreign name.
_DOTS = ("·", "・", "＝")
_HAN = re.compile("[\u4e00-\u9fff]+")
# So many characters around a name tell what words it stands among.
_AROUND = 8
# What follows a place in Japanese.
_DIVISIONS = ("市", "州", "県")
# So many syllables beside a name may be the rest of a longer one.
_WINDOW = 2
# A paragraph with so large a share of capitals is a headline in title case.
_TITLE_CASE = 0.6
# So short a name is alike by chance, or not at all.
_SHORT = 3
# A longer word may be a compound.
_COMPOUND = 11
# An abbreviation that is no acronym is no longer.
_CUT = 4
# Zipf value of a word that stands once in a million words: rarer ones may be names, others are loans.
_HARDLY = _LOAN = 3.0
# How sure a capitalised word is a name that is a common word too.
_PLAIN = 0.4
# And how sure, in the middle of a sentence, a company that is a common noun too.
_COMPANY = 0.6
# Kinds whose names are common nouns too: Apple, Le Monde.
_NOUNS = frozenset(("company", "media", "event"))
# Kinds whose names are hardly words, though no capital tells them.
_SPELLED = frozenset(("country", "people", "person"))
_PLACES = frozenset(("country", "capital", "city", "region"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at `[start, end)` of one side.

    `words` are its words without what an apostrophe cuts off; `keys` the entities that the table
    knows by it; `sure` (0 to 1) how certain it is that it names something. `doubtful`: the entity
    may be a part of another's name only. `loose`: a sound translation may leave it out or put it in
    other words, `common`: for it is a common noun or an adjective (see `loose_names`).
    """

    start: int
    end: int
    words: tuple[str, ...]
    keys: frozenset[str]
    sure: float
    doubtful: bool = False
    loose: bool = False
    common: bool = False


def mentions(ctx: Context, span: Span, words: Sequence[Word]) -> list[Mention]:
    """Return the names in a stretch of one side, `words` being its words."""
    tag = ctx.language.base
    hits = index(tag, ctx.language.spaced).find(ctx.text, words, span.start, span.end)
    found = [_known(ctx, hit) for hit in hits if not (_function(ctx, hit) or _dotted(ctx, hit) or _torn(ctx, hit))]
    taken = [(m.start, m.end) for m in found]
    if not ctx.language.spaced:
        found += _runs(ctx, span, taken)
    elif cased(ctx):
        found = _people(ctx.text, found, _capitals(ctx, words, taken))
    else:
        found += _latin(ctx, span, taken)
        found += _rare(ctx, words, [(m.start, m.end) for m in found])
    return sorted((_bound(ctx, mention) for mention in found), key=lambda m: m.start)


def _bound(ctx: Context, mention: Mention) -> Mention:
    noun = common(ctx, mention.words, mention.keys)
    return replace(
        mention, loose=noun or part(ctx, mention.start, mention.end, mention.words, mention.keys), common=noun
    )


def _function(ctx: Context, hit: Hit) -> bool:
    """True for a word like “This”, which is no inflected form of a place (Thies); US in capitals is none."""
    text = ctx.text[hit.start : hit.end]
    return (
        ctx.language.spaced and text.lower() in ctx.language.words.function and not (len(text) > 1 and text.isupper())
    )


def _dotted(ctx: Context, hit: Hit) -> bool:
    """True for a part of a foreign name with dots (巴里·克纳普), which is no place (Bari)."""
    if ctx.language.spaced:
        return False
    return ctx.text[hit.start - 1 : hit.start] in _DOTS or ctx.text[hit.end : hit.end + 1] in _DOTS


def _torn(ctx: Context, hit: Hit) -> bool:
    """True for a name of two characters that the words around it tear apart or enclose: 发展中国家."""
    if ctx.language.spaced or hit.end - hit.start != 2 or not ctx.frequencies:
        return False
    start, end = max(0, hit.start - _AROUND), min(len(ctx.text), hit.end + _AROUND)
    for run in _HAN.finditer(ctx.text, start, end):
        if run.start() <= hit.start < run.end():
            words = cut(Word(run.start(), run.end(), run.group()), ctx.frequencies)
            return any(
                hit.start < word.start < hit.end or (word.start < hit.start and hit.end < word.end) for word in words
            )
    return False


def _people(text: str, known: list[Mention], free: list[Mention]) -> list[Mention]:
    """Join what the table knows as a place to the name that it is part of: Michael Jordan."""
    ends = {m.start: m for m in free if m.sure > _PLAIN}
    starts = {m.end: m for m in free if m.sure > _PLAIN}
    found: list[Mention] = []
    for mention in known:
        places = all(entity(key).kind in _PLACES for key in mention.keys)
        before = starts.get(mention.start - 1) if text[mention.start - 1 : mention.start] == " " else None
        after = ends.get(mention.end + 1) if text[mention.end : mention.end + 1] == " " else None
        if len(mention.words) > 1 or not places or not (before or after):
            found.append(mention)
            continue
        parts = [part for part in (before, mention, after) if part is not None]
        free = [m for m in free if m is not before and m is not after]
        joined = tuple(word for part in parts for word in part.words)
        found.append(Mention(parts[0].start, parts[-1].end, joined, mention.keys, 0.8, doubtful=True))
    return found + free


def cased(ctx: Context) -> bool:
    """True where the text has capitals, also in a language of which no record is there."""
    if ctx.language.known:
        return ctx.language.cased
    # Names in Latin letters stand in Hindi too.
    letters = [char for char in ctx.text[:2_000] if char.isalpha()]
    return any(map(str.isupper, letters)) and 2 * sum(c.isupper() or c.islower() for c in letters) > len(letters)


def _known(ctx: Context, hit: Hit) -> Mention:
    text = ctx.text[hit.start : hit.end]
    parts = tuple(core(part)[1] for part in re.split(r"[\s·・-]+", text) if part)
    sure = 1.0
    if ctx.language.spaced and not cased(ctx):
        # Without capitals, a city may be any word; the long name of a capital is hardly one.
        kinds = {entity(key).kind for key in hit.keys}
        capital = "capital" in kinds and len(text) > _CUT and any(text in everywhere(key) for key in hit.keys)
        sure = 0.9 if kinds <= _SPELLED or len(parts) > 1 else _COMPANY if capital else 0.2
    elif len(text.replace(".", "")) <= 3 and text.isupper():
        # An abbreviation is often left out: “the US president”.
        state = len(text) == 3 and all(entity(key).kind == "country" for key in hit.keys)
        sure = 0.6 if state else 0.5
    elif cased(ctx) and len(parts) == 1:
        if not text[:1].isupper():
            sure = 0.9 if any(entity(key).kind == "people" for key in hit.keys) else 0.3
        elif _start(ctx, hit.start):
            body = all(entity(key).kind == "institution" for key in hit.keys)
            sure = 1.0 if not _plain(ctx, text) else 0.6 if body else _PLAIN
        elif ctx.is_ordinary(text.lower()) and any(entity(key).kind in _NOUNS for key in hit.keys):
            company = all(entity(key).kind == "company" for key in hit.keys)
            sure = _COMPANY if company and not ctx.language.naming.nouns_capital else _PLAIN
    elif not ctx.language.spaced and len(text) == 1:
        # One character of a name is a part of many words.
        sure = 0.1
    elif ctx.language.naming.syllabic and _cut_out(ctx, hit):
        sure = 0.3
    return Mention(hit.start, hit.end, parts, hit.keys, sure)


def _cut_out(ctx: Context, hit: Hit) -> bool:
    """True where the characters around a name spell syllables too, so that it may be cut out of a longer one."""
    syllables, text = frozenset(ctx.language.naming.syllabic), ctx.text
    if not all(char in syllables for char in text[hit.start : hit.end]):
        return False
    before = next((n for n in range(_WINDOW) if text[hit.start - n - 1 : hit.start - n] not in syllables), _WINDOW)
    after = next((n for n in range(_WINDOW) if text[hit.end + n : hit.end + n + 1] not in syllables), _WINDOW)
    return before + after >= _WINDOW


def _start(ctx: Context, at: int) -> bool:
    """True where a capital may come from the beginning of a sentence, a quotation or a line."""
    if at in ctx.sentence_starts:
        return True
    before = ctx.text[max(0, at - 3) : at].rstrip(" \u00a0")
    return not before or before[-1] in "\"'“”„«»‘’‹›(:–—-\n•…"


def _plain(ctx: Context, word: str) -> bool:
    """True for a word that its language writes in lower case too."""
    low = lower(word, ctx.language.tag)
    name = ctx.names.single.get(low)
    if name is not None and not name.common:
        return False
    return ctx.is_ordinary(low) or ctx.frequencies.zipf(low) >= 5


def _capitals(ctx: Context, words: Sequence[Word], taken: list[tuple[int, int]]) -> list[Mention]:
    """Return the runs of capitalised words that the table does not know."""
    big = sum(word.text[:1].isupper() for word in words)
    headline = len(words) > 3 and big >= _TITLE_CASE * len(words) and not ctx.language.naming.nouns_capital
    found: list[Mention] = []
    run: list[tuple[int, str, float]] = []
    end = -1
    for word in [*words, None]:
        if word is not None:
            offset, text = core(word.text)
            start = word.start + offset
            free = not any(a < word.end and word.start < b for a, b in taken)
            sure = _sure(ctx, start, text, headline) if free and text[:1].isupper() and len(text) > 1 else 0.0
            near = bool(run) and ctx.text[end : word.start] in (" ", "-", "\u00a0", "’", "'")
        if run and (word is None or not sure or not near):
            found.append(_mention(run))
            run = []
        if word is not None and sure:
            run.append((start, text, sure))
            end = word.end
    return found


def _mention(run: list[tuple[int, str, float]]) -> Mention:
    if len(run) > 1 and run[0][1] in given_names():
        # Of Will Black, too, both words are names.
        return Mention(
            run[0][0], run[-1][0] + len(run[-1][1]), tuple(text for _s, text, _sure in run), frozenset(), 0.9
        )
    # Of “President Macron”, the second word is the name.
    sure = max(sure for _start, _text, sure in run)
    kept = [part for part in run if part[2] > _PLAIN] if sure > _PLAIN else run
    words = tuple(text for _start, text, _sure in kept)
    return Mention(kept[0][0], kept[-1][0] + len(kept[-1][1]), words, frozenset(), sure)


def _sure(ctx: Context, start: int, text: str, headline: bool) -> float:
    """Return how sure a capitalised word is a name."""
    low = lower(text, ctx.language.tag)
    language = ctx.language
    if low in language.words.function or low in _calendar(language.calendar) or _titled(language, text):
        return 0.0
    plain = _plain(ctx, text)
    if text.isupper():
        # Abbreviations are translated, and in many ways.
        return 0.2 if headline or plain else 0.35
    if headline or _start(ctx, start):
        if plain:
            return 0.3 if text in given_names() and not headline else 0.0
        # The capital says nothing; another place where the word has it does.
        if low in ctx.names.single or (not headline and _recurs(ctx, start, text)):
            return 0.9
        return 0.5 if headline else language.naming.initial
    if language.naming.nouns_capital:
        return 0.0 if plain else (0.7 if len(text) <= _COMPOUND else 0.3)
    if plain:
        return _PLAIN
    if _cut(ctx, start + len(text), text):
        return 0.45
    if len(text) <= _SHORT:
        return 0.45
    # Of a language without a record we know too little to be sure.
    return 0.9 if language.known else _PLAIN if len(text) > _COMPOUND or _compound(ctx, low) else 0.7


def _compound(ctx: Context, low: str) -> bool:
    """True for a word made of two words of its language."""
    cuts = range(_SHORT, len(low) - _SHORT + 1)
    return any(ctx.is_ordinary(low[:cut]) and ctx.is_ordinary(low[cut:]) for cut in cuts)


def _cut(ctx: Context, end: int, text: str) -> bool:
    """True for a short word with a stop behind it in the middle of a line: it may be cut off, as a title is."""
    return (
        len(text) <= _CUT and ctx.text[end : end + 1] == "." and ctx.text[end + 1 : end + 3].strip(" \u00a0").isupper()
    )


def _recurs(ctx: Context, start: int, text: str) -> bool:
    return any(word.start != start and not _start(ctx, word.start) for word in ctx.vocabulary.get(text, ())[:20])


def _titled(language: Language, text: str) -> bool:
    """True for a title or an abbreviation, with its stop or without."""
    titles, short = language.words.titles, language.words.abbreviations
    return text in titles or text in short or f"{text}." in titles or f"{text}." in short


@lru_cache(maxsize=200)
def _calendar(calendar: Calendar) -> frozenset[str]:
    return frozenset(form.lower() for forms in (*calendar.months, *calendar.days) for form in forms)


def _runs(ctx: Context, span: Span, taken: list[tuple[int, int]]) -> list[Mention]:
    """Return foreign names in a text without spaces: katakana, Latin letters, dotted names."""
    text = ctx.text
    titles = (*ctx.language.words.titles, *_DIVISIONS)
    found = []
    for match in _KATAKANA.finditer(text, span.start, span.end):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        titled = text.startswith(titles, match.end())
        dotted = "・" in match.group() or "＝" in match.group()
        # What no list has may be a compound of loans (コロナウイルス), or a word for once in katakana.
        loan = ctx.frequencies.zipf(match.group().lower()) >= _LOAN
        sure = 0.9 if titled or dotted else 0.2 if loan else 0.5
        found.append(Mention(*match.span(), tuple(re.split("[・＝]", match.group())), frozenset(), sure))
    if ctx.language.naming.syllabic:
        for match in _DOTTED.finditer(text, span.start, span.end):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                parts = tuple(re.split("[·・]", match.group()))
                # Where the name begins and ends is not written.
                found.append(Mention(*match.span(), parts, frozenset(), 0.3))
    return found + _latin(ctx, span, taken)


def _rare(ctx: Context, words: Sequence[Word], taken: list[tuple[int, int]]) -> list[Mention]:
    """Return words that are hardly ever written, where no capital tells which of them are names."""
    if not ctx.frequencies or ctx.language.known:
        return []
    found = []
    for word in words:
        free = not any(a < word.end and word.start < b for a, b in taken)
        if (
            free
            and len(word.text) > _SHORT
            and not any(map(str.isdigit, word.text))
            and ctx.frequencies.zipf(word.text) < _HARDLY
        ):
            found.append(Mention(word.start, word.end, (word.text,), frozenset(), 0.5))
    return found


def _latin(ctx: Context, span: Span, taken: list[tuple[int, int]]) -> list[Mention]:
    found = []
    for match in _LATIN.finditer(ctx.text, span.start, span.end):
        name = match.group()
        free = not any(a < match.end() and match.start() < b for a, b in taken)
        if free and name[:1].isupper() and len(name) > 1:
            sure = 0.35 if name.isupper() and ctx.language.script in ("Latn", "Jpan") else 0.8
            if not ctx.language.spaced and ctx.frequencies.zipf(name.lower()) >= _LOAN:
                sure = 0.3
            found.append(Mention(*match.span(), tuple(name.split()), frozenset(), sure))
    return found
