"""The routes: who may see which page, and what is refused.

/            the desk          /sign-in, /sign-out
/desk        its websocket     /session     whether one is signed in
/assets/     what pages load   /health      for whoever watches the server
/status      who is at work, for leads
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiohttp import web

from sopguide.messages import speaking, spoken
from sopguide.serve import pages
from sopguide.serve.door import Door, Refused, Visitor, asked
from sopguide.serve.tongues import first_of
from sopguide.serve.users import LEAD
from sopguide.serve.views import Close
from sopguide.serve.window import LARGEST_MESSAGE, SocketWindow, read_look

if TYPE_CHECKING:
    from sopguide.serve.desks import Desks

LARGEST_FORM = 16 * 1024
_HEARTBEAT = 15.0
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """The application; `make` gives it to aiohttp."""

    def __init__(self, door: Door, desks: Desks) -> None:
        self._door = door
        self._desks = desks
        self.going_down = False

    def make(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST_FORM, middlewares=[self._guarded])
        app.add_routes(
            [
                web.get("/", self._desk_page),
                web.get("/desk", self._socket),
                web.get("/sign-in", self._sign_in_page),
                web.post("/sign-in", self._sign_in),
                web.post("/sign-out", self._sign_out),
                web.get("/session", self._session),
                web.get("/assets/{name}", self._asset),
                web.get("/health", self._health),
                web.get("/status", self._status),
            ]
        )
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Refusals become answers, and every answer has its headers, in the browser's language."""
        try:
            with speaking(first_of(request.headers.get("Accept-Language", ""), spoken())):
                response = await handler(request)
        except Refused as why:
            response = web.Response(status=why.status, text=f"{why}\n")
        except web.HTTPException as fault:
            response = web.Response(status=fault.status, text=f"{fault.reason}\n")
        if not response.prepared:
            self._dress(request, response)
        return response

    def _dress(self, request: web.Request, response: web.StreamResponse) -> None:
        front, what = self._door.front, asked(request)
        for name, value in pages.headers(front.origin(what), secure=front.secure(what)).items():
            response.headers.setdefault(name, value)

    # Pages

    async def _desk_page(self, request: web.Request) -> web.StreamResponse:
        visitor = self._door.visitor(request)
        if visitor is None:
            return _to("/sign-in")
        return _html(pages.desk_page(visitor.user.name, signs_out=visitor.claim is not None))

    async def _sign_in_page(self, request: web.Request) -> web.StreamResponse:
        if self._door.visitor(request) is not None:
            return _to("/")
        return _html(pages.sign_in_page())

    async def _sign_in(self, request: web.Request) -> web.StreamResponse:
        self._door.refuse_foreign(request)
        form = await request.post()
        name, password = str(form.get("name", "")).strip(), str(form.get("password", ""))
        cookie, why = await self._door.sign_in(request, name, password)
        if cookie is None:
            response = _html(pages.sign_in_page(why.words, name[:64]), status=why.status)
            if why.wait:
                response.headers["Retry-After"] = str(why.wait)
            return response
        response = _to("/")
        self._door.give(request, response, cookie)
        return response

    async def _sign_out(self, request: web.Request) -> web.StreamResponse:
        self._door.refuse_foreign(request)
        visitor = self._door.sign_out(request)
        if visitor is not None:
            await self._desks.sign_out(visitor.user.name)
        response = _to("/sign-in")
        self._door.take(request, response)
        return response

    async def _session(self, request: web.Request) -> web.StreamResponse:
        visitor = self._door.visitor(request)
        return web.json_response({"name": visitor.user.name if visitor else None})

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        found = pages.assets().get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        known = {"ETag": found.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if request.headers.get("If-None-Match") == found.tag:
            return web.Response(status=304, headers=known)
        head = {**known, "Content-Type": found.kind, "Content-Encoding": "gzip"}
        return web.Response(body=found.zipped, headers=head)

    # For those who run it

    async def _health(self, _request: web.Request) -> web.StreamResponse:
        if self.going_down:
            return web.json_response({"status": "going down"}, status=503)
        return web.json_response({"status": "ok"})

    async def _status(self, request: web.Request) -> web.StreamResponse:
        if self._required(request).user.role != LEAD:
            raise Refused("this is for leads", 403)
        return web.json_response({"desks": sorted(self._desks.names)})

    # The desk

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        self._door.refuse_foreign(request)
        visitor = self._required(request)
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=LARGEST_MESSAGE)
        if not socket.can_prepare(request).ok:
            raise Refused("this address is for the desk's page", 400)
        await socket.prepare(request)
        await self._show(request, socket, visitor)
        return socket

    async def _show(
        self, request: web.Request, socket: web.WebSocketResponse, visitor: Visitor
    ) -> None:
        window = SocketWindow(socket)
        look = read_look(request.query, request.headers.get("Accept-Language", ""))
        desk = await self._desks.open(visitor.user, window, look)
        if isinstance(desk, Close):
            await window.close(desk)
            return
        try:
            await window.serve(desk, lambda: self._door.visitor(request) is not None)
        finally:
            desk.left_by(window)

    def _required(self, request: web.Request) -> Visitor:
        visitor = self._door.visitor(request)
        if visitor is None:
            raise Refused("sign in first", 401)
        return visitor


def _html(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html")


def _to(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})
