"""Findings on the same stretch: what a stronger one makes redundant is dropped."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from tqcheck.model import Finding
from tqcheck.rules import Rule


def without_redundant(found: list[Finding], rules: Sequence[Rule]) -> list[Finding]:
    """Drop what a stronger finding on the same stretch makes redundant; sort by side, place, then code."""
    yields = {rule.code: rule.yields_to for rule in rules}
    by_code: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(found, key=lambda f: (f.start, f.end)):
        by_code.setdefault((finding.side, finding.code), []).append(finding)
    # The furthest end so far tells where looking back may stop, so that many findings cost little.
    reach = {code: list(accumulate((f.end for f in group), max)) for code, group in by_code.items()}

    verdicts: dict[int, bool] = {}

    def redundant(finding: Finding) -> bool:
        """True where a finding that is itself kept says it better."""
        known = verdicts.get(id(finding))
        if known is None:
            known = verdicts[id(finding)] = any(
                stronger(finding, (finding.side, code)) for code in yields[finding.code]
            )
        return known

    def stronger(finding: Finding, code: tuple[str, str]) -> bool:
        group = by_code.get(code, [])
        at = bisect_left(group, finding.end, key=lambda f: f.start) - 1
        while at >= 0 and reach[code][at] > finding.start:
            other = group[at]
            if other.end > finding.start and other.confidence >= finding.confidence and not redundant(other):
                return True
            at -= 1
        return False

    kept = {(f.side == "source", f.start, f.end, f.code): f for f in found if not redundant(f)}
    return [kept[key] for key in sorted(kept)]
