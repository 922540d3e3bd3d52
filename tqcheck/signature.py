"""What made a report, in one line."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

from tqcheck._version import __version__
from tqcheck.languages.version import fingerprint
from tqcheck.rule_names import rule_names


@cache
def signature(langs: tuple[str, ...] = (), codes: tuple[str, ...] = (), encoder: str = "none", own: str = "") -> str:
    """Return what made a report: version, rules that ran, data of the languages (of the article and its original),
    encoder, profile, and the fingerprints of the user's own glossary and house style where there are any."""
    every = tuple(rule.code for rule in rule_names())
    profile = "default" if codes in {(), every} else "selected"
    data = fingerprint(*langs) if langs else "none"
    ran = ran_digest(codes or every)
    return f"tqcheck:{__version__}|rules:{ran}|data:{data}|encoder:{encoder}|profile:{profile}{own}"


def ran_digest(codes: tuple[str, ...]) -> str:
    """Return 8 hexadecimal digits for the rules that ran."""
    return blake2b(" ".join(codes).encode(), digest_size=4).hexdigest()
