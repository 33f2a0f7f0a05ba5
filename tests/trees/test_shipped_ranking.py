"""Which shipped procedure the words of a ticket speak for: real tickets, in the words of people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from sopguide.desk.shelf import shelve
from sopguide.graph.load import load_library
from tests.trees.test_shipped_clocks import SHIPPED

if TYPE_CHECKING:
    from sopguide.graph.library import Library

THREAT = """Someone is threatening me
this guy keeps messaging me that he knows where i live and will hurt me"""
TODAY = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(SHIPPED, None)


@pytest.mark.parametrize(
    ("text", "sop"),
    [
        (THREAT, "safety/harassment"),
        ("my ex wont stop messaging me and threatens me", "safety/harassment"),
        ("what do you know about me", "privacy/data-access"),
        ("cant get in!!\nsomeone changed my number and posts stuff", "account/hacked"),
        ("my sons account\nmy son is 11 and has an account, please delete", "account/underage"),
        ("gift by mistake\ni sent it in live, 20 dollars", "payments/live-gift-refund"),
        ("you removed my video for copyright but it was fair use", "copyright/counter-notice"),
        ("A user put my music in his video. I own the rights.", "copyright/takedown"),
        ("me robaron la cuenta y cambiaron el correo", "account/hacked"),
        ("hiermit verlange ich Auskunft über alle gespeicherten Daten", "privacy/data-access"),
    ],
)
def test_a_ticket_finds_its_procedure(library: Library, text: str, sop: str) -> None:
    shelf = shelve(library.sops.values(), TODAY)
    assert shelf.rank(text)[0].offer.sop == sop
