"""The language of an article that does not say it: langdetect, seeded, so the answer is stable."""

from __future__ import annotations

from functools import cache
from typing import Any

from tqcheck.languages.loader import canonical

# langdetect's names for what BCP 47 calls otherwise.
_TAGS = {"zh-cn": "zh", "zh-tw": "zh-TW"}
# Enough for a stable answer; the cost of detection grows with the text.
_SAMPLE = 4000


class _Probabilities(dict[str, list[float]]):
    """For a run of one to three letters, how probable it is in each language.

    langdetect makes a list for each of its 88,000 runs before it reads a word, which is a third of the time of a
    short check; a text has some hundreds. The numbers are the same.
    """

    def __init__(self, profiles: list[dict[str, Any]]) -> None:
        super().__init__()
        self._profiles = [(profile["freq"], profile["n_words"]) for profile in profiles]

    def __contains__(self, letters: object) -> bool:
        return super().__contains__(letters) or any(letters in counts for counts, _totals in self._profiles)

    def __missing__(self, letters: str) -> list[float]:
        at = len(letters) - 1
        self[letters] = found = [counts.get(letters, 0) / totals[at] for counts, totals in self._profiles]
        return found


@cache
def _factory() -> Any:
    import json
    from pathlib import Path

    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    # In the order of their names: that of the folder may be another on each machine, and decides between equals.
    files = sorted(path for path in Path(PROFILES_DIRECTORY).iterdir() if "." not in path.name and path.is_file())
    profiles = [json.loads(path.read_text("utf-8")) for path in files]
    factory = DetectorFactory()
    factory.langlist = [profile["name"] for profile in profiles]
    factory.word_lang_prob_map = _Probabilities(profiles)
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
