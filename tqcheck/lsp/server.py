"""The server: what it knows, what it checks, and what it tells the editor."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePath
from threading import Event
from typing import NamedTuple

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from tqcheck._version import __version__
from tqcheck.config import FILE_NAMES
from tqcheck.errors import TqcheckError
from tqcheck.lsp.actions import Abilities
from tqcheck.lsp.checking import Checker, check
from tqcheck.lsp.diagnostics import Shown, Teller
from tqcheck.lsp.documents import LARGEST, Document
from tqcheck.lsp.files import Files
from tqcheck.lsp.positions import Positions
from tqcheck.lsp.protocol import Protocol
from tqcheck.model import Article, Report
from tqcheck.readers import Unread
from tqcheck.readers.files import READERS, STREAMS
from tqcheck.rules import load_rules

_WARM = "warm"
# What a check depends on beside the text: configurations, originals, glossaries, files of suppressions.
_WATCHED = (
    *(f"**/{name}" for name in FILE_NAMES),
    "**/*.tqcheck.toml",
    "**/tqcheck-baseline.json",
    f"**/*.{{{','.join(s.lstrip('.') for s in (*READERS, *STREAMS, '.csv', '.tsv', '.tbx'))}}}",
)


class Outcome(NamedTuple):
    """What a check of one text came to; without a report, why there is none."""

    shown: list[Shown]
    report: Report | None
    trouble: str | None = None


class Server(LanguageServer):
    """Checks the texts that are open, and tells the editor what it found."""

    def __init__(self) -> None:
        super().__init__("tqcheck", __version__, protocol_cls=Protocol)
        self.documents: dict[str, Document] = {}
        self.files = Files()
        self.checker = Checker()
        # What was told of each text last, so that it is told once and not at every stroke.
        self.troubles: dict[str, str | None] = {}
        self.said_goodbye = False

    # What the editor is told.

    def check(self, document: Document) -> None:
        """Check a text, unless it is too large or no article."""
        size = len(document.text)
        if document.name is None:
            return
        if size > LARGEST:
            self.checker.drop(document.uri)
            document.shown, document.report = [], None
            if not document.refused:
                document.refused = True
                self.say(
                    f"{PurePath(document.name).name} is too large to be checked while it is open ({size:,} characters, "
                    f"the limit is {LARGEST:,}); run `tqcheck check` on it.",
                    types.MessageType.Warning,
                )
                self.publish(document)
            return
        document.refused = False
        stamp, positions, lead, name = document.stamp, document.positions, document.lead, document.name
        known, files, related = document.path is not None, self.files, self._shows_related()
        edited = {each.real: each.text for each in self.documents.values() if each.real and each is not document}

        def work(stop: Event) -> Outcome:
            return _outcome(files, positions, lead, name, known, edited, related, stop)

        def done(outcome: Outcome) -> None:
            document.shown, document.report, document.checked = outcome.shown, outcome.report, stamp
            self._complain(document.uri, outcome.trouble)
            self.publish(document)

        self.checker.ask(document.uri, work, done)

    def check_all(self) -> None:
        """Check every open text again."""
        for document in self.documents.values():
            self.check(document)

    def check_translations(self, original: Document) -> None:
        """Check the open texts again whose original this text is."""
        for document in list(self.documents.values()):
            source = None if document.report is None else document.report.article.source_path
            if document is not original and source is not None and os.path.realpath(source) == original.real:
                self.check(document)

    def configure(self, options: object) -> None:
        """Take the settings of the editor; wrong ones are told and change nothing."""
        given = options.get("tqcheck", options) if isinstance(options, Mapping) else None
        if not isinstance(given, Mapping):
            return
        try:
            self.files = Files(given)
        except TqcheckError as error:
            self._complain("", str(error))
        else:
            self.troubles.clear()
        self.check_all()

    async def ask_for_settings(self) -> None:
        """Ask the editor for its settings, where it answers such questions."""
        workspace = self.client_capabilities.workspace
        if workspace is None or not workspace.configuration:
            return
        items = [types.ConfigurationItem(section="tqcheck")]
        (options,) = await self.workspace_configuration_async(types.ConfigurationParams(items)) or [None]
        if options:
            self.configure(options)

    def warm(self) -> None:
        """Load rules and data before the first text comes."""
        files = self.files
        self.checker.ask(_WARM, lambda stop: _warm(files, stop), lambda done: None)

    def watch(self) -> None:
        """Ask the editor to tell of files that change, where it can."""
        workspace = self.client_capabilities.workspace
        watched = None if workspace is None else workspace.did_change_watched_files
        if watched is None or not watched.dynamic_registration:
            return
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(p) for p in _WATCHED])
        wish = types.Registration("tqcheck-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        self.client_register_capability(types.RegistrationParams([wish]))

    def say(self, message: str, kind: types.MessageType) -> None:
        """Show a message to the user."""
        self.window_show_message(types.ShowMessageParams(kind, message))

    # What the editor can do.

    def abilities(self) -> Abilities:
        """Return what the editor can do with edits."""
        workspace = self.client_capabilities.workspace
        edits = None if workspace is None else workspace.workspace_edit
        versions = bool(edits is not None and edits.document_changes)
        makes = () if edits is None else edits.resource_operations or ()
        return Abilities(versions, versions and types.ResourceOperationKind.Create in makes)

    def reads_markdown(self) -> bool:
        """True where hovers may hold Markdown."""
        texts = self.client_capabilities.text_document
        hovers = None if texts is None else texts.hover
        formats = None if hovers is None else hovers.content_format
        return formats is not None and types.MarkupKind.Markdown in formats

    def _shows_related(self) -> bool:
        texts = self.client_capabilities.text_document
        diagnostics = None if texts is None else texts.publish_diagnostics
        return bool(diagnostics is not None and diagnostics.related_information)

    def publish(self, document: Document) -> None:
        """Tell the editor what is known of a text."""
        told = [shown.diagnostic for shown in document.shown]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(document.uri, told, document.version))

    def _complain(self, about: str, trouble: str | None) -> None:
        if trouble is not None and trouble not in self.troubles.values():
            self.say(trouble, types.MessageType.Error)
        self.troubles[about] = trouble


def _outcome(
    files: Files,
    positions: Positions,
    lead: int,
    name: str,
    known: bool,
    edited: Mapping[str, str],
    related: bool,
    stop: Event,
) -> Outcome:
    """Check one text, in the worker."""
    teller = Teller(positions, lead, related)
    try:
        item, settings = files.article(positions.text, name, known, edited)
        if isinstance(item, Unread):
            return Outcome([teller.note(item.message, types.DiagnosticSeverity.Error)], None)
        report = files.narrowed(check(item, settings, stop), settings)
    except TqcheckError as error:
        return Outcome([teller.note(str(error), types.DiagnosticSeverity.Error)], None, str(error))
    except Exception as error:  # one text must not end the conversation
        told = f"the check broke ({type(error).__name__}: {error}); please report this"
        return Outcome([teller.note(told, types.DiagnosticSeverity.Error)], None, told)
    return Outcome(teller.report(report), report)


def _warm(files: Files, stop: Event) -> bool:
    """Run every rule over its own examples once: what is loaded for the first text is loaded then."""
    with suppress(TqcheckError):  # what is wrong is told with the first text
        settings = files.layers(Path.cwd()).settings
        lang = settings.lang or "en"
        mine = [e for rule in load_rules() for e in rule.examples if e.lang == lang]
        check(Article("\n\n".join(e.text for e in mine)), replace(settings, lang=None), stop)
        beside = next((e for e in mine if e.source and e.source_lang == settings.source_lang), None)
        if beside is not None:
            check(Article(beside.text, lang=lang, source=beside.source, source_lang=beside.source_lang), settings, stop)
    return True
