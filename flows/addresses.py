"""Step fetch: a host's name -> the addresses that may be connected to, or why none may.

A page that we are told to fetch, or are sent on to, must not lead into the network that we stand in: to this machine, to
its neighbours, or to a cloud's metadata service. So a name is resolved here, every address it has is looked at, and the
connection is made to one that was looked at (`flows.connections`), not to whatever the name stands for a moment later.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable

from flows.sources import Network

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
"""Host and port -> the addresses it stands for, as text; OSError where there are none."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class RefusedAddressError(Exception):
    """The host lies where we do not go; the text is a sentence for a person."""


def resolve(host: str, port: int) -> list[str]:
    """What the system's resolver says, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[4][0]) for place in found))


def checked_addresses(host: str, port: int, networks: Iterable[Network], look_up: Resolve = resolve) -> list[str]:
    """The addresses of a host, all of them public or in `networks`.

    One address that is neither refuses the host whole: a name that stands for a public and a private address at once is
    the beginning of an attack, or a mistake. Raises RefusedAddressError, and OSError where the name stands for nothing.
    """
    allowed = tuple(networks)
    texts = look_up(host, port)
    if not texts:
        raise OSError(f"{host} has no address")
    for text in texts:
        address = ipaddress.ip_address(text.partition("%")[0])
        if not (is_public(address) or any(_within(address, network) for network in allowed)):
            raise RefusedAddressError(f"{host} lies at {text}, which is no public address")
    return texts


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, and one host's; those inside others are looked at too."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _inner(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address carries, where it is one of those that do."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _within(address: Address, network: Network) -> bool:
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address) in network
