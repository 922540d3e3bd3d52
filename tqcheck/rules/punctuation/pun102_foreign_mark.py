"""PUN102 foreign-mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_EAST = {"。": ".", "，": ",", "、": ",", "；": ";", "：": ":", "？": "?", "！": "!", "．": "."}
_ARABIC = {"،": ",", "؛": ";", "؟": "?", "۔": "."}
_OTHER = {"։": ".", "՝": ",", "।": "."}
_TO_EAST = {",": "，", ".": "。", "?": "？", "!": "！", ";": "；", ":": "："}
_TO_ARABIC = {",": "،", ";": "؛", "?": "؟"}
_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_ARAB = "\u0620-\u064a\u066e-\u06d3"
_EASTERN_SCRIPTS = frozenset({"Hans", "Hant", "Hani", "Jpan", "Kore"})


@rule(
    "PUN102",
    "foreign-mark",
    Category.PUNCTUATION,
    Severity.MINOR,
    needs=("record",),
    examples=(
        example("en", "The mayor said⟦：⟧ nobody was hurt⟦。⟧", "The mayor said: nobody was hurt."),
        example("ru", "Мэр сказал⟦։⟧ никто не пострадал⟦。⟧", "Мэр сказал: никто не пострадал."),
        example("zh", "市长说⟦,⟧没有人受伤。", "市长说，没有人受伤。"),
        example("ar", "قال الوزير⟦,⟧ إن الأمر انتهى.", "قال الوزير، إن الأمر انتهى."),
        example("zh", "他用iPhone，我用3,000元的手机。"),
        example("ar", "قال الوزير، إن 3,000 شخص حضروا."),
        example("en", "The sign read “出口。” in white, and the rest “مرحبا؟” in red."),
    ),
)
def foreign_mark(ctx: Context) -> Iterator[Draft]:
    """A mark belongs to another script than the words around it.

    Why: the mark of the original was copied, or the system falls back on ASCII.
    When it is wrong: a phrase quoted in its own script keeps its marks, so both neighbours count.
    Norm: each script's own marks (Unicode, CLDR exemplar punctuation).
    """
    for match in _pattern(ctx.language.script).finditer(ctx.text):
        mark = match.group()
        right = _right(ctx.language.script)[mark]
        start, end = match.span()
        if mark == "։" and ctx.text[end : end + 2].strip():
            right = ":"  # the Armenian stop looks like a colon, and systems use it as one
        ascii_in_east = mark.isascii() and right not in _TO_ARABIC.values()
        level = Confidence.LOW if ascii_in_east and (mark not in ",." or _typed(ctx)) else Confidence.HIGH
        yield ctx.draft(
            start,
            end,
            f"“{mark}” is no mark of {ctx.language.name}; write “{right}”.",
            _spaced(ctx.text, end, right, ctx.language.spaced),
            at_most=level,
        )


def _typed(ctx: Context) -> bool:
    """True where ASCII marks in Eastern text may be a typist's habit: where only the width of the
    comma differs (，), or where they outnumber the others."""
    own = _right(ctx.language.script)[","]
    ascii_marks = len(_pattern(ctx.language.script).findall(ctx.text))
    return own == "，" or ascii_marks > sum(map(ctx.text.count, f"{own}。"))


def _spaced(text: str, end: int, mark: str, spaced: bool) -> str:
    return f"{mark} " if spaced and text[end : end + 1].isalpha() else mark


@cache
def _right(script: str) -> dict[str, str]:
    if script in _EASTERN_SCRIPTS:
        comma = {",": "、"} if script == "Jpan" else {}
        return {**_TO_EAST, **comma, **_ARABIC, **_OTHER}
    if script == "Arab":
        east = {mark: _TO_ARABIC.get(plain, plain) for mark, plain in _EAST.items()}
        return {**_TO_ARABIC, **east, **_OTHER}
    return {**_EAST, **_ARABIC, **_OTHER}


@cache
def _pattern(script: str) -> re.Pattern[str]:
    if script in _EASTERN_SCRIPTS:
        return re.compile(rf"(?<=[{_HAN}])[,.?!;](?=[{_HAN}]|$|\n)")
    if script == "Arab":
        return re.compile(rf"(?<=[{_ARAB}])(?:[,;?](?=[\s{_ARAB}]|$)|[{''.join(_EAST)}](?![{_HAN}]))")
    foreign = "".join({**_EAST, **_ARABIC, **(_OTHER if script in ("Latn", "Cyrl") else {})})
    return re.compile(rf"(?<=[A-Za-z\u00c0-\u04ff\d)\"”»])[{foreign}](?![{_HAN}{_ARAB}])")
