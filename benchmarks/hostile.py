"""Growth of each rule's cost on hostile text: four times the text should cost about four times the time.

    python benchmarks/hostile.py

Prints the rules that grow by more than six times and take more than 0.1 s, with both times.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.hostile import HOSTILE
from tqcheck.languages import load
from tqcheck.rules import Rule, load_rules
from tqcheck.rules.base import Context


def seconds(rule: Rule, text: str, lang: str) -> float:
    """Return the processor time of one rule over one text, the views that it needs included."""
    ctx = Context(text, load(lang))
    if rule.obstacle(ctx) is not None:
        return 0.0
    gc.collect()
    begin = time.process_time()
    for _ in rule.run(ctx):
        pass
    return time.process_time() - begin


def main() -> None:
    """Measure every rule on every text."""
    for lang in ("en", "fr", "zh"):
        for name, text in HOSTILE.items():
            for rule in load_rules():
                small, large = (seconds(rule, text[:25_000] * times, lang) for times in (1, 4))
                if large > 0.1 and large > 6 * small:
                    print(f"{rule.code} on {name} ({lang}): {small:.3f} s, then {large:.3f} s")


if __name__ == "__main__":
    main()
