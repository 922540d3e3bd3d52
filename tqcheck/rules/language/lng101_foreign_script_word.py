"""LNG101 foreign-script-word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity, Span
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.asides import asides, inside
from tqcheck.text.scripts import EVERY, foreign_runs

# What announces a word of another language: “Russian: …”, or stands around a form in two scripts.
_SHOWN_BEFORE = re.compile(r"[:：=/|·•]\s*$")
_SHOWN_AFTER = re.compile(r"\s*[(（/|=]")
# More foreign words than this make an article about a language.
_MANY = 6


@rule(
    "LNG101",
    "foreign-script-word",
    Category.UNTRANSLATED,
    Severity.MAJOR,
    needs=("record",),
    yields_to=("UNT101", "UNT102", "UNT103"),
    examples=(
        example("en", "The old ⟦мельница⟧ by the river burned down on Friday."),
        example("de", "Der Minister will den ⟦बजट⟧ im Herbst vorlegen."),
        example("fr", "Les ⟦患者⟧ ont été transférés à Lyon."),
        example("ru", "Министр прибыл на ⟦会议⟧ в среду."),
        example("ar", "ندد الرئيس ب⟦制裁⟧ المفروضة على بلاده."),
        example("en", "The word comes from the Greek λόγος (logos), meaning reason."),
        example("en", "His slogan, “Мир”, was painted in red, and the river Volga (Волга) froze."),
        example("de", "Die Welle hat α-Zerfall, 5 µm und den Winkel β."),
        example("ja", "東京のiPhone販売店でイベントが開かれた。"),
    ),
)
def foreign_script_word(ctx: Context) -> Iterator[Draft]:
    """A word in another script stands in running text.

    Why: a translation system left the word of the original as it was; few readers can read it.
    When it is wrong: texts about languages show such words on purpose; brackets, short quotations
    and letters used as symbols are therefore left alone.
    Norm: The Chicago Manual of Style, 17th ed., 11.71–11.95: words of other alphabets are
    transliterated in running text.
    """
    text = ctx.text
    if not ctx.language.script or text.isascii() or not EVERY.search(text):
        return
    pattern = foreign_runs(ctx.language.script)
    found = []
    line = Span(0, -1)
    running = False
    for match in pattern.finditer(text):
        start, end = match.span()
        if start > line.end:
            line = _line(text, start)
            running = _holds_own_letters(pattern.sub("", text[line.start : line.end]))
        if not running or _symbol(match.group()) or inside(asides(text), start, end):
            continue
        if not (_SHOWN_BEFORE.search(text, max(0, start - 4), start) or _SHOWN_AFTER.match(text, end)):
            found.append(match)
    for match in found:
        term = len(found) > _MANY or text.count(match.group()) > 1
        at_most = Confidence.LOW if term else Confidence.HIGH
        yield ctx.draft(*match.span(), f"“{match.group()}” was left in another script.", at_most=at_most)


def _symbol(run: str) -> bool:
    """True for a letter or two of an alphabet used as a symbol: α, µ, Σ."""
    return len(run) < 3 and run[0] < "\u0590"


def _line(text: str, at: int) -> Span:
    end = text.find("\n", at)
    return Span(text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text))


def _holds_own_letters(line: str) -> bool:
    """True where letters are left without the foreign ones: a line of these alone is LNG103's."""
    return sum(map(str.isalpha, line)) > 2
