"""Which addresses may be fetched from: a feed must not make us knock on doors inside the house.

The check is made where the connection is made, on the very address that is connected to. So neither a name that
resolves to another address the second time nor a redirect leads around it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable

from tqcheck.audit.outcomes import OutcomeError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# From a host and a port to its addresses, in the order in which they are to be tried.
Resolver = Callable[[str, int], Awaitable[list[str]]]

# The well-known prefix of RFC 6052: the last four bytes are an IPv4 address.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host as the system knows them. Raises OutcomeError where it knows none."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise OutcomeError("no-such-host", f"{host}: {getattr(error, 'strerror', None) or error}") from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def public(address: str) -> bool:
    """Tell whether an address belongs to the public internet; what carries an IPv4 address is judged by it."""
    try:
        parsed: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_global(each) for each in (parsed, *_carried(parsed)))


def _global(address: Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_unspecified


def _carried(address: Address) -> list[Address]:
    """The IPv4 addresses inside an IPv6 address, to which a gateway would hand the connection on."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    inside: list[Address | None] = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        inside.append(ipaddress.IPv4Address(address.packed[-4:]))
    return [each for each in inside if each is not None]


async def allowed(host: str, port: int, resolver: Resolver, *, allow_private: bool) -> list[str]:
    """Return the addresses of a host that may be connected to.

    Raises OutcomeError where one of them is private: a name that mixes the two is an attack or a mistake.
    """
    addresses = await resolver(host, port)
    if not addresses:
        raise OutcomeError("no-such-host", f"{host} has no address")
    if not allow_private:
        for address in addresses:
            if not public(address):
                raise OutcomeError(
                    "private-address",
                    f"{host} is {address}, not on the public internet; --allow-private fetches it all the same",
                )
    return addresses
