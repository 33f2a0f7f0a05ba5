"""Texts in other scripts keep the layout whole: measured as terminals do, not as Textual does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.content import Content
from wcwidth import wcswidth

from sopguide.tui.widgets.bar import Bar
from sopguide.walk.rows import FactRow, PathRow
from sopguide.walk.view import Choice
from tests.tui.fakes import ENDED, FakeDesk, make_offer, make_parked, make_view
from tests.tui.running import at_the_desk, walking

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from sopguide.walk.view import View

SCRIPTS = {
    "japanese": "アカウントが他人に乗っ取られたと本人が言っています",
    "chinese": "账号被他人控制密码已被更改",
    "korean": "다른 사람이 계정을 사용하고 있습니다",
    "combining": "e\u0301galite\u0301 a\u0327\u0301 n\u0303o\u0302 vo\u0308llig",
    "emoji": "👩‍👩‍👧‍👦 family 🇩🇪 flag ✈️ plane 👍🏽 fine 😀😀",
    "arabic": "حسابي مخترق ولا أستطيع الدخول 123",
    "hebrew": "החשבון שלי נפרץ (ABC) ולא אצליח להיכנס",
    "thai": "มีคนอื่นใช้บัญชีของฉัน",
    "mixed": "ID 12 日本語 and עברית and é and 😀",
}
# Textual cuts joined emoji in two where the edge of a page happens to lie over them.
UNJOINED = {name: text for name, text in SCRIPTS.items() if name != "emoji"}
SIZES = [(80, 24), (120, 40), (200, 60)]
by_script = pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
by_size = pytest.mark.parametrize("size", SIZES, ids=str)


def everywhere(text: str) -> View:
    """A view that holds a text wherever others write one."""
    path = (
        PathRow(0, "a", text[:9], text, "ticket", False, False, False),
        PathRow(1, "b", "b", text, "agent", False, True, False),
        PathRow(2, "proof", text[:20], "", "agent", True, False, False),
    )
    return make_view(
        title=text,
        text=f"{text} {text}",
        help=text,
        because=(text,),
        choices=(Choice("a", text), Choice("b", "Plain"), Choice("c", f"{text} {text}")),
        path=path,
        facts=(FactRow(text[:8], text, "ticket"), FactRow("country", "DE", "ticket")),
        misfits=(text,),
    )


def raw_lines(pilot: Pilot[Any]) -> list[str]:
    """The rows of the screen to their full width."""
    strips = pilot.app.screen._compositor.render_strips(pilot.app.size)
    return [strip.text for strip in strips]


def column(line: str, text: str) -> int:
    """The column of the screen that a text begins in."""
    return wcswidth(line[: line.index(text)])


def edges(line: str) -> list[int]:
    """The columns of a row that frames stand in."""
    return [wcswidth(line[:at]) for at, character in enumerate(line) if character in "│╭╮╰╯"]


@by_script
@by_size
async def test_every_row_is_as_wide_as_the_screen(text: str, size: tuple[int, int]) -> None:
    async with walking(everywhere(text), size=size) as (pilot, _):
        assert {wcswidth(line) for line in raw_lines(pilot)} == {size[0]}


@by_script
@pytest.mark.parametrize("size", SIZES[1:], ids=str)
async def test_the_frames_of_the_zones_stay_in_their_columns(
    text: str, size: tuple[int, int]
) -> None:
    async with walking(everywhere(text), size=size) as (pilot, _):
        framed = [edges(line) for line in raw_lines(pilot) if edges(line)]

    assert framed
    assert len({tuple(each) for each in framed}) == 1


@by_script
@by_size
async def test_answers_begin_in_one_column(text: str, size: tuple[int, int]) -> None:
    async with walking(everywhere(text), size=size) as (pilot, _):
        lines = raw_lines(pilot)

    start = text.split(maxsplit=1)[0][:4]
    columns = {
        column(line, f"{number}  ")
        for number, begins in ((1, start), (2, "Plain"), (3, start))
        for line in lines
        if f"{number}  {begins}" in line
    }
    assert len(columns) == 1


@by_script
async def test_no_answer_loses_a_word_where_it_wraps(text: str) -> None:
    async with walking(everywhere(text), size=(80, 24)) as (pilot, _):
        shown = "".join("".join(raw_lines(pilot)).split())

    assert "".join(f"{text}{text}".split()) in shown


@by_script
async def test_a_bar_that_is_too_long_ends_where_it_should(text: str) -> None:
    async with walking(make_view(), size=(40, 24)) as (pilot, _):
        bar = Bar(parted_by=" > ")
        await pilot.app.screen.mount(bar)
        bar.show(Content(f"{text * 4} > here"), Content("right"))
        await pilot.pause()
        [line] = [line for line in raw_lines(pilot) if "> here" in line]

    assert line.lstrip().startswith("…")
    assert line.endswith("right")
    assert wcswidth(line) == 40


@pytest.mark.parametrize("text", UNJOINED.values(), ids=UNJOINED)
@by_size
@pytest.mark.parametrize("page", ["v", "g", "i", "question_mark", "slash", "o", "e", "n"])
async def test_pages_over_the_desk_are_whole_rectangles(
    text: str, size: tuple[int, int], page: str
) -> None:
    async with walking(everywhere(text), size=size) as (pilot, _):
        await pilot.press(page)
        lines = raw_lines(pilot)

    assert {wcswidth(line) for line in lines} == {size[0]}


@by_script
@by_size
async def test_the_list_of_sops_keeps_its_columns(text: str, size: tuple[int, int]) -> None:
    offers = (
        make_offer("account/hacked", text, keywords=(text,)),
        make_offer("account/underage", "Plain title"),
        make_offer("safety/broken", f"{text} {text}", why_not=text),
    )
    ticket = {"id": text[:12], "subject": text, "body": f"{text}\n{text}"}
    async with at_the_desk(FakeDesk(offers=offers), size, ticket=ticket) as pilot:
        await pilot.press("down")
        lines = raw_lines(pilot)

    assert {wcswidth(line) for line in lines} == {size[0]}


@by_script
@by_size
async def test_an_outcome_with_its_reply_keeps_its_frame(text: str, size: tuple[int, int]) -> None:
    shown = ENDED.outcome
    assert shown is not None
    outcome = shown._replace(macro_title=text, label_title=text)
    view = everywhere(text)._replace(
        status="ended", kind="end", fact=None, type=None, choices=(), outcome=outcome
    )
    async with walking(view, size=size) as (pilot, _):
        lines = raw_lines(pilot)
        await pilot.press("m")
        editing = raw_lines(pilot)

    assert {wcswidth(line) for line in (*lines, *editing)} == {size[0]}


@by_script
async def test_parked_walks_keep_their_columns(text: str) -> None:
    parked = (make_parked("w1", text[:12])._replace(title=text), make_parked("w2"))
    async with at_the_desk(FakeDesk(parked=parked), (80, 24)) as pilot:
        assert {wcswidth(line) for line in raw_lines(pilot)} == {80}
