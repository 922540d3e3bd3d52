"""Reports as plain values for JSON; `schema/report.schema.json` describes them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from tqcheck.model import Article, Finding, Fix, Repair, Report, Segment, Span
from tqcheck.reporters.lines import Lines

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def record(report: Report) -> dict[str, Any]:
    """Return a report as the contract writes it."""
    article = report.article
    sides = {side: Lines(_text(article, side)) for side in ("target", "source")}
    return {
        "id": article.id,
        "path": article.path,
        "lang": report.lang,
        "lang_detected": report.detected,
        "source_lang": report.source_lang or article.source_lang,
        "source_path": article.source_path,
        "score": report.score,
        "words": report.words,
        "findings": [_finding(f, sides, article.source) for f in report.findings],
        "hidden": report.hidden,
        "suppressed": [
            {**_finding(s.finding, sides, article.source), "suppressed": {"by": s.by, "reason": s.reason}}
            for s in report.suppressed
        ],
        "fixed": [_repair(r) for r in report.fixed],
        "deferred": [
            {"code": d.finding.code, "start": d.finding.start, "end": d.finding.end, "reason": d.reason}
            for d in report.deferred
        ],
        "segments": [_segment(s) for s in report.segments],
        "skipped": [{"code": s.code, "reason": s.reason} for s in report.skipped],
        "failures": [{"where": f.where, "message": f.message} for f in report.failures],
        "notes": list(article.notes),
        "signature": report.signature,
    }


def unread(id_: str, path: str | None, where: str, message: str, signature: str) -> dict[str, Any]:
    """Return the record of an input that could not be read: no language, no score, a failure."""
    return {
        "id": id_,
        "path": path,
        "lang": None,
        "lang_detected": False,
        "source_lang": None,
        "source_path": None,
        "score": None,
        "words": 0,
        "findings": [],
        "hidden": 0,
        "suppressed": [],
        "fixed": [],
        "deferred": [],
        "segments": [],
        "skipped": [],
        "failures": [{"where": where, "message": message}],
        "notes": [],
        "signature": signature,
    }


def dump(value: object, indent: int | None = None) -> str:
    """Return JSON that is always UTF-8 and one line for every reader: what some programs take for
    a line break, controls of terminals and lone surrogates stay escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)
    return _UNSAFE.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def _finding(finding: Finding, sides: Mapping[str, Lines], source: str | None) -> dict[str, Any]:
    line, column = sides[finding.side].position(finding.start)
    return {
        "code": finding.code,
        "name": finding.name,
        "category": finding.category.value,
        "mqm": finding.category.mqm,
        "severity": finding.severity.label,
        "confidence": finding.confidence.label,
        "message": finding.message,
        "side": finding.side,
        "start": finding.start,
        "end": finding.end,
        "line": line,
        "column": column,
        "text": finding.text,
        "fix": _fix(finding.fix),
        "source": _stretch(finding.source, source),
        "insert_at": finding.insert_at,
        "evidence": dict(finding.evidence),
    }


def _repair(repair: Repair) -> dict[str, Any]:
    finding = repair.finding
    return {
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "line": repair.line,
        "before": repair.before,
        "after": repair.after,
    }


def _text(article: Article, side: str) -> str:
    return article.text if side == "target" else article.source or ""


def _stretch(span: Span | None, text: str | None) -> dict[str, Any] | None:
    return None if span is None or text is None else {**_plain_span(span), "text": text[span.start : span.end]}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {"safe": fix.safe, "edits": [{"start": e.start, "end": e.end, "text": e.text} for e in fix.edits]}


def _span(span: Span | None) -> dict[str, int] | None:
    return None if span is None else _plain_span(span)


def _plain_span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "start": segment.start,
        "end": segment.end,
        "source": _span(segment.source),
        "similarity": segment.similarity,
        "risk": segment.risk,
        "reasons": {name: round(gave, 2) for name, gave in segment.reasons.items()},
    }


def _plain(value: object) -> Any:
    """Evidence may hold sets, spans and the like."""
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    return dict(value) if isinstance(value, Mapping) else str(value)
