"""When names without a counterpart are surely a fault, and when they are only a hint.

A name that only one side has is often right: translators explain what readers do not know, and leave
out what they do. It is surely a fault where it is of a kind that has no other words, and surer where
both sides have one that the other lacks.
"""

from __future__ import annotations

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.languages.entities import entity
from tqcheck.text.romanize import is_eastern, romanize
from tqcheck.witnesses.mentions import cased
from tqcheck.witnesses.name_match import seated
from tqcheck.witnesses.names import Names, Unmatched

# How surely a name must be without a counterpart; where its sentence is torn, less is enough.
_LOST, _TORN = 0.55, 0.35
# Of two names that stand for each other, each one and both together must; and beside one that would be
# copied or whose form is known, less is enough of the other.
_EACH, _BOTH = 0.5, 1.0
_CERTAIN, _COPIED, _OTHER = 0.8, 0.6, 0.3
# Two unknown names in two scripts are one, loosely spelled, unless they sound so little alike.
_UNLIKE = 0.35
_INVENTED, _PERSON, _CERTAIN_PLACE = 0.7, 0.8, 0.95
_LATIN = "\u0250"


def torn_out(found: Names, lost: Unmatched) -> bool:
    """True where the target of a pair has a place from which a name is missing."""
    return found.torn is not None and lost.alone >= _TORN


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

    What the table does not know of is hardly added by a translator; of a place that it knows, the source
    must name nothing of the same territory, or it is an explanation (the state around a city). Where the
    source is without capitals, less is enough. One unknown word may be spelled quite differently in
    another script, two hardly, and nothing is heard of Japanese characters.
    """
    if not made.first or made.strength < _INVENTED or made.mention.common:
        return False
    source, person = bitext.source.language, len(made.mention.words) > 1
    if made.mention.keys and not made.mention.doubtful:
        characters = any(entity(key).of in source.naming.characters for key in made.mention.keys)
        if made.strength >= _CERTAIN_PLACE and not (made.near or made.mention.loose or characters):
            return True
        return not cased(bitext.source) and source.script != "Jpan"
    if made.strength >= _PERSON:
        if not source.spaced and not is_eastern(romanize(made.mention.words[-1])):
            return True
        if source.script != "Jpan" and (person or (_latin(bitext.target, made) and cased(bitext.source))):
            return True
    if cased(bitext.source) or source.script == "Jpan":
        return False
    return person or _beside_capital(bitext.target, made)


def _known(name: Unmatched) -> bool:
    keys = name.mention.keys
    return name.strength >= _CERTAIN and bool(keys) and not name.mention.doubtful


def _latin(ctx: Context, name: Unmatched) -> bool:
    return ctx.text[name.mention.start] < _LATIN


def _beside_capital(ctx: Context, name: Unmatched) -> bool:
    """True for one of two capitalised words: Zhang, which is an English word too, before Jike; or behind an initial."""
    before = ctx.text[max(0, name.mention.start - 30) : name.mention.start].split()
    after = ctx.text[name.mention.end : name.mention.end + 30].split(maxsplit=1)
    capital = bool(before) and before[-1][:1].isupper() and before[-1].rstrip(".").isalpha()
    spaced = ctx.text[name.mention.end : name.mention.end + 1] == " "
    return capital or (spaced and bool(after) and after[0][:1].isupper())
