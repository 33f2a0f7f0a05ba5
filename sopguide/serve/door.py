"""Who a visitor is: by the cookie of this server, or by the header of a trusted proxy.

A wrong name and a wrong password are answered alike, in the same time, and counted alike.
"""

from __future__ import annotations

import logging
import math
import time
from typing import TYPE_CHECKING, NamedTuple

from sopguide.messages import _
from sopguide.serve.front import Asked, Front
from sopguide.serve.passwords import Checker
from sopguide.serve.tries import Tries
from sopguide.serve.users import User, Users, UsersError, is_name

if TYPE_CHECKING:
    from aiohttp import web

    from sopguide.serve.tickets import Claim, Tickets

log = logging.getLogger("sopguide.serve")


class Refused(Exception):  # noqa: N818 (it is an answer, not a fault)
    """What is asked for is not given; says why."""

    def __init__(self, why: str, status: int) -> None:
        super().__init__(why)
        self.status = status


class Visitor(NamedTuple):
    """Someone who has signed in; without a claim where the proxy did that."""

    user: User
    claim: Claim | None


class NotIn(NamedTuple):
    """Why a sign-in failed, in words for the page."""

    words: str = ""
    status: int = 401
    wait: int = 0


class Door:
    """`users` is None where a proxy alone says who has signed in."""

    def __init__(self, front: Front, tickets: Tickets, users: Users | None) -> None:
        self.front = front
        self._tickets = tickets
        self._users = users
        self._tries = Tries()
        self._checker = Checker()

    def visitor(self, request: web.Request) -> Visitor | None:
        """Who has signed in. Raises Refused for a name that no trusted proxy vouches for."""
        what = asked(request)
        if self.front.claims_a_name(what):
            return self._vouched_for(what)
        if self._users is None:
            raise Refused("this server is reached through its proxy", 403)
        claim = self._tickets.read(request.cookies.get(self._cookie(what), ""))
        user = self._known().get(claim.name) if claim else None
        if claim is None or user is None or claim.mark != self._tickets.mark(user.password):
            return None
        return Visitor(user, claim)

    def refuse_foreign(self, request: web.Request) -> None:
        """Raises Refused unless a page of ours sent it."""
        if not self.front.is_ours(asked(request)):
            raise Refused("this comes from a page of another site", 403)

    async def sign_in(
        self, request: web.Request, name: str, password: str
    ) -> tuple[str | None, NotIn]:
        """The cookie, or why there is none."""
        address, now = self.front.address(asked(request)), time.monotonic()
        name = name if is_name(name) else ""
        if wait := self._tries.wait(name, address, now):
            log.warning("sign-in refused from %s: too many failures", address)
            minutes = math.ceil(wait / 60)
            words = _("Too many failed tries. Try again in {n} minutes.").format(n=minutes)
            return None, NotIn(words, 429, math.ceil(wait))
        self._tries.failed(name, address, now)  # until it is known better: tries at once count too
        user = self._known().get(name)
        if not await self._checker.fits(password, user.password if user else "") or user is None:
            log.warning("sign-in failed from %s", address)
            return None, NotIn(_("Name or password is wrong."))
        self._tries.succeeded(name, address)
        log.info("%s signed in from %s", user.name, address)
        return self._tickets.issue(user.name, user.password), NotIn()

    def sign_out(self, request: web.Request) -> Visitor | None:
        visitor = self.visitor(request)
        if visitor is not None and visitor.claim is not None:
            self._tickets.end(visitor.claim, time.time())
            log.info("%s signed out", visitor.user.name)
        return visitor

    def give(self, request: web.Request, response: web.Response, cookie: str) -> None:
        what = asked(request)
        response.set_cookie(
            self._cookie(what),
            cookie,
            max_age=self._tickets.lifetime,
            path="/",
            secure=self.front.secure(what),
            httponly=True,
            samesite="Strict",
        )

    def take(self, request: web.Request, response: web.Response) -> None:
        """The cookie is forgotten in the browser."""
        what = asked(request)
        response.del_cookie(
            self._cookie(what),
            path="/",
            secure=self.front.secure(what),
            httponly=True,
            samesite="Strict",
        )

    def _cookie(self, what: Asked) -> str:
        """Its name; with `__Host-` a browser takes it from an encrypted page of this host alone."""
        return "__Host-sopguide" if self.front.secure(what) else "sopguide"

    def _vouched_for(self, what: Asked) -> Visitor:
        if not self.front.by_proxy(what):
            log.warning("%s from %s, which is no trusted proxy", self.front.header, what.peer)
            raise Refused("the name comes from no trusted proxy", 403)
        name = self.front.name(what)
        if name is None or not is_name(name):
            raise Refused("the proxy says no name that can be used", 403)
        user = self._known().get(name) if self._users else User(name)
        if user is None:
            raise Refused("this person may not work here", 403)
        return Visitor(user, None)

    def _known(self) -> dict[str, User]:
        """The people of the file; nobody where it cannot be used."""
        if self._users is None:
            return {}
        try:
            return dict(self._users.now())
        except UsersError as fault:
            log.error("nobody can sign in: %s", fault)  # noqa: TRY400 (it says all there is)
            return {}


def asked(request: web.Request) -> Asked:
    transport = request.transport
    peer = transport.get_extra_info("peername") if transport else None
    tls = transport is not None and transport.get_extra_info("sslcontext") is not None
    return Asked(str(peer[0]) if isinstance(peer, tuple) else "", request.headers, tls)
