"""PUN103 stray-symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.quotes import SINGLE, quotations

# Between letters of a script without spaces; the space or colon after @央视新闻 shows a handle.
_HAN = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
_WEDGED = re.compile(rf"(?:\^|@(?!\w+[ ：:]))(?<={_HAN}.)(?={_HAN})")
# A symbol glued to the end of a word, before another word. The symbol comes first: the search jumps from one to the next.
_GLUED = re.compile(r"([@^~_#*-])(?<=[^\W_].)(?= ([^\W_]+))")
_BEFORE = re.compile(r"[^\W\d_]+$")


@rule(
    "PUN103",
    "stray-symbol",
    Category.PUNCTUATION,
    Severity.MINOR,
    yields_to=("QUO102", "SPA105", "SPA106"),
    examples=(
        example("en", "She found a⟦-⟧ job in more⟦@⟧ than one town.", "She found a job in more than one town."),
        example("fr", "Le maire a⟦^⟧ quitté la salle.", "Le maire a quitté la salle."),
        example("en", "You can⟦'⟧ say what you want.", "You can say what you want."),
        example("de", "Ein- und Ausgang, Nord- wie Südseite, vor- oder nachmittags."),
        example("en", "Short- to mid-term, pre- and post-war; the *old* and _new_ C# code, the kids' toys."),
        example("zh", "据@央视新闻 报道，大桥已经关闭。"),
        example("it", "Un po' di pane e un mo' di dire."),
        example("en", "The price* rose in 3~ 5 shops.\n* without tax"),
    ),
)
def stray_symbol(ctx: Context) -> Iterator[Draft]:
    """A symbol stands at the end of a word where nothing calls for it.

    Why: residue of tokens or markup; the reader looks for a meaning that is not there.
    When it is wrong: suspended hyphens (short- and long-term): one before a function word is
    left alone; footnote stars and paired emphasis too.
    Norm: none needed.
    """
    text, function = ctx.text, ctx.language.words.function
    leads = ctx.language.words.leading
    for match in _GLUED.finditer(text):
        symbol, after = match.groups()
        start, end = match.span(1)
        found = _BEFORE.search(text, max(0, start - 30), start)
        before = found.group() if found else ""
        level = Confidence.HIGH
        if symbol == "-":
            suspended = after in function and after not in leads
            if not before or not after[0].islower() or suspended or not function:
                continue
            # After a name it may be half of a compound: US- amerikanisch.
            level = Confidence.HIGH if before.islower() else Confidence.LOW
        elif symbol in "*_~" and (text.count(symbol) > 1 or not before):
            continue  # emphasis or footnotes
        elif symbol in "*#" and (not before.islower() or len(before) < 2):
            continue  # C#, a grade A*
        elif not before and symbol != "^":
            continue
        if symbol == "*":
            level = Confidence.LOW
        yield _draft(ctx, start, end, level)
    for match in _WEDGED.finditer(text):
        yield _draft(ctx, match.start(), match.end(), Confidence.HIGH)
    yield from _apostrophes(ctx)


def _apostrophes(ctx: Context) -> Iterator[Draft]:
    """An apostrophe after a word that takes none: neither a genitive nor a cut vowel."""
    text, words = ctx.text, ctx.language.words
    if not words.function or ctx.language.quotes.elisions:
        return
    marks = [m for m in quotations(text, ctx.language.quotes).marks if m.glyph in SINGLE]
    paired = any(m.role in ("opening", "closing") for m in marks)
    for mark in marks:
        if mark.role not in ("unknown", "unpaired", "apostrophe") or mark.glyph not in "'’":
            continue
        found = _BEFORE.search(text, max(0, mark.start - 30), mark.start)
        if found is None or text[mark.end : mark.end + 1] != " " or not text[mark.end + 1 : mark.end + 2].islower():
            continue
        before = found.group()
        if before in words.function and len(before) > 1:
            yield _draft(ctx, mark.start, mark.end, Confidence.HIGH)
        elif mark.role != "apostrophe" and before.islower() and len(before) > 3 and before[-1] not in "snx":
            # Next to quotations in single marks it is rather the rest of one.
            yield _draft(ctx, mark.start, mark.end, Confidence.LOW if paired else Confidence.MEDIUM)


def _draft(ctx: Context, start: int, end: int, level: Confidence) -> Draft:
    near = ctx.text[max(0, start - 12) : end + 12].replace("\n", " ").strip()
    return ctx.draft(start, end, f"Nothing calls for “{ctx.text[start:end]}” in “{near}”.", "", at_most=level)
