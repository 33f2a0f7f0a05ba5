"""People at real browsers, by keyboard, at a real server: what they see, and what the log says."""

from __future__ import annotations

import signal
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sopguide.log.local import LocalLog
from sopguide.tui import breath
from tests.patience import wait_until
from tests.serve.browsing import Person, Tab
from tests.serve.serving import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

CHOOSE = "Which procedure"
FIRST, SECOND, THIRD = "▸ safety", "▸ open_ticket", "▸ trouble"
END = "✓ resolved"


NOTES_COPYING = """
const clipboard = navigator.clipboard, write = clipboard.writeText.bind(clipboard);
clipboard.writeText = (text) => write(text).then(() => { window.copied = true; });
"""
WITHOUT_CLIPBOARD = """
delete Navigator.prototype.clipboard;  // as browsers do on a page without TLS
const command = document.execCommand.bind(document);
document.execCommand = (name) => window.copied = command(name);
"""


@pytest.fixture
def people(browser: Browser) -> Iterator[Any]:
    """Makes a person at a browser; all of them leave when the test ends."""
    with ExitStack() as leaving:

        def person(**more: Any) -> Person:
            found = Person(browser, **more)
            leaving.callback(found.leave)
            return found

        yield person


def begin(tab: Tab, sop: str = "hacked") -> None:
    """From the choice to the first question."""
    tab.wait_for(CHOOSE)
    tab.type(sop)
    tab.wait_for(lambda text: "1 of" in text and f"account/{sop}" in text)
    tab.press("Enter")
    tab.wait_for(FIRST)


def to_the_end(tab: Tab) -> None:
    tab.press("2")
    tab.wait_for(SECOND)
    tab.press("2")
    tab.wait_for(THIRD)
    tab.press("5")
    tab.wait_for(END)


def finish(tab: Tab) -> None:
    """From the outcome to the next ticket, once all is ticked; the name is left open on purpose."""
    tab.press("1", "2", "3")
    tab.wait_for("3 ☑")
    tab.press("Enter")
    tab.wait_for("Enter again")
    tab.page.wait_for_timeout(1000 * breath.SECONDS)  # as who reads it, and lets go of the key
    tab.press("Enter")
    tab.wait_for(CHOOSE)


def walks(data: Path) -> list[tuple[str, str, list[str]]]:
    """Who walked what, and the events of it, as they are on disk at this moment."""
    found = []
    with LocalLog(data) as log:
        for walk in log.walks():
            records = [*walk.records()]
            [agent] = {record["agent"] for record in records}
            found.append((agent, walk.sop, [record["type"] for record in records]))
    return sorted(found)


def test_two_people_walk_at_once_and_the_log_knows_who_was_who(
    server: Server, data: Path, people: Any
) -> None:
    ana, ben = people().tab, people().tab
    ana.sign_in(server.url, "ana")
    ben.sign_in(server.url, "ben")
    begin(ana)
    begin(ben)
    to_the_end(ana)
    assert SECOND not in ben.screen.text
    to_the_end(ben)
    for tab in (ana, ben):
        finish(tab)
    found = walks(data)
    assert [(agent, sop) for agent, sop, _ in found] == [
        ("ana", "account/hacked"),
        ("ben", "account/hacked"),
    ]
    assert all(events[-1] == "walk.completed" for *_, events in found)
    assert len(server.desks()) == 2
    assert "GET /desk" not in server.told  # told when it ends, and then without what was asked
    assert "?" not in server.told


def test_the_desk_is_painted_and_nothing_comes_from_elsewhere(server: Server, people: Any) -> None:
    tab = people().tab
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url))
    tab.sign_in(server.url, "ana")
    tab.wait_for(CHOOSE)
    assert tab.page.title() == "sopguide · ana"
    assert tab.screen.columns > 120
    assert {url.partition("://")[2].partition("/")[0] for url in asked} == {
        server.url.removeprefix("http://")
    }
    wait_until(lambda: len(set(tab.page.locator("main").screenshot())) > 200, "a picture")


def test_fonts_that_are_there_at_once_do_not_open_the_desk_twice(
    server: Server, people: Any
) -> None:
    tab = people().tab
    tab.page.add_init_script("document.fonts.load = async () => [];")
    tab.sign_in(server.url, "ana")
    tab.wait_for(CHOOSE)
    tab.page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
    assert tab.page.locator(".xterm").count() == 1
    assert tab.sockets == 1


