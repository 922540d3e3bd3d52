"""Records written back: the text changes, nothing else does."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.fixing import applied
from tqcheck.model import Edit
from tqcheck.readers.files import decoded
from tqcheck.readers.rewrite import edited


@pytest.mark.parametrize(
    ("line", "passes", "expected"),
    [
        ('{"id": 1, "text": "in france"}\n', [[Edit(3, 4, "F")]], '{"id": 1, "text": "in France"}\n'),
        ('{"text":"a\\/b\\n\\u00e9 x" , "n":1.50}', [[Edit(4, 6, "é\"")]], '{"text":"a\\/b\\n\\u00e9\\"x" , "n":1.50}'),
        ('{"text": "old", "a": {"text": "no"}, "text": "new"}', [[Edit(0, 1, "N")]], None),
        (
            '{"t\\u0065xt": "😀 \\ud83d\\ude00 x"}',
            [[Edit(4, 5, "y")], [Edit(0, 1, "😁")]],
            '{"t\\u0065xt": "😁 \\ud83d\\ude00 y"}',
        ),
        ('{"text": "\\ud83d x"}', [[Edit(2, 3, "ü")]], '{"text": "\\ud83d \\u00fc"}'),
        ('{"text": "é x"}', [[Edit(2, 3, "ü")]], '{"text": "é ü"}'),
        ('{"text": "x"}', [[Edit(1, 1, "!"), ]], '{"text": "x!"}'),
    ],
)  # fmt: skip
def test_only_the_text_changes(line: str, passes: list[list[Edit]], expected: str | None) -> None:
    new = edited(line, passes)
    text = json.loads(line)["text"]
    for edits in passes:
        text = applied(text, edits)
    assert json.loads(new) == {**json.loads(line), "text": text}
    assert new == (expected or line.replace('"new"', '"New"'))


@given(st.text(max_size=30), st.booleans(), st.lists(st.tuples(st.integers(0, 30), st.text(max_size=3)), max_size=4))
def test_any_text_comes_back(text: str, ascii_only: bool, cuts: list[tuple[int, str]]) -> None:
    line = json.dumps({"a": [1, {"text": text}], "text": text, "z": None}, ensure_ascii=ascii_only)
    edits, at = [], 0
    for size, new in cuts:
        start = min(at + size, len(text))
        end = min(start + len(new), len(text))
        edits.append(Edit(start, end, new))
        at = end
    record = json.loads(edited(line, [edits]))
    assert record == {"a": [1, {"text": text}], "text": applied(text, edits), "z": None}


@pytest.mark.parametrize(
    "data",
    [
        "Ein Haus.\r\n".encode("utf-8-sig"),
        b"\xff\xfe" + "é\n".encode("utf-16-le"),
        b"\xfe\xff" + "é\n".encode("utf-16-be"),
        "plain é".encode(),
        "Le café était fermé à Orléans, où l’été a été très chaud.".encode("cp1252"),
        "В понедельник в городе открыли новый мост через реку.".encode("cp1251"),
    ],
)
def test_every_encoding_is_kept(data: bytes) -> None:
    found = decoded(data)
    assert found.encode(found.text) == data
