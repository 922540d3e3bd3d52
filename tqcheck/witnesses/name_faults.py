"""When names without a counterpart are surely a fault, and when they are only a hint.

A name that only one side has is often right: translators explain what readers do not know, and leave
out what they do. It is surely a fault where it is of a kind that has no other words, and surer where
both sides have one that the other lacks.
"""

from __future__ import annotations

from tqcheck.bitext import Bitext
from tqcheck.context import Context
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
_INVENTED, _PERSON = 0.7, 0.85
_LATIN = "\u0250"


def torn_out(found: Names, lost: Unmatched) -> bool:
    """True where the target of a pair has a place from which a name is missing."""
    return found.torn and lost.alone >= _TORN


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

    Where the source has capitals, a name that it has in this place would have been seen as lost; what is
    left is mostly what a translator explains. Japanese characters cannot be compared by sound. One
    unknown word may be spelled quite differently in another script, two hardly.
    """
    if not made.first or made.strength < _INVENTED or made.mention.common:
        return False
    if bitext.source.language.script != "Jpan" and made.strength >= _PERSON and _person(made):
        return True
    if cased(bitext.source) or bitext.source.language.script == "Jpan":
        return False
    return bool(made.mention.keys) or len(made.mention.words) > 1 or _follows_capital(bitext.target, made)


def _person(made: Unmatched) -> bool:
    """True for two unknown words, of which neither has anything like it."""
    return len(made.mention.words) > 1 and not made.mention.keys


def _known(name: Unmatched) -> bool:
    keys = name.mention.keys
    return name.strength >= _CERTAIN and bool(keys) and not name.mention.doubtful


def _latin(ctx: Context, name: Unmatched) -> bool:
    return ctx.text[name.mention.start] < _LATIN


def _follows_capital(ctx: Context, name: Unmatched) -> bool:
    """True for the second of two capitalised words: Zhang, which is an English word too, before Jike."""
    words = ctx.text[max(0, name.mention.start - 30) : name.mention.start].split()
    return bool(words) and words[-1][:1].isupper() and words[-1].isalpha() and len(words[-1]) > 1