def test_a_wrong_password_says_no_more_than_that(server: Server, people: Any) -> None:
    tab = people().tab
    said = []
    for name in ("ana", "nobody"):
        tab.sign_in(server.url, name, "wrong wrong wrong")
        alert = tab.page.get_by_role("alert")
        alert.wait_for()
        said.append(alert.inner_text())
        assert tab.page.get_by_label("Name").input_value() == name
    assert said == ["Name or password is wrong."] * 2
    assert tab.sockets == 0
    assert server.desks() == []


def test_signing_out_ends_the_desk_and_the_cookie(server: Server, data: Path, people: Any) -> None:
    ana = people()
    ana.tab.sign_in(server.url, "ana")
    begin(ana.tab)
    [cookie] = ana.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    ana.tab.press("Control+q")
    assert "Your desk is closed" in ana.tab.notice()
    ana.tab.press("Tab", "Enter")  # to "Sign out"
    ana.tab.page.wait_for_url("**/sign-in")
    ana.context.add_cookies([cookie])  # who kept a copy has nothing
    ana.tab.page.goto(server.url)
    ana.tab.page.get_by_label("Password").wait_for()
    assert walks(data)[0][2][-1] == "walk.suspended"


def test_a_closed_desk_opens_again_in_the_same_walk(server: Server, people: Any) -> None:
    tab = people().tab
    tab.sign_in(server.url, "ana")
    begin(tab)
    tab.press("2")
    tab.wait_for(SECOND)
    tab.press("Control+q")
    assert "Open it again" in tab.notice()
    tab.press("Enter")
    tab.wait_for(SECOND)
    assert tab.sockets == 2


def test_a_second_tab_takes_over_and_the_first_can_take_it_back(
    server: Server, data: Path, people: Any
) -> None:
    ana = people()
    first = ana.tab
    first.sign_in(server.url, "ana")
    begin(first)
    second = ana.another_tab()
    second.page.goto(server.url)
    second.wait_for(FIRST)
    assert "open in another window" in first.notice()
    second.press("2")
    second.wait_for(SECOND)
    first.page.bring_to_front()
    first.press("Enter")  # "Use it here" has the focus
    first.wait_for(SECOND)
    assert "open in another window" in second.notice()
    first.press("2")
    first.wait_for(THIRD)
    assert len(server.desks()) == 1
    [(_, _, events)] = walks(data)
    assert "walk.resumed" not in events


def test_a_reload_goes_on_at_the_same_step(server: Server, data: Path, people: Any) -> None:
    tab = people().tab
    tab.sign_in(server.url, "ana")
    begin(tab)
    tab.press("2")
    tab.wait_for(SECOND)
    tab.reload()
    tab.wait_for(SECOND)
    tab.press("2")
    tab.wait_for(THIRD)
    [(_, _, events)] = walks(data)
    assert events.count("step.answered") == 2
    assert "walk.suspended" not in events


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_server_that_ends_loses_nothing_and_the_page_comes_back_by_itself(
    server: Server, data: Path, people: Any, how: signal.Signals
) -> None:
    tab = people().tab
    tab.sign_in(server.url, "ana")
    begin(tab)
    tab.press("2")
    tab.wait_for(SECOND)
    code = server.stop(how)
    assert "Connection lost" in tab.notice()
    assert tab.page.title().startswith("●")
    if how is signal.SIGTERM:
        assert code == 0
        assert server.desks() == []
    wait_until(lambda: server.desks() == [], "the end of the desk's process")
    [(_, _, events)] = walks(data)
    assert events[-1] == "walk.suspended"
    server.start()
    tab.wait_for(SECOND)
    tab.press("2")
    tab.wait_for(THIRD)
    assert tab.page.title() == "sopguide · ana"


def test_a_page_that_slept_for_an_hour_goes_on_at_the_next_key(server: Server, people: Any) -> None:
    tab = people().tab
    tab.page.clock.install()
    tab.sign_in(server.url, "ana")
    begin(tab)
    tab.page.clock.fast_forward("01:00:00")
    tab.press("2")
    tab.wait_for(SECOND)
    assert tab.sockets == 1


