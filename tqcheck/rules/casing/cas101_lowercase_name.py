"""CAS101 lowercase-name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tqcheck.languages.lexicon import Name
from tqcheck.languages.name_finder import adjoining, split_apostrophe, uncapitalised
from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.case import capitalised
from tqcheck.text.words import Word

# How often an article must write a word with a capital, inside sentences, to vouch for it.
_OWN_EVIDENCE = 3
# Words with hyphens in lower case: états-unis, noord-korea.
_HYPHENED = re.compile(r"(?<![\w./@#'’-])(?:[ld]['’])?([^\W\d_]{2,}(?:-[^\W\d_]{2,}){1,3})(?![\w@/'’-]|\.\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")


@rule(
    "CAS101",
    "lowercase-name",
    Category.CASING,
    Severity.MAJOR,
    needs=("record", "cased"),
    yields_to=("CAS105",),
    examples=(
        example("en", "They were questioned in ⟦kyiv⟧ on Monday.", "They were questioned in Kyiv on Monday."),
        example("en", "Talks at the ⟦united nations⟧ failed.", "Talks at the United Nations failed."),
        example("fr", "Il vit aux ⟦états-unis⟧.", "Il vit aux États-Unis."),
        example("fr", "Il vit en ⟦ukraine⟧ depuis 2019.", "Il vit en Ukraine depuis 2019."),
        example(
            "en",
            "We met Tkachenko. Nobody knew Tkachenko. Later Tkachenko left, and ⟦tkachenko⟧ wrote a book.",
            "We met Tkachenko. Nobody knew Tkachenko. Later Tkachenko left, and Tkachenko wrote a book.",
        ),
        example(
            "en",
            "Turkey voted. Storms in ⟦turkey⟧ ended on 5 ⟦march⟧.",
            "Turkey voted. Storms in Turkey ended on 5 March.",
        ),
        example("en", "They served turkey and china cups in march time."),
        example("fr", "Les soldats ukrainiens parlent français."),
        example("en", "See kyiv.example.org or write to press@kyiv.org."),
        example("es", "El lunes habló en inglés."),
    ),
)
def lowercase_name(ctx: Context) -> Iterator[Draft]:
    """A proper name is written in lower case.

    Why: the system took the name for a common word, or copied it from a script without capitals.
    When it is wrong: names that are also common words (turkey, march) need evidence beside them:
    a date, or a preposition of place and the capital elsewhere in the article; brands that
    write themselves in lower case are not in the lexicon.
    Norm: the orthography of each language; names from CLDR, GeoNames and hand-written lists. A name
    that is in none of them is reported where the article itself writes it with a capital.
    """
    covered: set[int] = set()
    for draft in _several_words(ctx):
        covered.update(range(draft.start, draft.end))
        yield draft
    for draft in _hyphened(ctx):
        covered.update(range(draft.start, draft.end))
        yield draft
    single = ctx.names.single
    for text, places in ctx.vocabulary.items():
        # Most words are no name, and are never capitalised in the article either: told at once.
        if not text.islower() or (text.isalpha() and text not in single and capitalised(text) not in ctx.vocabulary):
            continue
        for offset, part in split_apostrophe(text):
            found = _right_form(ctx, part)
            if found is None:
                continue
            form, why = found
            for word in places:
                start = word.start + offset
                if why == "context" and not _in_context(ctx, word, ctx.names.single[part]):
                    continue
                if start not in covered and not _in_compound(ctx, word.start, start + len(part)):
                    message = f"“{part}” is a name; write “{form}”."
                    level = Confidence.MEDIUM if why == "learned" else Confidence.HIGH
                    safe = why == "lexicon"
                    yield ctx.draft(start, start + len(part), message, form, safe=safe, at_most=level, evidence=why)


def _hyphened(ctx: Context) -> Iterator[Draft]:
    """Yield the lower-case names with a hyphen, which are several words here and one in the lexicon."""
    for match in _HYPHENED.finditer(ctx.text) if "-" in ctx.text else ():
        found = match.group(1)
        name = ctx.names.single.get(found)
        if name is None or name.common or name.form == found:
            continue
        # Towns lend their names to what they make: un saint-émilion.
        if name.kind in {"country", "region"} or not ctx.is_ordinary(found):
            start, end = match.span(1)
            level = Confidence.MEDIUM if name.learned else Confidence.HIGH
            message = f"“{found}” is a name; write “{name.form}”."
            yield ctx.draft(start, end, message, name.form, safe=not name.learned, at_most=level)


def _right_form(ctx: Context, part: str) -> tuple[str, str] | None:
    """Return the right casing of a lower-case word and its witness, None where there is none."""
    if len(part) < 3:
        return None
    name = ctx.names.single.get(part)
    if name is not None:
        if name.form.islower():
            return None
        return name.form, "context" if name.common else "learned" if name.learned else "lexicon"
    form = part[0].upper() + part[1:]
    capitals = ctx.vocabulary.get(form, [])
    least = max(1, len(ctx.vocabulary.get(part, ()))) * _OWN_EVIDENCE
    if len(capitals) < least or sum(w.start not in ctx.sentence_starts for w in capitals) < least:
        return None
    # A word of the dictionary may be both: “the President” and “a president”.
    if ctx.is_ordinary(part) or part in ctx.language.words.particles or ctx.frequencies.zipf(part) > 4.5:
        return None
    return form, "the article itself"


def _in_context(ctx: Context, word: Word, name: Name) -> bool:
    """True where the surroundings show that a common word is meant as a name: “in turkey” in an
    article about Turkey, “5 march”, “march 2024”."""
    at = bisect_left(ctx.words, word)
    before = ctx.words[at - 1] if at else None
    after = ctx.words[at + 1] if at + 1 < len(ctx.words) else None
    if name.kind == "calendar":
        day = before is not None and before.text.isdecimal() and 1 <= int(before.text[:3]) <= 31
        year = after is not None and _YEAR.fullmatch(after.text) is not None
        return (day and adjoining(ctx.text, before, word)) or (year and adjoining(ctx.text, word, after))  # type: ignore[arg-type]
    if name.kind not in {"country", "city", "region"} or before is None or not adjoining(ctx.text, before, word):
        return False
    return before.text.lower() in ctx.language.words.locative and name.form in ctx.vocabulary


def _in_compound(ctx: Context, start: int, end: int) -> bool:
    """True inside a hyphenated compound or a dotted or underscored code."""
    return (
        ctx.text[start - 1 : start] in {"-", "_", ".", "/", "@", "#"}
        or ctx.text[end : end + 1] in {"_", "/", "@"}
        or (ctx.text[end : end + 1] in {".", "-"} and ctx.text[end + 1 : end + 2].isalnum())
    )


def _described(ctx: Context, window: Sequence[Word]) -> bool:
    """True where ordinary words are told of what they are: the west bank of the river."""
    after = bisect_left(ctx.words, window[-1]) + 1
    if after >= len(ctx.words) or ctx.words[after].text not in ctx.language.naming.of:
        return False
    return all(ctx.is_ordinary(word.text) for word in window)


def _several_words(ctx: Context) -> Iterator[Draft]:
    for window, name in uncapitalised(ctx.text, ctx.words, ctx.vocabulary, ctx.names, ctx.language.tag):
        start, end = window[0].start, window[-1].end
        # A white house is a house; united states are hardly anything but the country.
        if (not name.common or name.kind == "country") and not _in_compound(ctx, start, end):
            if name.kind != "country" and _described(ctx, window):
                continue
            stretch = ctx.text[start:end]
            level = Confidence.MEDIUM if name.learned else Confidence.HIGH
            message = f"“{stretch}” is a name; write “{name.form}”."
            yield ctx.draft(start, end, message, name.form, safe=not name.learned, at_most=level)
