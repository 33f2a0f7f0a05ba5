from __future__ import annotations

from tests.building import SOP, found

END = "  done: {end: resolved, macro: done, label: done}\n"


def test_an_answer_cannot_set_what_a_table_gives() -> None:
    sop = (
        "start: one\nsteps:\n"
        "  one: {ask: On?, answers: {yes: {set: {fee: 5}, go: done}, no: done}}\n" + END
    )

    assert found(
        {
            "library.yaml": "facts:\n  fee: {type: integer, table: fees}\n",
            "tables/fees.yaml": "hit: first\nrows: [{else: 1}]\n",
            SOP: sop,
        }
    ) == ["sops/example.yaml:3:41: error[SOP215] `fee` is computed and cannot be set"]
