"""The same fault told once: findings of one rule on the same words, with all their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tqcheck.model import Edit, Finding
from tqcheck.reporters.lines import Lines
from tqcheck.reporters.safe import reveal


@dataclass(slots=True)
class Group:
    """The first finding of its kind, and the lines of the others; line 0 where none is known."""

    finding: Finding
    line: int
    others: list[int] = field(default_factory=list)

    @property
    def weight(self) -> tuple[int, int, int]:
        """What stops publication comes first where there is not room for all."""
        return -self.finding.severity, -self.finding.confidence, self.place

    @property
    def place(self) -> int:
        """Where it stands in the order of the target."""
        return anchor(self.finding) or 0


def anchor(finding: Finding) -> int | None:
    """Return where in the target a finding stands; of a stretch that the target lacks, where it
    belongs, None where that is not known."""
    return finding.start if finding.side == "target" else finding.insert_at


def group(findings: Iterable[Finding], lines: Lines) -> list[Group]:
    """Return the groups in the order of their first place."""
    groups: dict[tuple[str, str, str, str], Group] = {}
    for finding in sorted(findings, key=lambda f: (anchor(f) or 0, f.side, f.start, f.end, f.code)):
        at = anchor(finding)
        line = 0 if at is None else lines.position(at)[0]
        known = groups.setdefault((finding.side, finding.code, finding.text, finding.message), Group(finding, line))
        if known.finding is not finding:
            known.others.append(line)
    return list(groups.values())


def also(group: Group) -> str:
    """Return “line 18” or “lines 18, 20” for the other places; empty without any."""
    if not group.others:
        return ""
    elsewhere = sorted(set(group.others) - {group.line, 0})
    here = group.others.count(group.line)
    parts = [f"{here} more on this line"] if here else []
    if elsewhere:
        shown = ", ".join(map(str, elsewhere[:8])) + (f" and {len(elsewhere) - 8} more" if len(elsewhere) > 8 else "")
        parts.append(("line " if len(elsewhere) == 1 else "lines ") + shown)
    return "; ".join(parts)


def fixed(finding: Finding, text: str) -> str | None:
    """Return what the stretch reads after its fix; None without one."""
    if finding.fix is None:
        return None
    edits = finding.fix.edits
    start = min(finding.start, *(e.start for e in edits))
    end = max(finding.end, *(e.end for e in edits))
    moved = type(finding.fix)(tuple(Edit(e.start - start, e.end - start, e.text) for e in edits))
    result = moved.apply(text[start:end])
    return worded(result) or "(take it out)"


def worded(words: str) -> str:
    """Return words on one line, in quotation marks where spaces at their ends matter."""
    plain = words.strip() == words or not words.strip()
    return reveal(words) if plain else f"“{reveal(words)}”"
