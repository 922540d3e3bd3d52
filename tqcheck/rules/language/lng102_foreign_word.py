"""LNG102 foreign-word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from tqcheck.languages.foreign import has_large_list
from tqcheck.languages.strangers import fits, native, stranger
from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.asides import asides, glossed, inside, quotations, stands_alone
from tqcheck.text.words import Word

# The first word of a sentence might be a name.
_HOME_FIRST = 3.8
# Words on either side among which others may be foreign too.
_REACH = 4
# A word that is hardly ever written is one of dialect where it is quoted.
_DIALECT = 2.2


@rule(
    "LNG102",
    "foreign-word",
    Category.UNTRANSLATED,
    Severity.MAJOR,
    needs=("spaced", "frequencies"),
    yields_to=("LNG103", "UNT101", "UNT102", "UNT103", "UNT104", "WRD101"),
    examples=(
        example("en", "The harvest was ⟦abbastanza⟧ good this year."),
        example("en", "The house on the lake ⟦gehört⟧ to the mayor."),
        example("de", "Die Partei will Wachstum ⟦également⟧ in den Städten fördern."),
        example("en", "The chef served spaghetti, sushi and a croissant at the café."),
        example("en", "The so-called “Energiewende” (energy transition) began in 2011."),
        example("en", "The evening at the Casa della Musica was a tour de force, a fait accompli."),
        example("pl", "Po śląsku powie: „Jo żech je stond, pra?”. I już."),
        example("it", "Il manager del team ha chiesto uno sponsor per il weekend."),
    ),
)
def foreign_word(ctx: Context) -> Iterator[Draft]:
    """A lower-case word of another language stands among words of the article's own.

    Why: a translation system left the word of the original as it was, and the sentence has a hole.
    When it is wrong: a loan word too new for the lists. Brackets, short quotations, words with a
    gloss, phrases of several foreign words, and what the article writes twice are left alone.
    Norm: The Chicago Manual of Style, 17th ed., 7.53: unfamiliar foreign words are set off
    (italics, quotation marks) and explained.
    """
    language, text = ctx.language, ctx.text
    base, script = language.base, language.script
    if not has_large_list(base):
        return
    shown = spoken = None
    for form, found in ctx.vocabulary.items():
        # What an article says twice is its term; capitals make a name of a word.
        if len(found) > 1 or len(form) < 3 or not form.isalpha():
            continue
        word, first = found[0], not form.islower()
        if first and not (form[1:].islower() and word.start in ctx.sentence_starts):
            continue
        foreign = stranger(form.lower(), base, script)
        if foreign is None or (first and (foreign.here or foreign.there < _HOME_FIRST)):
            continue
        at = bisect_left(ctx.words, word)
        before, after = _beside(text, ctx.words, at)
        if first and not (after and native(after, base, script)):
            continue
        if not fits(foreign, before, after, base, script):
            continue
        shown = asides(text) if shown is None else shown
        used = stands_alone(text, word.start, word.end) and not glossed(text, word.end)
        if not used or inside(shown, word.start, word.end):
            continue
        # Several strangers together are a phrase that someone quotes, or a sentence (LNG103).
        nearby = ctx.words[max(0, at - _REACH) : at + _REACH + 1]
        spoken = quotations(text) if spoken is None else spoken
        quoted = inside(spoken, word.start, word.end)
        odd = sum(_odd(ctx, w.text, quoted) for w in nearby if w.text.islower())
        if quoted and odd > 1:
            continue
        phrase = odd > 2
        yield ctx.draft(
            word.start,
            word.end,
            f"“{form}” was left untranslated.",
            at_most=Confidence.LOW if phrase else Confidence.HIGH,
            home=foreign.home,
            zipf=foreign.here,
            zipf_home=foreign.there,
        )


def _odd(ctx: Context, form: str, quoted: bool) -> bool:
    """True for a stranger; among what someone said, also for a word of dialect."""
    if stranger(form, ctx.language.base, ctx.language.script) is not None:
        return True
    return quoted and len(form) > 2 and ctx.frequencies.zipf(form) < _DIALECT


def _beside(text: str, words: list[Word], n: int) -> tuple[str, str]:
    """Return the words before and after word `n`, empty where more than a space parts them."""
    word = words[n]
    before = words[n - 1] if n else None
    after = words[n + 1] if n + 1 < len(words) else None
    return (
        before.text if before and text[before.end : word.start] == " " else "",
        after.text if after and text[word.end : after.start] == " " else "",
    )
