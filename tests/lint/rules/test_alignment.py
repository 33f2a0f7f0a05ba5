"""Macros and labels held against what sends them: SOP501 to SOP513."""

from __future__ import annotations

from datetime import date

import pytest

from tests.building import SOP, found, library

TEXT = "start: done\nsteps:\n  done: {end: resolved, macro: done, label: done}\n"
RUN = "start: a\nsteps:\n  a: {run: part, go: done}\n  done: {end: resolved, macro: done, label: done}\n"
PART = "start: w\nsteps:\n  w: {wait: it, macro: sent, label: sent, go: r}\n  r: {return: ok}\n"
SENT = {"labels.yaml": "done: {title: D, macros: [done]}\nsent: {title: S, macros: [sent]}\n"}
TWICE = (
    "start: which\nsteps:\n  which: {ask: Paid?, answers: {yes: done, no: other}}\n"
    "  done: {end: resolved, macro: done, label: done}\n"
    "  other: {end: rejected, macro: done, label: done}\n"
)


def macro(status: str, more: str = "", name: str = "done") -> str:
    return f"{name}: {{title: D, status: {status}, {more}body: {{en: All done.}}}}\n"


def test_two_missing_languages_are_one_finding() -> None:
    files = {SOP: TEXT, "library.yaml": "locales: [en, es, de]\n"}
    assert found(files) == [
        "macros/standard.yaml:1:35: warning[SOP501] macro `done` has no body in `es` and `de`"
    ]


def test_what_no_walk_can_come_to_sends_nothing() -> None:
    lost = TEXT + "  lost: {end: resolved, macro: old, label: done}\n"
    files = {SOP: lost, "macros/old.yaml": macro("retired", name="old")}
    assert [line.split()[1] for line in found(files)] == ["warning[SOP301]"]


@pytest.mark.parametrize(("status", "count"), [("live", 1), ("draft", 0), ("retired", 0)])
@pytest.mark.parametrize(("of_macro", "code"), [("draft", "SOP504"), ("retired", "SOP503")])
def test_only_what_is_live_may_not_send_what_is_not(
    status: str, count: int, of_macro: str, code: str
) -> None:
    files = {SOP: f"status: {status}\n{TEXT}", "macros/standard.yaml": macro(of_macro)}
    assert [code in line for line in found(files)] == [True] * count


def test_several_steps_of_an_sop_are_one_finding_with_the_others_beside_it() -> None:
    files = {SOP: TWICE, "macros/standard.yaml": macro("retired")}

    [one, *_] = library(files).diagnostics
    assert str(one) == "sops/example.yaml:4:32: error[SOP503] macro `done` is retired"
    assert [f"{other.span.line} {other.word}" for other in one.related] == [
        "1 its status",
        "5 sent from here too",
    ]
    assert not library(files).sops["example"].walkable


def test_a_deprecated_macro_is_an_error_from_the_day_after_its_sunset() -> None:
    made = library({SOP: TEXT, "macros/standard.yaml": macro("deprecated", "sunset: 2026-11-15, ")})

    assert [str(each.severity) for each in made.findings(date(2026, 11, 15))] == ["warning"]
    assert [str(each.severity) for each in made.findings(date(2026, 11, 16))] == ["error"]
    assert made.sops["example"].walkable


def test_a_sub_procedure_serves_the_channels_of_those_that_run_it() -> None:
    files = {
        SOP: f"channels: [chat]\n{RUN}",
        "sops/part.yaml": PART,
        "macros/sent.yaml": macro("live", "channels: [email], ", name="sent"),
        **SENT,
    }
    assert found(files) == [
        (
            "sops/part.yaml:3:24: warning[SOP502] "
            "macro `sent` is not for `chat`, which `example`, which runs this, serves"
        )
    ]


def test_a_fact_of_some_sops_fills_a_placeholder_only_there() -> None:
    asks = "start: paid\nsteps:\n  paid: {ask: How much?, type: integer, go: done}\n"
    files = {
        SOP: TWICE,
        "sops/asks.yaml": asks + "  done: {end: resolved, macro: done, label: done}\n",
        "macros/standard.yaml": "done: {title: D, status: live, body: {en: 'You get {{ paid }}'}}\n",
    }
    assert found(files) == [
        "sops/example.yaml:4:32: warning[SOP507] nothing here can fill `paid` in macro `done`"
    ]


def test_a_placeholder_among_other_liquid_is_named_by_its_body() -> None:
    body = "{% if ticket.id %}{{ who | upcase }}{% endif %}"
    files = {
        SOP: TEXT,
        "macros/standard.yaml": f'done: {{title: D, status: live, body: {{en: "{body}"}}}}\n',
    }
    assert found(files) == [
        "macros/standard.yaml:1:43: warning[SOP507] nothing can fill `who` in macro `done`"
    ]


def test_a_mistake_elsewhere_keeps_what_seems_unused_untold() -> None:
    assert [line.split()[1] for line in found(TEXT.replace("o: done", "o: dome"), unused=True)] == [
        "error[SOP205]"
    ]


def test_what_replaces_a_deprecated_macro_waits_for_its_use() -> None:
    old = macro("deprecated", "replaced_by: new, ")
    files = {SOP: TEXT, "macros/standard.yaml": old + macro("live", name="new")}
    assert not any("SOP509" in line for line in found(files, unused=True))


def test_a_library_sets_the_weight_of_its_rules() -> None:
    rules = "rules: {unused-macro: off, SOP506: error}\n"
    files = {
        SOP: TEXT,
        "library.yaml": rules,
        "macros/more.yaml": macro("live", name="more"),
        "labels.yaml": "done: {title: D}\n",
    }
    assert found(files, unused=True) == [
        "sops/example.yaml:3:32: error[SOP506] label `done` does not go with macro `done`"
    ]
    assert not library(files).sops["example"].walkable
