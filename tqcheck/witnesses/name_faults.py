"""When names without a counterpart are surely a fault, and when they are only a hint.

A name that only one side has is often right: translators explain what readers do not know, and leave
out what they do. It is surely a fault where it is of a kind that has no other words, and surer where
both sides have one that the other lacks.
"""

from __future__ import annotations

import re

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.languages.entities import entity, everywhere, written
from tqcheck.languages.short_names import SHORT
from tqcheck.text.case import lower
from tqcheck.text.romanize import is_eastern, romanize
from tqcheck.text.words import WORD
from tqcheck.witnesses.mentions import cased
from tqcheck.witnesses.name_match import seated
from tqcheck.witnesses.names import Names, Unmatched

# How surely a name must be without a counterpart; where its sentence is torn, less is enough.
_LOST, _TORN, _TORN_FIRST = 0.55, 0.35, 0.25
# Of two names that stand for each other, each one and both together must; and beside one that would be
# copied or whose form is known, less is enough of the other.
_EACH, _BOTH = 0.5, 1.0
_CERTAIN, _COPIED, _OTHER = 0.8, 0.6, 0.3
# Two unknown names in two scripts are one, loosely spelled, unless they sound so little alike.
_UNLIKE = 0.35
# A name that might be a common word is so sure; what is less alike than the second is so by chance.
_PLAIN, _CHANCE = 0.4, 0.6
# So short a name is an abbreviation: of a state, of a time zone.
_SHORT = 3
_INVENTED, _PERSON, _CERTAIN_PLACE = 0.7, 0.85, 0.95
# Where a word that the dictionary lacks is so surely a name, the dictionary is a good one.
_LISTED = 0.9
# An attribute may be an adjective of a place under another name.
_ATTRIBUTE = 0.88
_LATIN = "\u0250"
_CHINESE = frozenset({"Hans", "Hant"})
_HAN = re.compile("[\u4e00-\u9fff]")


def torn_out(found: Names, lost: Unmatched) -> bool:
    """True where the target of a pair has a place from which a name is missing."""
    return found.torn is not None and lost.alone >= (_TORN_FIRST if lost.first else _TORN)


def surely_lost(lost: Unmatched) -> bool:
    """True for a name of the source that a sound translation would have."""
    return lost.first and lost.strength >= _LOST and not lost.mention.loose


def surely_exchanged(bitext: Bitext, lost: Unmatched, made: Unmatched) -> bool:
    """True where a name of the target stands for quite another one of the source."""
    if not (lost.first and made.first) or seated(lost.mention.keys, made.mention.keys):
        return False
    if surely_invented(bitext, made):
        return True
    if _known(lost) and (_known(made) or made.strength >= _INVENTED):
        # Two different names, whatever the words around them are.
        return True
    if (
        _elsewhere(made)
        and lost.strength >= _PLAIN
        and lost.sound < _CHANCE
        and max(map(len, lost.mention.words)) > _SHORT
    ):
        # A place far from all that the source names, and a name that it might stand for.
        return True
    if lost.mention.loose or (made.mention.common and not _known(lost)):
        return False
    copied = _latin(bitext.source, lost) and _latin(bitext.target, made)
    unlike = lost.sound < _UNLIKE > made.sound
    if not (copied or unlike or lost.mention.keys or made.mention.keys):
        return False
    certain = lost.strength >= (_COPIED if copied and unlike else _CERTAIN) and (copied or bool(lost.mention.keys))
    if certain and made.strength >= _OTHER:
        return True
    return min(lost.strength, made.strength) >= _EACH and lost.strength + made.strength >= _BOTH


def surely_invented(bitext: Bitext, made: Unmatched) -> bool:
    """True for a name of the target of which the source has nothing.

    What the table does not know is hardly added by a translator, but places that it knows are, to explain
    others: where the source has capitals, a name in this place would have been seen as lost. Where it has
    none, less is enough. One unknown word may be spelled quite differently in another script, two hardly; of
    Japanese and Chinese characters, which may be read in another way, see `is_eastern`.
    """
    if not made.first or made.strength < _INVENTED or made.mention.common:
        return False
    source, words = bitext.source.language, made.mention.words
    if not cased(bitext.source) and _named_thing(bitext.target, made):
        return False
    if made.mention.keys and not made.mention.doubtful:
        if source.script == "Jpan":
            return _foreign_place(bitext, made)
        if cased(bitext.source):
            # What a translator explains is a place in a state, not a sea; before a noun, a sea may go by other words.
            sea = all(entity(key).kind == "water" for key in made.mention.keys)
            return sea and _elsewhere(made) and not _before_noun(bitext.target, made)
        home = any(entity(key).of in source.naming.home for key in made.mention.keys)
        return not (home or _abbreviated(bitext, made))
    if not source.spaced and not is_eastern(romanize(words[-1])):
        part = made.mention.loose and len(words) == 1 and not _follows_capital(bitext.target, made)
        return made.strength >= _PERSON and not part
    if source.script == "Jpan":
        return False
    if cased(bitext.source):
        least = _ATTRIBUTE if made.mention.loose else _PERSON
        copied = source.script == "Latn" or made.sound < _UNLIKE
        return made.strength >= least and (len(words) > 1 or (copied and _unlisted(bitext.target, words[0])))
    return len(words) > 1 or _beside_capital(bitext.target, made)


