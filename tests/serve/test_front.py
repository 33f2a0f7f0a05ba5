from __future__ import annotations

import pytest
from multidict import CIMultiDict, CIMultiDictProxy

from sopguide.serve.front import Asked, Front, is_loopback, read_network

PROXY = Front((read_network("10.0.0.0/8"), read_network("::1")), "X-Remote-User")


def asked(peer: str, *headers: tuple[str, str], tls: bool = False) -> Asked:
    return Asked(peer, CIMultiDictProxy(CIMultiDict(headers)), tls)


@pytest.mark.parametrize(
    ("peer", "name"),
    [
        ("10.1.2.3", "ana"),
        ("::ffff:10.1.2.3", "ana"),
        ("::1", "ana"),
        ("192.168.0.1", None),
        ("", None),
    ],
)
def test_a_name_counts_only_from_a_trusted_proxy(peer: str, name: str | None) -> None:
    assert PROXY.name(asked(peer, ("x-remote-user", " ana "))) == name
    assert PROXY.claims_a_name(asked(peer, ("x-remote-user", "ana")))


def test_two_names_are_none() -> None:
    twice = asked("10.0.0.1", ("X-Remote-User", "ana"), ("X-Remote-User", "ben"))
    assert PROXY.name(twice) is None


def test_without_a_header_agreed_on_none_is_looked_at() -> None:
    front = Front((read_network("10.0.0.0/8"),))
    assert front.name(asked("10.0.0.1", ("X-Remote-User", "ana"))) is None
    assert not front.claims_a_name(asked("10.0.0.1", ("X-Remote-User", "ana")))


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.7", "203.0.113.5", "192.0.2.7"),
        ("10.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.5, 10.0.0.9", "203.0.113.5"),
        ("10.0.0.1", "203.0.113.5:4711", "203.0.113.5"),
        ("10.0.0.1", "[2001:db8::7]:4711, 10.0.0.2:80", "2001:db8::7"),
        ("10.0.0.1", "203.0.113.5, what\never", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.9", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_failures_are_counted_for_the_last_hop_that_nobody_vouches_for(
    peer: str, forwarded: str, address: str
) -> None:
    assert PROXY.address(asked(peer, ("X-Forwarded-For", forwarded))) == address


def test_whether_it_is_encrypted_is_known_from_the_socket_or_a_trusted_proxy() -> None:
    said = ("X-Forwarded-Proto", "https")
    assert PROXY.secure(asked("10.0.0.1", said))
    assert not PROXY.secure(asked("192.0.2.7", said))
    assert PROXY.secure(asked("192.0.2.7", tls=True))
    assert Front(url="https://desk.example").secure(asked("192.0.2.7"))


@pytest.mark.parametrize(
    ("origin", "ours"),
    [
        ("http://desk.example:8320", True),
        ("HTTP://Desk.Example:8320", True),
        ("https://desk.example:8320", False),
        ("http://desk.example", False),
        ("http://evil.example", False),
        ("null", False),
    ],
)
def test_what_changes_something_comes_from_our_own_pages(origin: str, *, ours: bool) -> None:
    host = ("Host", "desk.example:8320")
    assert Front().is_ours(asked("192.0.2.7", host, ("Origin", origin))) is ours
    assert not Front().is_ours(asked("192.0.2.7", host))
    assert not Front().is_ours(asked("1.1.1.1", host, ("Origin", origin), ("Origin", origin)))


def test_the_address_that_people_open_may_be_named() -> None:
    front = Front(url="https://desk.example/")
    assert front.origin(asked("10.0.0.1", ("Host", "inner:8320"))) == "https://desk.example"
    forwarded = asked(
        "10.0.0.1",
        ("Host", "inner"),
        ("X-Forwarded-Host", "d.example"),
        ("X-Forwarded-Proto", "https"),
    )
    assert PROXY.origin(forwarded) == "https://d.example"
    assert PROXY.origin(forwarded._replace(peer="192.0.2.7")) == "http://inner"


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("desk", False)],  # noqa: S104
)
def test_loopback_is_what_only_this_machine_reaches(host: str, *, loopback: bool) -> None:
    assert is_loopback(host) is loopback
