"""The language server, driven over standard input and output by a client as an editor would."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcRequestCancelled
from pygls.uris import from_fs_path
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

SERVER = (sys.executable, "-m", "tqcheck", "lsp", "--stdio")
PUBLISHED = types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS
pytestmark = pytest.mark.asyncio(loop_scope="module")


class Editor:
    """A client with a folder, and what a user does in it."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.told: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.watchers: list[Any] = []
        self.versions: dict[str, int] = {}
        # What pytest-lsp keeps is the last of each text; here the order and the versions matter.
        keep = client.protocol.fm.features[PUBLISHED]

        def published(params: types.PublishDiagnosticsParams) -> None:
            keep(params)
            self.told.put_nowait(params)

        client.protocol.fm.features[PUBLISHED] = published

        @client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams) -> None:
            self.watchers += params.registrations

    async def start(self, capabilities: types.ClientCapabilities, **options: Any) -> types.InitializeResult:
        params = types.InitializeParams(capabilities=capabilities, **options)
        return await self.client.initialize_session(params)

    def open(self, path: Path, text: str, kind: str = "markdown", version: int = 1) -> str:
        uri = from_fs_path(str(path))
        assert uri is not None
        self.versions[uri] = version
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, kind, version, text))
        )
        return uri

    def replace(self, uri: str, text: str) -> None:
        self.versions[uri] += 1
        self._changed(uri, types.TextDocumentContentChangeWholeDocument(text))

    def insert(self, uri: str, line: int, character: int, text: str) -> None:
        self.versions[uri] += 1
        at = types.Position(line, character)
        self._changed(uri, types.TextDocumentContentChangePartial(types.Range(at, at), text))

    def _changed(self, uri: str, change: types.TextDocumentContentChangeEvent) -> None:
        name = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(name, [change]))

    def close(self, uri: str) -> None:
        del self.versions[uri]
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    async def next(self) -> types.PublishDiagnosticsParams:
        return await asyncio.wait_for(self.told.get(), 60)

    async def findings(self, uri: str) -> list[types.Diagnostic]:
        """Wait for what is told of the text as it is now."""
        while True:
            told = await self.next()
            if told.uri == uri and told.version == self.versions[uri]:
                return list(told.diagnostics)

    async def actions(
        self, uri: str, place: types.Range, only: list[types.CodeActionKind | str] | None = None
    ) -> list[types.CodeAction]:
        context = types.CodeActionContext([], only=only)
        name = types.TextDocumentIdentifier(uri)
        found = await self.client.text_document_code_action_async(types.CodeActionParams(name, place, context))
        assert all(isinstance(action, types.CodeAction) for action in found or [])
        return list(found or [])  # type: ignore[arg-type]

    async def hover(self, uri: str, line: int, character: int) -> str | None:
        name = types.TextDocumentIdentifier(uri)
        found = await self.client.text_document_hover_async(types.HoverParams(name, types.Position(line, character)))
        if found is None:
            return None
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value


def _codes(found: list[types.Diagnostic]) -> list[object]:
    return [each.code for each in found]


