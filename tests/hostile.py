"""Texts that bring a careless pattern to its knees; benchmarks/hostile.py measures the growth of cost on them."""

from __future__ import annotations

HOSTILE = {
    "empty": "",
    "blank": " \n\t\n ",
    "surrogate": "A \ud800 lone surrogate, “quoted \udfff” and more.",
    "controls": "".join(map(chr, range(1, 160))),
    "long line": "word " * 20_000,
    "one word": "a" * 100_000,
    "spaces": "a" + " " * 50_000 + ".",
    "dots": ". " * 30_000,
    "stops": "!" * 60_000 + "." * 30_000,
    "cyrillic": "ы" * 50_000,
    "quotes": "\"'“”‘’«»" * 8_000,
    "brackets": "([{" * 20_000,
    "digits": "1 " * 30_000 + "1," * 20_000,
    "dashes": "- " * 30_000,
    "markup": "<a " * 20_000 + "&#" * 10_000 + "](" * 10_000,
    "capitals": "AbC" * 20_000,
    "mixed": "aа" * 20_000,
    "apostrophes": "l’" * 20_000,
    "newlines": "\n" * 50_000,
}  # fmt: skip