def test_a_network_that_says_nothing_any_more_is_told_and_found_again(
    server: Server, people: Any
) -> None:
    tab = people().tab
    tab.page.clock.install()
    tab.sign_in(server.url, "ana")
    begin(tab)
    with server.silent():
        for _ in range(5):
            tab.page.clock.fast_forward("00:05")
        assert "Connection lost" in tab.notice()
    tab.page.clock.fast_forward("00:05")
    tab.wait_for(lambda text: tab.sockets > 1 and FIRST in text)
    tab.press("2")
    tab.wait_for(SECOND)


def test_a_desk_that_is_killed_loses_nothing(server: Server, data: Path, people: Any) -> None:
    import os

    tab = people().tab
    tab.sign_in(server.url, "ana")
    begin(tab)
    tab.press("2")
    tab.wait_for(SECOND)
    [process] = server.desks()
    os.kill(process, signal.SIGKILL)
    assert "stopped by a fault" in tab.notice()
    tab.press("Enter")
    tab.wait_for(SECOND)


@pytest.mark.parametrize("encrypted", [True, False])
def test_what_is_copied_is_in_the_clipboard_of_the_browser(
    server: Server, people: Any, *, encrypted: bool
) -> None:
    ana = people()
    ana.context.add_init_script(NOTES_COPYING if encrypted else WITHOUT_CLIPBOARD)
    ana.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    tab = ana.tab
    tab.sign_in(server.url, "ana")
    begin(tab)
    to_the_end(tab)
    tab.press("y")
    wait_until(lambda: tab.page.evaluate("window.copied"), "a copy")
    page = ana.context.new_page()
    page.set_content("<textarea></textarea>")
    page.locator("textarea").press("Control+v")
    wait_until(lambda: page.wait_for_timeout(20) or page.input_value("textarea"), "a paste")
    assert page.input_value("textarea") == "account/hacked/not-taken-over"
    assert tab.page.evaluate("navigator.clipboard.readText()") == ""  # none of the desk's business
    finish(tab)  # the keys are the desk's again


def test_a_ticket_is_pasted_with_the_browsers_own_key(server: Server, people: Any) -> None:
    ana = people()
    tab = ana.tab
    tab.sign_in(server.url, "ana")
    tab.wait_for(CHOOSE)
    helpdesk = ana.context.new_page()
    helpdesk.set_content("<textarea>somebody stole my account\nplease help</textarea>")
    helpdesk.locator("textarea").press("Control+a")
    helpdesk.locator("textarea").press("Control+c")
    tab.page.bring_to_front()
    tab.press("Control+v")
    tab.wait_for("▸ account/hacked")
    assert "somebody stole my account" in tab.screen.text


def test_over_tls_the_cookie_is_for_this_host_alone(
    data: Path, cache: Path, browser: Browser
) -> None:
    pem = str(Path(__file__).with_name("localhost.pem"))
    with Server(data, cache, "--tls-cert", pem, "--tls-key", pem) as server:
        assert server.url.startswith("https://")
        ana = Person(browser)
        ana.tab.sign_in(server.url, "ana")
        ana.tab.wait_for(CHOOSE)
        [cookie] = ana.context.cookies()
        assert (cookie["name"], cookie["secure"]) == ("__Host-sopguide", True)
        ana.leave()


def test_the_window_may_grow_and_shrink(server: Server, people: Any) -> None:
    tab = people(size=(800, 500)).tab
    tab.sign_in(server.url, "ana")
    begin(tab)
    assert "╭─ Ticket" not in tab.screen.text
    tab.page.set_viewport_size({"width": 1600, "height": 900})
    tab.wait_for("╭─ Ticket")
    assert tab.screen.columns > 120


def test_a_light_browser_gets_a_light_desk(server: Server, people: Any) -> None:
    tab = people().tab
    tab.page.emulate_media(color_scheme="dark")
    tab.sign_in(server.url, "ana")
    tab.wait_for(CHOOSE)
    wait_until(lambda: _back(tab) == "rgb(18, 18, 18)", "a dark page")
    other = people().tab
    other.page.emulate_media(color_scheme="light")
    other.sign_in(server.url, "ben")
    other.wait_for(CHOOSE)
    wait_until(lambda: _back(other) == "rgb(247, 247, 245)", "a light page")
    assert _back(tab) == "rgb(18, 18, 18)"  # each their own


def _back(tab: Tab) -> str:
    tab.page.wait_for_timeout(20)
    return str(tab.page.evaluate("getComputedStyle(document.body).backgroundColor"))
