"""Encoders: which one serves a pair of languages, and why none does."""

from __future__ import annotations

from functools import cache

from tqcheck.encoders.base import Additive, Encoder, additive
from tqcheck.encoders.shipped import shipped
from tqcheck.errors import UnavailableError

__all__ = ["Additive", "Encoder", "additive", "choose", "lacking", "named"]

NONE = "none"
_ELSEWHERE = (
    'where there is no wheel for your platform: pip install "tqcheck[sentence-transformers]" and --encoder MODEL'
)


def choose(source_lang: str, target_lang: str, wanted: str | None = None) -> Encoder | None:
    """Return the encoder for a pair of languages, None where there is none.

    `wanted` is the name that the user gave: `none` for no encoder at all. Raises UnavailableError,
    with what to install, where a named encoder cannot be had.
    """
    if wanted is not None:
        return named(wanted)
    for name in _knowing(source_lang, target_lang):
        encoder = _loaded(name)
        if not isinstance(encoder, str):
            return encoder
    return None


def lacking(source_lang: str, target_lang: str, wanted: str | None = None) -> str:
    """Return why `choose` has no encoder for a pair, with what to install where that would help."""
    if wanted == NONE:
        return "the encoder is switched off"
    for name in _knowing(source_lang, target_lang):
        why = _loaded(name)
        if isinstance(why, str):
            return f"no encoder for {source_lang} and {target_lang}: {name} {why}; {_ELSEWHERE}"
    return f"no encoder knows both {source_lang} and {target_lang}; --encoder names a model of your own"


def _knowing(source_lang: str, target_lang: str) -> list[str]:
    pair = {source_lang.partition("-")[0], target_lang.partition("-")[0]}
    return [name for name, each in shipped().items() if pair <= each.languages]


@cache
def named(wanted: str) -> Encoder | None:
    """Return the encoder of a name, None for “none”. Raises UnavailableError where it cannot be had."""
    if wanted == NONE:
        return None
    if wanted in shipped():
        encoder = _loaded(wanted)
        if isinstance(encoder, str):
            raise UnavailableError(
                f"encoder “{wanted}” {encoder}; where it has no wheel for your platform, leave --encoder away "
                "and the other one is used where it knows the languages"
            )
        return encoder
    from tqcheck.encoders.cache import cached
    from tqcheck.encoders.sentence_transformers import SentenceTransformers

    return cached(SentenceTransformers(wanted))


@cache
def _loaded(name: str) -> Encoder | str:
    """Return an encoder that tqcheck brings along, or why this platform cannot have it."""
    encoder = shipped()[name].load()
    if isinstance(encoder, str):
        return encoder
    from tqcheck.encoders.cache import cached

    return cached(encoder)
