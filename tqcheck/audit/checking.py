"""Check one entry for the store: which text it is, by which rules, and what is kept of the report."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

from tqcheck._version import __version__
from tqcheck.audit.values import Checked, Entry, Flaw
from tqcheck.config import Settings
from tqcheck.errors import ConfigError
from tqcheck.fingerprint import digest, fingerprints
from tqcheck.languages.version import everything
from tqcheck.model import Article, Finding, Report
from tqcheck.rule_names import rule_names
from tqcheck.select import select
from tqcheck.signature import ran_digest

# Characters kept on each side of a finding.
_BESIDE = 60
# Characters kept of a finding, and of what to write instead: a loop may be as long as the article.
_LONGEST = 400
# Settings that change no finding of the store: what they stand for, or what is done with findings.
_BESIDE_THE_POINT = frozenset({"preset", "pairs", "fail_on", "baseline"})


def text_hash(article: Article) -> str:
    """Return what tells the text of an article, with its original and the languages that were said, from others."""
    parts = (article.text, article.source or "", article.lang or "", article.source_lang or "")
    lengths = ",".join(str(len(part)) for part in parts)
    return blake2b("\0".join((lengths, *parts)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def rules_signature(settings: Settings) -> str:
    """Return what tells all that may change findings: version, rules, data, settings and the files that they name.

    It is known before an article is read, so it holds the data of every language and not the language found.
    Raises ConfigError for a rule that does not exist or a file that cannot be read.
    """
    rules = select(rule_names(), settings.select, settings.ignore, settings.extend_select)
    ran = ran_digest(tuple(rule.code for rule in rules))
    said = [f"{name}={getattr(settings, name)!r}" for name in settings.__slots__ if name not in _BESIDE_THE_POINT]
    wishes = digest(*said, *(_content(path) for path in settings.files() if path != settings.baseline))
    return f"tqcheck:{__version__}|rules:{ran}|data:{everything()}|settings:{wishes}"


def _content(path: str) -> str:
    try:
        return blake2b(Path(path).read_bytes(), digest_size=16).hexdigest()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error


def checked(entry: Entry, report: Report, rules: str, *, keep_text: bool = False) -> Checked:
    """Return what the store keeps of the report of an entry; `rules` is the signature of its settings.

    With `keep_text` the text is kept too, for a report that shows the whole article.
    """
    article = entry.article
    return Checked(
        key=entry.key,
        feed=entry.feed,
        text_hash=text_hash(article),
        rules=rules,
        lang=report.lang,
        words=report.words,
        score=report.score,
        flaws=flaws(replace(report, article=article)),
        failures=tuple(f"{failure.where}: {failure.message}" for failure in report.failures),
        title=article.title,
        source_lang=report.source_lang,
        published=entry.published,
        origin=entry.origin,
        text=article.text if keep_text else None,
        line=article.line,
    )


def flaws(report: Report) -> tuple[Flaw, ...]:
    """Return the findings of a report as the store keeps them; the report must hold its article."""
    # By content alone: the same text under another address has the same faults.
    names = fingerprints(replace(report.article, id="", path=None), report.findings, "")
    return tuple(_flaw(finding, name, report.article) for finding, name in zip(report.findings, names, strict=True))


def _flaw(finding: Finding, name: str, article: Article) -> Flaw:
    ours = finding.side == "target"
    text = article.text if ours else article.source or ""
    before, after = _before(text, finding.start), _after(text, finding.end)
    words = _short(finding.text)
    missing = -1 if finding.insert_at is None else finding.insert_at
    return Flaw(
        fingerprint=name,
        code=finding.code,
        category=finding.category.value,
        severity=finding.severity.label,
        confidence=finding.confidence.label,
        message=_short(finding.message),
        start=finding.start if ours else missing,
        end=finding.end if ours else missing,
        text=words,
        context=f"{before}⟦{words}⟧{after}",
        suggestion=_suggestion(finding, text) if ours else None,
    )


def _suggestion(finding: Finding, text: str) -> str | None:
    """Return the words at fault as the fix would have them; None where it changes others."""
    fix = finding.fix
    if fix is None or any(not finding.start <= e.start <= e.end <= finding.end for e in fix.edits):
        return None
    moved = replace(
        fix, edits=tuple(e._replace(start=e.start - finding.start, end=e.end - finding.start) for e in fix.edits)
    )
    return _short(moved.apply(text[finding.start : finding.end]))


def _before(text: str, at: int) -> str:
    """Return what stands before a place, from the beginning of a word on."""
    start = max(0, at - _BESIDE)
    if not start:
        return text[:at]
    cut, space, rest = text[start:at].partition(" ")
    return f"…{rest if space else cut}"


def _after(text: str, at: int) -> str:
    """Return what stands behind a place, to the end of a word."""
    end = at + _BESIDE
    if end >= len(text):
        return text[at:]
    rest, space, cut = text[at:end].rpartition(" ")
    return f"{rest if space else cut}…"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
