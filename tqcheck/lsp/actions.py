"""What an editor offers at a finding: to repair it, to repair all that is safe, to hide it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    CreateFile,
    CreateFileOptions,
    Diagnostic,
    OptionalVersionedTextDocumentIdentifier,
    Range,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)
from pygls.uris import from_fs_path

from tqcheck.fixing import Offer, fix, safe_only
from tqcheck.lsp.diagnostics import Shown
from tqcheck.lsp.documents import Document
from tqcheck.lsp.positions import Positions
from tqcheck.lsp.suppress import Insertion, suppression
from tqcheck.model import Edit, Finding, Report
from tqcheck.readers.files import reread
from tqcheck.reporters.groups import fixed
from tqcheck.reporters.safe import reveal

FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.tqcheck"
KINDS = (CodeActionKind.QuickFix, FIX_ALL)
_LONGEST = 40
# Findings in a selection for which single actions are offered; a menu of more helps nobody.
_MOST = 10


class Abilities(NamedTuple):
    """What the editor can do with the edits of an action: check the version of the text, make a file."""

    versions: bool
    creates: bool


def actions(
    document: Document, chosen: Sequence[Shown], abilities: Abilities, kinds: Sequence[str]
) -> list[CodeAction]:
    """Return the actions for what is `chosen`, in the order in which they are worth trying; `kinds` are those
    asked for, none for all. The report of the document must be fresh."""
    report = document.report
    if report is None:
        return []
    maker = _Maker(document, report, abilities)
    found: list[CodeAction] = []
    if _wanted(CodeActionKind.QuickFix.value, kinds):
        told = [(shown.finding, shown.diagnostic) for shown in chosen if shown.finding is not None][:_MOST]
        repairs = [action for f, d in told if (action := maker.repair(f, d)) is not None]
        found += sorted(repairs, key=lambda action: not action.is_preferred)
        if repairs and (every_safe := maker.repair_all(CodeActionKind.QuickFix.value)) is not None:
            found.append(every_safe)
        seen: set[tuple[str, int]] = set()
        for f, d in told:
            if (f.code, f.start) not in seen:
                seen.add((f.code, f.start))
                found += filter(None, [maker.hide(f, d)])
    # One that changes the whole text is offered where the editor asks for its kind, as on saving.
    if kinds and _wanted(FIX_ALL, kinds) and (every_safe := maker.repair_all(FIX_ALL)) is not None:
        found.append(every_safe)
    return found


def _wanted(kind: str, kinds: Sequence[str]) -> bool:
    return not kinds or any(kind == k or kind.startswith(f"{k}.") or not k for k in kinds)


class _Maker:
    """Makes the actions of one text."""

    def __init__(self, document: Document, report: Report, abilities: Abilities) -> None:
        self._document, self._report, self._abilities = document, report, abilities

    def repair(self, finding: Finding, diagnostic: Diagnostic) -> CodeAction | None:
        """Return the repair of one finding; None where it has none that leaves the markup as it is."""
        if finding.fix is None:
            return None
        edits = self._edits(lambda offer: None if offer.finding == finding else "not asked for", [finding])
        after = fixed(finding, self._report.article.text)
        if not edits or after is None:
            return None
        safe = self._safe(finding)
        doubt = "" if safe else " (look first)"
        return CodeAction(
            title=f"{_short(reveal(finding.text))} → {_short(after)}{doubt} [{finding.code}]",
            kind=CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            is_preferred=safe,
            edit=self._here(edits),
        )

    def repair_all(self, kind: str) -> CodeAction | None:
        """Return all safe repairs that can be made together; None where there are less than two (as a quick
        fix), or none."""
        edits = self._edits(safe_only, [f for f in self._report.findings if self._safe(f)])
        least = 2 if kind == CodeActionKind.QuickFix.value else 1
        if len(edits) < least:
            return None
        return CodeAction(title=f"Apply all {len(edits)} safe fixes of tqcheck", kind=kind, edit=self._here(edits))

    def hide(self, finding: Finding, diagnostic: Diagnostic) -> CodeAction | None:
        """Return what hides a finding; None where there is no way to say so."""
        where = suppression(finding, self._report, self._document.path)
        if where is None:
            return None
        edit = self._here([where.edit]) if where.path is None else self._beside(where)
        if edit is None:
            return None
        title = f"Hide {finding.code} {where.what}"
        return CodeAction(title=title, kind=CodeActionKind.QuickFix, diagnostics=[diagnostic], edit=edit)

    def _safe(self, finding: Finding) -> bool:
        return safe_only(Offer(finding, self._report.article.text, finding.start)) is None

    def _edits(self, accept: Callable[[Offer], str | None], findings: list[Finding]) -> Sequence[Edit]:
        """Return the edits of the findings that are accepted, as `--fix` would make them in one pass."""
        article = self._report.article
        alone = replace(self._report, findings=tuple(findings))
        once = fix(
            alone,
            accept,
            check=lambda after: replace(alone, article=after, findings=()),
            read=lambda text: reread(article, text),
        )
        return once.passes[0] if once.passes else ()

    def _here(self, edits: Sequence[Edit]) -> WorkspaceEdit:
        document = self._document
        changes = [
            TextEdit(document.positions.range(e.start + document.lead, e.end + document.lead), e.text) for e in edits
        ]
        if not self._abilities.versions:
            return WorkspaceEdit(changes={document.uri: changes})
        place = OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
        return WorkspaceEdit(document_changes=[TextDocumentEdit(place, changes)])

    def _beside(self, where: Insertion) -> WorkspaceEdit | None:
        """Return an edit at the end of the file beside the article, which is made where it is missing."""
        uri = from_fs_path(where.path or "")
        if uri is None:
            return None
        at = Positions(where.before, self._document.encoding).position(where.edit.start)
        edit = TextEdit(Range(at, at), where.edit.text)
        if self._abilities.creates:
            options = CreateFileOptions(ignore_if_exists=True)
            place = OptionalVersionedTextDocumentIdentifier(uri, None)
            return WorkspaceEdit(document_changes=[CreateFile(uri, options=options), TextDocumentEdit(place, [edit])])
        return WorkspaceEdit(changes={uri: [edit]}) if where.exists else None


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
