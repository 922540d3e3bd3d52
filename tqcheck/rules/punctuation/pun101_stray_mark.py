"""PUN101 stray-mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# Two marks in a row of which the second has nothing to end: “. .”, “,,”, “;?”. Abbreviation dots
# may precede any mark, and an ellipsis has three dots.
_TWICE = re.compile(
    r"[.,;:،؛，、；：。！？](?:"
    r"(?<=\.)(?<![.…].)(?<![.…]\s.)\s\.(?![\s.]{0,9}\.)(?!\w)"
    r"|(?<=\.)(?<![.…\d].)\.(?![./\\…])(?!\w)"
    r"|(?<=[,;:])[ \xa0]?[,;:.?!](?![\w.)(/\\*+-])"
    r"|(?<=[،؛])[ \xa0]?(?:[،؛؟]|\.(?!\.))"
    r"|(?<=[，、；：])[，、；：。？！]|(?<=。) ?[，、；。](?!。)|(?<=[！？])[，、；。])"
)
# A mark between two words of one clause.
_INSIDE = re.compile(r"[.?!,;:](?= ([^\W_]+))")
_WORD_BEFORE = re.compile(r"[^\W_,”\"] ([^\W\d_]{2,23}|a)$|[,”\"] ([^\W\d_]{2,23})$")


@rule(
    "PUN101",
    "stray-mark",
    Category.PUNCTUATION,
    Severity.MINOR,
    examples=(
        example("en", "The talks ended late⟦. .⟧ Nobody spoke.", "The talks ended late. Nobody spoke."),
        example("fr", "Il est parti⟦,,⟧ puis revenu.", "Il est parti, puis revenu."),
        example("en", "The young girl was born in⟦?⟧ a small town.", "The young girl was born in a small town."),
        example("de", "Sie kam, sah⟦;?⟧ und ging.", "Sie kam, sah; und ging."),
        example("en", "Really?! Wait... He left, etc., and so on. . . ."),
        example("fr", "M. Dupont, etc., habite au n. 5."),
        example("de", "Das gilt z. B. für ca. drei Dr. med. dent."),
        example("en", "Will the new plan pass at the second time of asking? wonders the paper."),
        example("en", "Yahoo! announced it; who? Us: so said Who Knew? on TV."),
        example("zh", "他走了……真的？！"),
    ),
)
def stray_mark(ctx: Context) -> Iterator[Draft]:
    """A mark is doubled, follows another for nothing, or ends a sentence that goes on.

    Why: a dropped word or a merged line leaves its mark behind; the reader stops for nothing.
    When it is wrong: abbreviations that the record lacks; names with a mark of their own (Yahoo!).
    Norm: one mark at one place; ellipsis and ?! apart.
    """
    text = ctx.text
    for match in _TWICE.finditer(text):
        start, end = match.span()
        marks = match.group()
        if (marks[0] == ":" and marks[-1] in ":;") or (text[start - 1 : start] in ("", "\n", " ") and marks[0] in ":;"):
            continue  # ::, emoticons and code
        keep = marks[-1] if marks[0] in ",،，、" and marks[-1] in ".。؟？?!" and _ends(text, end) else marks[0]
        # Two dots before a small letter are a careless ellipsis.
        doubtful = (marks == ".." and not _next_begins(text, end)) or marks[0] in "！？" or "\n" in marks
        level = Confidence.LOW if doubtful else Confidence.HIGH
        yield ctx.draft(start, end, f"A stray mark: “{marks}”.", keep, safe=not doubtful, at_most=level)
    if ctx.language.cased:
        yield from _inside(ctx)


def _inside(ctx: Context) -> Iterator[Draft]:
    text, function = ctx.text, ctx.language.words.function
    leads, wanting = ctx.language.words.leading, ctx.language.words.wanting
    # The pronoun that has a capital by itself: a sentence begins, typed in lower case.
    begins = frozenset(map(str.lower, ctx.language.words.pronoun_capital))
    for match in _INSIDE.finditer(text):
        mark, after = match.group(), match.group(1)
        start, end = match.span()
        if mark in ",;:" and text[text.rfind(" ", max(0, start - 24), start) + 1 : start] not in leads:
            continue  # the usual case, told quickly
        found = _WORD_BEFORE.search(text, max(0, start - 25), start)
        if found is None or not found[found.lastindex or 0].islower():
            continue
        before = found[found.lastindex or 0]
        if before in leads:
            level = Confidence.HIGH
        elif (
            not ((after.islower() and after not in begins) or (after.isdigit() and mark in "?!" and before in function))
            or (mark == "." and before not in function)
            or _opened(text, start - len(before), mark)
            or (mark == "?" and before not in function and _asks(ctx, start))
        ):
            continue
        else:
            level = Confidence.HIGH if before in function else Confidence.MEDIUM
        if mark == "." and f"{before}." in ctx.language.words.abbreviations:
            continue
        message = f"Nothing ends at the mark in “{before}{mark} {after}”."
        # Where a sentence can end at the word, it is as likely that the next one begins with a small letter.
        replacement = "" if mark in ",;:" or (after[0].islower() and before in leads | wanting) else None
        yield ctx.draft(start, end, message, replacement, at_most=level)


def _opened(text: str, at: int, mark: str) -> bool:
    """True where the clause is short or opens with ¿ or ¡, so that a ? or ! may be its own.

    Thoughts and questions go on in lower case: Why? he asked. ¿Por qué? le preguntó.
    """
    if mark == ".":
        return False
    head = text[max(0, at - 60) : at]
    begin = max(head.rfind(c) for c in '.?!\n:–—«“"')
    return "¿" in head or "¡" in head or (begin >= 0 and head.count(" ", begin + 2) < 2) or at < 4


def _next_begins(text: str, at: int) -> bool:
    return text[at : at + 1] == " " and text[at + 1 : at + 2].isupper()


def _asks(ctx: Context, at: int) -> bool:
    """True where the sentence opens with a closed-class word that may ask: Will it pass? asks the paper."""
    head = re.split(r"[.?!\n:–—«“\"] ?", ctx.text[max(0, at - 150) : at])[-1]
    first = head.lstrip(" ‘'").partition(" ")[0]
    return first.istitle() and first.lower() in ctx.language.words.function - ctx.language.words.leading


def _ends(text: str, at: int) -> bool:
    rest = text[at : at + 3].lstrip(' \xa0"”’»)')
    return not rest or not rest[0].islower()
