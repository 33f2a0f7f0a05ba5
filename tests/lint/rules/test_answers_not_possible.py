from __future__ import annotations

from tests.building import found

END = "  done: {end: resolved, macro: done, label: done}\n"


def test_several_values_at_once_have_no_answer_each() -> None:
    assert found(
        "start: one\n"
        "facts: {proofs: {type: choices, values: [receipt, device], ask: Which?}}\n"
        "steps:\n"
        "  one: {fact: proofs, answers: {receipt: done, device: done}}\n" + END
    ) == [
        (
            "sops/example.yaml:4:23: error[SOP217] "
            "`proofs` is of type `choices` and cannot have `answers`"
        )
    ]
