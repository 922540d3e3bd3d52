"""Every file with data is part of the signature of the reports that it may change."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from tqcheck.languages import available, version
from tqcheck.signature import signature

ROOT = Path(str(resources.files("tqcheck")))
# What shows a report or describes it, and what becomes settings, which are themselves a part of a signature.
_JUDGES_NOTHING = {"audit/reports/page.css", "presets.toml", "py.typed", "reporters/page/script.js",
                   "reporters/page/style.css", "schema/report.schema.json"}  # fmt: skip


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


FILES = sorted(_named(path) for path in ROOT.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"})


def test_no_file_is_forgotten() -> None:
    assert {_named(Path(str(file))) for file in version.data()} == {*FILES} - _JUDGES_NOTHING
    assert len(FILES) > 80


@pytest.mark.parametrize("name", sorted({*FILES} - _JUDGES_NOTHING))
def test_a_change_of_a_file_changes_what_is_signed_by_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = version.about(name.rpartition("/")[2])
    assert said <= {tag.partition("-")[0] for tag in available()} | {"cs", "hi", "is", "ko"}
    langs = said or {"en", "xx"}
    caches = (signature.cache_clear, version.fingerprint.cache_clear, version.everything.cache_clear)

    def signatures() -> dict[str, str]:
        for clear in caches:
            clear()
        beside = {f"{lang}<sv": signature((lang, "sv")) for lang in langs}
        return {"all": version.everything(), **{lang: signature((lang,)) for lang in langs}, **beside}

    before, other = signatures(), signature(("sv",))
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + (b" " if _named(path) == name else b""))
    after = signatures()
    assert all(before[key] != after[key] for key in before)
    assert (other == signature(("sv",))) == bool(said)
    for clear in caches:
        clear()


@pytest.mark.parametrize(
    ("name", "languages"),
    [("en.tsv", {"en"}), ("pt-BR.toml", {"pt"}), ("fr-en.toml", {"fr", "en"}), ("default.toml", set()),
     ("kin.toml", set()), ("days.toml", set()), ("risk.json", set())],
)  # fmt: skip
def test_what_files_are_about(name: str, languages: set[str]) -> None:
    assert version.about(name) == languages
