"""A translation beside a reference (a post-edited version, another translation): how far apart they
are, by sacrebleu's metrics with their signatures, and which findings went away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from tqcheck.model import Finding, Report, Span

# Resamples for the 95 % intervals (paired bootstrap; Koehn 2004, https://aclanthology.org/W04-3250).
_RESAMPLES = 1000
# Of fewer segments, an interval says nothing.
_FEW = 10
# BLEU counts words; sacrebleu cuts Chinese itself, and needs more than it brings for these two.
_TOKENIZERS = {"zh": "zh", "ja": "char", "ko": "char", "th": "char"}


@dataclass(frozen=True, slots=True)
class Metric:
    """A corpus score with half the width of its 95 % interval around the mean of the resamples
    (both 0 where there are too few segments), and its signature."""

    name: str
    score: float
    mean: float
    interval: float
    signature: str


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the target that the reference words otherwise; `edits` is its TER, in percent."""

    target: Span
    reference: Span
    edits: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What separates a target from its reference. `segments` were compared, `changes` of them differ;
    the findings are those of the target that the reference no longer has, has too, and has alone."""

    metrics: tuple[Metric, ...]
    segments: int
    changes: tuple[Change, ...]
    gone: tuple[Finding, ...]
    kept: tuple[Finding, ...]
    new: tuple[Finding, ...]


def compare(target: Report, sentences: Sequence[Span], reference: Report, others: Sequence[Span]) -> Comparison:
    """Return the comparison of two checked articles. `sentences` and `others` are the sentences of
    both, in raw offsets: equal ones are anchors, and what stands between two anchors is compared
    sentence by sentence where the numbers agree, else as one."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    ours, theirs = target.article.text, reference.article.text
    pairs = list(_pairs(ours, sentences, theirs, others))
    base = target.lang.partition("-")[0]
    tokenizer = _TOKENIZERS.get(base, "13a")
    spaceless = tokenizer != "13a"
    hypotheses = [_line(ours, a) for a, _b in pairs]
    references = [_line(theirs, b) for _a, b in pairs]
    ter = TER(normalized=spaceless, asian_support=spaceless)
    bleu = BLEU(tokenize=tokenizer, effective_order=len(pairs) == 1)
    metrics = [_score(metric, hypotheses, references) for metric in (bleu, CHRF(word_order=2), ter) if pairs]
    changes = [
        Change(a, b, float(ter.sentence_score(_line(ours, a), [_line(theirs, b)]).score))
        for a, b in pairs
        if _line(ours, a) != _line(theirs, b)
    ]
    gone, kept, new = _findings(target.findings, reference.findings)
    return Comparison(tuple(metrics), len(pairs), tuple(changes), gone, kept, new)


def _score(metric: Any, hypotheses: list[str], references: list[str]) -> Metric:
    def corpus(resamples: int) -> Any:
        return metric.corpus_score(hypotheses, [references], n_bootstrap=resamples)

    score = None
    if len(hypotheses) >= _FEW:
        # sacrebleu cannot average where some resample shares nothing at all with the reference.
        with suppress(TypeError):
            score = corpus(_RESAMPLES)
    mean, interval = (0.0, 0.0) if score is None else (float(score._mean), float(score._ci))
    score = score if score is not None else corpus(1)
    return Metric(score.name, float(score.score), mean, interval, str(metric.get_signature()))


def _line(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


def _pairs(ours: str, sentences: Sequence[Span], theirs: str, others: Sequence[Span]) -> list[tuple[Span, Span]]:
    left, right = [_line(ours, s) for s in sentences], [_line(theirs, s) for s in others]
    pairs: list[tuple[Span, Span]] = []
    for _tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if b - a == d - c:
            pairs.extend(zip(sentences[a:b], others[c:d], strict=True))
        else:
            pairs.append((_whole(sentences, a, b), _whole(others, c, d)))
    return pairs


def _whole(spans: Sequence[Span], start: int, end: int) -> Span:
    if start == end:
        at = spans[start].start if start < len(spans) else spans[-1].end if spans else 0
        return Span(at, at)
    return Span(spans[start].start, spans[end - 1].end)


def _findings(
    before: Sequence[Finding], after: Sequence[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings that went away, those that stayed, and those that came."""
    left = Counter(map(_key, after))
    gone, kept = [], []
    for finding in before:
        if left[_key(finding)] > 0:
            left[_key(finding)] -= 1
            kept.append(finding)
        else:
            gone.append(finding)
    known = Counter(map(_key, kept))
    new = []
    for finding in after:
        if known[_key(finding)] > 0:
            known[_key(finding)] -= 1
        else:
            new.append(finding)
    return tuple(gone), tuple(kept), tuple(new)


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.side, finding.text