def _applied(text: str, edits: Any) -> str:
    """Apply edits as an editor that counts UTF-16 does, on lines of its own."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode("utf-16-le")) // 2 + 1)
    units = text.encode("utf-16-le")
    for edit in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
        start, end = (2 * (starts[p.line] + p.character) for p in (edit.range.start, edit.range.end))
        units = units[:start] + edit.new_text.encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le")


def _edits(action: types.CodeAction) -> Any:
    assert action.edit is not None
    assert action.edit.document_changes is not None
    (change,) = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    return change.edits


async def _editor(**options: Any) -> Editor:
    client = make_test_lsp_client()
    await client.start_io(*SERVER)
    editor = Editor(client)
    await editor.start(client_capabilities("visual-studio-code"), **options)
    return editor


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[Editor]:
    editor = await _editor(initialization_options={"lang": "en"})
    yield editor
    await editor.client.shutdown_session()
    await editor.client.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def editor(shared: Editor) -> AsyncIterator[Editor]:
    shared.client.messages.clear()
    yield shared
    for uri in list(shared.versions):
        shared.close(uri)


async def test_findings_of_an_open_text_and_of_an_edit(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "a.md", "The ship left the the port.\n")
    (found,) = await editor.findings(uri)
    assert (found.code, found.source) == ("REP101", "tqcheck")
    assert found.range == types.Range(types.Position(0, 14), types.Position(0, 21))
    assert found.severity is types.DiagnosticSeverity.Information
    assert found.code_description is not None
    page = Path(found.code_description.href.removeprefix("file://"))
    assert page.read_text("utf-8").startswith("# REP101 ")
    editor.replace(uri, "The ship left the port.\n")
    assert await editor.findings(uri) == []


async def test_columns_are_utf16_in_every_script(editor: Editor, tmp_path: Path) -> None:
    text = "😀 𝒳 שלום e\u0301 the the port.\r\n\u2028 and 😀 the the quay.\r\n"
    uri = editor.open(tmp_path / "a.md", text)
    found = [each for each in await editor.findings(uri) if each.code == "REP101"]
    lines = text.split("\r\n")
    expected = [len(line[: line.index("the the")].encode("utf-16-le")) // 2 for line in lines[:2]]
    assert [(each.range.start.line, each.range.start.character) for each in found] == list(enumerate(expected))
    assert all(each.range.end.character - each.range.start.character == 7 for each in found)
    # Below U+2028, which ends no line of the protocol, an edit still lands where the editor means it.
    editor.insert(uri, 1, expected[1] + 3, "re is")
    assert [each.range.start.line for each in await editor.findings(uri) if each.code == "REP101"] == [0]


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 5), ("utf-32", 2)])
async def test_the_unit_is_what_the_editor_wants(encoding: str, column: int, tmp_path: Path) -> None:
    client = make_test_lsp_client()
    await client.start_io(*SERVER)
    editor = Editor(client)
    general = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(encoding)])
    begun = await editor.start(types.ClientCapabilities(general=general))
    assert begun.capabilities.position_encoding == encoding
    uri = editor.open(tmp_path / "a.md", "---\nlang: en\n---\n😀 the the port was closed.\n")
    (found,) = await editor.findings(uri)
    assert (found.range.start, found.range.end) == (types.Position(3, column), types.Position(3, column + 7))
    # An editor that says nothing of what it can do gets no more than the protocol promises to all.
    (action, *_) = await editor.actions(uri, found.range)
    assert action.edit is not None
    assert action.edit.changes == {uri: (types.TextEdit(found.range, "the"),)}
    told = await editor.hover(uri, 3, column)
    assert told is not None
    assert "**" not in told
    await client.shutdown_session()
    await client.stop()


async def test_a_fix_is_applied_and_gone(editor: Editor, tmp_path: Path) -> None:
    text = "😀 The ship left the the port.\r\nIt came to hamburg from the the sea.\r\n"
    uri = editor.open(tmp_path / "a.txt", text, "plaintext")
    found = await editor.findings(uri)
    assert _codes(found) == ["REP101", "CAS101", "REP101"]
    here = await editor.actions(uri, found[0].range)
    assert here[0].title == "the the → the [REP101]"
    assert here[0].is_preferred
    assert list(here[0].diagnostics or ()) == [found[0]]
    assert _applied(text, _edits(here[0])) == text.replace("the the port", "the port")
    together = next(action for action in here if action.title.startswith("Apply all"))
    whole = text.replace("the the", "the").replace("hamburg", "Hamburg")
    assert _applied(text, _edits(together)) == whole
    on_save = await editor.actions(uri, types.Range(types.Position(0, 0), types.Position(0, 0)), ["source.fixAll"])
    assert [action.kind for action in on_save] == ["source.fixAll.tqcheck"]
    assert _applied(text, _edits(on_save[0])) == whole
    assert on_save[0].edit is not None
    assert on_save[0].edit.document_changes is not None
    assert on_save[0].edit.document_changes[0].text_document.version == 1  # type: ignore[union-attr]
    editor.replace(uri, whole)
    assert await editor.findings(uri) == []
    assert await editor.actions(uri, found[0].range, ["source.fixAll"]) == []


async def test_a_comment_hides_a_finding(editor: Editor, tmp_path: Path) -> None:
    text = "# A port\n\n- The ship left the the port\n  of *Hamburg*.  \n- It came to hamburg from the the sea.\n"
    uri = editor.open(tmp_path / "a.md", text)
    found = await editor.findings(uri)
    assert _codes(found) == ["REP101", "CAS101", "REP101"]
    for number in (0, 1, 2):
        actions = await editor.actions(uri, found[number].range)
        hide = next(action for action in actions if action.title.startswith(f"Hide {found[number].code}"))
        after = _applied(text, _edits(hide))
        assert f"tqcheck: ignore[{found[number].code}]" in after
        editor.replace(uri, after)
        left = await editor.findings(uri)
        assert _codes(left) == [code for at, code in enumerate(_codes(found)) if at != number]
        editor.replace(uri, text)
        await editor.findings(uri)


async def test_two_rules_are_hidden_in_one_comment(editor: Editor, tmp_path: Path) -> None:
    text = "<p>It came to hamburg from the the <b>sea</b></p>\n<p>The ship left the the port.</p>\n"
    uri = editor.open(tmp_path / "a.html", text, "html")
    found = await editor.findings(uri)
    for code in ("CAS101", "REP101"):
        place = next(each.range for each in found if each.code == code)
        hide = next(a for a in await editor.actions(uri, place) if a.title.startswith(f"Hide {code}"))
        text = _applied(text, _edits(hide))
        editor.replace(uri, text)
        found = await editor.findings(uri)
    assert "<!-- tqcheck: ignore[CAS101,REP101] -->" in text
    assert [(each.code, each.range.start.line) for each in found] == [("REP101", 1)]


async def test_plain_text_is_hidden_in_the_file_beside_it(editor: Editor, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    uri = editor.open(path, "The ship left the the port, “in \\ hamburg”.\n", "plaintext")
    found = await editor.findings(uri)
    beside = tmp_path / "a.txt.tqcheck.toml"
    for left in (1, 0):
        actions = await editor.actions(uri, found[0].range)
        hide = next(action for action in actions if action.title.startswith("Hide"))
        assert hide.edit is not None
        assert hide.edit.document_changes is not None
        made, change = hide.edit.document_changes
        assert isinstance(made, types.CreateFile)
        assert isinstance(change, types.TextDocumentEdit)
        assert made.uri == change.text_document.uri == from_fs_path(str(beside))
        beside.write_text(_applied(beside.read_text() if beside.exists() else "", change.edits))
        event = types.FileEvent(made.uri, types.FileChangeType.Changed)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        found = await editor.findings(uri)
        assert len(found) == left
    assert editor.client.messages == []


async def test_the_original_is_shown(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "tqcheck.toml").write_text('pairs = "{stem}.{lang}.md"\nsource-lang = "fr"\n')
    original = "😀 Le port est fermé depuis lundi matin.\n\nLe maire a promis 300 millions d’euros aux pêcheurs.\n"
    (tmp_path / "a.fr.md").write_text(original)
    text = "😀 The port has been closed since Monday morning.\n\nThe mayor promised 500 million euros to fishermen.\n"
    uri = editor.open(tmp_path / "a.en.md", text)
    found = [each for each in await editor.findings(uri) if str(each.code).startswith("NUM")]
    assert [each.severity for each in found] == [types.DiagnosticSeverity.Error]
    assert found[0].related_information is not None
    (beside,) = found[0].related_information
    assert beside.location.uri == from_fs_path(str(tmp_path / "a.fr.md"))
    assert beside.location.range.start == types.Position(2, 18)
    assert beside.message.startswith("original: 300")
    told = await editor.hover(uri, found[0].range.start.line, found[0].range.start.character)
    assert told is not None
    assert "**Original:** Le maire a promis 300 millions d’euros aux pêcheurs." in told
    assert "**Norm:**" in told
    # The original is mended, and the editor says so.
    (tmp_path / "a.fr.md").write_text(original.replace("300", "500"))
    event = types.FileEvent(beside.location.uri, types.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert [each for each in await editor.findings(uri) if str(each.code).startswith("NUM")] == []


async def test_an_original_counts_as_it_stands_in_the_editor(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "tqcheck.toml").write_text('source-lang = "fr"\npairs = "{stem}.{lang}.md"\nselect = ["NUM"]\n')
    original = "Le port est fermé depuis lundi matin.\n\nLe maire a promis 300 millions d’euros aux pêcheurs.\n"
    (tmp_path / "a.fr.md").write_text(original)
    text = "The port has been closed since Monday morning.\n\nThe mayor promised the fishermen 500 million euros.\n"
    uri = editor.open(tmp_path / "a.en.md", text)
    assert [d.code for d in await editor.findings(uri)] == ["NUM101"]
    source = editor.open(tmp_path / "a.fr.md", original)
    assert await editor.findings(source) == []
    editor.replace(source, original.replace("300", "500"))
    while await editor.findings(uri):  # told again for the same version of the translation
        pass
    editor.close(source)
    while not await editor.findings(uri):
        pass


async def test_words_of_an_article_are_no_markup(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "a.txt", "He said [it](command:x) [it](command:x) <b> <b> loudly.\n", "plaintext")
    found = await editor.findings(uri)
    for each in found:
        told = await editor.hover(uri, each.range.start.line, each.range.start.character)
        assert told is not None
        assert "[it](" not in told.replace("\\[", "")
        assert "<b>" not in told.replace("\\<", "")


async def test_only_the_last_edit_counts(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "a.md", "The ship left the port.\n")
    await editor.findings(uri)
    seen: list[int | None] = []
    for _ in range(30):
        editor.insert(uri, 0, 0, "The the. ")
        await asyncio.sleep(0)
    while not seen or seen[-1] != editor.versions[uri]:
        told = await editor.next()
        if told.uri == uri:
            seen.append(told.version)
    assert seen == sorted(set(seen), key=lambda version: version or 0)
    assert len(seen) < 30
    found = editor.client.diagnostics[uri]
    assert len([each for each in found if each.code == "REP101"]) == 30


async def test_a_question_right_after_an_edit_is_answered_for_the_new_text(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "a.md", "The ship left the port.\n")
    await editor.findings(uri)
    editor.replace(uri, "The ship left left the port.\n")
    told = await editor.hover(uri, 0, 10)
    assert told is not None
    assert "REP101" in told


async def test_a_question_may_be_taken_back(editor: Editor, tmp_path: Path) -> None:
    text = "The ship left the the port. " * 10_000
    uri = editor.open(tmp_path / "a.md", text)
    name = types.TextDocumentIdentifier(uri)
    asked = asyncio.ensure_future(
        editor.client.text_document_hover_async(types.HoverParams(name, types.Position(0, 15)))
    )
    await asyncio.sleep(0.1)
    number = next(reversed(editor.client.protocol._request_futures))
    editor.client.cancel_request(types.CancelParams(number))
    with pytest.raises(JsonRpcRequestCancelled):
        await asyncio.wait_for(asked, 60)
    editor.replace(uri, "The the port.\n")
    assert _codes(await editor.findings(uri)) == ["REP101"]


async def test_a_book_is_refused_with_a_word(editor: Editor, tmp_path: Path) -> None:
    book = "The ship left the the port of the island on Monday.\n" * 200_000
    assert len(book) > 10_000_000
    uri = editor.open(tmp_path / "book.txt", book, "plaintext")
    assert await editor.findings(uri) == []
    editor.insert(uri, 5, 0, "x")
    assert await editor.hover(uri, 0, 15) is None
    (message,) = editor.client.messages
    assert "book.txt is too large" in message.message
    assert message.type is types.MessageType.Warning
    editor.replace(uri, "The ship left the the port.\n")
    assert _codes(await editor.findings(uri)) == ["REP101"]


async def test_a_closed_text_has_no_findings(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "a.md", "The ship left the the port.\n")
    await editor.findings(uri)
    editor.close(uri)
    told = await editor.next()
    assert (told.uri, list(told.diagnostics)) == (uri, [])


async def test_other_files_are_none_of_our_business(editor: Editor, tmp_path: Path) -> None:
    other = editor.open(tmp_path / "a.py", "the the\n", "python")
    uri = editor.open(tmp_path / "a.md", "The ship left the the port.\n")
    await editor.findings(uri)
    assert other not in editor.client.diagnostics


async def test_a_text_without_a_file_is_checked(editor: Editor) -> None:
    uri = "untitled:Untitled-1"
    editor.versions[uri] = 1
    item = types.TextDocumentItem(uri, "plaintext", 1, "\ufeffThe ship left the the port.\n")
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    (found,) = await editor.findings(uri)
    assert found.range == types.Range(types.Position(0, 15), types.Position(0, 22))
    (fix, *others) = await editor.actions(uri, found.range)
    assert _edits(fix)[0].range == found.range
    assert others == []


async def test_configuration_files_are_read_again(editor: Editor, tmp_path: Path) -> None:
    watched = [registration.method for registration in editor.watchers]
    assert watched == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
    config = tmp_path / "tqcheck.toml"
    uri = editor.open(tmp_path / "a.md", "The ship left the the port of hamburg.\n")
    assert _codes(await editor.findings(uri)) == ["REP101", "CAS101"]

    async def after(words: str) -> list[types.Diagnostic]:
        config.write_text(words)
        event = types.FileEvent(from_fs_path(str(config)) or "", types.FileChangeType.Changed)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        return await editor.findings(uri)

    assert _codes(await after('ignore = ["REP"]')) == ["CAS101"]
    assert _codes(await after('[per-file-ignores]\n"*.md" = ["CAS"]')) == ["REP101"]
    (wrong,) = await after('ignroe = ["REP"]')
    assert "did you mean “ignore”?" in wrong.message
    assert wrong.severity is types.DiagnosticSeverity.Error
    assert ["did you mean" in message.message for message in editor.client.messages] == [True]
    # An editor that does not tell of files: the next edit finds the change.
    config.write_text("")
    editor.replace(uri, "The ship left the the port of hamburg!\n")
    assert _codes(await editor.findings(uri)) == ["REP101", "CAS101"]


async def test_settings_of_the_editor_win(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "tqcheck.toml").write_text('ignore = ["REP"]')
    uri = editor.open(tmp_path / "a.md", "The ship left the the port of hamburg.\n")
    assert _codes(await editor.findings(uri)) == ["CAS101"]

    async def after(settings: Any) -> list[types.Diagnostic]:
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
        return await editor.findings(uri)

    assert _codes(await after({"tqcheck": {"ignore": ["CAS101"], "minConfidence": "low"}})) == ["REP101"]
    await after({"tqcheck": {"ignoer": []}})
    assert "settings of the editor: unknown key “ignoer”" in editor.client.messages[-1].message
    # An editor that wants to be asked answers with what it holds.
    editor.client.set_configuration({"lang": "en"}, section="tqcheck")
    assert _codes(await after(None)) == ["CAS101"]


async def test_what_a_baseline_holds_is_not_told(editor: Editor, tmp_path: Path) -> None:
    text = "The ship left the the port.\n"
    (tmp_path / "a.md").write_text(text)
    (tmp_path / "tqcheck.toml").write_text('baseline = "tqcheck-baseline.json"\npreset = "desk"\n')
    made = [sys.executable, "-m", "tqcheck", "baseline", "create", "a.md", "--lang", "en"]
    subprocess.run(made, cwd=tmp_path, check=True, capture_output=True)
    uri = editor.open(tmp_path / "a.md", text)
    assert await editor.findings(uri) == []
    editor.insert(uri, 0, 0, "It was cold in hamburg. ")
    assert _codes(await editor.findings(uri)) == ["CAS101"]
    (tmp_path / "tqcheck-baseline.json").write_text("[]")
    editor.insert(uri, 0, 0, "Yes. ")
    (wrong,) = await editor.findings(uri)
    assert "no baseline" in wrong.message


async def test_the_language_is_that_of_the_front_matter(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "a.md", "---\nlang: de\n---\nDas Schiff lief am am Montag aus.\n")
    found = await editor.findings(uri)
    assert [(each.code, each.range.start.line) for each in found] == [("REP101", 3)]


@pytest.mark.parametrize("polite", [True, False])
async def test_the_exit_code_says_whether_the_editor_said_goodbye(polite: bool) -> None:
    editor = await _editor()
    if polite:
        await editor.client.shutdown_async(None)
    editor.client.exit(None)
    server = editor.client._server
    assert server is not None
    assert await asyncio.wait_for(server.wait(), 60) == (0 if polite else 1)
    await editor.client.stop()


async def test_a_missing_extra_is_told() -> None:
    program = (
        "import sys; sys.modules['pygls'] = None; sys.argv = ['tqcheck', 'lsp']; import tqcheck.cli as c; c.main()"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "pip install 'tqcheck[lsp]'" in ran.stderr
    assert ran.stdout == ""
