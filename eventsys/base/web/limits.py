"""How often one address may do what costs us something: a view says it with `@limiter.limit("20 per hour", methods=["POST"])`."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv6Address, IPv6Network

from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address

# Who has one IPv6 address has 2^64 of them (RFC 6177): whoever tries is their network.
NETWORK_BITS = 64
NOTED = "noted"


def remote_network() -> str:
    """Where a request comes from: its IPv4 address, or the network of its IPv6 address."""
    address = get_remote_address()
    try:
        given = IPv6Address(address)
    except AddressValueError:
        return address
    mapped = given.ipv4_mapped  # As a server that listens on both sees IPv4.
    return str(mapped or IPv6Network((given.packed, NETWORK_BITS), strict=False))


def is_first_refusal(breached: RequestLimit) -> bool:
    """Whether nobody was told yet that a limit is reached, in its window: a flood of tries is noted once."""
    once = type(breached.limit)(1, breached.limit.multiples, namespace=NOTED)
    return limiter.limiter.hit(once, *breached.request_args)


limiter = Limiter(remote_network, strategy="fixed-window")
