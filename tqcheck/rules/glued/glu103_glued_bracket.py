"""GLU103 glued-bracket."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_GLUED = re.compile(r"[(\[)\]](?=[^\W\d_])(?:(?<=[^\W\d_][(\[])|(?<=[^\s(\[][)\]]))")
_BEFORE = re.compile(r"[\w'’-]+$")
_AFTER = re.compile(r"[\w'’-]+")
_ROMAN = re.compile(r"[IVXLCDM]+$")
_REACH = 40
_LONGEST = 300


@rule(
    "GLU103",
    "glued-bracket",
    Category.GLUED_WORDS,
    Severity.MINOR,
    needs=("spaced",),
    examples=(
        example("en", "For details ⟦see[Configure⟧ your phone].", "For details see [Configure your phone]."),
        example(
            "fr",
            "Le rapport ⟦complet(en⟧ anglais) sera publié lundi.",
            "Le rapport complet (en anglais) sera publié lundi.",
        ),
        example("de", "Der ⟦Verband(BDI)⟧ warnt.", "Der Verband (BDI) warnt."),
        example("en", "Her lawyer (a former ⟦judge)said⟧ no.", "Her lawyer (a former judge) said no."),
        example("en", "The file(s) of iron(III) oxide: f(x), 401(k), “[t]he”, [w]e, (re)open."),
        example("de", "Bürger(innen) und Mitarbeiter(-innen) kamen zur (Wieder)Eröffnung."),
        example("fr", "Les citoyen(ne)s, l’auteur[1] et s’il(s) vient (viennent)."),
    ),
)
def glued_bracket(ctx: Context) -> Iterator[Draft]:
    """No space stands outside a bracket: see[Configure your phone], Verband(BDI).

    Why: it is where the original had a link or another script.
    When it is wrong: optional endings, formulas and editors' letters have brackets inside a word
    (file(s), iron(III), [t]he); one small word in brackets is therefore no evidence.
    Norm: scripts with spaces set one before an opening and after a closing bracket.
    """
    text = ctx.text
    if "(" not in text and "[" not in text:
        return
    for match in _GLUED.finditer(text):
        at, bracket = match.start(), match.group()
        opening = bracket in "(["
        before = _BEFORE.search(text, max(0, at - _REACH), at)
        after = _AFTER.match(text, at + 1, at + _REACH)
        content = _content(text, at, opening)
        if before is None or after is None or content is None:
            continue
        left, right = before.group(), after.group()
        if not (_opens(text, at, left, content) if opening else _closes(text, at, right, content)):
            continue
        start, end = before.start(), after.end()
        if opening and end < len(text) and text[end] in ")]":
            end += 1
        yield ctx.draft(
            start,
            end,
            f"A space is missing {'before' if opening else 'after'} the bracket in “{text[start:end]}”.",
            text[start:at] + (f" {bracket}" if opening else f"{bracket} ") + text[at + 1 : end],
            at_most=Confidence.HIGH if left.isascii() or left.lower() != left.upper() else Confidence.LOW,
        )


def _content(text: str, at: int, opening: bool) -> str | None:
    """Return what stands in the bracket, None where it has no partner nearby."""
    pairs = {"(": ")", "[": "]", ")": "(", "]": "["}
    other = pairs[text[at]]
    if opening:
        end = text.find(other, at, at + _LONGEST)
        return None if end < 0 else text[at + 1 : end]
    start = text.rfind(other, max(0, at - _LONGEST), at)
    return None if start < 0 else text[start + 1 : at]


def _opens(text: str, at: int, left: str, content: str) -> bool:
    end = at + 1 + len(content)
    if text[at] == "[" and text[end + 1 : end + 2] == "(":
        return True  # a link of Markdown
    if len(left) < 3 or not left[1:].islower() or "(" in content:
        return False
    if " " in content:
        # A note of reference stands close to its word: claim[citation needed], word[note 1].
        return text[at] == "(" or content[0].isupper() or content.count(" ") > 1
    return len(content) > 1 and content.isalpha() and content.isupper() and not _ROMAN.match(content)


def _closes(text: str, at: int, right: str, content: str) -> bool:
    if len(right) < 3 or not right[1:].islower():
        return False
    # A part in brackets may be optional, (Wieder)Eröffnung, but not two words or a code: (en-US)Get.
    return " " in content or (right[0].isupper() and "-" in content.strip("-"))
