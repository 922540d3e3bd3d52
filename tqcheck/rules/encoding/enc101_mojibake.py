"""ENC101 mojibake."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# UTF-8 read as Latin-1, Windows-1252 or Windows-1251: a lead byte and its continuation, as letters.
# Cyrillic lead bytes only count in twos: “Рђ” alone may be a word, “РђСЊ” is not; so do the three
# bytes of an Eastern letter (æˆ˜ for 战), since “é” may stand before a mark.
_TRAIL = r"[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_LATIN, _EASTERN = f"[ÂÃâÅÄÐÑØÙ×]{_TRAIL}{{1,3}}", f"[à-ï]{_TRAIL}{{2}}"
_CYRILLIC = "[РС][\u00a0-\u00bfЃѓЅѕІіЇїЄєЉљЊњЋћЌќЎўЏџЂђ°±µ¶·№»]"
# The lead bytes stand in front once more, so that the search jumps from one to the next.
_SUSPECT = re.compile(
    rf"[ÂÃâÅÄÐÑØÙ×à-ïРС](?:(?<=[ÂÃâÅÄÐÑØÙ×]){_TRAIL}{{1,3}}(?:{_LATIN})*"
    rf"|(?<=[à-ï]){_TRAIL}{{2}}(?:{_EASTERN})+|(?<=[РС]){_CYRILLIC[4:]}(?:{_CYRILLIC})+)"
)
# Letters from the far side of the code table were never garbled.
_WORD = re.compile(r"[^\s\u2e80-\uffff]*$")
_REST = re.compile(r"[^\s\u2e80-\uffff]*")


@rule(
    "ENC101",
    "mojibake",
    Category.ENCODING,
    Severity.MAJOR,
    examples=(
        example("fr", "Le ⟦prÃ©sident⟧ a ⟦parlÃ©⟧.", "Le président a parlé."),
        example("en", "The minister said ⟦itâ€™s⟧ over.", "The minister said it’s over."),
        example("zh", "总统说，⟦æˆ˜äº‰⟧很快就会结束。", "总统说，战争很快就会结束。"),
        example("fr", "L’ÂGE D’OR : « À Paris, Ângela est là. »"),
        example("pt", "A decisão do JÂ.NI. saiu em SÃO PAULO."),
        example("ru", "Он сказал: «Да»."),
    ),
)
def mojibake(ctx: Context) -> Iterator[Draft]:
    """Letters garbled by reading UTF-8 text as another encoding (Ã© for é).

    Why: the word cannot be read, and every reader sees that nobody looked.
    When it is wrong: texts about encodings that quote such garbage.
    Norm: Unicode; ftfy must be able to undo the damage, else nothing is reported.
    """
    if ctx.text.isascii():
        return
    seen = -1
    for match in _SUSPECT.finditer(ctx.text):
        if match.start() < seen:
            continue
        start = match.start() - len(_WORD.search(ctx.text, max(0, match.start() - 60), match.start()).group())  # type: ignore[union-attr]
        end = _REST.match(ctx.text, match.end()).end()  # type: ignore[union-attr]
        while end > match.end() and ctx.text[end - 1] in '.,;:!?)]"”»':
            end -= 1
        while start < match.start() and ctx.text[start] in '(["“«„‘‹':
            start += 1
        seen = end
        garbled = ctx.text[start:end]
        repaired = _repair(garbled)
        if repaired is not None:
            yield ctx.draft(
                start, end, f"“{garbled}” is garbled by a wrong encoding; it reads “{repaired}”.", repaired, safe=True
            )


def _repair(garbled: str) -> str | None:
    import ftfy

    repaired = ftfy.fix_encoding(garbled)
    if repaired == garbled or len(repaired) >= len(garbled) or "\ufffd" in repaired:
        return None
    return repaired
