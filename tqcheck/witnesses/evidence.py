"""All that the witnesses say of a pair, as numbers on one scale: what the risk is made of.

Each number is 0 where nothing speaks against the pair and grows with doubt. Similarity, coverage
and length differ between languages that lie near and far: they are counted in standard deviations
from what is usual between the two (`norms.json`, written by scripts/train_risk.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from tqcheck.bitext import Bitext, Pair
from tqcheck.witnesses.copies import shares
from tqcheck.witnesses.coverage import Coverage, coverage
from tqcheck.witnesses.gender import turned
from tqcheck.witnesses.lookup import lookups
from tqcheck.witnesses.names import names
from tqcheck.witnesses.negation import polarity
from tqcheck.witnesses.norms import usual
from tqcheck.witnesses.numbers import numbers
from tqcheck.witnesses.opposites import weights
from tqcheck.witnesses.order import disorder
from tqcheck.witnesses.question import asking
from tqcheck.witnesses.shape import Shape, shapes, stretch

Evidence = dict[str, float]
# Standard deviations beyond which more says no more.
_FAR = 6.0


def evidence(bitext: Bitext) -> list[Evidence] | None:
    """Return one mapping a pair of `bitext.matched`, None where no encoder knows both languages."""
    covered = bitext.once(coverage)
    if covered is None:
        return None
    columns: dict[str, Sequence[float]] = {
        "numbers": [found.weight for found in bitext.once(numbers)],
        "names": [found.weight for found in bitext.once(names)],
        "copied": bitext.once(shares),
        "negation": [found.weight for found in bitext.once(polarity)],
        "question": [found.weight for found in bitext.once(asking)],
        "opposites": bitext.once(weights),
        "gender": [float(found is not None) for found in bitext.once(turned)],
        "order": [found.weight for found in bitext.once(disorder)],
        "source-word": [found.source.some for found in bitext.once(lookups)],
        "target-word": [found.target.some for found in bitext.once(lookups)],
        "source-run": [found.source.weight for found in bitext.once(lookups)],
        "target-run": [found.target.weight for found in bitext.once(lookups)],
    }
    rows = zip(bitext.matched, covered, bitext.once(shapes), zip(*columns.values(), strict=True), strict=True)
    return [
        {**_meaning(bitext, pair, cover), **_form(bitext, shape), **dict(zip(columns, values, strict=True))}
        for pair, cover, shape, values in rows
    ]


def _meaning(bitext: Bitext, pair: Pair, cover: Coverage) -> Evidence:
    values = {
        "similarity": pair.similarity or 0.0,
        "source-covered": cover.source.covered,
        "target-covered": cover.target.covered,
    }
    found = {name: -_deviation(bitext, name, value) for name, value in values.items()}
    found["source-lost"] = math.log1p(cover.source.lost)
    found["target-lost"] = math.log1p(cover.target.lost)
    found["source-word-lost"] = cover.source.most_lost
    found["target-word-lost"] = cover.target.most_lost
    found["source-gap"] = cover.source.gap
    found["target-gap"] = cover.target.gap
    return found


def _form(bitext: Bitext, shape: Shape) -> Evidence:
    off = stretch(bitext, shape.source, shape.target)
    return {
        "short": min(_FAR, max(0.0, -off)),
        "long": min(_FAR, max(0.0, off)),
        "words": math.log1p(shape.words),
        "loops": shape.loops,
        "echoes": math.log1p(shape.echoes),
        "same": shape.same,
    }


def _deviation(bitext: Bitext, name: str, value: float) -> float:
    expected, spread = usual(bitext, name)
    return max(-_FAR, min(_FAR, (value - expected) / spread))
