"""Figures of the desk in a browser: `python -m tests.bench.browser [PEOPLE]`.

Memory of a desk's process (its own, and with what it shares), the time from signing in (a
password is hashed) to the painted choice, and from a key to the painted next question, in the page.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from sopguide.serve.passwords import hash_password
from sopguide.serve.users import User, write_users
from tests.serve.browsing import FLAGS, Person, Tab, chromium
from tests.serve.serving import PASSWORDS, Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STEPS = 20
_CLOCK = """
const Socket = window.WebSocket;
let pressed = 0;
addEventListener("keydown", () => { pressed = performance.now(); }, true);
window.WebSocket = class extends Socket {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", (event) => {
      if (typeof event.data === "string" || !pressed || event.data.byteLength < 200) return;
      const begun = pressed;
      pressed = 0;
      requestAnimationFrame(() => requestAnimationFrame(() => {
        window.took = performance.now() - begun;
      }));
    });
  }
};
for (const each of ["OPEN", "CLOSED"]) window.WebSocket[each] = Socket[each];
"""


def main(people: int) -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder).resolve()
        PASSWORDS.update({f"p{number}": "correct horse battery" for number in range(people)})
        hashed = hash_password("correct horse battery")
        write_users(data / "users.toml", {name: User(name, hashed) for name in PASSWORDS})
        with Server(data, data / "cache") as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
            tabs = [_tab(browser) for _ in range(people)]
            paints = [_first_paint(tab, server.url, f"p{n}") for n, tab in enumerate(tabs)]
            keys = [seconds for tab in tabs for seconds in _keys(tab)]
            own, shared = zip(*(_memory(process) for process in server.desks()), strict=True)
            print(f"desks              {people}")
            print(
                f"own memory a desk  {median(own):.0f} MiB; with what it shares {median(shared):.0f}"
            )
            print(
                f"first paint        {paints[0]:.2f} s the first, then {median(paints[1:]):.2f} s"
            )
            print(f"reload to paint    {_reload(tabs[0]):.2f} s")
            print(
                f"key to repaint     {median(keys) * 1000:.0f} ms, p90 {_p90(keys) * 1000:.0f} ms"
            )
            browser.close()


def _tab(browser: Browser) -> Tab:
    person = Person(browser)
    person.context.add_init_script(_CLOCK)
    return person.tab


def _first_paint(tab: Tab, url: str, name: str) -> float:
    tab.sign_in(url, name)
    tab.wait_for("Which procedure")
    begun = tab.page.evaluate("performance.timing.navigationStart") / 1000
    return time.time() - float(begun)


def _reload(tab: Tab) -> float:
    begun = time.monotonic()
    tab.reload()
    tab.wait_for("▸")
    return time.monotonic() - begun


def _keys(tab: Tab) -> list[float]:
    """Answer and go back, in turns, in the page itself."""
    tab.type("hacked")
    tab.wait_for(lambda text: "1 of" in text)
    tab.press("Enter")
    tab.wait_for("▸ safety")
    return [
        seconds
        for _ in range(STEPS // 2)
        for seconds in (_key(tab, "2", "▸ open_ticket"), _key(tab, "Backspace", "▸ safety"))
    ]


def _key(tab: Tab, key: str, shown: str) -> float:
    """Seconds in the page itself, from the key to the frame after what came has been drawn."""
    tab.page.bring_to_front()
    tab.page.evaluate("window.took = null")
    tab.press(key)
    tab.wait_for(shown)
    while (took := tab.page.evaluate("window.took")) is None:
        tab.page.wait_for_timeout(1)
    return float(took) / 1000


def _memory(process: int) -> tuple[float, float]:
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    found = {key: int(size) / 1024 for key, size in re.findall(r"(\w+): +(\d+) kB", text)}
    return found["Private_Dirty"] + found["Private_Clean"], found["Rss"]


def _p90(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.9)]


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 4)
