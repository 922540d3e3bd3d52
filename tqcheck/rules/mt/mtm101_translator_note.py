"""MTM101 translator-note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tqcheck.languages import load
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.labels import alternatives

# A quotation in a sentence that goes on after it.
_QUOTED = re.compile(r"[ \t]*[\"“«„「『][^\n\"”»“」』]{1,300}[\"”»“」』][,.]? ?[^\W\d_]{2}")


@cache
def _prompts(tag: str) -> re.Pattern[str]:
    """A phrase of the language, or of English, in which a model speaks, at the start of a line."""
    language = load(tag)
    own, english = language.mt.prompts, load("en").mt.prompts
    # Without spaces between words, the phrase may go on at once.
    ends = r"(?!\w)" if language.spaced else ""
    opening = r"^[ \t>*_\"“«„「『(\[]*"
    return re.compile(
        rf"{opening}((?:{alternatives([*own, *english])}){ends}(?:(?<=[:：])|[^\n:：.]{{0,60}}[:：]?))", re.I | re.M
    )


@rule(
    "MTM101",
    "translator-note",
    Category.MT_MARKER,
    Severity.CRITICAL,
    needs=("record",),
    examples=(
        example("en", "⟦Here is the translation of the article:⟧\nMinisters met in Oslo."),
        example("en", "⟦As an AI language model, I cannot give an opinion⟧. Ministers met."),
        example("en", "The publisher says that here is the translation everyone waited for."),
        example("en", "Translation: a life in two languages is her new book."),
        example("ru", "⟦Вот перевод:⟧ Президент подписал указ."),
        example("de", "Er sagte, hier sei die Übersetzung falsch."),
    ),
)
def translator_note(ctx: Context) -> Iterator[Draft]:
    """A language model speaks to whoever asked it to translate.

    Why: it shows readers that the text came from a machine and that nobody read it.
    When it is wrong: an article that quotes such a reply; where the quotation mark before it is closed
    and the sentence goes on (“…,” it replied), nothing is reported.
    Norm: none needed; the phrases are in the language record.
    """
    for match in _prompts(ctx.language.tag).finditer(ctx.text):
        if _QUOTED.match(ctx.text, match.start()):
            continue
        yield ctx.draft(*match.span(1), f"“{match.group(1)}” is a note of the translation system, not of the author.")
