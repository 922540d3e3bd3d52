"""PUN104 unbalanced-bracket."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

_BRACKET = re.compile(r"[()\[\]{}（）【】［］]")
_CLOSES = {")": "(", "]": "[", "}": "{", "）": "（", "】": "【", "］": "［"}
_SAME = str.maketrans("（）［］", "()[]")
# 1) a) iv) 2.1) at the head of an item, and faces :) ;-( 8)
_ITEM = re.compile(r"(?<![^\s;:,.(—–-])(?:\d{1,3}(?:[.-]\d{1,2})?|[^\W\d_]|[ivxlIVXL]{2,5})[.*]?[ºª°]?$")
_FACE = re.compile(r"[:;=][-'o]?$")


@rule(
    "PUN104",
    "unbalanced-bracket",
    Category.PUNCTUATION,
    Severity.MINOR,
    examples=(
        example("en", "The mayor ⟦(⟧elected in May resigned. He gave no reason."),
        example("fr", "Le maire élu en mai⟦)⟧ a démissionné."),
        example("en", "It has two parts: 1) the old and 2) the new :)"),
        example("de", "Der Plan (ein Entwurf\nin zwei Teilen) gilt."),
        example("zh", "市长（五月当选)辞职。"),
        example("en", "The interval [0, 1) is half open."),
    ),
)
def unbalanced_bracket(ctx: Context) -> Iterator[Draft]:
    """A bracket has no partner in its paragraph, nor in a neighbouring one.

    Why: half of the aside was lost or moved.
    When it is wrong: list items (1), faces and half-open intervals, which are left alone; text
    cut off inside an aside.
    Norm: brackets come in pairs.
    """
    text = ctx.text
    if not _BRACKET.search(text):
        return
    lonely, open_before = _lonely(ctx)
    end = len(text.rstrip())
    last = ctx.paragraphs[-1].start
    cut = end > 0 and text[end - 1] not in '.!?。！？؟।"”»'
    lonely.extend(at for at in open_before if not (cut and at >= last))
    for at in sorted(lonely):
        near = text[max(0, at - 12) : at + 13].replace("\n", " ").strip()
        yield ctx.draft(at, at + 1, f"The bracket in “{near}” has no partner.", at_most=Confidence.HIGH)


def _lonely(ctx: Context) -> tuple[list[int], list[int]]:
    """Return the brackets without partner, and those still open at the end of their paragraph."""
    text = ctx.text
    lonely: list[int] = []
    waiting: list[tuple[int, int]] = []
    for number, block in enumerate(ctx.paragraphs):
        stack: list[int] = []
        for match in _BRACKET.finditer(text, block.start, block.end):
            at, mark = match.start(), match.group()
            face = mark in "()" and _FACE.search(text, max(block.start, at - 2), at)
            if mark not in _CLOSES:
                if not face:
                    stack.append(at)
            elif stack:
                if len(stack) > 1 and not _fits(text, stack[-1], at) and _fits(text, stack[-2], at):
                    lonely.append(stack.pop())
                stack.pop()  # [0, 1) is a pair all the same
            elif face or _ITEM.search(text, max(block.start, at - 8), at):
                continue
            elif waiting and number - waiting[-1][1] <= 6 and _fits(text, waiting[-1][0], at):
                waiting.pop()
            else:
                lonely.append(at)
        waiting.extend((at, number) for at in stack)
    return lonely, [at for at, _number in waiting]


def _fits(text: str, opening: int, closing: int) -> bool:
    return text[opening].translate(_SAME) == _CLOSES[text[closing]].translate(_SAME)
