"""Encoders: which one serves a pair of languages."""

from __future__ import annotations

from functools import cache

from tqcheck.encoders.base import Encoder

__all__ = ["Encoder", "choose"]


def choose(source_lang: str, target_lang: str, wanted: str | None = None) -> Encoder | None:
    """Return the encoder for a pair of languages, None where there is none.

    `wanted` is the name that the user gave: `none` for no encoder at all. Raises UnavailableError,
    with what to install, where a named encoder cannot be had.
    """
    if wanted == "none":
        return None
    return _default(source_lang.partition("-")[0], target_lang.partition("-")[0])


@cache
def _use() -> Encoder:
    from tqcheck.encoders.use_m3 import UseM3

    return UseM3()


def _default(source: str, target: str) -> Encoder | None:
    encoder = _use()
    return encoder if {source, target} <= encoder.languages else None
