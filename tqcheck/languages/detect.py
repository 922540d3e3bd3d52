"""The language of an article that does not say it: langdetect, seeded, so the answer is stable."""

from __future__ import annotations

from functools import cache
from typing import Any

from tqcheck.languages.loader import canonical

# langdetect's names for what BCP 47 calls otherwise.
_TAGS = {"zh-cn": "zh", "zh-tw": "zh-TW"}
# Enough for a stable answer; the cost of detection grows with the text.
_SAMPLE = 4000


@cache
def _factory() -> Any:
    from langdetect import detector_factory

    detector_factory.init_factory()
    factory = detector_factory._factory
    factory.seed = 0
    return factory


def detect(text: str) -> str | None:
    """Return the language tag of `text`, None where there is nothing to go by."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.append(text[:_SAMPLE].encode("utf-8", "ignore").decode("utf-8"))
    try:
        found: str = detector.detect()
    except LangDetectException:
        return None
    return None if found == "unknown" else canonical(_TAGS.get(found, found))
