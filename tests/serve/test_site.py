"""The site as a browser, a proxy or a stranger asks it, without a desk behind it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from sopguide.serve.desks import Desks
from sopguide.serve.door import Door
from sopguide.serve.front import Front, read_network
from sopguide.serve.site import Site
from sopguide.serve.tickets import Tickets
from sopguide.serve.tries import PER_PERSON
from sopguide.serve.users import LEAD, Users, read_users, write_users
from sopguide.serve.views import Close, Limits, Look
from sopguide.serve.window import LARGEST_MESSAGE
from tests.serve.serving import PASSWORDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sopguide.serve.setup import Setup
    from sopguide.serve.users import User
    from sopguide.serve.views import Window

ALONE = Front()
OWN = Front((read_network("127.0.0.0/8"),), "X-Remote-User")
"""A proxy on this machine is trusted, which the tests' client then is."""
ELSEWHERE = Front((read_network("10.0.0.0/8"),), "X-Remote-User")


class FullDesks(Desks):
    """Knows who came, and has no place for anybody."""

    def __init__(self) -> None:
        super().__init__(self._no_setup, Limits())
        self.came: list[tuple[str, Look]] = []

    def _no_setup(self, user: User, look: Look) -> Setup:
        raise NotImplementedError

    async def open(self, user: User, window: Window, look: Look) -> Close:
        self.came.append((user.name, look))
        return Close.FULL


@asynccontextmanager
async def serving(
    data: Path, front: Front = ALONE, *, file: bool = True
) -> AsyncIterator[tuple[TestClient[Any, Any], FullDesks]]:
    desks = FullDesks()
    users = Users(data / "users.toml") if file else None
    site = Site(Door(front, Tickets(data / "serve"), users), desks)
    jar = aiohttp.CookieJar(unsafe=True)
    async with TestClient(TestServer(site.make()), cookie_jar=jar) as client:
        yield client, desks


def origin(client: TestClient[Any, Any]) -> dict[str, str]:
    return {"Origin": str(client.make_url("/")).rstrip("/")}


async def sign_in(
    client: TestClient[Any, Any], name: str, password: str = "", **headers: str
) -> aiohttp.ClientResponse:
    form = {"name": name, "password": password or PASSWORDS[name]}
    sent = {**origin(client), **headers}
    return await client.post("/sign-in", data=form, headers=sent, allow_redirects=False)


async def name_of(client: TestClient[Any, Any]) -> Any:
    return (await (await client.get("/session")).json())["name"]


async def test_nothing_is_shown_to_who_has_not_signed_in(data: Path) -> None:
    async with serving(data) as (client, desks):
        answer = await client.get("/", allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/sign-in")
        for path in ("/desk", "/status"):
            assert (await client.get(path, headers=origin(client))).status == 401
        assert await name_of(client) is None
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await client.ws_connect("/desk", headers=origin(client))
        assert desks.came == []


async def test_the_sign_in_speaks_the_browsers_language(data: Path) -> None:
    async with serving(data) as (client, _):
        for accepted, language, word in (
            ("es-MX,es;q=0.9", "es", "Iniciar sesión"),
            ("de-AT", "de", "Anmelden"),
            ("fr, en;q=0.2", "en", "Sign in"),
        ):
            page = await client.get("/sign-in", headers={"Accept-Language": accepted})
            text = await page.text()
            assert f'<html lang="{language}">' in text
            assert f"<button>{word}</button>" in text
        wrong = await sign_in(client, "ana", "not it", **{"Accept-Language": "de"})
        assert "Name oder Passwort" in await wrong.text()
        await sign_in(client, "ana")
        desk = await (await client.get("/", headers={"Accept-Language": "es"})).text()
        assert "Conexión perdida" in desk


async def test_the_right_password_opens_the_desk(data: Path) -> None:
    async with serving(data) as (client, desks):
        answer = await sign_in(client, "ana")
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        cookie = answer.cookies["sopguide"]
        assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Strict", "")
        assert await name_of(client) == "ana"
        assert "sopguide · ana" in await (await client.get("/")).text()
        async with client.ws_connect(
            "/desk?width=99&height=x&light=1", headers=origin(client)
        ) as socket:
            await socket.receive()
            assert socket.close_code == Close.FULL
        assert desks.came == [("ana", Look(99, 24, light=True))]


@pytest.mark.parametrize("foreign", ["https://evil.example", "null", ""])
async def test_a_page_of_another_site_is_refused(data: Path, foreign: str) -> None:
    headers = {"Origin": foreign} if foreign else {}
    async with serving(data) as (client, desks):
        answer = await client.post("/sign-in", data={"name": "ana"}, headers=headers)
        assert answer.status == 403
        await sign_in(client, "ana")
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await client.ws_connect("/desk", headers=headers)
        assert refused.value.status == 403
        assert (await client.post("/sign-out", headers=headers)).status == 403
        assert await name_of(client) == "ana"
        assert desks.came == []


async def test_who_has_guessed_too_often_waits_whether_the_name_exists_or_not(data: Path) -> None:
    async with serving(data) as (client, _):
        for name in ("ana", "nobody"):
            said = [await sign_in(client, name, "a wrong one") for _ in range(PER_PERSON + 1)]
            assert [answer.status for answer in said] == [401] * PER_PERSON + [429]
            assert 0 < int(said[-1].headers["Retry-After"]) <= 900
            assert "Try again in 15 minutes." in await said[-1].text()
        assert (await sign_in(client, "ana")).status == 429  # the right one now, all the same
        assert (await sign_in(client, "ben")).status == 303


async def test_what_was_typed_as_a_name_is_shown_as_typed(data: Path) -> None:
    async with serving(data) as (client, _):
        page = await (await sign_in(client, '"><script>alert(1)</script>', "x")).text()
        assert "<script>alert" not in page
        assert "&quot;&gt;&lt;script&gt;" in page


async def test_a_removed_person_and_a_changed_password_end_a_sign_in(data: Path) -> None:
    file = data / "users.toml"
    people = read_users(file)
    async with serving(data) as (client, _):
        await sign_in(client, "ana")
        write_users(
            file, {**people, "ana": people["ana"]._replace(password=people["ben"].password)}
        )
        assert await name_of(client) is None
        write_users(file, people)
        assert await name_of(client) == "ana"
        write_users(file, {"ben": people["ben"]})
        assert await name_of(client) is None


async def test_signing_out_is_for_good(data: Path) -> None:
    async with serving(data) as (client, _):
        answer = await sign_in(client, "ana")
        kept = answer.cookies["sopguide"].value
        out = await client.post("/sign-out", headers=origin(client), allow_redirects=False)
        assert out.headers["Location"] == "/sign-in"
        assert await name_of(client) is None
        client.session.cookie_jar.update_cookies({"sopguide": kept})
        assert await name_of(client) is None


async def test_a_trusted_proxy_says_who_it_is_and_nobody_else_can(data: Path) -> None:
    ana = {"X-Remote-User": "ana"}
    async with serving(data, OWN, file=False) as (client, desks):
        assert (await client.get("/", headers=ana)).status == 200
        headers = {**ana, **origin(client)}
        async with client.ws_connect("/desk", headers=headers) as socket:
            await socket.receive()
        assert [name for name, _ in desks.came] == ["ana"]
        assert (await client.get("/")).status == 403
        assert (await client.get("/", headers={"X-Remote-User": "../etc"})).status == 403
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await client.ws_connect("/desk", headers={**ana, "Origin": "http://evil.example"})
    async with serving(data, ELSEWHERE) as (client, desks):
        assert (await client.get("/", headers=ana)).status == 403
        headers = {**ana, **origin(client), "X-Forwarded-For": "10.0.0.1"}
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await client.ws_connect("/desk", headers=headers)
        assert refused.value.status == 403
        await sign_in(client, "ben")
        assert (await client.get("/", headers=ana)).status == 403  # not as ben either
        assert desks.came == []


async def test_behind_a_proxy_only_the_people_of_the_file_work_where_there_is_one(
    data: Path,
) -> None:
    async with serving(data, OWN) as (client, _):
        assert (await client.get("/", headers={"X-Remote-User": "ana"})).status == 200
        assert (await client.get("/", headers={"X-Remote-User": "zoe"})).status == 403


async def test_behind_tls_the_cookie_is_for_this_host_alone(data: Path) -> None:
    async with serving(data, OWN) as (client, _):
        secure = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "desk.example"}
        answer = await sign_in(client, "ana", Origin="https://desk.example", **secure)
        assert answer.status == 303
        cookie = answer.cookies["__Host-sopguide"]
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
        assert "max-age" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("path", ["/", "/sign-in", "/health", "/nowhere", "/assets/desk.js"])
