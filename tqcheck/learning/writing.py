"""Write a lexicon as TOML that people review; what they said of entries before is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tqcheck.house_lexicon import NEW, VERSION
from tqcheck.learning.choosing import Found, Spelled
from tqcheck.learning.counts import Counts

_HEAD = """\
# What your own articles say of names, spellings and style, as `tqcheck learn` counted it.
# Review it: status = "accepted" for what holds, "rejected" for what does not. New entries are used with less
# confidence, new style and spellings not at all. Learning again keeps what you said here.
"""


def written(counts: Counts, names: list[Found], spelled: list[Spelled], before: Mapping[str, Any]) -> str:
    """Return the file. `before` is the parsed file that it replaces, empty without one."""
    return "\n".join(_lines(counts, names, spelled, before)) + "\n"


def _lines(counts: Counts, names: list[Found], spelled: list[Spelled], before: Mapping[str, Any]) -> Iterator[str]:
    yield _HEAD
    yield "[house]"
    yield f"version = {VERSION}"
    yield f"lang = {_text(counts.tag)}"
    yield f"articles = {counts.articles}"
    yield f"words = {counts.words}"
    yield from _style(counts, before.get("style", {}))
    said = {entry.get("form"): entry for entry in before.get("name", [])}
    for name in names:
        old = said.pop(name.form, {})
        yield from _entry("name", form=name.form, status=old.get("status", NEW), common=name.common or None,
                          count=name.times, articles=name.articles, example=name.example)  # fmt: skip
    # What somebody judged is kept although the articles have it no more.
    for entry in said.values():
        if entry.get("status", NEW) != NEW:
            yield from _entry("name", **entry)
    judged = {(entry.get("wrong"), entry.get("right")): entry for entry in before.get("spelling", [])}
    for each in spelled:
        old = judged.pop((each.wrong, each.right), {})
        yield from _entry("spelling", wrong=each.wrong, right=each.right, status=old.get("status", NEW),
                          count=each.times, others=each.others, example=each.example)  # fmt: skip
    for entry in judged.values():
        if entry.get("status", NEW) != NEW:
            yield from _entry("spelling", **entry)


def _style(counts: Counts, before: Mapping[str, Any]) -> Iterator[str]:
    marks = counts.marks
    habits = {"quotes": marks.quotation(), "number-format": marks.number(), "exponents": marks.exponent()}
    spellings = marks.spellings(counts.tag)
    if not spellings and not any(habits.values()):
        return
    yield "\n[style]"
    # A style that was accepted stays accepted only as it was.
    kept = {key: before[key] for key in (*habits, "spellings") if key in before}
    now: dict[str, Any] = {key: habit[0] for key, habit in habits.items() if habit is not None}
    if spellings:
        now["spellings"] = [form for form, _times, _of in spellings]
    yield f"status = {_text(before.get('status', NEW) if kept == now else NEW)}"
    for key, habit in habits.items():
        if habit is not None:
            yield f"{key} = {_text(habit[0])}  # {habit[1]} of {habit[2]}"
    if spellings:
        yield f"spellings = [{', '.join(_text(form) for form, _times, _of in spellings)}]"


def _entry(part: str, **values: Any) -> Iterator[str]:
    yield f"\n[[{part}]]"
    for key, value in values.items():
        if value is not None:
            yield f"{key} = {_text(value) if isinstance(value, str) else json.dumps(value)}"


def _text(value: str) -> str:
    """Return a TOML string: JSON's, in which only DEL would stand unescaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