def _abbreviated(bitext: Bitext, made: Unmatched) -> bool:
    """True where Chinese may say a name by one of its characters: 中柬 (China and Cambodia), 越航 (Vietnam Airlines),
    港府 (the government of Hong Kong), 在京 (in Beijing). It is the first one, or either of two, or one of its own."""
    pair = bitext.pair_at(made.mention.start)
    if bitext.source.language.script not in _CHINESE or pair is None or pair.source is None:
        return False
    text = bitext.source.text[pair.source.start : pair.source.end]
    # The Malawian side is 马方, by the name of the country.
    keys = made.mention.keys | {entity(key).of for key in made.mention.keys if entity(key).kind == "people"}
    names = [name for key in keys if key for name in everywhere(key) if _HAN.match(name)]
    signs = {sign for name in names for sign in (name if len(name) == 2 else name[:1]) + SHORT.get(name, "")}
    return any(sign in text for sign in signs)


def _foreign_place(bitext: Bitext, made: Unmatched) -> bool:
    """True for what Japanese would write in katakana, and the table knows how, and which explains no place near it."""
    language = bitext.source.language
    eastern = any(entity(key).of in language.naming.characters for key in made.mention.keys)
    spelled = all(written(key, language.base) for key in made.mention.keys)
    return made.strength >= _CERTAIN_PLACE and spelled and not (made.near or made.mention.loose or eastern)


def _unlisted(ctx: Context, word: str) -> bool:
    """True for a word that no word of a good dictionary is the stem of (famer), so that it can only be a name."""
    low = lower(word, ctx.language.tag)
    derived = any(len(low) - n > _SHORT and ctx.is_ordinary(low[:-n]) for n in (1, 2))
    return ctx.language.naming.initial >= _LISTED and word[0] < _LATIN and not derived


def _elsewhere(made: Unmatched) -> bool:
    """True for something that the table knows and that lies in no territory of which the source names anything."""
    return _known(made) and not (made.near or made.mention.loose or made.mention.common)


def _known(name: Unmatched) -> bool:
    keys = name.mention.keys
    return name.strength >= _CERTAIN and bool(keys) and not name.mention.doubtful


def _latin(ctx: Context, name: Unmatched) -> bool:
    return ctx.text[name.mention.start] < _LATIN


def _named_thing(ctx: Context, made: Unmatched) -> bool:
    """True for the first part of the name of a thing (Senado Square), which may be described in other words."""
    word = (
        WORD.match(ctx.text, made.mention.end + 1) if ctx.text[made.mention.end : made.mention.end + 1] == " " else None
    )
    return word is not None and word.group()[0].isupper() and ctx.is_ordinary(word.group().lower())


def _before_noun(ctx: Context, made: Unmatched) -> bool:
    """True before a lower-case word that is none of the small ones: “Akdeniz yarasası”, a bat."""
    at = made.mention.end + 1
    word = WORD.match(ctx.text, at) if ctx.text[at - 1 : at] == " " else None
    return word is not None and word.group().islower() and word.group() not in ctx.language.words.function


def _follows_capital(ctx: Context, name: Unmatched) -> bool:
    """True for the second of two capitalised words (Zhang, which is an English word too, before Jike), or behind
    an initial."""
    words = ctx.text[max(0, name.mention.start - 30) : name.mention.start].replace("-", " ").split()
    return bool(words) and words[-1][:1].isupper() and words[-1].rstrip(".").isalpha()


def _beside_capital(ctx: Context, name: Unmatched) -> bool:
    """True for one of two capitalised words."""
    after = ctx.text[name.mention.end : name.mention.end + 2]
    return _follows_capital(ctx, name) or (after[:1] == " " and after[1:].isupper())
