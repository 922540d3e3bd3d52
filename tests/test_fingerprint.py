"""A finding keeps its fingerprint when the rest of its article changes, and no two share one."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tqcheck.fingerprint import digest, fingerprints
from tqcheck.model import Article, Category, Confidence, Finding, Prose, Severity
from tqcheck.readers import html, markdown, text

PARAGRAPHS = (
    "The harbour of kyiv was closed for two days after the storm, the port said.",
    "Nobody in kyiv had expected it.",
    "Ferries to the islands will run again on Monday, from the old pier at first.",
    "They said so in kyiv and in Odesa, twice, and once more in kyiv and in Odesa.",
)


def _finding(start: int, end: int, whole: str, code: str = "CAS101", side: str = "target") -> Finding:
    return Finding(
        *(code, "lowercase-name", Category.CASING, Severity.MAJOR, Confidence.HIGH, "m"),
        *(start, end, whole[start:end]),
        side=side,
    )


def _keys(whole: str, word: str = "kyiv", path: str = "a.txt", prose: Prose | None = None) -> list[str]:
    found, at = [], whole.find(word)
    while at >= 0:
        found.append(_finding(at, at + len(word), whole))
        at = whole.find(word, at + 1)
    return fingerprints(Article(whole, id=path, path=path, prose=prose), found)


ALL = _keys("\n\n".join(PARAGRAPHS))


def test_all_are_told_apart() -> None:
    assert len(set(ALL)) == 4
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in ALL)


@given(st.permutations(PARAGRAPHS), st.sampled_from(["\n", "\n\n", "\r\n\r\n"]))
def test_a_paragraph_that_moves_raises_nothing(order: list[str], between: str) -> None:
    whole = between.join(order)
    assert set(_keys(whole, prose=text.read(whole).prose)) == set(ALL)


@given(st.text(alphabet="ab. 漢𝕳\r\n", max_size=30), st.text(alphabet="ab. 漢𝕳\r\n", max_size=30))
def test_an_edit_elsewhere_changes_nothing(before: str, after: str) -> None:
    whole = before + "\n" + "\n".join(PARAGRAPHS) + "\n" + after
    assert _keys(whole) == ALL


def test_an_edit_further_off_in_the_sentence_changes_nothing() -> None:
    whole = "\n\n".join(PARAGRAPHS).replace("the port said", "said the authorities of the port")
    assert _keys(whole) == ALL


def test_an_edit_beside_it_is_another_finding() -> None:
    whole = "\n\n".join(PARAGRAPHS).replace("Nobody in kyiv", "Few in kyiv")
    changed = _keys(whole)
    assert [a == b for a, b in zip(changed, ALL, strict=True)] == [True, False, True, True]


def test_the_same_words_again_are_counted() -> None:
    once, twice = _keys("In kyiv."), _keys("In kyiv.\nIn kyiv.")
    assert twice[0] == once[0] != twice[1]
    # Which of two equal ones was mended cannot be told: one is left, and it was known.
    assert _keys("In Kyiv.\nIn kyiv.") == once


def test_the_order_given_does_not_matter() -> None:
    whole = "In kyiv.\nIn kyiv."
    found = [_finding(3, 7, whole), _finding(12, 16, whole)]
    article = Article(whole, id="a", path="a")
    assert fingerprints(article, found[::-1]) == fingerprints(article, found)[::-1]


def test_rule_path_record_and_side_count() -> None:
    whole = "In kyiv."
    article = Article(whole, id="a.txt", path="a.txt", source=whole)
    finding = _finding(3, 7, whole)
    keys = {
        fingerprints(article, [finding])[0],
        fingerprints(article, [replace(finding, code="CAS102")])[0],
        fingerprints(article, [replace(finding, side="source")])[0],
        fingerprints(replace(article, path="b.txt", id="b.txt"), [finding])[0],
        fingerprints(replace(article, id="7"), [finding])[0],
        fingerprints(article, [finding], "sub/a.txt")[0],
    }
    assert len(keys) == 6
    assert fingerprints(article, [replace(finding, message="other", severity=Severity.MINOR)])[0] in keys


def test_markup_is_no_context() -> None:
    page = "<p>They met in <a href='{}'>kyiv</a> on&nbsp;Monday, they said.</p><p>{}</p>"
    keys = [
        _keys(whole, prose=html.read(whole).prose)
        for whole in (page.format("x", "A."), page.format("y?z", "Another one."), page.format("", ""))
    ]
    assert keys[0] == keys[1] == keys[2]


def test_a_text_taken_for_a_wrapped_one_keeps_them() -> None:
    long = "The ferries to the islands run again from the old pier at first and then,"
    apart = f"Nobody in kyiv had expected it.\n{long}\nShort."
    joined = f"Nobody in kyiv had expected it.\n{long}\n{long}\n{long}\n{long}\nShort."
    assert text.read(apart).prose is None
    assert text.read(joined).prose is not None
    assert _keys(joined, prose=text.read(joined).prose) == _keys(apart)


@given(st.text(alphabet="ab \n\r\0漢𝕳\ud800", min_size=1, max_size=40), st.data())
def test_any_stretch_has_one(whole: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start, len(whole)))
    finding = _finding(start, end, whole)
    for prose in (None, text.read(whole).prose, markdown.read(whole).prose):
        (key,) = fingerprints(Article(whole, id="a", prose=prose), [finding])
        assert len(key) == 16


def test_digest_is_that_of_the_reviewed_list() -> None:
    # data/reviewed.txt holds digests of this form; another form would empty it unseen.
    assert digest("CAS101", "in kyiv.") == "f0a163e9caed7a4d"
