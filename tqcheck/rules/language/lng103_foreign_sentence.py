"""LNG103 foreign-sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tqcheck.languages.frequency import frequencies
from tqcheck.languages.other import other_language
from tqcheck.model import Category, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.asides import inside, quotations
from tqcheck.witnesses.language import plain_words, stretches

# Fewer words do not tell a language.
_LEAST = 6
# Of the words of a foreign sentence at most this share are function words of the article's
# language by accident (English “a” is Italian too).
_ACCIDENT = 0.3
# A sentence in Chinese characters alone: Japanese needs kana for its endings.
_HAN_ALONE = re.compile("[\u3400-\u9fff\uff10-\uff19，、：；0-9]{8,}[。！？]")
_RATHER = 0.5


@rule(
    "LNG103",
    "foreign-sentence",
    Category.WRONG_LANGUAGE,
    Severity.MAJOR,
    needs=("record", "frequencies"),
    yields_to=("UNT102", "UNT103", "UNT104"),
    examples=(
        example(
            "en",
            "The road was closed. ⟦La police a ouvert une enquête sur les causes de cet accident.⟧ Nobody was hurt.",
        ),
        example("de", "Der Zug hielt in Ulm. ⟦The driver told the police that he had not seen the signal.⟧"),
        example("zh", "市长宣布了新计划。\n⟦The new plan will be presented to the public before the end of the year.⟧"),
        example("ja", "列車は遅れた。⟦航空公司已经向所有乘客道歉。⟧知事は会見した。"),
        example("en", "“Il faut que la police ouvre une enquête sur les causes de cet accident,” he said in French."),
        example("en", "The road was closed. ⟦Die Polizei sucht nach Zeugen des Unfalls.⟧ It reopened."),
        example("en", "Real Madrid, Bayern Munich, Paris Saint-Germain and Juventus Turin were drawn together."),
        example("de", "Der Song „I can’t get no satisfaction and I try“ lief den ganzen Abend im Radio."),
        example("fr", "Le film The Lord of the Rings: The Return of the King passe ce soir à la télévision."),
    ),
)
def foreign_sentence(ctx: Context) -> Iterator[Draft]:
    """A whole sentence stands in another language.

    Why: a translation system skipped it, and the reader is left with the original.
    When it is wrong: poems, mottos and songs quoted without quotation marks.
    Norm: The Chicago Manual of Style, 17th ed., 13.73: quotations in another language are marked
    and translated.
    """
    shown: list[Span] | None = None
    function = _plain_function(ctx.language.words.function)
    yield from _chinese(ctx)
    for stretch, forms in stretches(ctx):
        # The usual case, told quickly: there are no more plain words than words.
        if len(forms) < _LEAST or sum(map(function.__contains__, forms)) > _ACCIDENT * len(forms):
            continue
        plain = plain_words(ctx, forms)
        # Names do not tell a language; a sentence of which half are names may be a list of them.
        if len(plain) < _LEAST or 2 * len(plain) < len(forms):
            continue
        if sum(map(function.__contains__, plain)) > _ACCIDENT * len(plain):
            continue
        other = other_language(plain, ctx.language.base)
        if other is None:
            continue
        shown = quotations(ctx.text) if shown is None else shown
        if inside(shown, stretch.start + 1, stretch.start + 2):
            continue
        short = _short(ctx.text[stretch.start : stretch.end])
        yield ctx.draft(*stretch, f"The sentence “{short}” was left untranslated.", home=other)


@cache
def _plain_function(words: frozenset[str]) -> frozenset[str]:
    """Return the words without a capital or an apostrophe, as `plain_words` are."""
    return frozenset(word for word in words if word.islower() and word.isalpha())


def _chinese(ctx: Context) -> Iterator[Draft]:
    """Yield the sentences of a Japanese text without kana whose characters are rather Chinese."""
    if ctx.language.script != "Jpan":
        return
    japanese, chinese = ctx.frequencies.zipf, frequencies("zh").zipf
    for sentence in ctx.sentences:
        text = ctx.text[sentence.start : sentence.end]
        if _HAN_ALONE.fullmatch(text) and sum(chinese(c) - japanese(c) for c in text) > _RATHER * len(text):
            yield ctx.draft(*sentence, f"The sentence “{_short(text)}” was left in Chinese.", home="zh")


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 60 else sentence[:59].rstrip() + "…"
