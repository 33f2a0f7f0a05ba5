"""A procedure as a terminal shows it."""

from __future__ import annotations

from sopguide.show.drawing import drawings
from sopguide.show.outline import WIDTH, outline
from tests.show.sops import of_text, whole


def test_an_outline_reads_from_top_to_bottom() -> None:
    text = outline(drawings(of_text(EXAMPLE)))
    assert text == OUTLINE


EXAMPLE = """
title: Nothing works
start: plug
steps:
  plug: {ask: Is it plugged in?, critical: true, answers: {yes: {say: "Yes, the plug is in the wall and the light beside it is on", go: fuse}, no: push}}
  push: {do: Ask the person to push the plug in., check: [Plug is in], go: plug}
  fuse: {ask: Which fuse?, type: integer, go: [{if: {fuse: 13..17}, to: done}, {else: senior}]}
  done: {end: resolved, macro: done, label: done}
  senior: {end: escalated, macro: none, label: done, escalate: {to: seniors, within: 4h}}
"""
OUTLINE = """\
example 1.0.0: Nothing works

1  plug  (critical)
   Is it plugged in?
     Yes, the plug is in the wall and the light beside it is on → 2 fuse
     no → 5 push

2  fuse
   Which fuse?
     if fuse is 13..17 → 3 done (resolved)
     otherwise → 4 senior (escalated)

3  done
   Resolved
     macro done
     label done

4  senior
   Escalated
     macro none
     label done
     to seniors within 4h

5  push
   Ask the person to push the plug in.
     ☐ Plug is in
     → back to 1 plug
"""


def test_no_line_is_wider_than_a_terminal() -> None:
    long = "Words that go on and on. " * 12
    text = (
        f"title: {long}\nabout: x\nstart: q\nsteps:\n"
        f"  q: {{ask: '{long}', answers: {{yes: {{say: '{long}', go: e}}, no: d}}}}\n"
        f"  d: {{do: '{long}', check: ['{long}'], go: e}}\n"
        "  e: {end: resolved, macro: done, label: done}\n"
    )
    lines = outline(drawings(of_text(text))).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert any(line.startswith("       → ") for line in lines)


def test_sub_procedures_follow() -> None:
    text = outline(drawings(whole()))
    assert "\n\nsub/proof 1.0.0: Is it proved?\n\n1  which\n" in text
    assert "run sub/proof" in text


def test_a_text_of_spaces_leaves_an_empty_line() -> None:
    text = 'start: e\ntitle: "\\u200b"\nsteps: {e: {end: resolved, macro: done, label: done}}'
    assert outline(drawings(of_text(text))).startswith("example 1.0.0:\n\n1  e\n")


def test_time_limits_stand_where_they_begin() -> None:
    text = (
        "start: one\n"
        "clock: {limit: 48h, from: ticket.received, authority: Law, if: {sure: yes}}\n"
        "facts: {sure: {type: yes_no, ask: Sure?}}\n"
        "steps:\n"
        "  one: {do: It, go: two}\n"
        "  two: {do: More, go: done, clock: {limit: 10bd, title: Receipt, authority: Act}}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
    )
    shown = outline(drawings(of_text(text)))

    assert "     ⏱ Law: 48h from ticket.received if sure is yes\n" in shown
    assert "     ⏱ Receipt: 10bd from the start of the walk\n" in shown
