"""Where boxes and lines lie: nothing covers anything else, and the order has few crossings."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopguide.show.arrange import arrange
from sopguide.show.drawing import drawings
from sopguide.show.grid import BOX, REFERENCE, THIN, WORDS, Grid, short_name
from sopguide.show.measure import text_width, wrap
from sopguide.show.paths import paths
from tests.show.sops import long, of_text, whole

END = "e: {end: resolved, macro: done, label: done}"


def laid_out(form: dict[str, object]) -> Grid:
    grid = Grid(drawings(form)[0])
    arrange(grid)
    return grid


@pytest.mark.parametrize("seed", range(8))
def test_nothing_in_a_layer_covers_anything_else(seed: int) -> None:
    grid = laid_out(long(60, seed))
    for layer in grid.layers:
        cells = [grid.cells[number] for number in layer]
        for one, other in pairwise(cells):
            assert one.x + one.width / 2 < other.x - other.width / 2
    tops = [min((grid.cells[number].y for number in layer), default=0) for layer in grid.layers]
    assert tops == sorted(tops)
    for upper, lower in pairwise(grid.layers):
        if upper and lower:
            assert max(grid.cells[n].floor for n in upper) < min(grid.cells[n].y for n in lower)


@pytest.mark.parametrize("seed", range(4))
def test_every_arrow_has_a_line_from_its_box_to_its_target_or_a_reference(seed: int) -> None:
    form = long(60, seed)
    [drawing] = drawings(form)
    grid = Grid(drawing)
    width, height = arrange(grid)
    drawn = {(route.source, route.target): path for route, path in paths(grid)}
    wanted = {(box.key, arrow.target) for box in drawing.boxes for arrow in box.arrows}
    assert drawn.keys() == wanted
    for route, path in paths(grid):
        points = [tuple(map(float, point)) for point in re.findall(r"([\d.-]+) ([\d.-]+)", path)]
        assert all(-1 <= x <= width + 1 and -1 <= y <= height + 20 for x, y in points)
        last = grid.cells[route.cells[-1]]
        assert abs(points[-1][0] - last.x) <= last.width / 2
        assert (
            points[-1][1] in (round(last.y, 1), round(last.y + last.height, 1)) or last.kind == BOX
        )


def test_a_way_that_runs_too_far_ends_in_a_reference() -> None:
    chain = "".join(f"  s{n}: {{do: x, go: s{n + 1}}}\n" for n in range(1, 9))
    text = (
        "start: s0\nsteps:\n  s0: {ask: y, answers: {yes: s1, no: e}}\n"
        f"{chain}  s9: {{ask: Again, answers: {{yes: s1, no: e}}}}\n  {END}\n"
    )
    grid = laid_out(of_text(text))
    references = [cell.lines for cell in grid.cells if cell.kind == REFERENCE]
    assert references == [["→ e"], ["↑ s1"]]


def test_a_short_loop_is_drawn_upwards() -> None:
    text = (
        "start: a\nsteps:\n  a: {do: x, go: b}\n  b: {do: x, go: c}\n"
        f"  c: {{ask: Again, answers: {{yes: a, no: e}}}}\n  {END}\n"
    )
    grid = laid_out(of_text(text))
    [(route, path)] = [(route, path) for route, path in paths(grid) if route.back]
    assert (route.source, route.target) == ("c", "a")
    heights = [float(y) for y in re.findall(r"[\d.-]+ ([\d.-]+)", path)]
    assert heights[0] > heights[-1]


def test_a_step_that_leads_to_itself_names_itself() -> None:
    text = (
        "start: a\nsteps:\n"
        f"  a: {{ask: Sure, answers: {{yes: e, no: {{go: [{{if: {{today: 2026-01-01}}, to: a}}, {{else: e}}]}}}}}}\n  {END}\n"
    )
    grid = laid_out(of_text(text))
    assert [cell.lines for cell in grid.cells if cell.kind == REFERENCE] == [["↑ a"]]


def test_answers_that_lead_to_the_same_step_share_a_line() -> None:
    answers = ", ".join(f"a{n}: e" for n in range(9))
    grid = laid_out(
        of_text(f"start: q\nsteps:\n  q: {{ask: Which, answers: {{{answers}}}}}\n  {END}\n")
    )
    [words] = [cell for cell in grid.cells if cell.kind == WORDS]
    assert words.lines == ["· a0", "· a1", "· a2", "· a3", "· a4", "… and 4 more"]
    assert len(grid.routes) == 1


def test_a_name_that_is_too_long_keeps_the_steps_own() -> None:
    assert short_name("sub/proof.which", 200, 11) == "sub/proof.which"
    assert short_name("identity/verify-owner.contact", 100, 11) == "… contact"
    assert re.fullmatch("… x+…", short_name("x" * 90, 100, 11))


def test_a_tree_is_drawn_without_crossings() -> None:
    """Whatever order its answers are written in, a tree can be, and is."""
    inner = "".join(
        f"  {name}: {{ask: x, answers: {{yes: {name}0, no: {name}1}}}}\n"
        for name in ("t", "t0", "t1")
    )
    ends = "".join(
        f"  {name}: {{end: resolved, macro: done, label: done}}\n"
        for name in ("t11", "t00", "t10", "t01")
    )
    grid = laid_out(of_text(f"start: t\nsteps:\n{inner}{ends}"))
    boxes = {cell.box.key: cell for cell in grid.cells if cell.kind == BOX and cell.box}
    lowest = sorted((boxes[name].x, name) for name in ("t00", "t01", "t10", "t11"))
    pairs = {frozenset(name[:2] for _, name in half) for half in (lowest[:2], lowest[2:])}
    assert pairs == {frozenset({"t0"}), frozenset({"t1"})}


def test_thin_cells_fill_their_layer() -> None:
    text = f"start: a\nsteps:\n  a: {{ask: x, answers: {{yes: b, no: c}}}}\n  b: {{do: x, go: c}}\n  c: {{do: y, go: e}}\n  {END}\n"
    grid = laid_out(of_text(text))
    assert any(cell.kind == THIN and cell.floor > cell.y for cell in grid.cells)


def test_the_same_procedure_is_drawn_the_same() -> None:
    first, second = laid_out(whole()), laid_out(whole())
    assert [(cell.x, cell.y) for cell in first.cells] == [(cell.x, cell.y) for cell in second.cells]


@settings(max_examples=60)
@given(st.text(max_size=200), st.integers(1, 5))
def test_wrapped_lines_fit_and_lose_nothing_before_the_end(text: str, most: int) -> None:
    lines = wrap(text, 90, 12, most)
    assert 1 <= len(lines) <= most
    assert all(text_width(line.removesuffix(" …"), 12) <= 90 for line in lines)
    if not lines[-1].endswith(" …"):
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_wide_characters_count_as_wide() -> None:
    assert text_width("漢字", 10) > text_width("iiii", 10)
    assert text_width("é", 10) > 5
    assert wrap("x" * 40, 60, 12, 9) == ["xxxxxxxx"] * 5
