"""WRD101 non-word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.languages.foreign import has_large_list, home
from tqcheck.languages.slips import Slip, letter, slip, strict_slip
from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.asides import asides, inside, quotations, stands_alone, terms
from tqcheck.text.words import Word

# A gloss in brackets follows a term that is shown.
_GLOSSED = re.compile(r",? [(\[“\"]\D")
# A short word after a number is a unit.
_NUMBER_BEFORE = re.compile(r"\d\s?$")
# Speech is quoted in dialect; a word written as often as this may be one of it.
_DIALECT = 2.0
# A word that is rarer than this here, and commoner elsewhere, is of the other language.
_HERE, _UNKNOWN = 4.0, 2.5
_NEIGHBOUR_BEFORE = re.compile(r"(?<![\w'’-])([^\W\d_]{3,}),? $")
_NEIGHBOUR_AFTER = re.compile(r",? ([^\W\d_]{3,})(?![\w'’])")
# A capitalised word might be a name: it must be rare, and the word that is meant common.
_RARE, _NAME_GAP = 2.0, 3.0
# Written as often as this, it is more than a slip.
_WRITTEN = 3.0


@rule(
    "WRD101",
    "non-word",
    Category.OTHER,
    Severity.MINOR,
    needs=("record", "frequencies", "spaced", "cased"),
    yields_to=("UNT101", "UNT102"),
    examples=(
        example("en", "The minister met ⟦farmesr⟧ from the valley.", "The minister met farmers from the valley."),
        example("en", "Prices ⟦incresed⟧ again in May.", "Prices increased again in May."),
        example("en", "They say the road will ⟦e⟧ closed.", "They say the road will be closed."),
        example("fr", "Le ⟦gouvernemnt⟧ a cédé hier.", "Le gouvernement a cédé hier."),
        example("en", "He stubbed his toe on the lee side of the boat and ran the ad at ten."),
        example("en", "The snowboarder’s doughnuts and a burrito were untouched; no ifs, no farters."),
        example("en", "A keiba race and a keiba bet are the same in Nagoya."),
        example("en", "“There’s nowt here,” he said, cf. the report. Voulez-vous danser avec moi ce soir, they sang."),
        example("en", "Vitamin e and type s are letters; so is the n in the sum, and 5 m is a length."),
    ),
)
def non_word(ctx: Context) -> Iterator[Draft]:
    """A word that no one writes stands one slip away from a common one.

    Why: translation systems that spell in pieces make words that do not exist; people mistype them.
    When it is wrong: new words, names, dialect. What an article writes twice is its term; where
    several such words stand in one article, its author is at fault or it has a jargon, so they
    are hidden by default.
    Norm: any dictionary; here simplemma's forms and wordfreq's counts.
    """
    if not has_large_list(ctx.language.base):
        return
    places: dict[str, list[Word]] = {}
    for form, words in ctx.vocabulary.items():
        places.setdefault(form.lower(), []).extend(words)
    found: list[tuple[Word, Slip]] = []
    for lowered, words in places.items():
        if len(words) > 1 or not lowered.isalpha():
            continue
        word = words[0]
        guess = _guess(ctx, word, lowered)
        if guess is None or not stands_alone(ctx.text, word.start, word.end) or _GLOSSED.match(ctx.text, word.end):
            continue
        # A word of another language is LNG102's, unless a far commoner one is near.
        if len(lowered) > 3 and home(lowered, ctx.language.base, ctx.language.script)[1] > max(3.7, guess.zipf - 0.5):
            continue
        if not _certain(guess, word, ctx.sentence_starts) or _in_name(ctx, word):
            continue
        if not _shown(ctx.text, word) and not _dialect(ctx, guess, word) and not _among_foreign(ctx, word):
            found.append((word, guess))
    for word, guess in found:
        right = guess.word if word.text.islower() else guess.word.capitalize()
        # What people write at times is a word somewhere, unless two letters are swapped: shea, teh.
        clear = guess.clear and (guess.own < _WRITTEN or sorted(right.lower()) == sorted(word.text.lower()))
        yield ctx.draft(
            word.start,
            word.end,
            f"“{word.text}” is no word here; “{right}” is probably meant.",
            right if clear else None,
            at_most=Confidence.LOW if len(found) > 1 else Confidence.HIGH,
            zipf=guess.own,
            zipf_near=guess.zipf,
        )


def _dialect(ctx: Context, guess: Slip, word: Word) -> bool:
    """True where a word that is written at times stands in what someone says: “There’s nowt here.”"""
    return guess.own >= _DIALECT and inside(quotations(ctx.text), word.start, word.end)


def _among_foreign(ctx: Context, word: Word) -> bool:
    """True where the word beside is of another language, or unknown too: Veni, vidi, vici."""
    base, script = ctx.language.base, ctx.language.script
    before = _NEIGHBOUR_BEFORE.search(ctx.text, max(0, word.start - 25), word.start)
    for match in (before, _NEIGHBOUR_AFTER.match(ctx.text, word.end)):
        beside = match[1] if match and match[1].islower() else ""  # names tell nothing
        own = ctx.frequencies.zipf(beside)
        if not beside or own >= _HERE:
            continue
        if home(beside, base, script)[1] > max(_HERE, own + 0.5) or not (own > _UNKNOWN or ctx.is_ordinary(beside)):
            return True
    return False


def _shown(text: str, word: Word) -> bool:
    """True for a quoted term, and for two or three letters in brackets, which are a code: (en, nl)."""
    spans = asides(text) if len(word.text) < 4 else terms(text)
    return inside(spans, word.start, word.end)


def _guess(ctx: Context, word: Word, lowered: str) -> Slip | None:
    tag = ctx.language.base
    if tag != "en":
        guess = strict_slip(lowered, tag) if word.text.islower() else None
    elif len(lowered) == 1:
        guess = letter(ctx.text, word)
    else:
        guess = slip(lowered, tag) if lowered.isascii() else None
    if guess is None:
        return None
    # An apostrophe shows what was left out; after a number stands a unit.
    cut_off = f"{lowered}." in ctx.language.words.abbreviations or ctx.text.startswith(("'", "’"), word.end)
    unit = len(lowered) < 4 and _NUMBER_BEFORE.search(ctx.text, max(0, word.start - 3), word.start)
    return None if cut_off or unit else guess


def _in_name(ctx: Context, word: Word) -> bool:
    """True for a capitalised word beside another one: a part of a name, which may be spelt in any way."""
    if word.text.islower():
        return False
    before = _NEIGHBOUR_BEFORE.search(ctx.text, max(0, word.start - 25), word.start)
    after = _NEIGHBOUR_AFTER.match(ctx.text, word.end)
    for beside in (before, after):
        if beside is None or "," in beside[0] or beside[1].islower():
            continue
        # A capital at the beginning of a sentence says nothing.
        if beside.start(1) not in ctx.sentence_starts or not ctx.is_ordinary(beside[1].lower()):
            return True
    return False


def _certain(guess: Slip, word: Word, starts: frozenset[int]) -> bool:
    """True where a guess holds although the word is capitalised, and might be a name."""
    if word.text.islower():
        return True
    if not word.text[1:].islower() or guess.own >= _RARE or guess.zipf - guess.own < _NAME_GAP:
        return False
    length = len(word.text)
    if word.start in starts:
        return guess.zipf >= 4.0 if length > 5 else guess.zipf >= (6.0 if guess.own else 5.0)
    # Names differ from common words by one letter too, but long ones seldom do.
    return (length > 7 and guess.zipf >= 3.9) or (length > 6 and guess.zipf >= 4.5)
