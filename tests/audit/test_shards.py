"""Archives of every kind are cut into shards that hold each entry once, and what is wrong in them costs only itself."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import re
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.audit.runs import records
from tqcheck.audit.archives.inflate import HARMLESS
from tqcheck.audit.check_shard import COLUMNS, check_shard
from tqcheck.audit.outcomes import OUTCOMES
from tqcheck.audit.shards import Shard, cut, entries, of_records
from tqcheck.audit.values import Entry, Missed
from tqcheck.config import Settings

ROOT = Path(__file__).parents[2]
SETTINGS = Settings(lang="en", select=("REP101",))
PROSE = "The mayor said on Monday that the bridge over the river will be closed for two weeks this spring."


def read(inputs: list[Path | str], size: int = 300, stdin: bytes = b"") -> tuple[list[Entry], list[Missed]]:
    """Return all entries of some inputs, and all that was missed, on the way in or in the shards."""
    found: list[Entry] = []
    missed: list[Missed] = []
    for item in cut(map(str, inputs), size, io.BytesIO(stdin)):
        for one in [item] if isinstance(item, Missed) else entries(pickle.loads(pickle.dumps(item))):
            found.append(one) if isinstance(one, Entry) else missed.append(one)
    assert all(one.outcome in OUTCOMES for one in missed)
    return found, missed


def digests(*inputs: Path, size: int = 300) -> list[str]:
    return [item.digest for item in cut(map(str, inputs), size) if isinstance(item, Shard)]


def response(
    address: str, body: bytes, head: str = "Content-Type: text/html; charset=utf-8", status: int = 200
) -> bytes:
    http = f"HTTP/1.1 {status} Status\r\n{head}\r\n\r\n".encode() + body
    lines = ["WARC/1.0", "WARC-Type: response", f"WARC-Target-URI: {address}", "WARC-Date: 2026-01-02T03:04:05Z"]
    lines += ["Content-Type: application/http; msgtype=response", f"Content-Length: {len(http)}", "", ""]
    return "\r\n".join(lines).encode() + http + b"\r\n\r\n"


def page(number: int) -> bytes:
    text = f"<p>{PROSE}</p><p>Then it will be open again, for the {number}th time since it was built.</p>"
    top = f"<html lang='en'><head><title>Bridge {number}</title></head><body><nav><a href='/'>Home</a></nav>"
    return f"{top}<article>{text}</article></body></html>".encode()


def test_records_are_read_once_and_bad_ones_cost_only_themselves(tmp_path: Path) -> None:
    path = records(tmp_path / "in.jsonl", 30)
    lines = path.read_bytes().splitlines()
    lines[4:4] = [b"", b"{broken", b'{"id": "x"}', b"\xff", b'{"text": 5}']
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines))
    found, missed = read([path])
    assert [entry.key for entry in found] == [f"{path}#a{n}" for n in range(30)]
    assert {entry.feed for entry in found} == {str(path)}
    assert [(one.outcome, one.where) for one in missed] == [("bad-record", f"{path}:{n}") for n in (6, 7, 8, 9)]
    assert len(digests(path)) > 5


def test_more_records_change_only_the_last_shard(tmp_path: Path) -> None:
    path = records(tmp_path / "in.jsonl", 30)
    before = digests(path)
    with path.open("a") as file:
        file.write(json.dumps({"text": "One more."}) + "\n")
    after = digests(path)
    assert before[:-1] == after[: len(before) - 1]
    assert set(before) != set(after)
    other = path.rename(tmp_path / "other.jsonl")
    assert not set(digests(other)) & set(after)  # its articles have other keys


def test_a_record_without_id_is_called_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"text": f"{PROSE} {n}"}) + "\n" for n in range(9)))
    found, _ = read([path])
    assert [entry.key for entry in found] == [f"{path}#{n}" for n in range(1, 10)]


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = records(tmp_path / "in.jsonl", 30)
    shards = [item for item in cut([str(path)], 300) if isinstance(item, Shard)]
    path.write_text(path.read_text().replace("town 20", "city 20"))
    changed = [n for n, shard in enumerate(shards) for one in entries(shard) if isinstance(one, Missed)]
    assert len(changed) == 1


def test_packed_records(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.gz"
    lines = records(tmp_path / "in.jsonl", 30).read_bytes()
    whole = gzip.compress(lines[:700]) + gzip.compress(lines[700:])
    path.write_bytes(whole)
    found, missed = read([path])
    assert ([entry.article.id for entry in found], missed) == ([f"a{n}" for n in range(30)], [])
    path.write_bytes(whole[:-40])
    found, missed = read([path])
    assert [one.outcome for one in missed] == ["bad-record", "truncated"]  # half a line, and why
    assert 20 < len(found) < 30
    path.write_bytes(whole[:50] + b"\0\0\0\0" + whole[54:])
    assert "damaged" in [one.outcome for one in read([path])[1]]


def test_a_few_bytes_that_unpack_to_gigabytes_are_not_read(tmp_path: Path) -> None:
    engine = zlib.compressobj(wbits=31)
    zeros = b"".join(engine.compress(bytes(1 << 20)) for _ in range(2 * HARMLESS >> 20)) + engine.flush()
    many = gzip.compress(bytes(8 << 20)) * (2 * HARMLESS // (8 << 20))
    for name in ("one.jsonl.gz", "one.warc.gz"):
        (tmp_path / name).write_bytes(zeros)
        (tmp_path / f"many-{name}").write_bytes(many)
    found, missed = read([tmp_path])
    assert found == []
    assert Counter(one.outcome for one in missed)["bomb"] == 4


def test_folders_with_all_kinds_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\nlang: en\nsource: orig/a.txt\n---\n{PROSE}")
    (tmp_path / "orig").mkdir()
    (tmp_path / "orig" / "a.txt").write_text("Le maire a dit lundi que le pont sera fermé.")
    (tmp_path / "b.html").write_bytes(page(2))
    (tmp_path / ".hidden.txt").write_text(PROSE)
    (tmp_path / "c.txt").write_bytes(b"\0\1\2")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    records(tmp_path / "d.jsonl", 3)
    (tmp_path / "e.warc").write_bytes(response("http://news.example/1", page(1)))
    found, missed = read([tmp_path])
    names = [entry.key.removeprefix(f"{tmp_path}/") for entry in found]
    files = ["a.md", "b.html", "empty.txt", "orig/a.txt"]
    assert names == [*files, *(f"d.jsonl#a{n}" for n in range(3)), "http://news.example/1"]
    assert {entry.feed for entry in found} == {str(tmp_path)}
    assert (found[0].origin, found[0].article.source) == (
        "front-matter",
        "Le maire a dit lundi que le pont sera fermé.",
    )
    assert [(one.outcome, one.where) for one in missed] == [("unreadable", str(tmp_path / "c.txt"))]
    [shard] = [item for item in cut([str(tmp_path / "a.md")]) if isinstance(item, Shard)]
    (tmp_path / "orig" / "a.txt").write_text("Autre chose.")
    assert digests(tmp_path / "a.md") != [shard.digest]


def test_a_new_file_changes_few_shards(tmp_path: Path) -> None:
    for n in range(200):
        (tmp_path / f"{n:03}.txt").write_text(f"{PROSE} {n}")
    before = digests(tmp_path, size=2000)
    assert 5 < len(before) < 60
    (tmp_path / "0055.txt").write_text(PROSE)
    assert len(set(before) - set(digests(tmp_path, size=2000))) <= 3
    (tmp_path / "120.txt").write_text("Edited.")
    assert len(set(before) - set(digests(tmp_path, size=2000))) <= 6
    assert sorted(entry.article.id for entry in read([tmp_path], 2000)[0]) == sorted(map(str, tmp_path.iterdir()))


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.warc").write_bytes(b"")
    (tmp_path / "b.parquet").write_bytes(b"PAR1")
    (tmp_path / "c.jsonl").write_bytes(b"PK\x03\x04")
    names = ("none.jsonl", "folder", "a.warc", "b.parquet", "c.jsonl")
    found, missed = read([tmp_path / name for name in names])
    assert found == []
    assert [one.outcome for one in missed] == ["no-file", "empty", "empty", "damaged", "not-text"]


def test_standard_input_is_records_or_a_list(tmp_path: Path) -> None:
    path = records(tmp_path / "in.jsonl", 4)
    found, _ = read(["-"], stdin=path.read_bytes())
    assert [entry.key for entry in found] == [f"-#a{n}" for n in range(4)]
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"{PROSE} {n}")
    listed = "\n".join(str(tmp_path / name) for name in ("1.txt", "in.jsonl", "0.txt", "none.txt"))
    found, missed = read(["-"], stdin=f"\n{listed}\n".encode())
    names = [entry.key.removeprefix(f"{tmp_path}/") for entry in found]
    assert names == ["1.txt", "0.txt", *(f"in.jsonl#a{n}" for n in range(4))]
    assert [one.where for one in missed] == [str(tmp_path / "none.txt")]
    assert read(["-"]) == ([], [])


def test_parquet_and_its_columns(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")

    def write(name: str, **columns: object) -> Path:
        parquet.write_table(pyarrow.table(columns), tmp_path / name, row_group_size=20)
        return tmp_path / name

    texts = [f"{PROSE} {n}" for n in range(50)]
    good = write("good.parquet", id=list(range(50)), text=texts, lang=["en", None] * 25, other=[1.5] * 50)
    found, missed = read([good], 1000)
    assert [(entry.key, entry.article.text) for entry in found] == [(f"{good}#{n}", t) for n, t in enumerate(texts)]
    assert ([entry.article.lang for entry in found][:2], missed) == (["en", None], [])
    assert len(digests(good, size=1000)) > 3
    holes = write("holes.parquet", text=["One.", None, "Three."], lang=["en", "en", "english"])
    found, missed = read([holes])
    assert [entry.key for entry in found] == [f"{holes}#1"]
    assert [(one.outcome, one.where) for one in missed] == [("bad-record", f"{holes}:{n}") for n in (2, 3)]
    [lacking] = read([write("lacking.parquet", body=texts, headline=texts)])[1]
    assert (lacking.outcome, lacking.message[:78]) == (
        "missing-columns",
        "the column “text” (strings, the articles) is missing; the file has “body”, “he",
    )
    [wrong] = read([write("wrong.parquet", text=[1, 2], title=[b"x", b"y"])])[1]
    assert "the column “text” holds int64, not strings; the column “title” holds binary" in wrong.message
    parquet.write_table(pyarrow.table({"text": ["a" * 80_000_000]}), tmp_path / "bomb.parquet", compression="zstd")
    assert [one.outcome for one in read([tmp_path / "bomb.parquet"])[1]] == ["bomb"]
    good.write_bytes(good.read_bytes()[:-500])
    assert [one.outcome for one in read([good])[1]] == ["damaged"]


def test_web_archives_packed_or_not(tmp_path: Path) -> None:
    found = [response(f"http://news.example/{n}", page(n)) for n in range(12)]
    (tmp_path / "a.warc").write_bytes(b"".join(found))
    (tmp_path / "b.warc.gz").write_bytes(b"".join(map(gzip.compress, found)))
    for name in ("a.warc", "b.warc.gz"):
        pages, missed = read([tmp_path / name], size=100)
        assert ([entry.key for entry in pages], missed) == ([f"http://news.example/{n}" for n in range(12)], [])
        assert pages[3].article.text.startswith(PROSE)
        assert (pages[3].article.title, pages[3].article.lang) == ("Bridge 3", "en")
        assert "Home" not in pages[3].article.text
        assert len(digests(tmp_path / name, size=100)) > 2


def test_what_is_no_page_is_left_out(tmp_path: Path) -> None:
    body = page(1)
    chunked = b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in (body[:9], body[9:])) + b"0\r\n\r\n"
    html = "Content-Type: text/html\r\n"
    big = gzip.compress(bytes(40 << 20))
    answers = {
        "image": response("http://a.example/image", b"\x89PNG", "Content-Type: image/png"),
        "gone": response("http://a.example/gone", body, status=404),
        "chunked": response("http://a.example/chunked", chunked, html + "Transfer-Encoding: chunked"),
        "joined": response("http://a.example/joined", body, html + "Transfer-Encoding: chunked"),
        "packed": response("http://a.example/packed", gzip.compress(body), html + "Content-Encoding: gzip"),
        "unpacked": response("http://a.example/unpacked", body, html + "Content-Encoding: gzip"),
        "huge": response("http://a.example/huge", big, html + "Content-Encoding: gzip"),
        "brotli": response("http://a.example/brotli", b"\x0b\x02", html + "Content-Encoding: br"),
        "last": response("http://a.example/last", body),
    }
    (tmp_path / "in.warc").write_bytes(b"".join(answers.values()))
    found, missed = read([tmp_path / "in.warc"])
    names = [entry.key.rpartition("/")[2] for entry in found]
    assert names == ["chunked", "joined", "packed", "unpacked", "last"]
    assert len({entry.article.text for entry in found}) == 1
    told = [(one.outcome, one.where.rpartition("/")[2]) for one in missed]
    assert told == [("too-large", "huge"), ("bad-encoding", "brotli")]


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_that_ends_too_early_or_is_damaged(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("in.warc.gz" if packed else "in.warc")
    answers = [response(f"http://news.example/{n}", page(n)) for n in range(4)]
    parts = [gzip.compress(answer) if packed else answer for answer in answers]
    path.write_bytes(b"".join(parts)[:-60])
    found, missed = read([path])
    assert [entry.key[-1] for entry in found] == ["0", "1", "2"]
    assert [one.outcome for one in missed] == ["truncated"]
    broken = parts[2][:30] + b"????????" + parts[2][38:] if packed else b"no header at all\r\n\r\n" + parts[2]
    path.write_bytes(b"".join([*parts[:2], broken, parts[3]]))
    found, missed = read([path])
    assert [entry.key[-1] for entry in found] == ["0", "1"]
    assert [one.outcome for one in missed] == ["damaged"]


def test_the_function_for_clusters_is_as_documented() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "scale.md").read_text("utf-8"), re.DOTALL)
    [program] = [block for block in blocks if "import pyarrow" in block]
    names: dict[str, Any] = {}
    exec(program.partition("# On the cluster")[0], names)
    rows = [{"id": "a", "text": "It was was late."}, {"id": "b", "text": "In time."}, {"id": "c", "text": None}]
    found = names["findings"](pyarrow.Table.from_pylist(rows))
    kinds = [(row["kind"], row["key"], row["code"]) for row in found.to_pylist()]
    assert kinds[:2] == [("article", "archive#a", None), ("finding", "archive#a", "REP101")]
    assert kinds[2:] == [("article", "archive#b", None), ("missed", "archive:3", "bad-record")]
    assert names["findings"](pyarrow.Table.from_pylist(rows[:0], names["SCHEMA"])).schema == found.schema


def test_a_shard_of_ones_own_records_is_checked() -> None:
    rows = [
        {"id": 1, "text": "He said said no.", "lang": None, "title": float("nan"), "more": object()},
        {"id": 2, "text": " "},
        {"id": 1, "text": "The same id."},
        {"text": "And and without one.", "lang": "english"},
    ]
    result = check_shard(of_records(rows, feed="table", first=100), SETTINGS)
    assert pickle.loads(pickle.dumps(result)) == result
    assert [one.key for one in result.checked] == ["table#1"]
    told = [(one.outcome, one.where) for one in result.done.missed]
    assert told == [("no-text", "table#2"), ("duplicate", "table#1"), ("bad-record", "table:103")]
    assert result.done.entries == 4
    rows_out = result.rows()
    assert [(row["kind"], row["key"], row["code"]) for row in rows_out] == [
        ("article", "table#1", None),
        ("finding", "table#1", "REP101"),
        *(("missed", where, outcome) for outcome, where in told),
    ]
    assert all(list(row) == list(COLUMNS) for row in rows_out)
    assert all(isinstance(row[name], kind | None) for row in rows_out for name, kind in COLUMNS.items())
    assert result == check_shard(of_records(rows, feed="table", first=100), SETTINGS)
