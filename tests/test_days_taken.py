"""A day of the week that a machine takes for the one whose name begins alike, and one that a person forgets."""

from __future__ import annotations

import pytest

from tests.marks import EVERYTHING, RULES
from tqcheck.engine import check_article
from tqcheck.languages.moments import begins_alike
from tqcheck.model import Article, Confidence


@pytest.mark.parametrize(
    ("form", "other", "tag", "alike"),
    [
        ("Sonnabend", 6, "de", True),
        ("Sonnabend", 4, "de", False),
        ("Samstag", 6, "de", False),
        ("pazartesi", 6, "tr", True),
        ("Monday", 6, "en", False),
        ("星期一", 6, "zh", False),
    ],
)
def test_names_that_begin_alike(form: str, other: int, tag: str, alike: bool) -> None:
    assert begins_alike(form, other, tag) is alike


@pytest.mark.parametrize(
    ("written", "source", "confidence"),
    [
        ("dimanche", "Sonnabend", Confidence.HIGH),
        ("vendredi", "Sonnabend", Confidence.LOW),
        ("dimanche", "Samstag", Confidence.LOW),
    ],
)
def test_a_day_that_looks_alike_is_no_slip(written: str, source: str, confidence: Confidence) -> None:
    article = Article(
        f"La police a fermé le pont {written} matin.",
        lang="fr",
        source=f"Die Polizei sperrte die Brücke am {source}morgen.",
        source_lang="de",
    )
    report = check_article(article, EVERYTHING, rules=[RULES["DAT103"]])
    assert [(f.text, f.confidence) for f in report.findings] == [(written, confidence)]
