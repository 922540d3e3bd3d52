"""LNG103 foreign-sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from tqcheck.languages import load
from tqcheck.languages.foreign import SCRIPTS, candidates
from tqcheck.languages.frequency import frequencies
from tqcheck.model import Category, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.asides import inside, quotations

# Fewer words do not tell a language.
_LEAST = 6
# German writes its nouns with a capital, so fewer words are in lower case there.
_NOUN_CAPITALS, _FEW, _NOUN = "de", 3, 3.0
# Of the words of a foreign sentence at most this share are function words of the article's
# language by accident (English “a” is Italian too).
_ACCIDENT = 0.3
# The words must be this much commoner in the other language, on average, and common there.
_GAP, _COMMON = 1.2, 4.0
# In a text without spaces: a stretch of Latin or Cyrillic words with spaces, to its stop.
_SPACED = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u04ff][A-Za-z\u00c0-\u024f\u0400-\u04ff ,;:'’“”\"()0-9-]*[.!?]?")

# A sentence in Chinese characters alone: Japanese needs kana for its endings.
_HAN_ALONE = re.compile("[\u3400-\u9fff\uff10-\uff19，、：；0-9]{8,}[。！？]")
_RATHER = 0.5


@rule(
    "LNG103",
    "foreign-sentence",
    Category.WRONG_LANGUAGE,
    Severity.MAJOR,
    needs=("record", "frequencies"),
    yields_to=("UNT102",),
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
    yield from _chinese(ctx)
    for stretch, forms in _stretches(ctx):
        plain = [form for form in forms if form.islower() and form.isalpha()]
        if len(plain) >= _FEW and ctx.language.base != _NOUN_CAPITALS:
            plain += _nouns(ctx, forms)
        # Names do not tell a language; a sentence of which half are names may be a list of them.
        if len(plain) < _LEAST or 2 * len(plain) < len(forms):
            continue
        if sum(form in ctx.language.words.function for form in plain) > _ACCIDENT * len(plain):
            continue
        other = _language(plain, ctx.language.base)
        if other is None:
            continue
        shown = quotations(ctx.text) if shown is None else shown
        if inside(shown, stretch.start + 1, stretch.start + 2):
            continue
        short = _short(ctx.text[stretch.start : stretch.end])
        yield ctx.draft(*stretch, f"The sentence “{short}” was left untranslated.", home=other)


def _nouns(ctx: Context, forms: list[str]) -> list[str]:
    """Return the words of a sentence that German alone knows, and writes with a capital."""
    german = frequencies(_NOUN_CAPITALS, common=True).zipf
    found = (form.lower() for form in forms if form.istitle() and len(form) > _FEW)
    return [form for form in found if german(form) >= max(_NOUN, ctx.frequencies.zipf(form) + _GAP)]


def _chinese(ctx: Context) -> Iterator[Draft]:
    """Yield the sentences of a Japanese text without kana whose characters are rather Chinese."""
    if ctx.language.script != "Jpan":
        return
    japanese, chinese = ctx.frequencies.zipf, frequencies("zh").zipf
    for sentence in ctx.sentences:
        text = ctx.text[sentence.start : sentence.end]
        if _HAN_ALONE.fullmatch(text) and sum(chinese(c) - japanese(c) for c in text) > _RATHER * len(text):
            yield ctx.draft(*sentence, f"The sentence “{_short(text)}” was left in Chinese.", home="zh")


def _stretches(ctx: Context) -> Iterator[tuple[Span, list[str]]]:
    """Yield the sentences with their words; in a text without spaces, the stretches with spaces."""
    spans = ctx.sentences if ctx.language.spaced else [Span(*m.span()) for m in _SPACED.finditer(ctx.text)]
    for span in spans:
        first, last = bisect_left(ctx.words, (span.start,)), bisect_left(ctx.words, (span.end,))
        yield span, [word.text for word in ctx.words[first:last]]


def _language(forms: list[str], base: str) -> str | None:
    """Return the language that the words are at home in, None where it may be the article's own."""
    here = list(map(frequencies(base).zipf, forms))
    best: tuple[float, str] | None = None
    for tag in candidates(base, _script(forms)):
        there = list(map(frequencies(tag, common=True).zipf, forms))
        gains = [t - h for t, h in zip(there, here, strict=True)]
        # One word that only the article's own language writes refutes the rest.
        if sum(there) >= _COMMON * len(forms) and min(gains) > -_GAP and sum(gains) >= _GAP * len(forms):
            best = max(best or (0.0, ""), (sum(gains), tag))
    if best is None:
        return None
    other = best[1]
    function = load(other).words.function
    zipf = frequencies(other, common=True).zipf
    seen = sum(form in function if function else zipf(form) >= 6 for form in forms)
    return other if seen >= 2 else None


def _script(forms: list[str]) -> str:
    return max(SCRIPTS, key=lambda script: sum(SCRIPTS[script][0] <= form[0] <= SCRIPTS[script][1] for form in forms))


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 60 else sentence[:59].rstrip() + "…"
