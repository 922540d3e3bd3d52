"""Zip archives: what they hold is read, nothing outside of them is, and what is wrong inside costs only itself."""

from __future__ import annotations

import io
import json
import pickle
import struct
import zipfile
from pathlib import Path

import pytest

from tqcheck.audit.archives.inflate import HARMLESS
from tqcheck.audit.check_shard import check_shard
from tqcheck.audit.outcomes import OUTCOMES
from tqcheck.audit.shards import Shard, cut, entries
from tqcheck.audit.values import Entry, Missed
from tqcheck.config import Settings
from tqcheck.readers.originals import Habits

PROSE = "The mayor said on Monday that the bridge over the river will be closed for two weeks this spring."
ORIGINAL = "Le maire a dit lundi que le pont sur le fleuve sera fermé pendant deux semaines ce printemps."


def packed(path: Path, members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def shards(path: Path, settings: Settings | None = None, size: int = 10_000) -> list[Shard | Missed]:
    habits = None if settings is None else Habits.said(settings, None)
    return [pickle.loads(pickle.dumps(item)) for item in cut([str(path)], size, habits=habits)]


def read(path: Path, settings: Settings | None = None) -> tuple[dict[str, Entry], dict[str, str]]:
    """Return the entries of an archive by their keys, and what was missed, without the path of the archive."""
    found: dict[str, Entry] = {}
    missed: dict[str, str] = {}
    for item in shards(path, settings):
        for one in [item] if isinstance(item, Missed) else entries(item, settings):
            if isinstance(one, Entry):
                found[one.key.removeprefix(f"{path}/")] = one
            else:
                missed[one.where.removeprefix(f"{path}/")] = one.outcome
    assert set(missed.values()) <= OUTCOMES.keys()
    return found, missed


def test_texts_and_records_are_read(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": f"r{n}", "text": f"{PROSE} {n}"}) + "\n" for n in range(30))
    members = {
        "a.txt": PROSE,
        "deep/in/b.HTML": f"<html lang='en'><body><p>{PROSE}</p></body></html>",
        "c.jsonl": lines + "{broken\n",
        "image.png": b"\x89PNG",
        "__MACOSX/._a.txt": b"\0",
        ".hidden/d.txt": PROSE,
        "e.txt": b"\0\1",
    }
    path = packed(tmp_path / "in.zip", members)
    found, missed = read(path)
    assert [*found] == ["a.txt", "deep/in/b.HTML", *(f"c.jsonl#r{n}" for n in range(30))]
    assert found["deep/in/b.HTML"].article.view().text.strip() == PROSE
    assert {entry.feed for entry in found.values()} == {str(path)}
    assert missed == {"c.jsonl:31": "bad-record", "e.txt": "unreadable"}
    # In a folder it is one of many files.
    (tmp_path / "f.txt").write_text(PROSE)
    names = [one.key for item in cut([str(tmp_path)]) if isinstance(item, Shard) for one in entries(item)
             if isinstance(one, Entry)]  # fmt: skip
    assert [names[0], names[1]] == [str(tmp_path / "f.txt"), f"{path}/a.txt"]


def test_originals_are_looked_for_inside_alone(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Nobody may quote this.")
    (tmp_path / "a.fr.md").write_text("Celui-ci non plus.")
    named = f"---\nsource: {{}}\n---\n{PROSE}"
    members = {
        "one.md": named.format("orig/one.txt"),
        "orig/one.txt": ORIGINAL,
        "out.md": named.format("../secret.txt"),
        "absolute.md": named.format(tmp_path / "secret.txt"),
        "a.en.md": PROSE,
        "en/b.md": PROSE,
        "x/c.en.md": PROSE,
        "x/c.fr.md": ORIGINAL,
    }
    path = packed(tmp_path / "in.zip", members)
    settings = Settings(source_lang="fr", pairs=("{stem}.{lang}.md",))
    found, missed = read(path, settings)
    assert not missed
    sources = {name: (entry.article.source, entry.origin) for name, entry in found.items() if entry.article.source}
    assert sources == {"one.md": (ORIGINAL, "front-matter"), "x/c.en.md": (ORIGINAL, "pairs")}
    assert found["x/c.en.md"].article.lang == "en"
    for name in ("out.md", "absolute.md"):
        assert "there is no such file inside" in found[name].article.notes[-1]
    # An original that is edited changes the shard of its article.
    before = {item.digest for item in shards(path, settings, 1) if isinstance(item, Shard)}
    packed(path, {**members, "x/c.fr.md": ORIGINAL + " Oui."})
    after = [item for item in shards(path, settings, 1) if isinstance(item, Shard) and item.digest not in before]
    assert [shard.files for shard in after] == [("x/c.en.md",), ("x/c.fr.md",)]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_cannot_or_must_not_be_read_has_a_name(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("../up.txt", "/etc/passwd.txt", "a/../../b.txt", "twice.txt", "twice.txt", "good.txt", "torn.txt",
                     "torn.jsonl", "locked.txt"):  # fmt: skip
            archive.writestr(name, json.dumps({"text": PROSE}) + "\n")
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        places = {info.filename: info.header_offset for info in archive.infolist()}
    for name in ("torn.txt", "torn.jsonl"):
        data[places[name] + 30 + len(name) + 8] ^= 0xFF  # a byte of its packed content
    entry = data.rindex(b"locked.txt") - 46  # in the list of contents
    data[entry + 8] |= 1
    path.write_bytes(data)
    found, missed = read(path)
    assert [*found] == ["good.txt", "twice.txt"]
    assert missed == {
        "../up.txt": "bad-name",
        "/etc/passwd.txt": "bad-name",
        "a/../../b.txt": "bad-name",
        "twice.txt": "duplicate",
        "locked.txt": "encrypted",
        "torn.txt": "damaged",
        "torn.jsonl": "damaged",
    }
    for content in (data[:-60], b"no zip at all"):
        path.write_bytes(content)
        assert list(read(path)[1].values()) == ["damaged"]
    assert read(packed(path, {"image.png": b"\x89PNG"}))[1] == {str(path): "empty"}


def test_a_few_bytes_that_unpack_to_gigabytes_are_not_read(tmp_path: Path) -> None:
    zeros = bytes(2 * HARMLESS)
    path = packed(tmp_path / "in.zip", {"a.txt": PROSE, "bomb.txt": zeros, "bomb.jsonl": zeros})
    found, missed = read(path)
    assert ([*found], missed) == (["a.txt"], {"bomb.txt": "bomb", "bomb.jsonl": "bomb"})
    # One content that many names share, so that each for itself unpacks to little.
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("000.txt", bytes(16 << 20))
    data = content.getvalue()
    start = data.index(b"PK\x01\x02")
    entry, end = data[start : data.index(b"PK\x05\x06")], data[data.index(b"PK\x05\x06") :]
    many = b"".join(entry.replace(b"000.txt", b"%03d.txt" % n) for n in range(500))
    end = end[:8] + struct.pack("<HHL", 500, 500, len(many)) + end[16:]
    path.write_bytes(data[:start] + many + end)
    found, missed = read(path)
    assert set(missed.values()) >= {"bomb"}
    assert list(missed.values()).count("bomb") > 450


def test_a_size_that_is_a_lie_binds_all_the_same(tmp_path: Path) -> None:
    path = packed(tmp_path / "in.zip", {"lie.txt": bytes(HARMLESS + (1 << 20))})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 100)
    path.write_bytes(data)
    assert read(path) == ({}, {"lie.txt": "damaged"})


def test_an_archive_is_checked(tmp_path: Path) -> None:
    path = packed(tmp_path / "in.zip", {f"{n}.txt": f"The mayor of town {n} said said no." for n in range(20)})
    [shard] = shards(path)
    assert isinstance(shard, Shard)
    result = check_shard(shard, Settings(lang="en", select=("REP101",)))
    assert [len(one.flaws) for one in result.checked] == [1] * 20
    assert result.checked[0].key == f"{path}/0.txt"
