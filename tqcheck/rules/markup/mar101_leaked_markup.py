"""MAR101 leaked-markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_TAGS = (
    "a|abbr|article|aside|b|blockquote|body|br|button|center|cite|code|dd|del|div|dl|dt|em|embed|figcaption|figure|"
    "font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|main|mark|meta|nav|noscript|"
    "object|ol|option|p|pre|q|script|section|select|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|"
    "td|textarea|tfoot|th|thead|title|tr|u|ul|video"
)
_LEAK = re.compile(
    rf"""
      </?\s?(?:{_TAGS})(?:\s[^<>\n]{{0,300}})?\s?/?>          # HTML
    | <!--|-->|<!\[CDATA\[
    | >\s(?:>\s){{0,2}}\[![A-Z]{{3,10}}\]>?                        # an admonition with its quote marks
    | \[(?<!\w.)!(?:NOTE|TIP|WARNING|CAUTION|IMPORTANT)\]
    | \[/?(?:b|i|u|url|img|quote|code|color|size)(?:=[^\]\n]{{0,200}})?\]   # BBCode
    | \[\[[^\[\]\n|]{{1,80}}\|[^\[\]\n]{{0,80}}\]\]                # wiki link
    | '''+
    | \]\s\((?=https?:|\.\./|/)                              # a link torn from its address
    | \]\s?\([ ](?=https?)
    | f(?<!\w.)unction\s?\([^)\n]{{0,60}}\)\s?\{{
    | \{{\s?(?:display|margin|padding|font-size|color)\s?:[^{{}}\n]{{0,200}}\}}
    """,
    re.VERBOSE | re.IGNORECASE,
)

# One half of a pair of stars before a word; at the head of a line they make a footnote.
_HALF = re.compile(r"(?<=[^\s*] )\*\*(?=[^\W\d_])")


@rule(
    "MAR101",
    "leaked-markup",
    Category.MARKUP,
    Severity.MAJOR,
    examples=(
        example("en", "The minister resigned.⟦<br />⟧He will leave in May."),
        example("pt", "⟦> > [!NOTE]>⟧ Os números mudaram."),
        example("de", "Siehe [die Seite⟦] (⟧https://example.org/x)."),
        example("ar", "أعلنت الحكومة خطة ⟦**⟧جديدة لدعم الاقتصاد.", "أعلنت الحكومة خطة جديدة لدعم الاقتصاد."),
        example("en", "The price ** rose (x ** 2).\n** Without tax."),
        example("en", "If x < 3 and y > 2, the test fails."),
        example("en", "He wrote “I <3 you” on the wall [of the station] (see below)."),
        example("fr", "Un **mot** en gras et [un lien](https://example.org)."),
    ),
)
def leaked_markup(ctx: Context) -> Iterator[Draft]:
    """Code of the page or of the editor stands in the running text.

    Why: translation systems break tags apart or copy them; readers see code.
    When it is wrong: articles about code. Intact Markdown in a text record is left alone, since it
    will be rendered.
    Norm: HTML Living Standard; CommonMark.
    """
    text = ctx.text
    if text.count("**") == 1 and (half := _HALF.search(text)):
        yield ctx.draft(*half.span(), "“**” is half of a pair that marks bold type.", "", at_most=Confidence.MEDIUM)
    if not any(char in text for char in "<[{'>"):
        return
    for match in _LEAK.finditer(text):
        yield ctx.draft(*match.span(), f"“{match.group().strip()}” is markup, not text.")
