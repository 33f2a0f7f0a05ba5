"""The page of a procedure in a real Chromium: what is searched for is found, the nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.show.drawing import drawings
from sopguide.show.html import page
from tests.serve.browsing import FLAGS, chromium
from tests.show.sops import of_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

SOP = """
start: begin
steps:
  begin: {ask: Did it arrive?, answers: {yes: done, no: late}}
  which: {ask: Is it late?, answers: {yes: late, no: done}}
  late: {do: Look at the parcel., go: which}
  done: {end: resolved, macro: done, label: done}
"""


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    file = tmp_path / "page.html"
    file.write_text(page(drawings(of_text(SOP))), encoding="utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        opened = browser.new_page()
        opened.goto(file.as_uri())
        yield opened
        browser.close()


@pytest.mark.parametrize(
    ("words", "first", "count"),
    [("late", "late", "1 of 3"), ("is it", "which", "1 of 1"), ("parcel", "late", "1 of 1")],
)
def test_a_step_named_so_comes_before_those_that_lead_to_it(
    shown: Page, words: str, first: str, count: str
) -> None:
    shown.fill("#search", words)
    shown.press("#search", "Enter")
    assert shown.inner_text("aside article:visible h2") == first
    assert shown.inner_text("#count") == count
