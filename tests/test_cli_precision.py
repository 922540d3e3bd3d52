"""The command that measures the rules."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tqcheck.evaluation import precision

GOOD = "The mayor of the town said on Monday that the new bridge would be open in spring. " * 5


def _write(path: Path, *records: tuple[str, str]) -> str:
    lines = "\n".join(json.dumps({"text": text, "lang": lang}) for lang, text in records)
    path.write_bytes(gzip.compress(lines.encode()) if path.suffix == ".gz" else lines.encode())
    return str(path)


def test_rates_are_findings_per_10_000_words(tmp_path: Path) -> None:
    human = _write(tmp_path / "h.jsonl.gz", ("en-GB", GOOD), ("en", GOOD), ("fr", "Le maire a parlé lundi."))
    machine = _write(tmp_path / "m.jsonl", ("en", GOOD + "It was the the end."))
    out, table = tmp_path / "p.json", tmp_path / "p.md"
    arguments = [human, "--machine", machine, "--output", str(out), "--markdown", str(table)]
    assert precision.main(arguments) == 0
    content = json.loads(out.read_text("utf-8"))
    assert content["measured"] == {"human": {"en": 170, "fr": 5}, "machine": {"en": 90}}
    assert content["rules"]["REP101"]["en"] == [0.0, pytest.approx(10_000 / 90, abs=0.001)]
    assert content["rules"]["REP101"]["fr"] == [0.0, None]
    assert "*" not in content["rules"]["REP101"]
    assert "*" in content["rules"]["ENC101"]
    assert "| REP101 |" in table.read_text("utf-8")
    before = out.read_bytes()
    assert precision.main([*arguments, "--jobs", "2"]) == 0
    assert out.read_bytes() == before


def test_a_bad_line_stops_the_measure(tmp_path: Path) -> None:
    path = tmp_path / "h.jsonl"
    path.write_text("{oops", "utf-8")
    with pytest.raises(SystemExit, match="not valid JSON"):
        precision.main([str(path)])
