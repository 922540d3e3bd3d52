"""PUN107 apposition-equals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_EQUALS = re.compile(r"(?<=[^\W_][^\W_]|.\)) ?([=＝] ?[^\W\d_][^=＝\n<>{}|]{1,80}?[=＝])(?= |[,.;]|$)", re.MULTILINE)

_BRACKETS = (("(", ")"), ("[", "]"), ("（", "）"), ("【", "】"))


@rule(
    "PUN107",
    "apposition-equals",
    Category.PUNCTUATION,
    Severity.MINOR,
    needs=("spaced",),
    examples=(
        example("en", "Police arrested Taro Sato (58) ⟦= Kita-ku, Osaka City =⟧ on Monday."),
        example("fr", "Jiro Mori (41 ans) ⟦=Minato, Tokyo=⟧ a été arrêté."),
        example("en", "In the formula a = b = c the letters are numbers."),
        example("en", "E = mc2, and 5 + 5 = 10."),
        example("ko", "(서울=연합뉴스) 홍길동 기자 = 정부는 5일 회의를 열었다."),
        example("fr", "Le code name = valeur reste sans guillemets."),
    ),
)
def apposition_equals(ctx: Context) -> Iterator[Draft]:
    """Two equals signs set off an address or a note, as Japanese newspapers write it.

    Why: the notation means nothing to readers of other languages.
    When it is wrong: a chain of equations in words; the dateline of a Korean agency, whose first sign stands
    in brackets.
    Norm: appositions stand between commas, brackets or dashes.
    """
    if "=" not in ctx.text and "＝" not in ctx.text:
        return
    for match in _EQUALS.finditer(ctx.text):
        start, end = match.span(1)
        inside = match.group(1)[1:-1].strip()
        if any(inside.count(a) != inside.count(b) for a, b in _BRACKETS):
            continue
        yield ctx.draft(start, end, f"“{inside}” stands between equals signs, a Japanese notation.")
