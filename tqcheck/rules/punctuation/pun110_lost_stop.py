"""PUN110 lost-stop."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.words import count

if TYPE_CHECKING:
    from tqcheck.witnesses.endings import Ending

# Shorter stretches are headings, captions and items of lists.
_LEAST = 5
# Where more of the paragraphs lost their stops, their style was changed.
_MOST = 0.2
# The stop as the script writes it.
_WIDE = {".": "。", "!": "！", "?": "？"}
_PLAIN = {"。": ".", "｡": ".", "！": "!", "？": "?", "؟": "?", "۔": ".", "।": ".", "॥": ".", "։": "."}
_ARABIC = {"?": "؟"}


@rule(
    "PUN110",
    "lost-stop",
    Category.PUNCTUATION,
    Severity.MINOR,
    needs=("source",),
    examples=(
        example(
            "en",
            "The council could not agree on a new ⟦mayor⟧",
            "The council could not agree on a new mayor.",
            source="⟦Le conseil n’a pas pu s’accorder sur un nouveau maire.⟧",
            source_lang="fr",
        ),
        example(
            "ja",
            "市議会は新しい市長について合意できなかった",
            source="The council could not agree on a new mayor: a headline",
            source_lang="en",
        ),
        example(
            "de",
            "Wer folgt dem alten Bürgermeister im ⟦Amt⟧",
            "Wer folgt dem alten Bürgermeister im Amt?",
            source="⟦誰が前の市長の後を継ぐのか？⟧",
            source_lang="ja",
        ),
        example(
            "en",
            "Council cannot agree on a new mayor",
            source="Le conseil ne s’accorde pas sur un nouveau maire",
            source_lang="fr",
        ),
        example(
            "fr",
            "Le maire est arrivé hier à Washington",
            source="The mayor arrived yesterday in Washington D.C.",
            source_lang="en",
        ),
        example(
            "en",
            "He said three things to the press:",
            source="Er sagte der Presse drei Dinge.",
            source_lang="de",
        ),
    ),
)
def lost_stop(ctx: Context) -> Iterator[Draft]:
    """The original of a sentence ends in a stop, the sentence in none.

    Why: the mark was lost, often with the end of the sentence; the reader looks for more.
    When it is wrong: headings, captions and lists whose style the desk changed; a first line above
    others, short lines, and articles where many stops are gone are therefore left alone.
    Norm: a sentence ends in a mark (The Chicago Manual of Style, 17th ed., 6.12).
    """
    from tqcheck.witnesses.endings import endings, final_mark

    bitext = ctx.bitext
    assert bitext is not None
    every = bitext.once(endings)
    bare = [ending for ending in every if ending.due and not ending.given]
    several = len(bare) > max(1, _MOST * len(every))
    for ending in bare:
        if _heading(ctx, ending):
            continue
        at = bisect_left(ctx.words, (ending.target.end,)) - 1
        word = ctx.words[at]
        after = ctx.text[word.end : ending.target.end].strip()
        if word.start < ending.target.start or final_mark(f"x{after}") or len(after) > 2:
            continue
        # Whether the stop comes before a closing quote is the house's to say.
        repaired = None if after else word.text + _mark(ctx, ending.due)
        yield ctx.draft(
            word.start,
            word.end,
            f"The original ends in “{ending.due}” here: the sentence has no final mark.",
            repaired,
            # Within a closing quote, people too leave the stop out, and some houses put none there.
            at_most=Confidence.LOW if several or after else Confidence.HIGH,
            source=ending.source,
        )


def _heading(ctx: Context, ending: Ending) -> bool:
    """True for what may be a heading or an item: the first of several lines, and a short one."""
    first = len(ctx.paragraphs) > 1 and ending.target.start == ctx.paragraphs[0].start
    return first or count(ctx.text[ending.target.start : ending.target.end]) < _LEAST


def _mark(ctx: Context, due: str) -> str:
    """Return the stop of the original as the target writes it."""
    plain = _PLAIN.get(due, due)
    if not ctx.language.spaced:
        return _WIDE.get(plain, plain)
    return _ARABIC.get(plain, plain) if ctx.language.script == "Arab" else plain
