"""Where a request comes from: its address, its scheme, and who a trusted proxy says it is.

Headers count only where the connection itself comes from a trusted proxy. From anywhere else they
are what anybody can type.
"""

from __future__ import annotations

from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from multidict import CIMultiDictProxy

Network = IPv4Network | IPv6Network


class Asked(NamedTuple):
    """A request as far as trust goes."""

    peer: str
    """The address of the other end of the connection; empty for a local socket."""
    headers: CIMultiDictProxy[str]
    tls: bool


class Front(NamedTuple):
    """What stands before the server."""

    trusted: tuple[Network, ...] = ()
    header: str | None = None
    """The header by which a trusted proxy says who has signed in there."""
    url: str | None = None
    """The address that people open, where it is not the one in the request."""

    def by_proxy(self, asked: Asked) -> bool:
        return _within(asked.peer, self.trusted)

    def address(self, asked: Asked) -> str:
        """Whom failures are counted for: the last hop that no trusted proxy stands for."""
        if not self.by_proxy(asked):
            return asked.peer
        hops = ",".join(asked.headers.getall("X-Forwarded-For", [])).split(",")
        for hop in reversed(hops):
            found = _address(hop)
            if found is None or not _within(found, self.trusted):
                return found or asked.peer
        return asked.peer

    def secure(self, asked: Asked) -> bool:
        """Whether the person's connection is encrypted."""
        if self.url is not None:
            return self.url.startswith("https:")
        said = asked.headers.get("X-Forwarded-Proto", "") if self.by_proxy(asked) else ""
        return asked.tls or said.lower() == "https"

    def origin(self, asked: Asked) -> str:
        """The origin that our own pages have."""
        if self.url is not None:
            parts = urlsplit(self.url)
            return f"{parts.scheme}://{parts.netloc}".lower()
        host = asked.headers.get("Host", "")
        if self.by_proxy(asked):
            host = asked.headers.get("X-Forwarded-Host", host)
        return f"{'https' if self.secure(asked) else 'http'}://{host}".lower()

    def is_ours(self, asked: Asked) -> bool:
        """Whether a page of ours sent it: a browser always says so for what changes something."""
        origins = asked.headers.getall("Origin", [])
        return len(origins) == 1 and origins[0].lower() == self.origin(asked)

    def claims_a_name(self, asked: Asked) -> bool:
        return self.header is not None and self.header in asked.headers

    def name(self, asked: Asked) -> str | None:
        """Who the trusted proxy says has signed in; None where it says nothing, or two things."""
        if self.header is None or not self.by_proxy(asked):
            return None
        names = asked.headers.getall(self.header, [])
        return names[0].strip() if len(names) == 1 else None


def read_network(text: str) -> Network:
    """Raises ValueError."""
    return ip_network(text, strict=False)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _address(hop: str) -> str | None:
    """An address as proxies write it, with or without a port."""
    text = hop.strip()
    for written in (text, text.rpartition(":")[0]):
        with suppress(ValueError):
            return str(ip_address(written.strip("[]")))
    return None


def _within(address: str, networks: tuple[Network, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return any((mapped or found) in network for network in networks)
