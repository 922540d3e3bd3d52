"""Sentences: exact offsets, abbreviations, quotes, scripts without spaces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.languages import load
from tqcheck.text.segment import paragraphs, sentences

CASES = [
    ("en", "Rep. Lee spoke. J. Smith left."),
    ("en", "He said “It is over.” Then he left."),
    ("en", "It rose 3.5 percent. Really? Yes! Good."),
    ("fr", "M. Dupont est parti. « C’est fini. » Il pleut."),
    ("de", "Am 3. Mai kam er. Dr. Weber ging z. B. nach Bonn."),
    ("ja", "彼は来た。「もう遅い。」と言った。"),
    ("zh", "他来了。他走了！真的？"),
    ("ar", "وصل الوزير. هل غادر؟ نعم."),
    ("ja", "「もう遅い。」ところが彼は来た。「行こう。」って言った。"),
    ("ru", "Он приехал в г. Киев. А. Иванов уехал."),
]
EXPECTED = {
    0: 2, 1: 2, 2: 4, 3: 3, 4: 2, 5: 2, 6: 3, 7: 3, 8: 3, 9: 2,
}  # fmt: skip


@pytest.mark.parametrize("case", EXPECTED)
def test_number_of_sentences(case: int) -> None:
    lang, text = CASES[case]
    spans = sentences(text, paragraphs(text), load(lang).words.abbreviations, lang == "de")
    assert len(spans) == EXPECTED[case], [text[s.start : s.end] for s in spans]


@given(st.text(alphabet='ab .!?\n"”“。A1', max_size=80))
def test_sentences_cover_the_text_in_order(text: str) -> None:
    spans = sentences(text, paragraphs(text), frozenset())
    rest = list(text)
    last = 0
    for span in spans:
        assert last <= span.start < span.end
        rest[span.start : span.end] = " " * (span.end - span.start)
        last = span.end
    assert not "".join(rest).strip()
