"""The messages of the editor, and what is done about each."""

from __future__ import annotations

import asyncio
import os
from copy import copy
from pathlib import PurePath
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.uris import to_fs_path

from tqcheck.lsp.actions import KINDS, actions
from tqcheck.lsp.diagnostics import Shown
from tqcheck.lsp.documents import Document, whole
from tqcheck.lsp.hover import hover
from tqcheck.lsp.positions import Positions
from tqcheck.lsp.server import Server
from tqcheck.readers.files import READERS


def initialize(ls: Server, params: types.InitializeParams) -> None:
    """The editor says what it can do, and some say what the user wants."""
    ls.configure(params.initialization_options)


async def initialized(ls: Server, params: types.InitializedParams) -> None:
    """The editor is ready for questions."""
    ls.watch()
    ls.warm()
    await ls.ask_for_settings()


def shutdown(ls: Server, params: None) -> None:
    """The editor says goodbye."""
    ls.said_goodbye = True
    ls.checker.close()


def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """A text is opened: it is checked at once."""
    item = params.text_document
    encoding = ls.workspace.position_encoding or types.PositionEncodingKind.Utf16
    document = Document(item.uri, item.language_id, Positions(whole(item.text), encoding), encoding, item.version)
    ls.documents[item.uri] = document
    ls.check(document)
    ls.check_translations(document)


def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    """A text is edited."""
    document = ls.documents.get(params.text_document.uri)
    if document is not None:
        document.change(params.content_changes, params.text_document.version)
        ls.check(document)
        ls.check_translations(document)


def saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    """A text is saved; it may be the original of another one."""
    path = to_fs_path(params.text_document.uri)
    _files_changed(ls, [path] if path else [])


def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    """A text is closed: nothing is said of it any longer."""
    document = ls.documents.pop(params.text_document.uri, None)
    if document is not None:
        ls.checker.drop(document.uri)
        ls.troubles.pop(document.uri, None)
        document.shown, document.version = [], None
        ls.publish(document)
        ls.check_translations(document)  # what was not saved is gone


async def reconfigured(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    """The settings of the editor have changed; some editors send them, others want to be asked."""
    if params.settings:
        ls.configure(params.settings)
    else:
        await ls.ask_for_settings()


def watched(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """Files have changed."""
    _files_changed(ls, [path for change in params.changes if (path := to_fs_path(change.uri))])


async def hovered(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """The pointer rests on a place."""
    document = await _checked(ls, params.text_document.uri)
    if document is None or document.report is None:
        return None
    at = document.positions.offset(params.position) - document.lead
    under = [s.finding for s in document.shown if s.finding is not None and _touches(s, at, at)]
    content = hover(under, document.report, ls.reads_markdown())
    return None if content is None else types.Hover(content)


async def acted(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The user wants to know what can be done about a stretch."""
    document = await _checked(ls, params.text_document.uri)
    if document is None:
        return []
    start, end = (document.positions.offset(at) - document.lead for at in (params.range.start, params.range.end))
    under = [s for s in document.shown if _touches(s, start, end)]
    # What is offered is tried on the text first, which takes its time where the text is long; edits go on meanwhile.
    offered = await asyncio.to_thread(actions, copy(document), under, ls.abilities(), params.context.only or ())
    return offered if document.fresh else []


_FEATURES: dict[str, tuple[Any, Any]] = {
    types.INITIALIZE: (initialize, None),
    types.INITIALIZED: (initialized, None),
    types.SHUTDOWN: (shutdown, None),
    types.TEXT_DOCUMENT_DID_OPEN: (opened, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (changed, None),
    types.TEXT_DOCUMENT_DID_SAVE: (saved, None),
    types.TEXT_DOCUMENT_DID_CLOSE: (closed, None),
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: (reconfigured, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (watched, None),
    types.TEXT_DOCUMENT_HOVER: (hovered, None),
    types.TEXT_DOCUMENT_CODE_ACTION: (acted, types.CodeActionOptions(code_action_kinds=KINDS)),
}


def serve(out: BinaryIO) -> int:
    """Speak with an editor over standard input and `out`; return the exit code."""
    server = Server()
    for name, (function, options) in _FEATURES.items():
        server.feature(name, options)(function)
    try:
        server.start_io(stdout=out)
    finally:
        server.checker.close()
    # An editor that leaves without goodbye has crashed (LSP 3.17, §Exit).
    return 0 if server.said_goodbye else 1


async def _checked(ls: Server, uri: str) -> Document | None:
    """Return a text once its report is that of the text as it is; None where it has none."""
    await ls.checker.settled(uri)
    document = ls.documents.get(uri)
    return document if document is not None and document.fresh else None


def _files_changed(ls: Server, paths: list[str]) -> None:
    """Check the texts again that may depend on files; an article on disk is nobody's business but its
    translation's."""
    articles = {os.path.realpath(path) for path in paths if PurePath(path).suffix.lower() in READERS}
    if len(articles) < len(set(map(os.path.realpath, paths))):
        ls.check_all()
        return
    for document in ls.documents.values():
        source = None if document.report is None else document.report.article.source_path
        own = document.path is not None and os.path.realpath(document.path) in articles
        # Without an original, the file that has come may be the one.
        if (source is None and not own) or (source is not None and os.path.realpath(source) in articles):
            ls.check(document)


def _touches(shown: Shown, start: int, end: int) -> bool:
    return shown.span.start <= end and start <= shown.span.end
