"""What an address says: whom to ask, and for what."""

from __future__ import annotations

import ipaddress
import re
import string
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from tqcheck.audit.outcomes import OutcomeError

_LONGEST = 8_000
_PORTS = {"http": 80, "https": 443}
# The signs that browsers send as they are (WHATWG URL, 1.3), “%” among them: addresses come escaped.
_VISIBLE = "".join(sign for sign in string.printable if sign.isprintable() and sign != " ")
_PATH, _QUERY = ("".join(sign for sign in _VISIBLE if sign not in left) for left in ('"#<>?^`{}', '"#<>'))
_HOST = re.compile(r"[a-z0-9._~!$&'()*+,;=%-]+")


@dataclass(frozen=True, slots=True)
class Address:
    """A web address: `host` in ASCII, an IPv6 address without its brackets; `target` is path and query, escaped."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port, as the header Host has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what has a robots.txt and connections of its own."""
        return f"{self.scheme}://{self.authority}"

    @property
    def robots(self) -> Address:
        """Where its robots.txt stands."""
        return replace(self, target="/robots.txt")

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"


def parsed(address: str) -> Address:
    """Return what an address says. Raises OutcomeError for what cannot be asked for."""
    try:
        return _parsed(address)
    except ValueError as error:
        raise OutcomeError("bad-address", f"“{address[:100]}” is no web address ({error})") from error


def _parsed(address: str) -> Address:
    if len(address) > _LONGEST:
        raise ValueError(f"longer than {_LONGEST:,} characters")
    if any(sign < " " or sign == "\x7f" for sign in address):
        raise ValueError("it holds control characters")
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise OutcomeError("bad-address", f"“{address[:100]}” is no http or https address")
    if parts.port == 0:
        raise OutcomeError("bad-address", f"“{address[:100]}” names no port that there is")
    host = _ascii(parts.hostname)
    if "@" in parts.netloc:
        raise OutcomeError("bad-address", f"the address at {host} holds a password, which would be kept and shown")
    target = quote(_without_dots(parts.path), safe=_PATH)
    if parts.query:
        target += f"?{quote(parts.query, safe=_QUERY)}"
    return Address(parts.scheme, host, parts.port or _PORTS[parts.scheme], target)


def _ascii(host: str) -> str:
    if ":" in host:
        return str(ipaddress.IPv6Address(host))
    if not host.isascii():
        import idna  # on use: most names are ASCII

        host = idna.encode(host, uts46=True).decode()
    if _HOST.fullmatch(host) is None:
        raise ValueError("no such name can be")
    return host


def _without_dots(path: str) -> str:
    """Return a path without “.” and “..”, so that robots.txt is asked for what the server will make of it."""
    if "/." not in path:
        return path or "/"
    kept: list[str] = []
    *pieces, last = path.split("/")[1:]
    for piece in (*pieces, last):
        if piece == "..":
            del kept[-1:]
        elif piece != ".":
            kept.append(piece)
    if last in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)
