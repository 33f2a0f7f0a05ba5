"""What can be looked for in an SOP: steps, macros and labels."""

from sopguide.walk.catalogue import Entry, catalogue
from tests.walk.sops import sop


def test_steps_macros_and_labels_are_found_by_id_and_wording() -> None:
    found = catalogue(
        sop(
            "start: a\nsteps:\n  a: {ask: A?, answers: {yes: b, no: other}}\n  b: {fact: age, go: done}\n"
        )
    )
    assert found[:4] == (
        Entry("step", "a", "A?"),
        Entry("step", "b", "How old?"),
        Entry("step", "done", "resolved"),
        Entry("step", "other", "rejected"),
    )
    assert Entry("label", "done", "Done") in found
    assert [each.id for each in found if each.kind == "macro"] == ["done"]