async def test_every_answer_has_its_headers(data: Path, path: str) -> None:
    async with serving(data) as (client, _):
        answer = await client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == (
            "no-cache" if path.startswith("/assets") else "no-store"
        )
        assert answer.headers["Server"] == "sopguide"


async def test_pages_hold_no_script_or_style_of_their_own(data: Path) -> None:
    async with serving(data) as (client, _):
        pages = [await (await client.get("/sign-in")).text()]
        await sign_in(client, "ana")
        pages.append(await (await client.get("/")).text())
        for page in pages:
            assert "<style" not in page
            assert "style=" not in page
            assert "onclick" not in page
            assert page.count("<script") == page.count("<script src=")
            assert "http" not in page.replace("http-equiv", "")


async def test_what_pages_load_is_sent_once_and_then_confirmed(data: Path) -> None:
    async with serving(data) as (client, _):
        for name in ("textual.js", "xterm.css", "mono.ttf", "mono-italic.ttf", "page.css"):
            first = await client.get(f"/assets/{name}")
            assert first.status == 200
            assert len(await first.read()) > 1000
            again = await client.get(
                f"/assets/{name}", headers={"If-None-Match": first.headers["ETag"]}
            )
            assert again.status == 304
        assert (await client.get("/assets/..%2Fusers.toml")).status == 404


async def test_a_form_that_is_too_large_is_refused(data: Path) -> None:
    async with serving(data) as (client, _):
        assert (await sign_in(client, "ana", "x" * 20_000)).status == 413


async def test_leads_see_who_is_at_work_and_agents_do_not(data: Path) -> None:
    people = read_users(data / "users.toml")
    write_users(data / "users.toml", {**people, "ana": people["ana"]._replace(role=LEAD)})
    async with serving(data) as (client, _):
        await sign_in(client, "ben")
        assert (await client.get("/status")).status == 403
        await sign_in(client, "ana")
        assert await (await client.get("/status")).json() == {"desks": []}


async def test_a_file_that_cannot_be_used_lets_nobody_in(data: Path) -> None:
    async with serving(data) as (client, _):
        (data / "users.toml").chmod(0o644)
        assert (await sign_in(client, "ana")).status == 401


async def test_whoever_watches_the_server_learns_nothing_but_that_it_runs(data: Path) -> None:
    async with serving(data) as (client, _):
        assert await (await client.get("/health")).json() == {"status": "ok"}


def test_a_pasted_ticket_fits_into_a_message() -> None:
    assert LARGEST_MESSAGE > 1_000_000
