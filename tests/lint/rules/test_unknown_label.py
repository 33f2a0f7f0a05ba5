from __future__ import annotations

from tests.building import SOP, library

TEXT = "start: done\nsteps:\n  done: {end: resolved, macro: done, label: account/hackd}\n"
LABELS = "account:\n  hacked: {title: Hacked, macros: [done]}\n"


def test_offers_the_label_that_was_meant_with_its_groups() -> None:
    [one] = library({SOP: TEXT, "labels.yaml": LABELS}).diagnostics

    assert str(one) == "sops/example.yaml:3:45: error[SOP206] unknown label `account/hackd`"
    assert one.help == "did you mean `account/hacked`?"


def test_a_group_is_no_label() -> None:
    made = library({SOP: TEXT.replace("/hackd", ""), "labels.yaml": LABELS})

    assert [one.headline for one in made.diagnostics] == ["unknown label `account`"]


def test_while_labels_cannot_be_read_any_label_may_be_there() -> None:
    made = library({SOP: TEXT, "labels.yaml": "account: [\n"})

    assert [one.span.file for one in made.diagnostics if one.span] == ["labels.yaml"]
    assert not made.sops["example"].walkable
