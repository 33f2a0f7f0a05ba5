from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sopguide.serve.tickets import Tickets

if TYPE_CHECKING:
    from pathlib import Path


def test_a_cookie_tells_who_signed_in_even_after_a_restart(tmp_path: Path) -> None:
    cookie = Tickets(tmp_path).issue("ana", "hash")
    tickets = Tickets(tmp_path)
    claim = tickets.read(cookie)
    assert claim is not None
    assert claim.name == "ana"
    assert claim.mark == tickets.mark("hash") != tickets.mark("another hash")
    assert time.time() < claim.ends <= time.time() + tickets.lifetime
    assert (tmp_path / "serve.key").stat().st_mode & 0o777 == 0o600


def test_a_cookie_of_another_server_or_a_changed_one_is_worth_nothing(tmp_path: Path) -> None:
    tickets = Tickets(tmp_path / "one")
    cookie = tickets.issue("ana", "hash")
    assert Tickets(tmp_path / "two").read(cookie) is None
    for changed in ("", "x", cookie[:-1], cookie.replace(cookie[3], "A"), cookie + "A", "a.b.c"):
        assert tickets.read(changed) is None, changed


def test_a_cookie_runs_out(tmp_path: Path) -> None:
    cookie = Tickets(tmp_path).issue("ana", "hash")
    assert Tickets(tmp_path, lifetime=-1).read(cookie) is None


def test_a_sign_in_that_was_ended_stays_so_after_a_restart(tmp_path: Path) -> None:
    tickets = Tickets(tmp_path)
    cookie, other = tickets.issue("ana", "hash"), tickets.issue("ana", "hash")
    claim = tickets.read(cookie)
    assert claim is not None
    tickets.end(claim, time.time())
    for each in (tickets, Tickets(tmp_path)):
        assert each.read(cookie) is None
        assert each.read(other) is not None


def test_what_has_run_out_need_not_be_remembered(tmp_path: Path) -> None:
    tickets = Tickets(tmp_path)
    for _ in range(3):
        claim = tickets.read(tickets.issue("ana", "hash"))
        assert claim is not None
        tickets.end(claim, claim.ends + 1)
    assert (tmp_path / "serve.ended").read_text().count("\n") == 0
